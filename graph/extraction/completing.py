"""What the rest of an article tells of a result or best whose own sentence left something open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.combined import is_combined
from graph.extraction.contests import identity

if TYPE_CHECKING:
    from graph.extraction.drafts import Drafts, ResultDraft
    from ontology.entries import Discipline


def complete(drafts: Drafts) -> None:
    """Fill the disciplines and marks that an athlete's other results give, and the competition of a lede."""
    _complete_bests(drafts)
    for draft in drafts.results:
        if draft.contest.competition is None and not draft.title:
            drafts.relocate(draft, drafts.discourse.opened(draft.contest))
    _date_titles(drafts)
    told = [d for d in drafts.results if d.contest.discipline is not None]
    said = [d for d in told if not d.contest.guessed]
    for draft in drafts.results:
        if draft.contest.guessed:
            found = _of_title(draft, told) if draft.title else _of_result(draft, said)
            if found is not None:
                draft.contest = draft.contest._replace(discipline=found, contextual=True)


def _complete_bests(drafts: Drafts) -> None:
    """ "broke the Irish record by clocking 7.37": the record's mark is the one the sentence gives the athlete."""
    for best in drafts.bests:
        if best.mark is not None or best.proof.rule not in ("best.set", "best.broken"):
            continue
        told = (r for r in drafts.results if r.athlete is best.athlete and r.proof.sentence == best.proof.sentence)
        marks = set()
        for result in told:
            discipline = result.contest.discipline
            if result.mark and (discipline is None or best.discipline in (None, discipline.name)):
                marks.add(result.mark)
        if len(marks) == 1:
            best.mark = marks.pop()


def _date_titles(drafts: Drafts) -> None:
    """ "The Olympic champion": of the Games whose title the article says elsewhere that the bearer won."""
    for draft in drafts.results:
        if not draft.inferred:
            continue
        told = [
            other.contest.year
            for other in drafts.results
            if other.athlete is draft.athlete
            and other.position == 1
            and not other.inferred
            and other.contest.year is not None
            and identity(other.contest.competition) == identity(draft.contest.competition)
            and (draft.contest.discipline is None or other.contest.discipline in (None, draft.contest.discipline))
        ]
        if told and draft.contest.year not in told:
            draft.contest = draft.contest._replace(year=max(told), place=None)


def _of_title(draft: ResultDraft, told: list[ResultDraft]) -> Discipline | None:
    """ "The Olympic champion won the 400m": what the bearer of a title does in its sentence, else in the article."""
    own = [d for d in told if d.athlete is draft.athlete and not d.title]
    said = [d for d in own if not d.contest.guessed]
    near = [d for d in said if d.proof.sentence == draft.proof.sentence]
    return _only(near) or draft.contest.discipline or _only(said) or _only(own)


def _of_result(draft: ResultDraft, told: list[ResultDraft]) -> Discipline | None:
    """A result of no known discipline is in the one that the athlete contested at that competition."""
    if draft.contest.discipline is not None or draft.mark is not None:
        return None
    where = identity(draft.contest.competition)
    return _only(
        [
            d
            for d in told
            if d.athlete is draft.athlete
            and identity(d.contest.competition) == where
            and d.contest.year == draft.contest.year
        ]
    )


def _only(results: list[ResultDraft]) -> Discipline | None:
    """The one discipline of some results, relays apart; of a combined event and its parts the whole."""
    found = {d.contest.discipline for d in results if d.contest.discipline and not d.contest.discipline.relay}
    found = {d for d in found if is_combined(d)} or found
    return found.pop() if len(found) == 1 else None
