"""What Podium knows before it reads: the vocabulary of athletics, as data files and the little code that reads them.

Nothing here knows of articles or stores. `names`, `iris` and `vocabulary` stay free of rdflib, so that reading an
article does not load it; `namespaces` is rdflib's view of the same terms.
"""
