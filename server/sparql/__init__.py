"""`/sparql`: the SPARQL 1.1 Protocol for queries and updates, and a form for people.

A query comes by GET, by POST of a form, or as `application/sparql-query`; an update by POST of a form, or as
`application/sparql-update`, with a token. Without either a browser gets the form, everybody else the description.
"""

from server.sparql.endpoint import blueprint

__all__ = ["blueprint"]
