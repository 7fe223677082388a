"""Finding things by name: exactly, by part of the name, by initials, with a typing error; or by IRI."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from rdflib import Literal, URIRef

from graph import queries
from graph.browsing.describing import describe, kind_of
from graph.browsing.values import Entity, Hit
from graph.errors import AmbiguousNameError, LookupFailedError, QueryError
from ontology.iris import KINDS, prefixes
from ontology.names import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from graph.store.base import Source

# What a bare name most likely means, the likeliest first: "Monaco" asks for no headline that holds the word.
_TIERS = (
    frozenset({"person", "club"}),
    frozenset({"country", "place", "series", "edition", "discipline"}),
    frozenset({"race", "article"}),
)
_LETTERS_PER_ERROR = 5  # one typing error is forgiven for every five letters
_NEAREST = 5
_CANDIDATES = 12
_SAME = 100.0
_STEP_DOWN = 5.0  # a headline that begins with the word comes after a person who bears it
_SEARCH_CUTOFF = 60.0  # of 100: below it a likeness of names is chance

_INITIALS = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class _Name:
    entity: str
    kind: str
    written: str
    key: str  # folded, without dots, apostrophes and hyphens
    parts: tuple[str, ...]


_KEPT: WeakKeyDictionary[Source, tuple[str | None, list[_Name]]] = (
    WeakKeyDictionary()
)  # by source, of one version of it


def find(source: Source, name: str, kinds: Collection[str] | None = None) -> Entity:
    """The one entity that `name` means: an IRI, a prefixed name, a slug, or a name.

    Names are tried exactly, then by part ("Kerr", "J. Kerr"), then with a typing error, people and clubs first.
    Raises AmbiguousNameError with the candidates if several fit equally well, LookupFailedError with the nearest names
    if none does. `kinds` narrows to kinds of things.
    """
    if iri := _by_iri(source, name.strip(), kinds):
        return describe(source, [iri])[iri].entity
    wanted = _loose(name)
    if not wanted:
        raise LookupFailedError(name, f"'{name}' has no letters or digits to look for; give a name or an IRI.")
    exact = [iri for iri in _by_key(source, name) if _allowed(kind_of(source, iri), kinds)]
    if exact:
        return _only(source, name, exact)
    names = _names(source, kinds)
    for fits in _levels(wanted):
        for tier in _TIERS:
            found = {entry.entity for entry in names if entry.kind in tier and fits(entry)}
            if found:
                return _only(source, name, sorted(found))
    raise LookupFailedError(name, _unknown(source, name, wanted, names))


def successor(source: Source, iri: str) -> str | None:
    """The IRI of the entity that one was found to be, where it has none of its own any more."""
    rows = source.select(queries.load("successor"), {"x": URIRef(iri)})
    return next((str(row["successor"]) for row in rows), None)


def search(source: Source, text: str, limit: int = 10, kinds: Collection[str] | None = None) -> tuple[Hit, ...]:
    """The best `limit` entities for a text as typed so far, best first; empty if nothing is like it."""
    wanted = _loose(text)
    if not wanted:
        return ()
    names = _names(source, kinds)
    best: dict[str, tuple[float, _Name]] = {}
    for entry, likeness in _scored(wanted, names, limit):
        score = likeness - _STEP_DOWN * _tier(entry.kind) if likeness < _SAME else likeness
        if score > best.get(entry.entity, (0.0, entry))[0]:
            best[entry.entity] = (score, entry)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], _tier(pair[1].kind), pair[1].key))[:limit]
    described = describe(source, [entry.entity for _, entry in ranked])
    return tuple(Hit(described[entry.entity].entity, round(score, 1), entry.written) for score, entry in ranked)


def _loose(name: str) -> str:
    """The key of a name without what people leave out: `C. J. O'Neill-Smith` -> `cj oneill smith`."""
    bare = name_key(name).replace(".", " ").replace("'", "").replace("-", " ")
    return _INITIALS.sub(r"\1", " ".join(bare.split()))


def _allowed(kind: str, kinds: Collection[str] | None) -> bool:
    return kinds is None or kind in kinds


def _tier(kind: str) -> int:
    return next((number for number, tier in enumerate(_TIERS) if kind in tier), len(_TIERS))


def _by_iri(source: Source, name: str, kinds: Collection[str] | None) -> str | None:
    """The IRI that `name` is, abbreviates, or is the slug of, if the source knows it."""
    known = queries.load("known")
    for iri in _possible_iris(source, name):
        if not _allowed(kind_of(source, iri), kinds):
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


def _by_key(source: Source, name: str) -> list[str]:
    rows = source.select(queries.load("by-key"), {"key": Literal(name_key(name))})
    return sorted({str(row["entity"]) for row in rows})


def _names(source: Source, kinds: Collection[str] | None) -> list[_Name]:
    """Every name in the source; for what is not found by key. Kept until the source is seen to have changed."""
    version = source.version
    kept = _KEPT.get(source)
    if kept is None or kept[0] != version or version is None:
        kept = (version, _read_names(source))
        _KEPT[source] = kept
    return kept[1] if kinds is None else [entry for entry in kept[1] if _allowed(entry.kind, kinds)]


def _read_names(source: Source) -> list[_Name]:
    found = []
    for row in source.select(queries.load("names")):
        iri, written = str(row["entity"]), str(row["name"])
        if key := _loose(written):
            found.append(_Name(iri, kind_of(source, iri), written, key, tuple(key.split())))
    return found


def _levels(wanted: str) -> Iterator[Callable[[_Name], bool]]:
    """Tests of a name, the strictest first."""
    parts = tuple(wanted.split())
    errors = len(wanted) // _LETTERS_PER_ERROR
    yield lambda name: name.key == wanted
    yield lambda name: _is_part(parts, name.parts)
    for allowed in range(1, min(errors, 3) + 1):
        yield partial(_is_misspelt, wanted, allowed)
    if len(parts) == 1 and errors:
        yield lambda name: _is_misspelt(wanted, 1, replace(name, key=name.parts[-1]))


def _is_misspelt(wanted: str, errors: int, name: _Name) -> bool:
    """Whether the name is `wanted` but for so many typing errors; a wrong digit means another thing."""
    return OSA.distance(wanted, name.key, score_cutoff=errors) <= errors and _NOT_DIGITS.sub(
        "", wanted
    ) == _NOT_DIGITS.sub("", name.key)


def _is_part(parts: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Whether the words stand in the name in this order; a single letter stands for any word that it begins."""
    rest = iter(of)
    return any(len(part) > 1 for part in parts) and all(
        any(part == word or (len(part) == 1 and word.startswith(part)) for word in rest) for part in parts
    )


def _only(source: Source, name: str, found: list[str]) -> Entity:
    described = describe(source, found[:_CANDIDATES])
    if len(found) == 1:
        return described[found[0]].entity
    candidates = tuple((iri, view.label, view.entity.description) for iri, view in described.items())
    raise AmbiguousNameError(name, candidates)


def _unknown(source: Source, name: str, wanted: str, names: list[_Name]) -> str:
    people = [entry for entry in names if _tier(entry.kind) < len(_TIERS) - 1]
    close = sorted(_scored(wanted, people, _NEAREST), key=lambda pair: -pair[1])
    nearest = list(dict.fromkeys(entry.entity for entry, _ in close))[:_NEAREST]
    if not nearest:
        return f"nothing is called '{name}', nor anything like it; check the spelling or give the IRI."
    described = describe(source, nearest)
    return f"nothing is called '{name}'; the nearest names are {', '.join(described[iri].label for iri in nearest)}."


def _scored(wanted: str, names: list[_Name], limit: int) -> Iterator[tuple[_Name, float]]:
    """The names most like `wanted`: 100 for the same, a little less where it begins a word, below that by likeness."""
    for entry in names:
        if entry.key == wanted:
            yield entry, _SAME
        elif entry.key.startswith(wanted):
            yield entry, 96.0
        elif f" {wanted}" in entry.key:
            yield entry, 92.0
    keys = [entry.key for entry in names]
    close = process.extract(wanted, keys, scorer=fuzz.token_sort_ratio, limit=limit * 4, score_cutoff=_SEARCH_CUTOFF)
    for _, score, place in close:
        yield names[place], score * 0.9
    surnames = [entry.parts[-1] for entry in names]
    close = process.extract(wanted, surnames, scorer=fuzz.ratio, limit=limit * 4, score_cutoff=_SEARCH_CUTOFF + 15)
    for _, score, place in close:
        yield names[place], score * 0.85
