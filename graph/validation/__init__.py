"""Whether triples are as the SHACL shapes want them: fast enough for every article, and for a whole store."""

from graph.validation.shapes import Shapes
from graph.validation.triples import Statement, Surroundings, Term

__all__ = ["Shapes", "Statement", "Surroundings", "Term"]
