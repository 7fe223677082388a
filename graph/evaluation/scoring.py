"""Found facts against gold facts of one article, slot by slot.

A slot that gold leaves open is not scored; a whole row that gold lacks counts as wrong. Rows are matched one to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from graph.evaluation.judgements import JoinedResult, Judgement, Kind, Row
from graph.evaluation.matching import same_club, same_competition, same_discipline, same_mark, same_name
from graph.evaluation.report import ArticleReport
from graph.model import Best, Coaching, Extraction, Family, Membership, Person, Race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_SameRow = TypeVar("_SameRow", Person, Coaching, Membership, Family, Best)

_INVERSE: Final = {"parent": "child", "child": "parent", "sibling": "sibling", "spouse": "spouse"}
# A pair of results that disagrees on most of what both state is not the same result.
_LEAST_AGREEMENT: Final = 0.9
_UNKNOWN_RACE: Final = Race("")


class _Ledger:
    """Collects the judgements of one article."""

    def __init__(self, article: str) -> None:
        self._article = article
        self.judgements: list[Judgement] = []

    def right(self, kind: Kind, gold: Row, found: Row) -> None:
        self.judgements.append(Judgement(self._article, "right", kind, gold, found))

    def missed(self, kind: Kind, gold: Row, found: Row | None = None) -> None:
        self.judgements.append(Judgement(self._article, "missed", kind, gold, found))

    def wrong(self, kind: Kind, found: Row, gold: Row | None = None) -> None:
        self.judgements.append(Judgement(self._article, "wrong", kind, gold, found))

    def compare(self, kind: Kind, gold: Row, found: Row | None, *, known: bool, same: bool) -> None:
        """One slot that gold fills; `known`: the found row, matched, fills it too, `same`: with the same value."""
        if found is None or not known:
            self.missed(kind, gold, found)
        elif same:
            self.right(kind, gold, found)
        else:
            self.missed(kind, gold, found)
            self.wrong(kind, found, gold)

    def rows(
        self,
        kind: Kind,
        gold: Iterable[_SameRow],
        found: Iterable[_SameRow],
        same: Callable[[_SameRow, _SameRow], bool],
    ) -> None:
        """Whole rows, one to one: each gold row takes the first found row that fits."""
        left = list(found)
        for row in gold:
            index = next((i for i, other in enumerate(left) if same(row, other)), None)
            if index is None:
                self.missed(kind, row)
            else:
                self.right(kind, row, left.pop(index))
        for other in left:
            self.wrong(kind, other)


def evaluate(gold: Extraction, found: Extraction) -> ArticleReport:
    """The comparison of what was found in an article with its gold facts."""
    ledger = _Ledger(gold.article)
    ledger.rows("person", gold.people, found.people, lambda g, f: same_name(g.name, f.name))
    _countries(gold.people, found.people, ledger)
    ledger.rows("coaching", gold.coaching, found.coaching, _same_coaching)
    ledger.rows("membership", gold.memberships, found.memberships, _same_membership)
    ledger.rows("family", gold.family, found.family, _same_family)
    ledger.rows("best", gold.bests, found.bests, _same_best)
    _results(_joined(gold), _joined(found), ledger)
    return ArticleReport(gold.article, tuple(ledger.judgements), found)


def _countries(gold: Sequence[Person], found: Sequence[Person], ledger: _Ledger) -> None:
    for person in gold:
        if person.country:
            other = next((other for other in found if same_name(person.name, other.name)), None)
            country = other.country if other else None
            ledger.compare("country", person, other, known=bool(country), same=country == person.country)


def _same_coaching(gold: Coaching, found: Coaching) -> bool:
    return same_name(gold.coach, found.coach) and same_name(gold.athlete, found.athlete)


def _same_membership(gold: Membership, found: Membership) -> bool:
    return same_name(gold.athlete, found.athlete) and same_club(gold.club, found.club)


def _same_family(gold: Family, found: Family) -> bool:
    """A is parent of B where B is child of A."""
    straight = gold.relation == found.relation and same_name(gold.person, found.person) and same_name(gold.of, found.of)
    return straight or (
        gold.relation == _INVERSE[found.relation]
        and same_name(gold.person, found.of)
        and same_name(gold.of, found.person)
    )


def _same_best(gold: Best, found: Best) -> bool:
    if gold.kind != found.kind or not same_name(gold.athlete, found.athlete):
        return False
    if gold.discipline and found.discipline and not same_discipline(gold.discipline, found.discipline):
        return False
    return not (gold.mark and found.mark) or same_mark(gold.mark, found.mark)


def _joined(extraction: Extraction) -> list[JoinedResult]:
    races = {race.id: race for race in extraction.races}
    return [
        JoinedResult(
            result.athlete, result.position, result.mark, result.medal,
            race.discipline, race.competition, race.year, race.place, race.round, result.evidence,
        )
        for result in extraction.results
        for race in (races.get(result.race, _UNKNOWN_RACE),)
    ]  # fmt: skip


def _same_event(gold: JoinedResult, found: JoinedResult) -> bool:
    return same_competition(gold.competition or "", found.competition or "", gold.place, found.place)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A scored slot of a result; `weight` is what it says for or against two results being the same one."""

    kind: Kind
    weight: float
    same: Callable[[JoinedResult, JoinedResult], bool]

    def known(self, row: JoinedResult) -> bool:
        return getattr(row, self.kind) is not None


_SLOTS: Final = (
    _Slot("position", 1.5, lambda g, f: g.position == f.position),
    _Slot("mark", 2, lambda g, f: same_mark(g.mark or "", f.mark or "")),
    _Slot("medal", 1.5, lambda g, f: g.medal == f.medal),
    _Slot("discipline", 2, lambda g, f: same_discipline(g.discipline or "", f.discipline or "")),
    _Slot("year", 1.5, lambda g, f: g.year == f.year),
    _Slot("competition", 1.5, _same_event),
)


def _agreement(gold: JoinedResult, found: JoinedResult) -> float | None:
    """How well two results agree; None where they cannot be the same one."""
    if not same_name(gold.athlete, found.athlete):
        return None
    score = 1.0
    for slot in _SLOTS:
        if slot.known(gold) and slot.known(found):
            score += slot.weight if slot.same(gold, found) else -slot.weight
    return score if score > _LEAST_AGREEMENT else None


def _results(gold: Sequence[JoinedResult], found: Sequence[JoinedResult], ledger: _Ledger) -> None:
    """Results are matched best pair first, then scored slot by slot."""
    candidates = sorted(
        (
            (-score, i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if (score := _agreement(g, f)) is not None
        )
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    for i, g in enumerate(gold):
        for slot in _SLOTS:
            if not slot.known(g):
                continue
            if i in partner:
                f = found[partner[i]]
                ledger.compare(slot.kind, g, f, known=slot.known(f), same=slot.same(g, f))
            else:
                ledger.missed(slot.kind, g)
    for j, f in enumerate(found):
        if j not in taken:
            for slot in _SLOTS:
                if slot.known(f):
                    ledger.wrong(slot.kind, f)
