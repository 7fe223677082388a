"""Finding the values that a spelling may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from ontology.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Value = TypeVar("Value")
_PUNCTUATION: Final = re.compile(r"(?<=\d),(?=\d{3})|[.']")
_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What spellings are compared by: case, accents, hyphens, full stops and a leading "the" do not count."""
    return _SEPARATORS.sub(" ", _PUNCTUATION.sub("", fold(text))).strip().removeprefix("the ")


class Index(Generic[Value]):
    """From spellings to the values that bear them.

    Abbreviations of up to three capitals are found as written only: "US" is no pronoun.
    """

    def __init__(self, values: Iterable[Value], spellings: Callable[[Value], Iterable[str]]) -> None:
        self.exact: defaultdict[str, list[Value]] = defaultdict(list)
        self._folded: defaultdict[str, list[Value]] = defaultdict(list)
        for value in values:
            for spelling in dict.fromkeys(spellings(value)):
                self.exact[spelling].append(value)
                folded = key(spelling)
                if not (len(folded) <= 3 and spelling.isupper()) and value not in self._folded[folded]:
                    self._folded[folded].append(value)

    def find(self, text: str) -> list[Value]:
        """All values with that spelling; those that have it letter by letter hide the others."""
        text = text.strip()
        return self.exact.get(text) or self._folded.get(key(text)) or []

    def spellings(self) -> Mapping[str, tuple[Value, ...]]:
        return {spelling: tuple(values) for spelling, values in self.exact.items()}
