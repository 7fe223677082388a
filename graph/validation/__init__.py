"""Whether triples are as the SHACL shapes want them: fast enough for every article, and for a whole store."""

from graph.validation.problems import Problem, Promise, Severity
from graph.validation.shapes import Shapes
from graph.validation.triples import Surroundings

__all__ = ["Problem", "Promise", "Severity", "Shapes", "Surroundings"]
