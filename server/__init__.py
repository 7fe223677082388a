"""The web service and the `podium` command: settings, the Flask app, pages and SPARQL over any source."""
