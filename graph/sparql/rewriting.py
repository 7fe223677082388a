"""Where SERVICE and LOAD stand in a text, what they name, and the text with something else in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from graph.errors import QueryRefusedError
from graph.sparql.tokens import tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping


class Named(NamedTuple):
    """One SERVICE (its IRI from `start` to `end`) or LOAD (the whole request); `iri` is None where it is a variable."""

    start: int
    end: int
    iri: str | None
    silent: bool
    graph: str | None = None


class _Reader:
    """Goes through the tokens of a text and knows base and prefixes at each."""

    def __init__(self, text: str, prefixes: Mapping[str, str], base: str | None) -> None:
        self._tokens = [token for token in tokens(text) if token.lastgroup is not None]
        self._prefixes = dict(prefixes)
        self._base = base
        self._at = 0

    def words(self) -> Iterator[str]:
        """The words in upper case; prologues are taken in on the way."""
        while self._at < len(self._tokens):
            word = self._word()
            self._at += 1
            if word == "BASE":
                self._base = self.term() or self._base
            elif word == "PREFIX":
                name = self._tokens[self._at].group() if self._at < len(self._tokens) else ""
                self._at += 1
                self._prefixes[name.removesuffix(":")] = self.term() or ""
            elif word:
                yield word

    def _word(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        token = self._tokens[self._at]
        return token.group().upper() if token.lastgroup == "word" else ""

    def skip(self, word: str) -> bool:
        """Whether a word comes next; it is passed over."""
        found = self._word() == word
        self._at += found
        return found

    @property
    def last(self) -> re.Match[str]:
        """The token that was taken last."""
        return self._tokens[self._at - 1]

    def term(self) -> str | None:
        """The IRI that comes next, resolved; None for a variable. Raises QueryRefusedError for anything else."""
        if self._at >= len(self._tokens):
            raise QueryRefusedError("the text ends where an IRI is expected")
        token = self._tokens[self._at]
        self._at += 1
        written = token.group()
        if token.lastgroup == "iri":
            return urljoin(self._base, written[1:-1]) if self._base else written[1:-1]
        if written[0] in "?$":
            return None
        prefix, colon, local = written.partition(":")
        if token.lastgroup != "word" or not colon or "\\" in written or prefix not in self._prefixes:
            raise QueryRefusedError(f"'{written[:40]}' names no place that can be checked; write the whole IRI in <>")
        return self._prefixes[prefix] + local


def services(text: str, prefixes: Mapping[str, str], base: str | None = None) -> list[Named]:
    """The endpoints that SERVICE names, in order. Raises QueryRefusedError where one is not written plainly."""
    reader = _Reader(text, prefixes, base)
    found = []
    for word in reader.words():
        if word == "SERVICE":
            silent = reader.skip("SILENT")
            iri = reader.term()
            found.append(Named(reader.last.start(), reader.last.end(), iri, silent))
    return found


def loads(text: str, prefixes: Mapping[str, str], base: str | None = None) -> list[Named]:
    """The documents that LOAD names, in order. Raises QueryRefusedError where one is not written plainly."""
    reader = _Reader(text, prefixes, base)
    found = []
    for word in reader.words():
        if word == "LOAD":
            start = reader.last.start()
            silent = reader.skip("SILENT")
            iri = reader.term()
            graph = reader.term() if reader.skip("INTO") and reader.skip("GRAPH") else None
            found.append(Named(start, reader.last.end(), iri, silent, graph))
    return found


def replaced(text: str, changes: Iterable[tuple[Named, str]]) -> str:
    """The text with other words in the places named, which are in order."""
    pieces, at = [], 0
    for place, instead in changes:
        pieces += [text[at : place.start], instead]
        at = place.end
    return "".join([*pieces, text[at:]])
