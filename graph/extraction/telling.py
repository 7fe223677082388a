"""Events to results and bests: who is meant, which contest it was, and whether the mark fits it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk
from graph.extraction.contests import Contest, describe, identity
from graph.extraction.drafts import BestDraft, Proof
from graph.extraction.events import Event, beside
from graph.extraction.quantities import mark_of
from graph.extraction.records import PERSONAL
from ontology import vocabulary

if TYPE_CHECKING:
    from graph.extraction.discourse import Settled
    from graph.extraction.drafts import Drafts
    from graph.extraction.people import Entity
    from graph.extraction.quantities import Mark
    from graph.extraction.sentences import Sentence
    from graph.model import Basis, RecordKind


_RECALLED = 3  # how many sentences "the record" may stand behind the one that says which


class Telling:
    """Drafts the results and bests that events tell."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self._record: tuple[int, RecordKind, str | None, str | None] | None = None  # sentence, kind, area, discipline
        self._told: tuple[int, dict[Entity, Mark]] = (-1, {})  # who achieved what in the last sentence that says

    def event(self, event: Event, sentence: Sentence) -> None:
        """Draft what an event of the sentence asserts; nothing where nobody or no contest can be meant."""
        entity = self._who(event, sentence)
        if entity is None:
            self._others_of(event, sentence)
        if entity is None or (event.contest.future and event.position is None and event.mark is None):
            return
        if event.kind == "best":
            self._best(entity, event, sentence)
            return
        sieve = self._drafts.salience.sieve
        settled = self._settled(entity, event, sentence)
        mark = _display(event.mark, settled)
        nothing = event.position is None and event.medal is None and mark is None
        if nothing and (event.mark is not None or entity.team):
            return
        if entity.team and (settled.discipline is None or not settled.discipline.relay):
            return
        basis: Basis = "Contextual" if settled.contextual else "Explicit" if event.who.kind == "person" else "Resolved"
        proof = Proof(sentence.number, event.rule, 0.8 if settled.contextual else 0.95, basis, sieve)
        self._result(entity, event, settled, mark, proof)

    def _who(self, event: Event, sentence: Sentence) -> Entity | None:
        """Whom the event is told of; a performance is that of the only one whose mark was just told."""
        if event.who.kind != "performance":
            return self._drafts.salience.resolve(event.who, sentence.number)
        number, told = self._told
        if sentence.number - number > 1 or len(told) != 1:
            return None
        ((entity, mark),) = told.items()
        event.mark, event.fresh = mark, False
        return entity

    def _others_of(self, event: Event, sentence: Sentence) -> None:
        """Of an event of several people each one's, and whom somebody beat who cannot be told."""
        for one in self._drafts.salience.several(event.who, sentence.number):
            self.event(replace(event, who=_as_person(one, event.who)), sentence)
        if event.who.kind == "reference" and event.rule == "result.beat":
            for chunk, position in itertools.zip_longest(event.ahead, event.beaten_into[: len(event.ahead)]):
                if chunk.kind == "person":
                    lost = Event("result", chunk, event.rule, event.contest, position=position, place=event.place)
                    self.event(lost, sentence)

    def _settled(self, entity: Entity, event: Event, sentence: Sentence) -> Settled:
        discourse = self._drafts.discourse
        contest = describe(list(event.who.inner)).over(event.contest) if entity.team else event.contest
        around = sentence.around(event.place or event.who.start)
        settled = discourse.settle(contest, around, entity, mark=event.mark, together=event.together)
        if event.position in ("DNF", "DNS"):
            settled = discourse.unfinished(settled)
        if event.career:
            settled = settled._replace(year=None, day=None)
        if settled.discipline is not None:
            discourse.heard(Contest(disciplines=(settled.discipline,), sex=settled.sex))
        return settled

    def _result(self, entity: Entity, event: Event, settled: Settled, mark: str | None, proof: Proof) -> None:
        """The result itself, and those of whoever was beaten by or beat its athlete."""
        entity.licences |= {"result", "won"} if event.position == 1 else {"result"}
        if event.mark is not None and mark is not None:
            number, marks = self._told
            self._told = (proof.sentence, {**(marks if number == proof.sentence else {}), entity: event.mark})
        position = event.position if event.position is not None else self._place_behind(event, settled, proof.sentence)
        draft = self._drafts.result(entity, settled, proof, position=position, mark=mark, medal=event.medal)
        for chunk, other, told in self._others(event.ahead, entity, proof):
            draft.ahead_of.append(other)
            number = event.ahead.index(chunk)
            place = event.beaten_into[number] if number < len(event.beaten_into) else None
            theirs = event.beaten_in[number] if number < len(event.beaten_in) else beside(chunk)
            self._drafts.result(other, settled, told, position=place, mark=_display(theirs, settled))
        for chunk, other, told in self._others(event.behind, entity, proof):
            first = 1 if event.position == 2 else None
            mark = _display(beside(chunk), settled)
            self._drafts.result(other, settled, told, position=first, mark=mark).ahead_of.append(entity)

    def _place_behind(self, event: Event, settled: Settled, sentence: int) -> int | None:
        """The place of whoever followed another home, if the other's in the same race was the last told of him."""
        leader = self._drafts.salience.resolve(event.behind[0], sentence) if event.follows and event.behind else None
        placed = (d for d in reversed(self._drafts.results) if d.athlete is leader and d.position is not None)
        last = next(placed, None) if leader is not None else None
        if last is None or not isinstance(last.position, int):
            return None
        same = last.contest.discipline == settled.discipline and last.contest.year == settled.year
        here = identity(last.contest.competition) == identity(settled.competition)
        return last.position + event.follows if same and here else None

    def _others(self, chunks: list[Chunk], entity: Entity, proof: Proof) -> list[tuple[Chunk, Entity, Proof]]:
        found = []
        for chunk in chunks:
            other = self._drafts.salience.resolve(chunk, proof.sentence)
            if other is not None and other is not entity:
                other.licences.add("result")
                found.append((chunk, other, proof._replace(sieve=self._drafts.salience.sieve)))
        return found

    def _best(self, entity: Entity, event: Event, sentence: Sentence) -> None:
        sieve = self._drafts.salience.sieve
        around = sentence.around(event.place or event.who.start)
        if event.record is None and not (self._take_record(event, sentence) or self._take_own(entity, event)):
            return
        assert event.record is not None  # noqa: S101  # it was told or taken
        settled = self._drafts.discourse.settle(event.contest, around, entity, mark=event.mark)
        relay = settled.discipline is not None and settled.discipline.relay > 0
        if relay != bool(entity.team):  # a relay's record is its team's
            return
        entity.licences.add("record")
        if event.record == "NR" and event.area:
            entity.of_country(event.area, sentence.number, "country.belonging")
        mark = _display(event.mark, settled)
        if mark is not None and event.rule == "best.set" and event.fresh:
            self.event(replace(event, kind="result", rule="result.record-mark"), sentence)
        basis: Basis = "Contextual" if settled.contextual else "Explicit"
        discipline = settled.discipline.name if settled.discipline else None
        proof = Proof(sentence.number, event.rule, 0.9, basis, sieve)
        if event.record not in PERSONAL:
            self._record = (sentence.number, event.record, event.area, discipline)
        best = BestDraft(entity, event.record, discipline, mark, settled.indoor, event.area, proof)
        self._drafts.bests.append(best)

    def _take_record(self, event: Event, sentence: Sentence) -> bool:
        """Of "the mark" or "the record", which: the one told of in the last sentences."""
        if self._record is None or sentence.number - self._record[0] > _RECALLED:
            return False
        _, event.record, event.area, discipline = self._record
        _name(event, discipline)
        return True

    def _take_own(self, entity: Entity, event: Event) -> bool:
        """Of "Vane's old record", which: the one that the article tells that Vane has."""
        own = {(b.kind, b.area, b.discipline) for b in self._drafts.bests if b.athlete is entity}
        own = {told for told in own if told[0] not in PERSONAL}
        if event.rule != "best.owned" or len(own) != 1:
            return False
        event.record, event.area, discipline = own.pop()
        _name(event, discipline)
        return True


def _name(event: Event, discipline: str | None) -> None:
    """Let a record be one at a discipline, if its own words name none."""
    known = vocabulary.discipline(discipline) if discipline else None
    if known is not None and not event.contest.disciplines:
        event.contest = event.contest._replace(disciplines=(known,))


def _display(mark: Mark | None, settled: Settled) -> str | None:
    """The mark in canonical form; None where it cannot be one of the discipline."""
    if mark is None:
        return None
    fitting = mark_of(mark, settled.discipline)
    return fitting.display if fitting is not None else None


def _as_person(entity: Entity, chunk: Chunk) -> Chunk:
    """One of the people whom a chunk stands for."""
    return Chunk("person", chunk.text, chunk.start, chunk.end, value=entity)
