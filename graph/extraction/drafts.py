"""What the interpretation of an article collects, before names are final and results are gathered into races."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clubs import ClubName
    from graph.extraction.coreference import Salience
    from graph.extraction.discourse import Discourse, Settled
    from graph.extraction.people import Entity
    from graph.extraction.sentences import Sentence
    from graph.extraction.standings import Standing
    from graph.model import Basis, MedalColour, Outcome, RecordKind

_PLACES: Final[dict[MedalColour, int]] = {"gold": 1, "silver": 2, "bronze": 3}
_MEDALS = {place: medal for medal, place in _PLACES.items()}


class Proof(NamedTuple):
    """Where a fact stands: the sentence, the rule that read it, how sure, and on what basis."""

    sentence: int
    rule: str
    confidence: float
    basis: Basis
    sieve: str | None = None
    """How it was settled whom the sentence means."""


@dataclass(slots=True)
class ResultDraft:
    athlete: Entity
    contest: Settled
    position: int | Outcome | None
    mark: str | None
    medal: MedalColour | None
    proof: Proof
    reigning: bool = False
    title: bool = False
    """A title or medal that somebody bears, not a result that is told."""
    inferred: bool = False
    """The year is that of the calendar: no sentence says it."""
    implied: str | None = None
    """The slot that no sentence says: the place that a medal means, or the medal that a place means."""
    ahead_of: list[Entity] = field(default_factory=list)


@dataclass(slots=True)
class BestDraft:
    athlete: Entity
    kind: RecordKind
    discipline: str | None
    mark: str | None
    indoor: bool
    area: str | None
    proof: Proof


@dataclass(slots=True)
class RelationDraft:
    """Coaching (coach, athlete), membership (athlete, club) or family (person, of)."""

    kind: Literal["coaching", "membership", "family"]
    first: Entity
    second: Entity | ClubName
    value: str
    proof: Proof


@dataclass(slots=True)
class StandingDraft:
    """A rank, tally, round not reached or training partner; see `standings.Standing`."""

    standing: Standing
    who: Entity
    contest: Settled
    proof: Proof
    other: Entity | None = None


@dataclass(slots=True)
class Drafts:
    """The facts drafted so far, and what the article was speaking of when it told them."""

    salience: Salience
    discourse: Discourse
    results: list[ResultDraft] = field(default_factory=list)
    bests: list[BestDraft] = field(default_factory=list)
    relations: list[RelationDraft] = field(default_factory=list)
    standings: list[StandingDraft] = field(default_factory=list)

    def proof(self, sentence: int, rule: str, confidence: float, basis: Basis) -> Proof:
        """That a rule read a sentence of whoever was resolved last."""
        return Proof(sentence, rule, confidence, basis, self.salience.sieve)

    def result(
        self,
        athlete: Entity,
        contest: Settled,
        proof: Proof,
        *,
        position: int | Outcome | None = None,
        mark: str | None = None,
        medal: MedalColour | None = None,
        reigning: bool = False,
        title: bool = False,
    ) -> ResultDraft:
        """Draft a result; place and medal give each other where the contest awards medals."""
        draft = ResultDraft(athlete, contest, position, mark, medal, proof, reigning, title)
        _imply(draft)
        self.results.append(draft)
        return draft

    def relocate(self, draft: ResultDraft, contest: Settled) -> None:
        """Move a result to a contest that was told later."""
        draft.contest = contest
        _imply(draft)

    def stand(self, standing: Standing, sentence: Sentence) -> None:
        """Draft a rank, tally, round not reached or training partner; nothing where somebody in it is not known."""
        who = self.salience.resolve(standing.who, sentence.number)
        proof = self.proof(sentence.number, standing.rule, 0.9, "Explicit")
        other = self.salience.resolve(standing.other, sentence.number) if standing.other is not None else None
        if who is None or who.team or (standing.other is not None and (other is None or other is who)):
            return
        around = sentence.around(standing.who.start)
        settled = self.discourse.settle(standing.contest, around, who, title=standing.kind == "tally")
        who.licences.add("standing")
        self.standings.append(StandingDraft(standing, who, settled, proof, other))

    def coaching(self, coach: Entity, athlete: Entity, status: str, proof: Proof) -> None:
        """Draft that one coaches the other."""
        if coach is athlete or coach.team or athlete.team:
            return
        coach.roles.add("coach")
        coach.licences.add("coach")
        athlete.licences.add("coached")
        self.relations.append(RelationDraft("coaching", coach, athlete, status, proof))

    def membership(self, athlete: Entity, club: ClubName, status: str, proof: Proof) -> None:
        """Draft that somebody belongs to a club."""
        if athlete.team:
            return
        athlete.licences.add("club")
        self.relations.append(RelationDraft("membership", athlete, club, status, proof))

    def bearer(self, chunk: Chunk, sentence: int) -> Entity | None:
        """Whom a person, a reference or a possessive pronoun means."""
        if chunk.kind in ("person", "reference"):
            return self.salience.resolve(chunk, sentence)
        return self.salience.possessor(chunk, sentence)


def _imply(draft: ResultDraft) -> None:
    """Place and medal give each other where the contest awards medals."""
    competition, position = draft.contest.competition, draft.position
    if draft.medal is not None and not isinstance(position, int):
        draft.position, draft.implied = _PLACES[draft.medal], "position"
    if competition is None:
        return
    final = draft.contest.round in (None, "final")
    if draft.medal is None and competition.medals and final and isinstance(position, int):
        draft.medal, draft.implied = _MEDALS.get(position), "medal"
    elif draft.medal is not None and competition.series and not competition.medals:
        draft.medal = None
