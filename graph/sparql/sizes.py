"""How large and deep a query or update may be: past these bounds Oxigraph's parser or evaluator kills the process."""

from __future__ import annotations

import re

from graph.errors import QueryRefusedError
from graph.sparql.tokens import steps

_MAX_NESTING = 200  # brackets or runs of `!`; Oxigraph's parser overflows its stack near 10,000
_MAX_QUERY = 1_000_000  # code points
_MAX_UPDATE = 10_000_000
# Operators, patterns and groups. Oxigraph works through chains of them by recursion: 3,000 of BIND, OPTIONAL or MINUS,
# or 10,000 of `+`, `.` or `/`, overflow the stack and kill the process.
_MAX_STEPS = 1000
_BRACKET = re.compile(r"[(\[{)\]}]")
_UNARY_RUN = re.compile(rf"(?:[!+\-^]\s*){{{_MAX_NESTING}}}")


def check_size(text: str, *, update: bool = False) -> None:
    """Raises QueryRefusedError where a query or update is too long, too deep or made of too many parts."""
    longest, what = (_MAX_UPDATE, "update") if update else (_MAX_QUERY, "query")
    if len(text) > longest:
        raise QueryRefusedError(f"the {what} is longer than {longest:,} characters; send the data to /store instead")
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "([{" else -1
        if depth > _MAX_NESTING:
            raise QueryRefusedError(f"the {what} nests more than {_MAX_NESTING} brackets; write it flatter")
    if len(text) > _MAX_STEPS and steps(text) > _MAX_STEPS:
        raise QueryRefusedError(f"the {what} has more than {_MAX_STEPS:,} patterns and operators; send several")
    if _UNARY_RUN.search(text):
        raise QueryRefusedError(f"the {what} has a run of more than {_MAX_NESTING} operators; write it shorter")
