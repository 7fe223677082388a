"""The one thing that a name means: an exact one, a part, initials, one with a typing error; or an IRI."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA
from rdflib import URIRef

from graph import queries
from graph.browsing.describing import describe, kind_of
from graph.browsing.suggesting import TIERS, alike, kinds_of_tier, spelt_otherwise, tier_of
from graph.errors import AmbiguousNameError, LookupFailedError, QueryError
from graph.searching.names import MOST_WORDS, Wanted, holding, same
from graph.searching.places import indexes
from graph.searching.words import loose
from ontology.iris import KINDS, prefixes
from ontology.names import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from graph.browsing.values import Entity
    from graph.searching.names import Found
    from graph.searching.places import Index
    from graph.store.base import Source

_LETTERS_PER_ERROR: Final = 5  # one typing error is forgiven for every five letters
_MOST_ERRORS: Final = 3
_NEAREST: Final = 5
_CANDIDATES: Final = 12
_LOOKED_AT: Final = 1000  # names that hold the words
_KEYED: Final = frozenset({"person", "club"})
_NOT_DIGITS: Final = re.compile(r"\D")


def find(source: Source, name: str, kinds: Collection[str] | None = None) -> Entity:
    """The one entity that `name` means: an IRI, a prefixed name, a slug, or a name.

    Names are tried exactly, then by part ("Kerr", "J. Kerr"), then with a typing error, people and clubs first.
    Raises AmbiguousNameError with the candidates if several fit equally well, LookupFailedError with the nearest names
    if none does. `kinds` narrows to kinds of things.
    """
    if iri := _by_iri(source, name.strip(), kinds):
        return describe(source, [iri])[iri].entity
    wanted = loose(name)
    if not wanted:
        raise LookupFailedError(name, f"'{name}' has no letters or digits to look for; give a name or an IRI.")
    asked = indexes(source)
    for rows in _levels(asked, name, wanted, kinds):
        found = sorted({row.iri for row in rows})
        if found:
            return _only(source, name, found, rows)
    raise LookupFailedError(name, _unknown(source, name, asked, wanted))


def successor(source: Source, iri: str) -> str | None:
    """The IRI of the entity that one was found to be, where it has none of its own any more."""
    rows = source.select(queries.load("successor"), {"x": URIRef(iri)})
    return next((str(row["successor"]) for row in rows), None)


def _by_iri(source: Source, name: str, kinds: Collection[str] | None) -> str | None:
    """The IRI that `name` is, abbreviates, or is the slug of, if the source knows it."""
    known = queries.load("known")
    for iri in _possible_iris(source, name):
        if kinds is not None and kind_of(source, iri) not in kinds:
            continue
        try:
            if source.ask(known, {"x": URIRef(iri)}):
                return successor(source, iri) or iri
        except QueryError:  # what was typed is no IRI, so it is to be looked for as a name
            continue
    return None


def _possible_iris(source: Source, name: str) -> Iterator[str]:
    bare = name.removeprefix("<").removesuffix(">")
    if "://" in bare:
        yield bare
        return
    prefix, colon, rest = bare.partition(":")
    if colon and (namespace := prefixes(source.base).get(prefix)):
        yield namespace + rest
    kind, slash, rest = bare.strip("/").partition("/")
    if slash and kind in KINDS.values():
        yield f"{source.base}{kind}/{rest}"
    if re.fullmatch(r"[a-z0-9_.-]*[-_0-9][a-z0-9_.-]*|[A-Z]{3}", bare):
        yield from (
            f"{source.base}{kind}/{bare}"
            for kind in ("person", "club", "country", "series", "edition", "race", "article")
        )


def _levels(
    asked: Sequence[Index], name: str, wanted: str, kinds: Collection[str] | None
) -> Iterator[Collection[Found]]:
    """What fits, the strictest first; within each strictness people and clubs come first."""
    tiers = [kinds_of_tier(number, kinds) for number in range(len(TIERS))]
    exact = [row for index in asked for row in same(index, wanted, _LOOKED_AT)]
    key = name_key(name)
    yield [row for row in exact if row.kind in _KEYED & tiers[0] and name_key(row.name) == key]
    yield from ([row for row in exact if row.kind in tier] for tier in tiers)
    parts = tuple(wanted.split()[:MOST_WORDS])
    if any(len(part) > 1 for part in parts):
        strict = [Wanted((), (part,)) if len(part) == 1 else Wanted((part,)) for part in parts]
        for tier in tiers:
            rows = chain.from_iterable(holding(index, strict, tier, _LOOKED_AT) for index in asked)
            yield [row for row in rows if _is_part(parts, tuple(row.key.split()))]
    errors = min(len(wanted) // _LETTERS_PER_ERROR, _MOST_ERRORS)
    if not errors:
        return
    close = [[row for index in asked for row in spelt_otherwise(index, parts, tier, _LOOKED_AT)] for tier in tiers]
    for fits in _tests(wanted, errors, alone=len(parts) == 1):
        yield from ([row for row in rows if fits(row.key)] for rows in close)


def _tests(wanted: str, errors: int, *, alone: bool) -> Iterator[Callable[[str], bool]]:
    for allowed in range(1, errors + 1):
        yield partial(_is_misspelt, wanted, allowed)
    if alone:
        yield lambda key: _is_misspelt(wanted, 1, key.rpartition(" ")[2])


def _is_misspelt(wanted: str, errors: int, key: str) -> bool:
    """Whether the key is `wanted` but for so many typing errors; a wrong digit means another thing."""
    return OSA.distance(wanted, key, score_cutoff=errors) <= errors and _NOT_DIGITS.sub("", wanted) == _NOT_DIGITS.sub(
        "", key
    )


def _is_part(parts: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Whether the words stand in the name in this order; a single letter stands for any word that it begins."""
    rest = iter(of)
    return all(any(part == word or (len(part) == 1 and word.startswith(part)) for word in rest) for part in parts)


def _only(source: Source, name: str, found: list[str], rows: Iterable[Found]) -> Entity:
    told = {row.iri: row.articles for row in rows}
    first = sorted(found, key=lambda iri: (-told[iri], iri))[:_CANDIDATES]
    described = describe(source, first)
    if len(found) == 1:
        return described[found[0]].entity
    candidates = tuple((iri, described[iri].label, described[iri].entity.description) for iri in first)
    raise AmbiguousNameError(name, candidates)


def _unknown(source: Source, name: str, asked: Sequence[Index], wanted: str) -> str:
    kinds = kinds_of_tier(0) | kinds_of_tier(1)
    close = sorted(alike(asked, wanted, kinds), key=lambda one: (-one.score, tier_of(one.found.kind), one.found.iri))
    nearest = list(dict.fromkeys(one.found.iri for one in close))[:_NEAREST]
    if not nearest:
        return f"nothing is called '{name}', nor anything like it; check the spelling or give the IRI."
    described = describe(source, nearest)
    return f"nothing is called '{name}'; the nearest names are {', '.join(described[iri].label for iri in nearest)}."
