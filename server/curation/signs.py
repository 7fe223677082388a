"""What articles say of who bears a name, as people read it: names with links in the place of slugs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.browsing.describing import describe
from graph.browsing.values import Piece
from ontology.iris import iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.values import Words
    from graph.store.base import Source

_SIGNS: Final = (  # how signs begin, and what kind of thing the rest is the slug of
    (re.compile(r"(place \d+ in )([\w-]+)"), "race"),
    (re.compile(r"(member of )([\w-]+)"), "club"),
    (re.compile(r"(place )([a-z][\w-]*)"), "place"),
    (re.compile(r"((?:coach|parent|child|sibling|spouse) of |coached by |has \w+ )([\w-]+)"), "person"),
)


def in_words(source: Source, signs: Iterable[str]) -> dict[str, Words]:
    """Each sign as words; what the source has no name for stays as it is."""
    parts = {sign: found for sign in signs if (found := _parts(sign, source.base))}
    described = describe(source, {this for _, this in parts.values()})
    return {
        sign: (Piece(before), *described[this].name)
        for sign, (before, this) in parts.items()
        if "label" in described[this].slots
    }


def _parts(sign: str, base: str) -> tuple[str, str] | None:
    """What stands before the slug, and the IRI that it is of."""
    for pattern, kind in _SIGNS:
        if found := pattern.fullmatch(sign):
            return found[1], iri(kind, found[2], base)
    return None
