"""The claims of all articles -> the facts they add up to, and the conflicts between them.

For each subject and property, over the claims above the threshold of confidence: all values of a property that may have
several; else a curator's choice; else, of a property that changes with time, what the newest claims say; then a mark
takes the support of the coarser ones that may be its rounding; then the values of most articles. Ties stay: every tied
value is published. A record or personal best improves: the best mark that no more articles contradict. Copies of
one text count as one article and do not contradict each other. Nothing depends on the order of the claims.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from graph.facts import BestKey, Fact, Key, Mark, Value, plain
from graph.identity.marks import compatible
from graph.identity.traits import traits
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from graph.facts import Claim

THRESHOLD: Final = 0.5  # claims of less confidence are kept and shown, but make no fact
_EVOLUTION: Final = 31  # days: values of a time-varying property further apart than this are no contradiction
_ORDER: Final = {  # medal -> its position, both as `plain` has them
    plain(ox.NamedNode(str(colour))): plain(ox.Literal(place))
    for colour, place in ((ATH.Gold, 1), (ATH.Silver, 2), (ATH.Bronze, 3))
}
PLACED: Final = (str(ATH.medalColour), str(ATH.position))
_SEASONAL: Final = {"SB", "WL"}  # marks that count for one year only

_Support: TypeAlias = dict[Value, list["Claim"]]
Decision = Literal["ByChoice", "ByDate", "BySupport", "ByPosition", "Undecided"]  # terms of the ontology
ClaimsOf: TypeAlias = "Callable[[str], Iterable[tuple[Value, Claim]]]"  # a predicate -> its claims, with their values


@dataclass(frozen=True, slots=True)
class Conflict:
    """Articles that cannot all be right on one property of one subject; `claims` are those that are contradicted.

    `decided` says why the values that stand do; `chosen` is the property of the curator's choice that settled it.
    """

    subject: Key
    predicate: str
    claims: tuple[Claim, ...]
    decided: Decision = "Undecided"
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """What stands of one subject, and what is in dispute about it."""

    facts: frozenset[Fact]
    conflicts: tuple[Conflict, ...]


def believe(
    subject: Key, said: Mapping[str, Collection[Value]], claims: ClaimsOf, choices: Mapping[str, str] | None = None
) -> Belief:
    """What the claims about one subject add up to.

    `said` has the values of each predicate; `claims` gives all claims of a predicate and is only asked where values are
    in dispute; `choices` has the curator's value of a predicate, as `graph.facts.plain` writes it.
    """
    choices = choices or {}
    groups: dict[str, _Support] = {}

    def support(predicate: str) -> _Support:
        if predicate not in groups:
            groups[predicate] = defaultdict(list)
            for value, claim in claims(predicate):
                groups[predicate][value].append(claim)
        return groups[predicate]

    standing: dict[str, set[Value]] = {}
    conflicts: dict[str, Conflict] = {}
    for predicate, values in said.items():
        if predicate not in traits().functional or len(values) == 1:
            standing[predicate] = set(values)
            continue
        chosen, decided = _values(subject, predicate, support(predicate), choices.get(predicate))
        standing[predicate] = set(chosen)
        opposed = _opposed(subject, predicate, support(predicate))
        if opposed:
            conflicts[predicate] = _conflict(subject, predicate, opposed, decided, predicate)
    disagreement = _places_agreed(subject, standing, support, choices)
    if disagreement is not None:
        conflicts[disagreement.predicate] = disagreement
    return Belief(
        frozenset(Fact(subject, predicate, value) for predicate, values in standing.items() for value in values),
        tuple(conflict for _, conflict in sorted(conflicts.items())),
    )


def _conflict(subject: Key, predicate: str, claims: Collection[Claim], decided: Decision, chosen: str) -> Conflict:
    ordered = tuple(sorted(claims, key=lambda claim: claim.slug))
    return Conflict(subject, predicate, ordered, decided, chosen if decided == "ByChoice" else None)


def _places_agreed(
    subject: Key, standing: dict[str, set[Value]], support: Callable[[str], _Support], choices: Mapping[str, str]
) -> Conflict | None:
    """Takes from the standing values the medals that go with no position of their result, or such positions.

    What a curator chose stays; else what fewer articles say goes; the medal where as many say either.
    """
    medal, place = PLACED
    medals, positions = standing.get(medal), standing.get(place)
    if not medals or not positions or places_agree(medals, positions):
        return None
    of_medals = [claim for one in medals for claim in support(medal)[one]]
    of_positions = [claim for one in positions for claim in support(place)[one]]
    medals_over_positions = _witnesses(of_medals) - _witnesses(of_positions)
    decided: Decision = "BySupport" if medals_over_positions else "ByPosition"
    loser, chosen = (positions, medal) if medals_over_positions > 0 else (medals, place)
    for own, values, others in ((medal, medals, positions), (place, positions, medals)):
        if choices.get(own) in set(map(plain, values)):
            decided, chosen, loser = "ByChoice", own, others
    loser.clear()
    return _conflict(subject, medal, {*of_medals, *of_positions}, decided, chosen)


def places_agree(some: Iterable[Value], others: Iterable[Value]) -> bool:
    """Whether medals and positions of one result, in either order, may both be true; or there is but one kind."""
    one, other = ({_ORDER.get(plain(value), plain(value)) for value in values} for values in (some, others))
    return not one or not other or bool(one & other)


def _values(subject: Key, predicate: str, support: _Support, chosen: str | None) -> tuple[Iterable[Value], Decision]:
    """The values that stand of several, and why."""
    picked = [value for value in support if plain(value) == chosen]
    if picked:
        return picked, "ByChoice"
    support = _marks_merged(support)
    if predicate == str(ATH.mark) and isinstance(subject, BestKey):
        return _best(subject, support), "BySupport"
    newest = _newest(support) if traits().volatility.get(predicate) == "TimeVarying" else support
    most = max(_witnesses(entries) for entries in newest.values())
    values = [value for value, entries in newest.items() if _witnesses(entries) == most]
    if len(values) > 1:
        return values, "Undecided"
    return values, "ByDate" if len(newest) < len(support) and len(newest) == 1 else "BySupport"


def _witnesses(claims: Iterable[Claim]) -> int:
    return len({claim.witness for claim in claims})


def _marks_merged(support: _Support) -> _Support:
    """Each mark that may be the rounding of finer ones gives them its support; among several, the best supported."""
    marks = [value for value in support if isinstance(value, Mark)]
    merged = {value: list(entries) for value, entries in support.items()}
    for coarse in sorted(marks, key=lambda mark: (-mark.resolution, mark.slug)):
        finer = [fine for fine in marks if compatible(coarse, fine)]
        if finer:
            own = merged.pop(coarse)
            most = max(_witnesses(support[fine]) for fine in finer)
            for fine in finer:
                if _witnesses(support[fine]) == most:
                    merged[fine] += own
    return merged


def _newest(support: _Support) -> _Support:
    """What is said on the newest day; claims without a day count as older than all others."""
    newest = max(_day(claim) for entries in support.values() for claim in entries)
    return {
        value: [claim for claim in entries if _day(claim) == newest]
        for value, entries in support.items()
        if any(_day(claim) == newest for claim in entries)
    }


def _day(claim: Claim) -> int:
    return claim.as_of.toordinal() if claim.as_of else 0


def _best(subject: BestKey, support: _Support) -> list[Value]:
    """The best mark that is not contradicted by more articles: those that state a worse one no earlier."""
    marks: dict[Mark, list[Claim]] = {value: entries for value, entries in support.items() if isinstance(value, Mark)}
    if subject.record in _SEASONAL:
        marks = _of_last_season(marks)
    standing = [
        mark
        for mark, entries in marks.items()
        if not any(
            worse.sort_key > mark.sort_key and _witnesses(others) > _witnesses(entries) and _restated(others, entries)
            for worse, others in marks.items()
        )
    ]
    first = min(mark.sort_key for mark in standing)
    return [mark for mark in standing if mark.sort_key == first]


def _restated(worse: Iterable[Claim], better: Iterable[Claim]) -> bool:
    """Whether the worse mark was still stated once the better one had been."""
    return max(map(_day, worse)) >= min(map(_day, better))


def _of_last_season(marks: dict[Mark, list[Claim]]) -> dict[Mark, list[Claim]]:
    years = {claim.as_of.year for entries in marks.values() for claim in entries if claim.as_of}
    if not years:
        return marks
    last = max(years)
    found = {
        mark: [claim for claim in entries if claim.as_of and claim.as_of.year == last]
        for mark, entries in marks.items()
    }
    return {mark: entries for mark, entries in found.items() if entries}


def _opposed(subject: Key, predicate: str, support: _Support) -> set[Claim]:
    """The claims that another article's contradict."""
    opposed: set[Claim] = set()
    volatility = traits().volatility.get(predicate)
    # Bests change by nature: a worse mark elsewhere is an older one, not a contradiction.
    if volatility is None or isinstance(subject, BestKey):
        return opposed
    over_time = volatility == "TimeVarying"
    for (one, its), (other, theirs) in combinations(support.items(), 2):
        if isinstance(one, Mark) and isinstance(other, Mark) and (compatible(one, other) or compatible(other, one)):
            continue
        opposed |= _contradicted(its, theirs, over_time=over_time) | _contradicted(theirs, its, over_time=over_time)
    return opposed


def _contradicted(claims: Iterable[Claim], others: Iterable[Claim], *, over_time: bool) -> set[Claim]:
    """Those of the claims that another witness among the others contradicts; `over_time`, one of about their time."""
    # By day, not pair by pair: a dispute about somebody famous has thousands of claims on one side.
    witnesses: defaultdict[int | None, set[str]] = defaultdict(set)
    for claim in others:
        witnesses[_ordinal(claim) if over_time else None].add(claim.witness)
    days = sorted(day for day in witnesses if day is not None)
    found = set()
    for claim in claims:
        day = _ordinal(claim) if over_time else None
        near: Sequence[int | None] = (
            [None] if day is None else days[bisect_left(days, day - _EVOLUTION) : bisect_right(days, day + _EVOLUTION)]
        )
        if any(len(witnesses[one]) > 1 or witnesses[one] - {claim.witness} for one in near if one in witnesses):
            found.add(claim)
    return found


def _ordinal(claim: Claim) -> int | None:
    return claim.as_of.toordinal() if claim.as_of else None
