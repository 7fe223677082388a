"""The page of a race: its result list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, render_template
from rdflib import URIRef

from graph import queries
from graph.browsing.races import Missing, place_of, race
from server.cardpages import representations
from server.sentences import Sentence, by_sentence
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.races import Finisher, Race
    from graph.browsing.values import Dispute, EvidenceView, Fact, Piece, ResultRow

_SENTENCES = 8  # under one line; all of them are on the page of its result
_MEDALS = frozenset({"gold", "silver", "bronze"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A finisher as drawn, or with `gap_note` a note on places that no article gives."""

    row: ResultRow | None = None
    nation: Piece | None = None
    gap: str = ""
    records: tuple[tuple[str, Fact], ...] = ()
    shared: bool = False
    gap_note: str = ""

    @property
    def _facts(self) -> tuple[Fact, ...]:
        return (*(self.row.facts if self.row else ()), *(fact for _, fact in self.records))

    @property
    def colour(self) -> str:
        """The medal, where there is just one."""
        return self.row.medal if self.row and self.row.medal in _MEDALS else ""

    @property
    def dispute(self) -> Dispute | None:
        """One that no curator settled goes first."""
        return min((f.dispute for f in self._facts if f.dispute), key=lambda one: one.settled, default=None)

    @property
    def evidence(self) -> tuple[EvidenceView, ...]:
        return tuple(view for fact in self._facts for view in fact.evidence)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return by_sentence(self._facts)


def page(this: str) -> Response:
    """The page about the IRI of a race; raises LookupFailedError where nothing is said of it."""
    found = race(source(), this)
    text = render_template(
        "race.html",
        entity=found.entity,
        race=found,
        lines=tuple(_lines(found)),
        most=_SENTENCES,
        representations=representations(this),
        sparql_query=queries.with_values(queries.load("page-race"), "x", [URIRef(this)]),
    )
    return Response(text)


def _lines(found: Race) -> Iterable[_Line]:
    places = [place_of(one.row) for one in found.finishers if place_of(one.row)]
    for one in found.lines:
        if isinstance(one, Missing):
            yield _Line(gap_note=_missing(one))
        else:
            yield _drawn(one, shared=places.count(place_of(one.row)) > 1)


def _drawn(one: Finisher, *, shared: bool) -> _Line:
    return _Line(one.row, one.nation, one.gap, one.records, shared)


def _missing(places: Missing) -> str:
    if places.first == places.last:
        return f"Place {places.first} is not in the articles"
    return f"Places {places.first} to {places.last} are not in the articles"
