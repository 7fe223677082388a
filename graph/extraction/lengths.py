"""The lengths of cross-country races: told once, they go for all that is told of the race."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.extraction.contests import identity

if TYPE_CHECKING:
    from graph.extraction.drafts import ResultDraft
    from ontology.entries import Discipline

_GROUP = "cross-country-running"


def measure(drafts: list[ResultDraft]) -> None:
    """Give results in "cross country" the length of their race, where the article knows one race that it can be.

    That is the one that the athlete ran at that competition, else the only one of the athlete's sex.
    """
    lengths: defaultdict[tuple[object, ...], dict[str, Discipline]] = defaultdict(dict)
    for draft in drafts:
        discipline = draft.contest.discipline
        if discipline is not None and discipline.group == _GROUP and discipline.distance_metres:
            for key in _keys(draft):
                lengths[key][discipline.name] = discipline
    for draft in drafts:
        discipline = draft.contest.discipline
        if discipline is None or discipline.group != _GROUP or discipline.distance_metres:
            continue
        found = next((lengths[key] for key in _keys(draft) if key in lengths), {})
        if len(found) == 1:
            draft.contest = draft.contest._replace(discipline=next(iter(found.values())))


def _keys(draft: ResultDraft) -> tuple[tuple[object, ...], ...]:
    """What a race is known by, the athlete's own first; none without a competition."""
    contest = draft.contest
    if contest.competition is None:
        return ()
    race = (identity(contest.competition), contest.year, contest.category)
    return ((*race, draft.athlete), *(((*race, contest.sex),) if contest.sex else ()))
