"""The operations of an update request, told apart by its tokens, so that some can be rewritten or replayed.

What stands in braces is one token here, and so is a name. The forms of the operations are then regular: they are
matched as a string of one letter a token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.sparql.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = {
    **dict.fromkeys(("BASE", "PREFIX", "VERSION"), "p"),
    **dict.fromkeys(("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"), "m"),
    **dict.fromkeys(("TO", "DEFAULT", "ALL"), "o"),
    "INSERT": "I",
    "DELETE": "D",
    "DATA": "A",
    "WHERE": "W",
    "WITH": "H",
    "USING": "U",
    "NAMED": "N",
    "LOAD": "L",
    "SILENT": "S",
    "INTO": "T",
    "GRAPH": "G",
}
_KEYWORD = re.compile("|".join(_LETTERS), re.IGNORECASE)  # Oxigraph needs no space between two
_KEYWORDS = re.compile(f"(?:{'|'.join(_LETTERS)})+", re.IGNORECASE)
_OPERATION = re.compile(
    r"(?P<prologue>(?:pnn?|ps)*)"
    r"(?:(?P<data>[ID]Ab)|(?P<where>DWb)|(?P<modify>(?:Hn)?(?:DbIb|Db|Ib)(?:UN?n)*Wb)|(?P<load>LS?n(?:TGn)?)"
    r"|(?P<manage>m[SGNno]+)|(?P<none>))(?P<end>;|$)"
)
# What may come out otherwise when the same is done again to the same quads, or in another order of them.
_FICKLE = {"RAND", "NOW", "UUID", "STRUUID", "BNODE"} | {"LIMIT", "OFFSET", "REDUCED", "LATERAL", "SERVICE"}
_FICKLE |= {"SAMPLE", "GROUP_CONCAT", "SUM", "AVG", "MIN", "MAX"}
_LABELS = ("<", "|", "~")  # of triple terms and annotations, which make blank nodes


@dataclass(frozen=True, slots=True)
class _Token:
    letter: str
    start: int
    end: int


@dataclass(frozen=True)
class Operation:
    """One operation: its `kind` (data, where, modify, load, manage), and its tokens within the request's `text`."""

    kind: str
    prologue: str
    text: str
    shape: str
    parts: tuple[_Token, ...]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def written(self, letter: str, nth: int = 0) -> str:
        """The text of the n-th part with a letter."""
        found = [part for part in self.parts if part.letter == letter][nth]
        return self.text[found.start : found.end]

    @property
    def chooses_graphs(self) -> bool:
        """Whether it has WITH, USING or USING NAMED."""
        return self.kind == "modify" and ("H" in self.shape or "U" in self.shape)

    @property
    def inserts_data(self) -> bool:
        return self.kind == "data" and self.shape[0] == "I"

    @cached_property
    def steady(self) -> bool:
        """Whether it does the same to the same quads wherever it runs, blank nodes and all."""
        if self.kind in ("where", "manage"):
            return True
        if self.kind == "data":
            return self.shape[0] == "D" or not _makes_nodes(self.written("b"))
        if self.kind != "modify":
            return False
        words = (token.group().upper() for token in tokens(self.text[self.start : self.end]) if token.group("word"))
        made = self.written("b", self.shape.replace("H", "").count("D")) if "I" in self.shape else ""
        return _FICKLE.isdisjoint(words) and not _makes_nodes(made)


def operations(request: str) -> tuple[Operation, ...] | None:
    """The operations of a request that Oxigraph can parse; None where they cannot be told apart.

    That is where a keyword and a name stand together without space, or outside strings and IRIs there are \\u escapes.
    """
    parts = tuple(_outer(request))
    shape = "".join(part.letter for part in parts)
    found: list[Operation] = []
    prologue, at = "", 0
    while at < len(shape):
        match = _OPERATION.match(shape, at)
        if match is None or match.end() == at:
            return None
        body = match.end("prologue"), match.start("end")
        if body[0] > at:
            prologue += request[parts[at].start : parts[body[0] - 1].end] + "\n"
        if body[1] > body[0]:
            kind = next(name for name in ("data", "where", "modify", "load", "manage") if match[name])
            found.append(Operation(kind, prologue, request, shape[slice(*body)], parts[slice(*body)]))
        at = match.end()
    return tuple(found)


def _outer(request: str) -> Iterator[_Token]:
    depth = opened = 0
    for token in tokens(request):
        text = token.group()
        if text in ("{", "}") and token.group("bracket"):
            if text == "{" and depth == 0:
                opened = token.start()
            depth += 1 if text == "{" else -1
            if depth < 0:
                break
            if depth == 0:
                yield _Token("b", opened, token.end())
        elif token.group("word") and "\\u" in text.lower():
            yield _Token("x", token.start(), token.end())
        elif depth == 0:
            yield from _outside(token, text)
    if depth != 0:
        yield _Token("x", len(request), len(request))


def _outside(token: re.Match[str], text: str) -> Iterator[_Token]:
    """The tokens of what stands in no braces; `x`: none that may stand there."""
    start, end = token.span()
    if token.group("word") and _KEYWORDS.fullmatch(text):
        for match in _KEYWORD.finditer(text):
            yield _Token(_LETTERS[match.group().upper()], start + match.start(), start + match.end())
    elif token.group("iri") or (token.group("word") and ":" in text):
        yield _Token("n", start, end)
    elif text == ";":
        yield _Token(";", start, end)
    elif text.startswith(("'", '"')):
        yield _Token("s", start, end)
    elif not text.startswith("#"):
        yield _Token("x", start, end)


def _makes_nodes(block: str) -> bool:
    """Whether quads written so may have blank nodes, which get new names each time."""
    for token in tokens(block):
        text = token.group()
        if token.lastgroup == "word" and text.startswith("_:"):
            return True
        if (token.lastgroup == "bracket" and text in ("[", "(")) or (token.lastgroup == "sign" and text in _LABELS):
            return True
    return False
