"""What was achieved and what it was worth, told by two clauses: "ran 46.20 to win the title"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from graph.extraction.contests import describe
from graph.extraction.occasions import at_the_time

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.events import Event


def join_purposes(clauses: list[Clause]) -> None:
    """Give the place or medal of an infinitive the mark of the clause before it: one result, not two."""
    for before, clause in itertools.pairwise(clauses):
        if clause.connective not in ("to", "", ",") or not _is_infinitive(clause) or before.subjects != clause.subjects:
            continue
        won = [e for e in clause.events if e.kind == "result" and (e.position is not None or e.medal)]
        if len(won) != len(clause.subjects) or any(e.mark for e in won):
            continue
        for event in won:
            _take_mark(event, before)


def share_contests(clauses: list[Clause]) -> None:
    """Give what is told first the discipline that the purpose names: "beat Vane to win the 1500m"."""
    named = False
    chain: list[Clause] = []  # clauses of one subject, each going on from the one before
    for before, clause in itertools.pairwise(clauses):
        named = named or any(c.kind == "discipline" for c in before.chunks)
        going_on = _is_infinitive(clause) or (clause.verb is not None and clause.verb.value == "ing")
        if named or not going_on or before.subjects != clause.subjects or not clause.asserted:
            chain = []
            continue
        chain.append(before)
        told = next((e.contest for e in clause.events if e.kind == "result" and e.contest.disciplines), None)
        if told is not None:
            for event in (e for earlier in chain for e in earlier.events):
                event.contest = event.contest.over(told._replace(year=None, day=None))


def join_moments(clauses: list[Clause]) -> None:
    """Give a result the year and place of its "when": "was the first to win the title when she triumphed in 2022"."""
    for before, clause in itertools.pairwise(clauses):
        same = clause.subjects == before.subjects or [c.kind for c in clause.subjects] == ["reference"]
        if clause.connective != "when" or not same or not any(e.kind == "result" for e in clause.events):
            continue
        told = describe(clause.chunks)
        for event in before.events:
            if event.kind == "result" and not (event.contest.year or event.contest.place):
                event.contest = at_the_time(event.contest, told)


def join_efforts(clauses: list[Clause]) -> None:
    """Give a place what the effort behind it tells: "was fifth after throwing 13.77m", "after fading in the 200m"."""
    for before, clause in itertools.pairwise(clauses):
        effort = clause.connective == "after" and clause.verb is not None and clause.verb.value == "ing"
        if not effort or not clause.asserted or before.subjects != clause.subjects:
            continue
        own = describe(clause.chunks)
        if own.competition or own.place or own.year or own.day or own.round:
            continue
        if any(e.position is not None or e.medal for e in clause.events):
            continue
        placed = [e for e in before.events if e.kind == "result" and (e.position is not None or e.medal)]
        for event in placed:
            if own.disciplines and not event.contest.disciplines:
                event.contest = event.contest.over(own)
            if event.mark is None and len(placed) == len(before.subjects):
                _take_mark(event, clause)


def _is_infinitive(clause: Clause) -> bool:
    said = [c.lemma for c in clause.before]
    return clause.verb is not None and clause.verb.value == "base" and "to" in said[-2:]


def _take_mark(event: Event, before: Clause) -> None:
    """The mark that the clause before gives the same athlete, unless it was achieved elsewhere."""
    told = [e for e in before.events if e.who is event.who and e.mark is not None and e.rule != "best.broken"]
    results = [e for e in told if e.kind == "result"]
    fresh = [e for e in told if e.kind == "best" and e.fresh]
    source = (results or fresh)[:1]
    if len(results) > 1 or not source or source[0].position is not None or source[0].medal:
        return
    own, other = event.contest, source[0].contest
    apart = other.competition or other.place or other.year or other.round not in (None, own.round)
    if apart or (other.disciplines and own.disciplines and own.disciplines != other.disciplines):
        return
    event.mark = source[0].mark
    event.contest = own.over(other)
    before.events = [e for e in before.events if e not in results]
    for best in fresh:
        best.fresh = False
