"""Words of names and sentences, as they are compared: folded, and with one letter too few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ontology.names import fold, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_INITIALS: Final = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_WORD: Final = re.compile(r"[a-z0-9]+")
_WRITTEN: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[a-z]{2,}")
_BEGINNING: Final = 6  # letters of a word that are looked up with an error among them; the rest is compared
_SHORTEST: Final = 4  # letters of a beginning that was typed so far


def loose(name: str) -> str:
    """The key of a name without what people leave out: `C. J. O'Neill-Smith` -> `cj oneill smith`."""
    bare = name_key(name).replace(".", " ").replace("'", "").replace("-", " ")
    return _INITIALS.sub(r"\1", " ".join(bare.split()))


def of_text(text: str) -> list[str]:
    """The folded words of a running text, in its order: `Åkesson's 1:58.20` -> `akesson s 1 58 20`."""
    return _WORD.findall(fold(text))


def written(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where the words of a text stand, and what `of_text` makes of each (mostly one word)."""
    for match in _WRITTEN.finditer(text):
        yield match.start(), match.end(), tuple(of_text(match[0]))


def may_be_mistyped(word: str) -> bool:
    """Whether an error in it is forgiven: a wrong digit means another thing."""
    return _LETTERS.fullmatch(word) is not None


def beginnings(word: str) -> set[str]:
    """Those under which a word is looked up, so that it is also found when typed in part."""
    return {word[:length] for length in range(_SHORTEST, _BEGINNING)} | {word[:_BEGINNING]}


def keys_of(word: str) -> set[str]:
    """The beginning of a word as it is, and without each one of its letters.

    Two words that differ by one letter, or by two that changed places, have one of these in common.
    """
    head = word[:_BEGINNING]
    return {head} | {head[:place] + head[place + 1 :] for place in range(len(head))}
