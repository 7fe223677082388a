"""A career year by year: medals, wins, records, coaches and clubs, each with the node whose page has the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from graph.browsing.describing import as_date, local
from graph.browsing.values import Piece, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.browsing.evidence import Support
    from graph.browsing.known import Known
    from graph.browsing.performances import Performance
    from graph.browsing.results import Node
    from graph.browsing.ties import Tie

_BEGAN = {"coachedBy": "began with coach ", "coaches": "began to coach ", "memberOf": "joined "}
_ENDED = {"formerlyCoachedBy": "left coach ", "formerlyCoached": "stopped coaching ", "formerMemberOf": "left "}
_STANDS = {
    "coachedBy": "coached by ",
    "coaches": "coach of ",
    "memberOf": "member of ",
    "formerlyCoachedBy": "no longer coached by ",
    "formerlyCoached": "no longer coach of ",
    "formerMemberOf": "no longer a member of ",
}


@dataclass(frozen=True, slots=True)
class Event:
    """What happened in a year. `reported` says that the date is that of the first article to say so, for want of one of
    its own; `about` is the IRI of the result, record, coaching or membership, `colour` that of a medal.
    """

    year: int
    when: date | None
    kind: Literal["medal", "win", "record", "tie"]
    text: Words
    about: str
    colour: str = ""
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    events: tuple[Event, ...]


def by_year(events: Iterable[Event]) -> tuple[Year, ...]:
    """The events by year, the newest first."""
    ordered = sorted(events, key=_newest)
    return tuple(Year(year, tuple(found)) for year, found in groupby(ordered, key=lambda event: event.year))


def events(known: Known, results: Sequence[Performance]) -> tuple[Event, ...]:
    """What happened to a person, the newest first; ties and records as far as `known` has them with their evidence."""
    nodes = {node.iri: node for node in known.nodes}
    found = [
        *(event for one in results for event in _of_result(one)),
        *(event for node in known.nodes if "Best" in node.types for event in _of_best(node, known, results)),
        *(event for tie in known.ties for event in _of_tie(tie, nodes, known)),
    ]
    return tuple(sorted(found, key=_newest))


def _newest(event: Event) -> tuple[int, int, str, str]:
    return (-event.year, -(event.when or date(event.year, 12, 31)).toordinal(), event.kind, event.about)


def _of_result(one: Performance) -> Iterator[Event]:
    if one.season is None or not (one.medals or (one.final and one.position == 1)):
        return
    day = one.date if one.date and one.date.year == one.season else None
    colour = one.medals[0] if len(one.medals) == 1 else ""
    first = f"{one.medal}, {one.discipline.text}, " if one.medals else f"won the {one.discipline.text}, "
    mark = (Piece(f", {one.written}"),) if one.marks else ()
    text = (Piece(first), Piece(one.competition.text, one.race.iri), *mark)
    yield Event(one.season, day, "medal" if one.medals else "win", text, one.result, colour)


def _of_best(node: Node, known: Known, results: Sequence[Performance]) -> Iterator[Event]:
    best = known.described[node.iri]
    when, reported = _set_on(best.text("discipline"), node, known, results)
    if when is None:
        return
    written = ", ".join(known.described[mark].label for mark in node.values.get("mark", ()) if mark in known.described)
    where = best.text("discipline") + (f", {area}" if (area := best.text("area")) else "")
    text = (Piece(f"{best.text('kind')}, {where}", node.iri), Piece(f", {written}" if written else ""))
    yield Event(when.year, when, "record", text, node.iri, reported=reported)


def _set_on(discipline: str, node: Node, known: Known, results: Sequence[Performance]) -> tuple[date | None, bool]:
    """When a best was set: the day of the result with its mark, else of the first article that gives it."""
    marks = {known.described[mark].label for mark in node.values.get("mark", ()) if mark in known.described}
    for one in results:
        if one.discipline.text == discipline and one.written in marks and one.date and one.date.year == one.season:
            return one.date, False
    return _first_told(known.support, node.iri), True


def _of_tie(tie: Tie, nodes: dict[str, Node], known: Known) -> Iterator[Event]:
    name = local(tie.predicate)
    if tie.node is None or name not in _STANDS:
        return
    node = nodes.get(tie.node)
    other = known.described[tie.object].name
    dated = False
    for slots, words in ((("startDate", "startYear"), _BEGAN), (("endDate", "endYear"), _ENDED)):
        day = _day(node, *slots) if node else None
        if day and name in words:
            dated = True
            yield Event(day[0], day[1], "tie", (Piece(words[name]), *other), tie.node)
    told = None if dated else _first_told(known.support, tie.node)
    if told:
        yield Event(told.year, told, "tie", (Piece(_STANDS[name]), *other), tie.node, reported=True)


def _day(node: Node, day: str, year: str) -> tuple[int, date | None] | None:
    if found := as_date(node.first(day) or ""):
        return found.year, found
    text = (node.first(year) or "")[:4]
    return (int(text), None) if text.isdigit() else None


def _first_told(support: Support, subject: str) -> date | None:
    return min((view.date for view in support.about(subject) if view.date), default=None)
