"""What stands around names says of people: country, age, role, titles, records, coach, club."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.clubs import ClubName
from graph.extraction.contests import Competition, Contest
from graph.extraction.drafts import BestDraft
from graph.extraction.events import Event
from graph.extraction.lexicons import cues
from graph.extraction.nameruns import is_given
from graph.extraction.nationalities import listed_nations
from graph.extraction.nounphrases import Noun
from graph.extraction.people import Entity
from graph.extraction.quantities import SPELT
from graph.extraction.records import record_kind
from graph.extraction.references import Reference
from graph.extraction.standings import noun_tally

if TYPE_CHECKING:
    from graph.extraction.discourse import Settled
    from graph.extraction.drafts import Drafts
    from graph.extraction.sentences import Sentence
    from graph.model import Status

_THINGS = ("from", "of", "the", "a", "an", "(")
_SPEECH = cues("speech")
_GROUPS = {"pair": 2, "duo": 2, "twins": 2, "trio": 3, "quartet": 4}
_CLUBMATES = {"clubmate", "club-mate"}
_FELLOWS = {"compatriot", "countryman", "countrywoman", "team-mate", "teammate"}
_BESIDE = ("mark", "ordinal", "code", "country", "punct", "club", "wind", "record", "word")
_NATIONS = ("country", "demonym")
_RECORDS = ("WR", "OR", "CR", "AR", "NR", "MR")


class Attributes:
    """Reads the people of a sentence; marks in parentheses behind them become events of the sentence."""

    def __init__(self, drafts: Drafts, text: str) -> None:
        self._drafts = drafts
        self._text = text
        self._fellows: list[tuple[Entity, Entity, int]] = []  # compatriots of somebody of no known country yet

    def read(self, sentence: Sentence) -> None:
        """Everybody whom the sentence names or describes."""
        people = persons_of(sentence)
        self._drafts.salience.present([(c.start, c.value) for c in people])
        places = {chunk: index for index, chunk in enumerate(sentence.chunks)}
        for chunk in people:
            entity: Entity = chunk.value
            self._drafts.salience.mention(sentence.number, entity)
            entity.bystander = entity.bystander or _stands_by(sentence.chunks, places.get(chunk, -1), chunk)
            status: Status = "current"
            self._drafts.salience.resolve(chunk, sentence.number)
            for inner in flat(chunk.inner):
                if inner.lemma in ("formerly", "previously", "once"):
                    status = "former"
                if _is_member(inner):
                    status = "former" if inner.value.status == "former" else "current"
                self._attribute(entity, inner, sentence, status)
            for inner in chunk.inner:
                if inner.kind == "aside":
                    self._aside(entity, chunk, inner.value, sentence)
        for chunk, country in listed_nations(sentence.chunks):
            chunk.value.of_country(country, sentence.number, "country.listed")
        for index, chunk in enumerate(sentence.chunks):
            if chunk.kind == "reference" and isinstance(chunk.value, Reference):
                self._reference(chunk, chunk.value, sentence)
            elif chunk.kind == "demonym" and index and chunk.text.endswith("s"):  # "the two Americans"
                count = SPELT.get(sentence.chunks[index - 1].lemma, 0)
                self._together(count, chunk.value, sentence)

    def _reference(self, chunk: Chunk, reference: Reference, sentence: Sentence) -> None:
        """ "the Norbridge Harrier", "the Olympic champion", "the Norwegian", "the Greek pair" """
        self._apposed(chunk, sentence)
        if reference.country and chunk.lemma in _GROUPS:
            self._together(_GROUPS[chunk.lemma], reference.country, sentence)
            return
        noun = reference.noun if reference.noun is not None and reference.noun.head == "champion" else None
        if reference.how not in ("club", "country") and noun is None:
            return
        bearer = self._drafts.salience.resolve(chunk, sentence.number)
        if bearer is not None and reference.how == "club":
            self._member(bearer, chunk.inner[0].value, sentence)
        elif bearer is not None and noun is not None:
            self._title(bearer, noun, sentence, chunk.start)

    def _apposed(self, chunk: Chunk, sentence: Sentence) -> None:
        """ "the 24-year-old, also of Norway" """
        for inner in chunk.inner:
            bearer = self._drafts.salience.resolve(chunk, sentence.number) if inner.kind in _NATIONS else None
            if bearer is not None and not bearer.team:
                bearer.of_country(inner.value, sentence.number, "country.beside")

    def _together(self, count: int, country: str, sentence: Sentence) -> None:
        for entity in self._drafts.salience.together(count, sentence.number):
            entity.of_country(country, sentence.number, "country.group")

    def _aside(self, entity: Entity, person: Chunk, inside: list[Chunk], sentence: Sentence) -> None:
        """What stands in parentheses behind a name: "(club: X; coach: Y)", "(3:57.13)"."""
        for index, chunk in enumerate(inside):
            label = inside[index - 2] if index >= 2 and inside[index - 1].text == ":" else None
            if label is not None and label.kind == "coach" and chunk.kind == "person":
                proof = self._drafts.proof(sentence.number, "coaching.label", 0.95, "Explicit")
                self._drafts.coaching(chunk.value, entity, "current", proof)
            elif label is not None and label.lemma == "club":
                end = next((i for i in range(index, len(inside)) if inside[i].text in ";,"), len(inside))
                name = self._text[chunk.start : inside[end - 1].end]
                self._member(entity, ClubName(name, "club"), sentence)
        if [c.kind if c.text != ";" else ";" for c in inside] == ["club", ";", "person"]:  # "(Norbridge; Per Haugland)"
            proof = self._drafts.proof(sentence.number, "coaching.label", 0.85, "Explicit")
            self._drafts.coaching(inside[2].value, entity, "current", proof)
        if sentence.listed:
            return
        sentence.events += _records_beside(person, inside)
        if any(c.kind not in _BESIDE for c in inside):
            return
        marks, places = ([c for c in inside if c.kind == kind and c.value] for kind in ("mark", "ordinal"))
        told = [e for clause in sentence.clauses for e in clause.events if e.who is person]
        place = places[0].value if len(places) == 1 and not any(e.position or e.medal for e in told) else None
        if (len(marks) == 1 and not told) or place is not None:
            mark = marks[0].value if len(marks) == 1 else None
            event = Event("result", person, "result.beside", Contest(), position=place, mark=mark, place=person.start)
            sentence.events.append(event)

    def _attribute(self, entity: Entity, inner: Chunk, sentence: Sentence, status: Status) -> None:
        if inner.kind in ("demonym", "country", "code"):
            entity.of_country(inner.value, sentence.number, "country.beside")
        elif _is_age(inner):
            entity.age = entity.age or int(inner.value)
        elif inner.kind == "club":
            self._member(entity, inner.value, sentence, status)
        elif inner.kind == "official":
            entity.official = entity.official or not _is_member(inner)
        elif isinstance(inner.value, Noun):
            self.noun(entity, inner.value, inner, sentence)

    def _member(self, entity: Entity, club: ClubName, sentence: Sentence, status: Status = "current") -> None:
        proof = self._drafts.proof(sentence.number, "membership.beside", 0.9, "Explicit")
        self._drafts.membership(entity, club, status, proof)

    def noun(self, entity: Entity, noun: Noun, chunk: Chunk, sentence: Sentence) -> None:
        """What a role, title or record says of its bearer."""
        if noun.demonym:
            entity.of_country(noun.demonym, sentence.number, "country.beside")
        if noun.club is not None:
            self._member(entity, noun.club.value, sentence)
            owner = self._drafts.bearer(noun.owner, sentence.number) if noun.owner and _is_mate(chunk) else None
            if owner is not None:
                self._member(owner, noun.club.value, sentence)
        if noun.head == "role":
            self._role(entity, noun, chunk, sentence)
        elif noun.head == "coach":
            entity.roles.add("coach")
            entity.licences.add("coach")
            status = "former" if noun.status == "former" else "current"
            for athlete in self._owners(noun, sentence):
                proof = self._drafts.proof(sentence.number, "coaching.noun", 0.95, "Explicit")
                self._drafts.coaching(entity, athlete, status, proof)
        elif noun.head in ("champion", "medallist"):
            self._title(entity, noun, sentence, chunk.start)
        elif noun.head == "holder":
            self._holder(entity, noun, sentence, chunk.start)

    def _role(self, entity: Entity, noun: Noun, chunk: Chunk, sentence: Sentence) -> None:
        entity.licences.add("role")
        if any(word in _CLUBMATES for word in (chunk.lemma, *noun.words)):
            self._clubmate(entity, noun, sentence)
        if noun.data is None and any(word in _FELLOWS for word in (chunk.lemma, *noun.words)):
            self._compatriot(entity, noun, sentence)
        named = next((c.disciplines[0].name for c in noun.contests if len(c.disciplines) == 1), None)
        if named is None and any(c.disciplines for c in noun.contests):
            named = "hurdles"
        entity.discipline = entity.discipline or noun.data or named

    def _clubmate(self, entity: Entity, noun: Noun, sentence: Sentence) -> None:
        """ "Vane's clubmate Brandt", "beat clubmate Brandt": of the owner's club, else of that just told."""
        owner = noun.owner
        bearer = self._drafts.bearer(owner, sentence.number) if owner is not None else None
        for relation in reversed(self._drafts.relations):
            told = relation.first is bearer if bearer is not None else relation.proof.sentence == sentence.number
            theirs = relation.kind == "membership" and relation.value == "current" and relation.first is not entity
            if told and theirs and isinstance(relation.second, ClubName):
                self._member(entity, relation.second, sentence)
                return

    def settle(self) -> None:
        """Give compatriots of somebody the country that was told of him later."""
        for entity, owner, sentence in self._fellows:
            if owner.country is not None:
                entity.of_country(owner.country, sentence, "country.fellow")

    def _compatriot(self, entity: Entity, noun: Noun, sentence: Sentence) -> None:
        """A compatriot is of the country of whoever is told of: of "his", else of whom was spoken of last."""
        if noun.owner is None:
            country = self._drafts.salience.last_country(entity, sentence.number)
        elif noun.owner.kind == "person":
            country = noun.owner.value.country
        else:
            owner = self._drafts.salience.fellow(noun.owner, entity, sentence.number)
            country = owner.country if owner is not None else None
            if owner is not None and country is None:
                self._fellows.append((entity, owner, sentence.number))
        if country is not None:
            entity.of_country(country, sentence.number, "country.fellow")

    def _owners(self, noun: Noun, sentence: Sentence) -> list[Entity]:
        if noun.owner is None:
            return []
        if noun.owner.lemma == "their" or noun.owner.kind == "reference":
            return self._drafts.salience.group(noun.owner, sentence.number)
        found = (
            noun.owner.value
            if noun.owner.kind == "person"
            else self._drafts.salience.possessor(noun.owner, sentence.number)
        )
        return [found] if isinstance(found, Entity) else []

    def _title(self, entity: Entity, noun: Noun, sentence: Sentence, place: int) -> None:
        entity.licences.add("title")
        for standing in noun_tally(noun, Chunk("person", entity.name, place, place, value=entity)):
            self._drafts.stand(standing, sentence)
        position = noun.data.get("position")
        if position is None:
            return
        discourse = self._drafts.discourse
        for contest in noun.contests or [Contest()]:
            if contest.competition is None and contest.category:
                contest = contest._replace(competition=Competition(f"{contest.category} Championships"))
            if contest.competition is None and noun.status == "defending":
                contest = contest._replace(competition=sentence.contest.competition)
            told = noun.status == "defending" or contest.year
            if contest.competition is None and contest.place is None and not told:
                continue
            settled = discourse.settle(contest, sentence.around(place), entity, title=True)
            if settled.competition is None and settled.year is None:
                continue
            if settled.discipline is not None and entity.discipline is None:
                entity.discipline = settled.discipline.name
            current = noun.status in (None, "reigning", "defending") and (
                noun.times is None or _is_double(noun, settled)
            )
            dated = settled.year is not None
            if not dated and position == 1 and current:
                settled = discourse.reigning(settled, before=noun.status == "defending")
            draft = self._drafts.result(
                entity,
                settled,
                self._drafts.proof(sentence.number, "title.noun", 0.9, "Explicit"),
                position=None if noun.data.get("medal") else position,
                medal=noun.data.get("medal"),
                reigning=noun.status in ("reigning", "defending"),
                title=True,
            )
            draft.inferred = not dated and noun.status is None and draft.contest.year is not None

    def _holder(self, entity: Entity, noun: Noun, sentence: Sentence, place: int) -> None:
        kind, area = record_kind(_held(noun))
        if kind is None or noun.status == "former":
            return
        entity.licences.add("record")
        contest = noun.contests[0] if noun.contests else Contest()
        settle, around = self._drafts.discourse.settle, sentence.around(place)
        settled = settle(contest, around, entity) if around.disciplines else None
        if settled is None or settled.discipline is None:
            settled = settle(contest, Contest(), entity, title=True)
        if settled.discipline is None:
            settled = settle(contest, sentence.contest, entity)
        discipline = settled.discipline.name if settled.discipline else None
        proof = self._drafts.proof(sentence.number, "best.holder", 0.9, "Explicit")
        self._drafts.bests.append(BestDraft(entity, kind, discipline, None, contest.indoor, area, proof))


def _records_beside(person: Chunk, inside: list[Chunk]) -> list[Event]:
    """The records in parentheses behind a name: "(3:57.13, a personal best)"."""
    marks = [c.value for c in inside if c.kind == "mark"]
    best = Event("best", person, "best.beside", Contest(), mark=marks[0] if len(marks) == 1 else None)
    kinds = [record_kind(c.value) for c in inside if c.kind == "record" and isinstance(c.value, Noun)]
    return [replace(best, record=kind, area=area) for kind, area in kinds if kind is not None]


def _is_double(noun: Noun, settled: Settled) -> bool:
    """ "double Olympic champion": two titles of the last Games."""
    olympic = settled.competition is not None and settled.competition.series == "olympic-games"
    return olympic and "double" in noun.words


def _held(noun: Noun) -> Noun:
    """A holder as the record held: "world record holder"."""
    known = noun.data in _RECORDS
    return replace(noun, head="record" if known else "holder", data=noun.data if known else "record")


def _is_mate(chunk: Chunk) -> bool:
    """ "her Norbridge Harriers team-mate": both are of the club"""
    return chunk.lemma in ("team-mate", "teammate", *_CLUBMATES)


def _is_member(chunk: Chunk) -> bool:
    """ "a former member of Norbridge Harriers" """
    return isinstance(chunk.value, Noun) and chunk.value.data == "member"


def _is_age(chunk: Chunk) -> bool:
    """An age, or a number behind a name that can only be one."""
    if chunk.kind == "age":
        return str(chunk.value).isdigit()
    return chunk.kind == "number" and chunk.text.isdigit() and 14 <= int(chunk.text) <= 60


def persons_of(sentence: Sentence) -> list[Chunk]:
    """The persons that a sentence names: in its row, in parentheses, and as possessors of titles."""
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


def flat(inner: tuple[Chunk, ...]) -> list[Chunk]:
    """What is attached to a person, with parentheses opened."""
    found: list[Chunk] = []
    for chunk in inner:
        found += chunk.value if chunk.kind == "aside" else [chunk]
    return found


def _stands_by(chunks: list[Chunk], index: int, person: Chunk) -> bool:
    """Somebody who is only quoted, who wrote the article, or a name that stands where those of places and things do."""
    before, after = at(chunks, index - 1), at(chunks, index + 1) if index >= 0 else None
    if index == 1 and before is not None and before.text == "By" and len(chunks) < 8:
        return True
    placed = before is not None and before.lemma in ("in", "at", "on", "near")
    if placed and not (index > 1 and is_given(person.value.key[0])):
        return True
    if before is not None and (_speaks(before) or before.text in ("called", "named") or _is_quoted(chunks[:index])):
        return True
    dated = index == 0 and after is not None and after.text == ","
    if dated and {c.kind for c in chunks[2:] if c.kind != "punct"} == {"date"}:  # "Torrevale, Saturday 15 June"
        return True
    if before is not None and index > 1 and [chunks[index - 2].lemma, before.lemma] == ["according", "to"]:
        return True
    thing = before is not None and before.lemma in _THINGS and not person.inner
    kin = index > 1 and chunks[index - 2].kind == "kin"
    if thing and not kin and not is_given(person.value.key[0]):
        return True
    if after is not None and after.text == ",":
        after = at(chunks, index + 2)
    return after is not None and _speaks(after)


def _is_quoted(before: list[Chunk]) -> bool:
    """ "said a spectator from Torrevale, (Holt)": what stands before the name describes who says something."""
    verb = next((i for i in range(len(before) - 1, -1, -1) if before[i].kind == "verb"), None)
    if verb is None or not _speaks(before[verb]) or before[-1].text != ",":
        return False
    return lemma_at(before, verb + 1) in ("a", "an", "one") and len(before) - verb < 9


def _speaks(chunk: Chunk) -> bool:
    return chunk.kind == "verb" and chunk.lemma in _SPEECH
