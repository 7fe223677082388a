"""From the events of a reading to facts with their sentences: names are resolved, contests settled, people described."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from graph.extraction.attachments import Reference, owner_at
from graph.extraction.bests import record_kind
from graph.extraction.chunks import Chunk
from graph.extraction.clubs import ClubName
from graph.extraction.contests import Contest, describe
from graph.extraction.coreference import Salience
from graph.extraction.discourse import Discourse, Settled
from graph.extraction.events import Event, beside
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.people import Entity
from graph.extraction.quantities import Mark, fitted
from ontology.names import fold

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.reading import Reading, Sentence
    from graph.extraction.relations import Relation
    from graph.model import Basis

_SPEECH = cues("speech")


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a fact stands: the sentence, the rule that read it, how sure, and on what basis."""

    sentence: int
    rule: str
    confidence: float
    basis: Basis


@dataclass(slots=True)
class ResultDraft:
    athlete: Entity
    contest: Settled
    position: int | str | None
    mark: str | None
    medal: str | None
    proof: Proof
    title: bool = False
    reigning: bool = False
    ahead_of: list[Entity] = field(default_factory=list)


@dataclass(slots=True)
class BestDraft:
    athlete: Entity
    kind: str
    discipline: str | None
    mark: str | None
    indoor: bool
    area: str | None
    proof: Proof


@dataclass(slots=True)
class RelationDraft:
    """Coaching (coach, athlete), membership (athlete, club) or family (person, of)."""

    kind: str
    first: Entity
    second: Entity | ClubName
    value: str
    proof: Proof


_FELLOWS = {"compatriot", "countryman", "countrywoman", "compatriots", "team-mate", "teammate"}


class Interpreter:
    """Walks the sentences of a reading in order and drafts facts."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.salience = Salience()
        self.results: list[ResultDraft] = []
        self.bests: list[BestDraft] = []
        self.relations: list[RelationDraft] = []
        titles = [s.contest for s in reading.sentences if s.title]
        self.discourse = Discourse(reading.document.article.published, titles[0] if titles else Contest())

    def run(self) -> None:
        self.discourse.dominant = self._dominant()
        block = None
        for sentence in self._reading.sentences:
            if sentence.title:
                self.discourse.heard(sentence.contest)
        ordered = [s for s in self._reading.sentences if not s.title] or self._reading.sentences
        for sentence in ordered:
            if sentence.block is not block:
                self.discourse.paragraph()
                block = sentence.block
            self._sentence(sentence)
        self._complete_bests()
        for sentence in self._reading.sentences:
            if sentence.title and ordered is not self._reading.sentences:
                self._people(sentence)

    def _complete_bests(self) -> None:
        """ "broke the Irish record by clocking 7.37": the record's mark is the one the sentence gives the athlete."""
        for best in self.bests:
            if best.mark is None and best.proof.rule in ("best.set", "best.broken"):
                marks = {
                    r.mark
                    for r in self.results
                    if r.athlete is best.athlete
                    and r.proof.sentence == best.proof.sentence
                    and r.mark
                    and (r.contest.discipline is None or best.discipline in (None, r.contest.discipline.name))
                }
                if len(marks) == 1:
                    best.mark = marks.pop()

    def _dominant(self) -> tuple[Any, ...]:
        """The discipline that the article is about, where one is named more often than all others together."""
        counts: Counter[tuple[Any, ...]] = Counter()
        for sentence in self._reading.sentences:
            for chunk in sentence.chunks:
                for inner in (chunk, *_flat(chunk.inner)):
                    if inner.kind == "discipline" and inner.value:
                        counts[inner.value] += 2 if sentence.title else 1
                    elif isinstance(inner.value, Noun):
                        counts.update(c.disciplines for c in inner.value.contests if c.disciplines)
        if not counts:
            return ()
        best, count = counts.most_common(1)[0]
        return best if 2 * count > counts.total() else ()

    def _sentence(self, sentence: Sentence) -> None:
        self._people(sentence)
        if not sentence.clauses:
            self.discourse.heard(sentence.contest)
        if sentence.broken:
            self.salience.subject(sentence.number, [])
        for clause in sentence.clauses:
            resolved = [e for c in clause.subjects if (e := self.salience.resolve(c, sentence.number))]
            if (
                not resolved
                and not clause.subjects
                and clause.connective not in ("who", "which", "as", "when", "while")
            ):
                owner = next(
                    (o for i in range(min(4, len(clause.before))) if (o := owner_at(clause.before, i)) is not None),
                    None,
                )
                held = self.salience.resolve(owner, sentence.number) if owner is not None else None
                resolved = [held] if held is not None else []
            if resolved and not clause.unreal:
                self.salience.subject(
                    sentence.number,
                    resolved,
                    main=clause.connective not in ("who", "which", "whose", "as", "while", "when", "with"),
                )
            if clause.connective not in ("if", "unless"):
                heard = clause_contest(clause, lede=self.discourse.main is None)
                if clause.connective in ("who", "which", "whose", "where"):
                    heard = replace(heard, disciplines=(), sex=None, competition=None)
                self.discourse.heard(heard, real=not clause.unreal)
            self._nationality(clause, sentence)
            nominal = self._predicate(clause, sentence)
            for event in clause.events:
                if not (nominal and event.kind == "result"):
                    self._event(event, sentence)
            for relation in clause.relations:
                self._relation(relation, sentence)
        for chunk in sentence.chunks:
            if chunk.kind == "reference" and isinstance(chunk.value, Reference) and chunk.value.how == "pronoun":
                meant = self.salience.resolve(chunk, sentence.number)
                if meant is not None:
                    self.salience.centre(sentence.number, meant)
        self.discourse.named(
            [c.value for c in sentence.chunks if c.kind == "discipline" and c.value and c.value[0].relay]
        )
        named = list(dict.fromkeys(c.value for c in _persons(sentence)))
        if len(named) == 1 and not self.salience.spoken(sentence.number) and not sentence.broken:
            self.salience.subject(sentence.number, named)
        for event in sentence.events:
            self._event(event, sentence)
        for relation in sentence.relations:
            self._relation(relation, sentence)

    # ---- relations

    def _relation(self, relation: Relation, sentence: Sentence) -> None:
        seconds = self.salience.group(relation.second, sentence.number) if relation.kind == "coaching" else []
        if len(seconds) > 1:
            coach = self._bearer(relation.first, sentence)
            for athlete in seconds if coach is not None else []:
                self._coaches(coach, athlete, relation.value, Proof(sentence.number, relation.rule, 0.85, "Resolved"))  # type: ignore[arg-type]
            return
        first = self._bearer(relation.first, sentence)
        if first is None:
            return
        if (
            relation.kind == "membership"
            and first.roles == {"coach"}
            and not first.licences & {"result", "title", "record"}
        ):
            return
        if relation.kind == "membership":
            first.licences.add("club")
            self.relations.append(
                RelationDraft(
                    "membership",
                    first,
                    relation.second.value,
                    relation.value,
                    Proof(sentence.number, relation.rule, 0.9, "Explicit"),
                )
            )
            return
        second = self._bearer(relation.second, sentence)
        if second is None or second is first:
            return
        if relation.kind == "coaching":
            first.roles.add("coach")
            first.licences.add("coach")
            second.licences.add("coached")
        elif not first.full and second.full and relation.value != "spouse":
            self._lend_surname(first, second)
        basis: Basis = "Explicit" if relation.first.kind == relation.second.kind == "person" else "Resolved"
        self.relations.append(
            RelationDraft(
                relation.kind, first, second, relation.value, Proof(sentence.number, relation.rule, 0.9, basis)
            )
        )

    def _nationality(self, clause: Clause, sentence: Sentence) -> None:
        """ "earned bronze for Croatia", "was the first Briton home" """
        if not clause.asserted or len(clause.subjects) != 1:
            return
        entity = self.salience.resolve(clause.subjects[0], sentence.number)
        if entity is None or entity.team:
            return
        for index, chunk in enumerate(clause.after):
            before = clause.after[index - 1].lemma if index else ""
            won = chunk.kind == "country" and before == "for" and any(e.medal or e.position for e in clause.events)
            counted = (
                chunk.kind == "demonym"
                and index
                and clause.after[index - 1].kind == "ordinal"
                and clause.verb is not None
                and clause.verb.lemma == "be"
            )
            if won or counted:
                self._country(entity, chunk.value, sentence)

    def _predicate(self, clause: Clause, sentence: Sentence) -> bool:
        """ "X is the defending champion", "X became national champion in 4:06.09", "X was a comfortable winner of the 5000m" """
        if (
            clause.verb is None
            or clause.verb.lemma not in ("be", "become", "remain", "crown", "stay")
            or not clause.asserted
        ):
            return False
        noun = next(
            (
                c.value
                for c in clause.after[:6]
                if c.kind in ("champion", "holder", "role") and isinstance(c.value, Noun)
            ),
            None,
        )
        if noun is None:
            return False
        fresh = (
            clause.verb.lemma in ("become", "crown")
            or noun.definite == "a"
            or any(c.kind == "mark" for c in clause.after)
        )
        won = noun.head in ("champion", "medallist") and fresh and noun.data.get("position") and noun.status != "former"
        for chunk in clause.subjects:
            entity = self.salience.resolve(chunk, sentence.number)
            if entity is not None and won:
                own = (noun.contests[0] if noun.contests else Contest()).over(describe(clause.after))
                mark = next((c.value for c in clause.after if c.kind == "mark"), None)
                self._event(
                    Event(
                        "result",
                        chunk,
                        "result.predicate",
                        own,
                        position=noun.data["position"],
                        mark=mark,
                        medal=noun.data.get("medal"),
                    ),
                    sentence,
                )
            elif entity is not None:
                self._noun(entity, noun, chunk, sentence)
        return bool(won)

    def _bearer(self, chunk: Chunk, sentence: Sentence) -> Entity | None:
        if chunk.kind in ("person", "reference"):
            return self.salience.resolve(chunk, sentence.number)
        return self.salience.possessor({"his": "M", "her": "F"}.get(chunk.lemma), sentence.number, chunk.start)

    def _lend_surname(self, given: Entity, kin: Entity) -> None:
        """ "Jakob's father Gjert" is Gjert Ingebrigtsen."""
        given.name = f"{given.name} {kin.name.split()[-1]}"
        given.key = (*given.key, fold(kin.name.split()[-1]))

    # ---- people and what stands around their names

    def _people(self, sentence: Sentence) -> None:
        people = _persons(sentence)
        self.salience.present([(c.start, c.value) for c in people])
        for chunk in people:
            entity: Entity = chunk.value
            self.salience.mention(sentence.number, entity)
            entity.bystander = entity.bystander or _stands_by(sentence.chunks, chunk)
            for inner in _flat(chunk.inner):
                self._attribute(entity, inner, chunk, sentence)
            for inner in chunk.inner:
                if inner.kind == "aside":
                    self._aside(entity, chunk, inner.value, sentence)
        for chunk in sentence.chunks:
            if chunk.kind == "reference" and isinstance(chunk.value, Reference) and chunk.value.how == "club":
                bearer = self.salience.resolve(chunk, sentence.number)
                if bearer is not None:
                    self._member(bearer, chunk.inner[0], sentence)
            if (
                chunk.kind == "reference"
                and isinstance(chunk.value, Reference)
                and chunk.value.noun is not None
                and chunk.value.noun.head == "champion"
            ):
                bearer = self.salience.resolve(chunk, sentence.number)
                if bearer is not None:
                    self._title(bearer, chunk.value.noun, sentence, chunk.start)

    def _aside(self, entity: Entity, person: Chunk, inside: list[Chunk], sentence: Sentence) -> None:
        """What stands in parentheses behind a name: "(club: X; coach: Y)", "(3:57.13)"."""
        for index, chunk in enumerate(inside):
            label = inside[index - 2] if index >= 2 and inside[index - 1].text == ":" else None
            if label is not None and label.kind == "coach" and chunk.kind == "person":
                self._coaches(
                    chunk.value, entity, "current", Proof(sentence.number, "coaching.label", 0.95, "Explicit")
                )
            elif label is not None and label.lemma == "club":
                end = next((i for i in range(index, len(inside)) if inside[i].text in ";,"), len(inside))
                name = self._reading.document.text[chunk.start : inside[end - 1].end]
                self._member(
                    entity,
                    Chunk("club", name, chunk.start, inside[end - 1].end, value=ClubName(name, "club")),
                    sentence,
                )
        marks = [c for c in inside if c.kind == "mark"]
        told = any(e.who is person for clause in sentence.clauses for e in clause.events)
        if (
            len(marks) == 1
            and not told
            and all(c.kind in ("mark", "code", "country", "punct", "club", "wind", "record", "word") for c in inside)
            and sentence.block.kind != "row"
        ):
            sentence.events.append(
                Event("result", person, "result.beside", Contest(), mark=marks[0].value, place=person.start)
            )

    def _coaches(self, coach: Entity, athlete: Entity, status: str, proof: Proof) -> None:
        if coach is athlete:
            return
        coach.roles.add("coach")
        coach.licences.add("coach")
        athlete.licences.add("coached")
        self.relations.append(RelationDraft("coaching", coach, athlete, status, proof))

    def _attribute(self, entity: Entity, inner: Chunk, person: Chunk, sentence: Sentence) -> None:
        noun = inner.value if isinstance(inner.value, Noun) else None
        if inner.kind in ("demonym", "country", "code"):
            self._country(entity, inner.value, sentence)
        elif (inner.kind == "age" and str(inner.value).isdigit()) or (
            inner.kind == "number" and inner.text.isdigit() and 14 <= int(inner.text) <= 60
        ):
            entity.age = entity.age or int(inner.value)
        elif inner.kind == "club":
            self._member(entity, inner, sentence)
        elif inner.kind == "official":
            entity.official = True
        elif noun is not None:
            self._noun(entity, noun, inner, sentence)

    def _member(self, entity: Entity, club: Chunk, sentence: Sentence) -> None:
        self.relations.append(
            RelationDraft(
                "membership",
                entity,
                club.value,
                "current",
                Proof(sentence.number, "membership.beside", 0.9, "Explicit"),
            )
        )
        entity.licences.add("club")

    def _country(self, entity: Entity, code: str, sentence: Sentence) -> None:
        if entity.country is None:
            entity.country, entity.country_evidence = code, sentence.number

    def _noun(self, entity: Entity, noun: Noun, chunk: Chunk, sentence: Sentence) -> None:
        if noun.demonym:
            self._country(entity, noun.demonym, sentence)
        if noun.club is not None:
            self._member(entity, noun.club, sentence)
        if noun.head == "role":
            entity.licences.add("role")
            if noun.data is None and any(word in _FELLOWS for word in (chunk.lemma, *noun.words)):
                self._compatriot(entity, noun, sentence)
            entity.discipline = (
                entity.discipline
                or noun.data
                or next((c.disciplines[0].name for c in noun.contests if c.disciplines), None)
            )
        elif noun.head == "coach":
            entity.roles.add("coach")
            entity.licences.add("coach")
            for athlete in self._owners(noun, sentence):
                status = "former" if noun.status == "former" else "current"
                self._coaches(entity, athlete, status, Proof(sentence.number, "coaching.noun", 0.95, "Explicit"))
        elif noun.head in ("champion", "medallist"):
            self._title(entity, noun, sentence, chunk.start)
        elif noun.head == "holder":
            self._holder(entity, noun, sentence)

    def _compatriot(self, entity: Entity, noun: Noun, sentence: Sentence) -> None:
        """A compatriot is of the country of whoever is told of: of "his", else of whom was spoken of last."""
        owner = self._owner(noun, sentence) if noun.owner is not None else None
        other = (
            owner.country
            if owner is not None
            else None
            if noun.owner is not None
            else self.salience.last_country(entity, sentence.number)
        )
        if other is not None:
            self._country(entity, other, sentence)

    def _owners(self, noun: Noun, sentence: Sentence) -> list[Entity]:
        if noun.owner is None:
            return []
        if noun.owner.lemma == "their" or noun.owner.kind == "reference":
            return self.salience.group(noun.owner, sentence.number)
        found = noun.owner.value if noun.owner.kind == "person" else self._owner(noun, sentence)
        return [found] if isinstance(found, Entity) else []

    def _owner(self, noun: Noun, sentence: Sentence) -> Entity | None:
        assert noun.owner is not None
        return self.salience.possessor(
            {"his": "M", "her": "F"}.get(noun.owner.lemma), sentence.number, noun.owner.start
        )

    def _title(self, entity: Entity, noun: Noun, sentence: Sentence, place: int) -> None:
        entity.licences.add("title")
        position = noun.data.get("position")
        if position is None:
            return
        reigning = noun.status in ("reigning", "defending")
        for contest in noun.contests or [Contest()]:
            if (
                contest.competition is None
                and contest.place is None
                and not (noun.status == "defending" or contest.year)
            ):
                continue
            settled = self.discourse.settle(contest, sentence.around(place), entity, title=True)
            if settled.discipline is not None and entity.discipline is None:
                entity.discipline = settled.discipline.name
            if (
                settled.year is None
                and position == 1
                and noun.status in (None, "reigning", "defending")
                and noun.times is None
            ):
                settled = self.discourse.reigning(settled)
            self._result(
                entity,
                settled,
                position,
                None,
                noun.data.get("medal"),
                Proof(sentence.number, "title.noun", 0.9, "Explicit"),
                title=True,
                reigning=reigning,
            )

    def _holder(self, entity: Entity, noun: Noun, sentence: Sentence) -> None:
        kind, area = record_kind(replace_head(noun))
        if kind is None or noun.status == "former":
            return
        entity.licences.add("record")
        contest = noun.contests[0] if noun.contests else Contest()
        settled = self.discourse.settle(contest, Contest(), entity, title=True)
        if settled.discipline is None:
            settled = self.discourse.settle(contest, sentence.contest, entity)
        discipline = settled.discipline.name if settled.discipline else None
        self.bests.append(
            BestDraft(
                entity,
                kind,
                discipline,
                None,
                contest.indoor,
                area,
                Proof(sentence.number, "best.holder", 0.9, "Explicit"),
            )
        )

    # ---- events

    def _event(self, event: Event, sentence: Sentence) -> None:
        entity = self.salience.resolve(event.who, sentence.number)
        if entity is None or (event.contest.future and event.position is None and event.mark is None):
            return
        if event.kind == "best":
            self._best(entity, event, sentence)
            return
        contest = describe(list(event.who.inner)).over(event.contest) if entity.team else event.contest
        settled = self.discourse.settle(
            contest, sentence.around(event.place or event.who.start), entity, mark=event.mark
        )
        if settled.discipline is not None:
            self.discourse.heard(Contest(disciplines=(settled.discipline,), sex=settled.sex))
        basis: Basis = "Contextual" if settled.contextual else "Explicit" if event.who.kind == "person" else "Resolved"
        proof = Proof(sentence.number, event.rule, 0.8 if settled.contextual else 0.95, basis)
        mark = _display(event.mark, settled)
        if event.mark is not None and mark is None and event.position is None and event.medal is None:
            return
        if entity.team and (
            settled.discipline is None
            or not settled.discipline.relay
            or (event.position is None and event.medal is None and mark is None)
        ):
            return
        entity.licences.add("result")
        draft = self._result(entity, settled, event.position, mark, event.medal, proof)
        for chunk in event.ahead:
            other = self.salience.resolve(chunk, sentence.number)
            if other is not None and other is not entity:
                draft.ahead_of.append(other)
                other.licences.add("result")
                self._result(other, settled, event.beaten_into, _display(beside(chunk), settled), None, proof)
        for chunk in event.behind:
            other = self.salience.resolve(chunk, sentence.number)
            if other is not None and other is not entity:
                other.licences.add("result")
                ahead = self._result(
                    other, settled, 1 if event.position == 2 else None, _display(beside(chunk), settled), None, proof
                )
                ahead.ahead_of.append(entity)

    def _result(
        self,
        entity: Entity,
        settled: Settled,
        position: Any,
        mark: str | None,
        medal: str | None,
        proof: Proof,
        *,
        title: bool = False,
        reigning: bool = False,
    ) -> ResultDraft:
        if medal is not None and not isinstance(position, int):
            position = {"gold": 1, "silver": 2, "bronze": 3}[medal]
        final = settled.round in (None, "final")
        if (
            medal is None
            and settled.competition is not None
            and settled.competition.medals
            and final
            and isinstance(position, int)
        ):
            medal = {1: "gold", 2: "silver", 3: "bronze"}.get(position)
        elif (
            medal is not None
            and settled.competition is not None
            and settled.competition.series
            and not settled.competition.medals
        ):
            medal = None
        draft = ResultDraft(entity, settled, position, mark, medal, proof, title, reigning)
        self.results.append(draft)
        return draft

    def _best(self, entity: Entity, event: Event, sentence: Sentence) -> None:
        if entity.team:
            return
        settled = self.discourse.settle(
            event.contest, sentence.around(event.place or event.who.start), entity, mark=event.mark
        )
        entity.licences.add("record")
        if event.record == "NR" and event.area:
            self._country(entity, event.area, sentence)
        assert event.record is not None
        mark = _display(event.mark, settled)
        if mark is not None and event.rule == "best.set" and event.fresh:
            self._event(replace(event, kind="result", rule="result.record-mark", contest=event.contest), sentence)
        basis: Basis = "Contextual" if settled.contextual else "Explicit"
        discipline = settled.discipline.name if settled.discipline else None
        self.bests.append(
            BestDraft(
                entity,
                event.record,
                discipline,
                mark,
                settled.indoor,
                event.area,
                Proof(sentence.number, event.rule, 0.9, basis),
            )
        )


def clause_contest(clause: Clause, *, lede: bool = False) -> Contest:
    """What a clause says of the contests around it, the crowns and victories in it included."""
    contest = describe(clause.chunks)
    for chunk in clause.chunks:
        if (
            isinstance(chunk.value, Noun)
            and chunk.value.head in ("crown", "victory", "medal", "record", "bare_record")
            and chunk.value.contests
        ):
            contest = contest.over(
                replace(chunk.value.contests[0], year=None, place=None)
                if lede
                else replace(chunk.value.contests[0], competition=None, year=None, place=None)
            )
    return contest


def replace_head(noun: Noun) -> Noun:
    """A holder as the record held: "world record holder"."""
    known = noun.data in ("WR", "OR", "CR", "AR", "NR", "MR")
    return replace(noun, head="record" if known else "holder", data=noun.data if known else "record")


def _display(mark: Mark | None, settled: Settled) -> str | None:
    if mark is None:
        return None
    fitting = fitted(mark, settled.discipline.mark_kind if settled.discipline else None)
    if fitting is None or (settled.discipline is not None and not settled.discipline.plausible(fitting.value)):
        return None
    return fitting.display


def _persons(sentence: Sentence) -> list[Chunk]:
    found: list[Chunk] = []
    for chunk in sentence.chunks:
        if chunk.kind == "person":
            found.append(chunk)
        for inner in chunk.inner:
            if inner.kind == "aside":
                found += [c for c in inner.value if c.kind == "person"]
            elif isinstance(inner.value, Noun) and inner.value.owner is not None and inner.value.owner.kind == "person":
                found.append(inner.value.owner)
    return found


def _stands_by(chunks: list[Chunk], person: Chunk) -> bool:
    """Somebody who is only quoted, or a name behind "in", "at", "on"."""
    index = chunks.index(person) if person in chunks else -1
    before = chunks[index - 1] if index > 0 else None
    if index == 1 and before is not None and before.text == "By" and len(chunks) < 8:
        return True
    after = chunks[index + 1] if 0 <= index < len(chunks) - 1 else None
    speaks = _SPEECH
    return (
        before is not None
        and (before.lemma in ("in", "at", "on", "near") or (before.lemma in speaks and before.kind == "verb"))
    ) or (after is not None and after.kind == "verb" and after.lemma in speaks)


def _flat(inner: tuple[Chunk, ...]) -> list[Chunk]:
    found: list[Chunk] = []
    for chunk in inner:
        found += chunk.value if chunk.kind == "aside" else [chunk]
    return found
