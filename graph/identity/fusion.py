"""The claims of all articles -> the facts they add up to, and the conflicts between them.

For each subject and property, over the claims above the threshold of confidence: all values of a property that may have
several; else a curator's choice; else, of a property that changes with time, what the newest claims say; then a mark
takes the support of the coarser ones that may be its rounding; then the values of most articles. Ties stay: every tied
value is published. A record or personal best improves: the best mark that no more articles contradict. Copies of
one text count as one article and do not contradict each other. Nothing depends on the order of the claims.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from graph.facts import BestKey, Fact, Key, Mark, Value, plain
from graph.identity.marks import compatible
from graph.identity.resolution import Resolution, resolve
from graph.identity.traits import traits
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from graph.facts import Claim
    from graph.identity.traits import Traits

THRESHOLD: Final = 0.5  # claims of less confidence are kept and shown, but make no fact
_EVOLUTION: Final = 31  # days: values of a time-varying property further apart than this are no contradiction
_ORDER: Final = {  # medal -> its position, both as `plain` has them
    plain(ox.NamedNode(str(colour))): plain(ox.Literal(place))
    for colour, place in ((ATH.Gold, 1), (ATH.Silver, 2), (ATH.Bronze, 3))
}
_SEASONAL: Final = {"SB", "WL"}  # marks that count for one year only

_Support: TypeAlias = dict[Value, list["Claim"]]
Choices: TypeAlias = "Mapping[tuple[str, str], str]"  # (subject, predicate) -> value, as `graph.facts.plain` has them
Decision = Literal["ByChoice", "ByDate", "BySupport", "ByPosition", "Undecided"]  # terms of the ontology


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
class Fused:
    facts: frozenset[Fact]
    conflicts: tuple[Conflict, ...]
    resolution: Resolution


def fuse(claims: Collection[Claim], choices: Choices | None = None, threshold: float = THRESHOLD) -> Fused:
    """What the claims of all articles add up to."""
    choices = choices or {}
    resolution = resolve(claims)
    groups: defaultdict[tuple[Key, str], _Support] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.confidence >= threshold:
            fact = resolution.fact(claim.fact)
            groups[fact.subject, fact.predicate][fact.object].append(claim)
    standing: dict[tuple[Key, str], set[Value]] = {}
    conflicts: dict[tuple[Key, str], Conflict] = {}
    for (subject, predicate), support in groups.items():
        values, decided = _values(subject, predicate, support, choices.get((plain(subject), predicate)), traits())
        standing[subject, predicate] = set(values)
        opposed = _opposed(subject, predicate, support, traits())
        if opposed:
            conflicts[subject, predicate] = _conflict(subject, predicate, opposed, decided, predicate)
    conflicts |= _places_agreed(standing, groups, choices)
    facts = {Fact(subject, predicate, value) for (subject, predicate), values in standing.items() for value in values}
    return Fused(
        frozenset(facts | _links(claims, resolution)),
        tuple(sorted(conflicts.values(), key=lambda conflict: (plain(conflict.subject), conflict.predicate))),
        resolution,
    )


def _conflict(subject: Key, predicate: str, claims: Collection[Claim], decided: Decision, chosen: str) -> Conflict:
    ordered = tuple(sorted(claims, key=lambda claim: claim.slug))
    return Conflict(subject, predicate, ordered, decided, chosen if decided == "ByChoice" else None)


def _places_agreed(
    standing: Mapping[tuple[Key, str], set[Value]], groups: Mapping[tuple[Key, str], _Support], choices: Choices
) -> dict[tuple[Key, str], Conflict]:
    """Takes from the standing values the medals that go with no position of their result, or such positions.

    What a curator chose stays; else what fewer articles say goes; the medal where as many say either.
    """
    place = str(ATH.position)
    found = {}
    for (subject, predicate), medals in standing.items():
        positions = standing.get((subject, place)) if predicate == str(ATH.medalColour) else None
        if not positions or {_ORDER[plain(medal)] for medal in medals} & {plain(place) for place in positions}:
            continue
        of_medals = [claim for medal in medals for claim in groups[subject, predicate][medal]]
        of_positions = [claim for position in positions for claim in groups[subject, place][position]]
        medals_over_positions = _witnesses(of_medals) - _witnesses(of_positions)
        decided: Decision = "BySupport" if medals_over_positions else "ByPosition"
        loser, chosen = (positions, predicate) if medals_over_positions > 0 else (medals, place)
        for own, values, others in ((predicate, medals, positions), (place, positions, medals)):
            if choices.get((plain(subject), own)) in set(map(plain, values)):
                decided, chosen, loser = "ByChoice", own, others
        loser.clear()
        found[subject, predicate] = _conflict(subject, predicate, {*of_medals, *of_positions}, decided, chosen)
    return found


def _links(claims: Iterable[Claim], resolution: Resolution) -> set[Fact]:
    """From partly known races and their results to the full ones, or to the candidates."""
    found = set()
    for claim in claims:
        for value in (claim.fact.subject, claim.fact.object):
            if isinstance(value, Key):
                full = resolution.key(value)
                if full != value:
                    found.add(Fact(value, str(ATH.resolvedTo), full))
    found |= {Fact(race, str(ATH.resolvedTo), full) for race, full in resolution.races.items()}
    found |= {Fact(race, str(ATH.candidate), full) for race, fits in resolution.candidates.items() for full in fits}
    return found


def _values(
    subject: Key, predicate: str, support: _Support, chosen: str | None, known: Traits
) -> tuple[Iterable[Value], Decision]:
    """The values that stand, and why."""
    if predicate not in known.functional or len(support) == 1:
        return support, "Undecided"
    picked = [value for value in support if plain(value) == chosen]
    if picked:
        return picked, "ByChoice"
    support = _marks_merged(support)
    if predicate == str(ATH.mark) and isinstance(subject, BestKey):
        return _best(subject, support), "BySupport"
    newest = _newest(support) if known.volatility.get(predicate) == "TimeVarying" else support
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


def _opposed(subject: Key, predicate: str, support: _Support, known: Traits) -> set[Claim]:
    """The claims that another article's contradict."""
    opposed: set[Claim] = set()
    volatility = known.volatility.get(predicate)
    # Bests change by nature: a worse mark elsewhere is an older one, not a contradiction.
    if len(support) < 2 or predicate not in known.functional or volatility is None or isinstance(subject, BestKey):
        return opposed
    for (one, its), (other, theirs) in combinations(support.items(), 2):
        if isinstance(one, Mark) and isinstance(other, Mark) and (compatible(one, other) or compatible(other, one)):
            continue
        for left in its:
            for right in theirs:
                if left.witness != right.witness and not (
                    volatility == "TimeVarying" and _evolved(left.as_of, right.as_of)
                ):
                    opposed |= {left, right}
    return opposed


def _evolved(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs((one - other).days) > _EVOLUTION
