"""What an article says beside results: ranks in a list, counts of titles, rounds not reached, training partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.extraction.contests import Contest, describe
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause

_REACHING = {"make", "reach", "qualify", "advance", "progress"}
_SUPERLATIVES = {"fastest", "quickest", "best", "highest", "longest", "furthest"}
_ALL_TIME = {"all-time", "history", "ever"}
_SEASON = {"season", "year"}


@dataclass(eq=False, slots=True)
class Standing:
    """One such statement about `who`.

    `kind` is "rank" (`number` in the list `scope` of a discipline), "tally" (`number` of `of`, won at `contest`),
    "missed" (did not reach the round of `contest`) or "partner" (trained with `other`).
    """

    kind: Literal["rank", "tally", "missed", "partner"]
    who: Chunk
    rule: str
    contest: Contest
    number: int = 0
    of: str = "title"
    scope: Literal["all-time", "season"] = "all-time"
    other: Chunk | None = None


def clause_standings(clause: Clause) -> Iterator[Standing]:
    """What a clause says of its subjects' standing."""
    if clause.verb is None:
        return
    if clause.verb.lemma in ("be", "become") and clause.asserted:
        yield from _ranks(clause)
    if clause.verb.lemma in _REACHING and (clause.negated or _failed(clause)):
        yield from _missed(clause)
    if clause.verb.lemma == "train" and (clause.verb.value == "past" or clause.auxiliaries) and clause.asserted:
        yield from _partners(clause)


def _failed(clause: Clause) -> bool:
    return clause.governor is not None and clause.governor.text.lower() in ("failed", "fails", "unable")


def _ranks(clause: Clause) -> Iterator[Standing]:
    """ "is the fourth-fastest all-time over 1500m", "is the sixth-fastest hurdler ever" """
    after = clause.after
    for index, chunk in enumerate(after):
        row = [c.lemma for c in after[index + 1 : index + 3] if c.lemma != "-"]
        if chunk.kind != "ordinal" or not chunk.value or not row or row[0] not in _SUPERLATIVES:
            continue
        words = {c.text.lower() for c in after[index:]}
        scope: Literal["all-time", "season"]
        if words & _ALL_TIME or {"all", "time"} <= words:
            scope = "all-time"
        elif any(c.kind == "date" and c.text.lower().split()[-1] in _SEASON for c in after[index:]):
            scope = "season"
        else:
            return
        for who in clause.subjects:
            yield Standing("rank", who, "ranking.superlative", describe(after[index:]), number=chunk.value, scope=scope)
        return


def _missed(clause: Clause) -> Iterator[Standing]:
    """ "did not make the final", "failed to reach the final in 2017" """
    may = any(c.kind == "modal" for c in clause.before) or clause.connective in ("if", "unless")
    if not may and any(c.kind == "round" for c in clause.after[:5]):
        for who in clause.subjects:
            yield Standing("missed", who, "round.not-reached", describe(clause.after)._replace(onward=False))


def _partners(clause: Clause) -> Iterator[Standing]:
    """ "Vane and Brandt trained together" """
    if len(clause.subjects) == 2 and any(c.lemma == "together" for c in clause.after[:2]):
        first, second = clause.subjects
        yield Standing("partner", first, "partners.together", Contest(), other=second)


def noun_tally(noun: Noun, who: Chunk) -> Iterator[Standing]:
    """ "a three-time NCAA winner": who is called so has won that many titles."""
    if noun.times and noun.times > 1 and noun.head == "champion" and noun.contests and noun.data.get("position") == 1:
        for contest in dict.fromkeys(c._replace(year=None) for c in noun.contests):
            if contest.competition is not None:
                yield Standing("tally", who, "tally.times", contest, number=noun.times)


def phrase_standings(chunks: list[Chunk]) -> Iterator[Standing]:
    """ "This was Vane's fourth world championship silver medal": counts that a possessor's medal or title bears."""
    nouns: list[Noun] = [c.value for c in chunks if c.kind in ("medal", "crown") and isinstance(c.value, Noun)]
    if not nouns or any(c.kind in ("modal", "negation") or c.lemma in ("if", "unless", "hope") for c in chunks):
        return
    for noun in nouns:
        if not noun.ordinal or noun.ordinal < 2 or noun.owner is None:
            continue
        for contest in noun.contests:
            if contest.competition is not None and noun.owner.kind == "person":
                of = noun.data if noun.head == "medal" else "title"
                yield Standing("tally", noun.owner, "tally.ordinal", contest, number=noun.ordinal, of=of)
