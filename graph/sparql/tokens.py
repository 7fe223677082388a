"""The tokens of a SPARQL query, as far as strings, IRIs and comments go: what may hold a sign without meaning it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A word may hold escaped signs (`ex:a\#b`), which would else be taken for the beginning of a comment.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r"|\#[^\n\r]*"
    r"|(?P<word>(?:[\w:?$]|\\.)(?:[\w:.%-]|\\.)*)"
    r"|(?P<bracket>[(){}\[\]])"
    r"|(?P<sign>[^\s\w])",
    re.DOTALL,
)
# `?a<?b+?c+?d>?e` looks like an IRI and is a comparison; in one as long as this the signs are counted.
_LONG_IRI = 500
_SIGNS = re.compile(r"[^\w\s]")


def tokens(query: str) -> Iterator[re.Match[str]]:
    """All tokens in order; the groups `iri`, `word`, `bracket` and `sign` tell them from strings and comments."""
    return _TOKEN.finditer(query)


def steps(query: str) -> int:
    """How many operators, patterns and groups a text is made of, at most; VALUES and DATA blocks are not counted."""
    count = 0
    depth = -1  # of brackets within VALUES or DATA, from its word on; -1: outside
    for token in tokens(query):
        kind = token.lastgroup
        sign = token.group() if kind == "bracket" else ""
        if depth >= 0:
            depth += 1 if sign == "{" else -1 if sign == "}" else 0
            if sign == "}" and depth == 0:
                depth = -1
        elif kind == "word":
            depth = 0 if token.group().upper() in ("VALUES", "DATA") else -1
        elif kind == "iri":
            count += len(_SIGNS.findall(token.group())) if len(token.group()) > _LONG_IRI else 0
        elif kind == "sign" or sign in ("(", "{", "["):
            count += 1
    return count
