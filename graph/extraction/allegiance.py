"""Whose country clauses and sentences tell without a nationality beside the name."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from graph.extraction.chunks import PERSONS, Chunk, lemma_at
from graph.extraction.homeland import fielding, home, names_team
from graph.extraction.national import HOME, National, is_verb, nation_of, nationals
from graph.extraction.nationalities import subject_nation
from graph.extraction.nounphrases import Noun
from graph.extraction.references import Reference, owner_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.extraction.clauses import Clause
    from graph.extraction.drafts import Drafts
    from graph.extraction.people import Entity
    from graph.extraction.reading import Reading
    from graph.extraction.sentences import Sentence

_OTHER_SIDE = ("against", "over", "than", "behind", "past", "ahead")
_COUNTS = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4, "twins": 2}
_LISTING = ("and", ",", "&")
_ENDING = ("by", "after", "for", "that", "in", "at")
_BESIDE = ("alongside", "with", "including", "plus")
_FELLOWS = ("compatriot", "countryman", "countrywoman")
_LEADING = ("lead", "head", "top", "spearhead", "headline", "be")
_GROUPED = ("both", "pair", "duo", "trio", "they")


class Allegiance:
    """Gives people the countries that sentences tell by what they do: run for them, are picked or banned by them."""

    def __init__(self, drafts: Drafts, reading: Reading) -> None:
        self._drafts = drafts
        self._counted: tuple[str | None, int] = (None, -1)  # whose nation a sentence counted: "the third Briton"
        self._squads: set[str] = set()
        self._acted_on: tuple[int, list[Entity]] = (-1, [])  # whom a sentence tells to be banned, cleared, picked
        self._picking = -1  # the sentence that last told of somebody picked
        self._reading = reading
        self._fielding = fielding(reading)

    def clause(self, clause: Clause, sentence: Sentence) -> None:
        """What one clause tells."""
        subjects = self._subjects(clause, sentence)
        if clause.asserted and len(subjects) == 1:
            self._told(clause, subjects[0], sentence)
        found = nationals(clause.after)
        for national in found:
            if national.kind != "body":
                self._belong(clause, national, subjects, sentence)
        if self._fielding is not None and not found:
            self._team(clause, subjects, sentence, self._fielding)
        self._selected(clause, subjects, sentence, found)
        self._governed(clause, subjects, sentence, found)
        self._fellows(clause, subjects, sentence)

    def sentence(self, sentence: Sentence) -> None:
        """ "Otiwa and four other Kenyans will travel" """
        for index, chunk in enumerate(sentence.chunks):
            if chunk.kind == "demonym" and index > 1 and lemma_at(sentence.chunks, index - 1) == "fellow":
                self._fellow(sentence.chunks[index - 2], chunk, sentence)
            if chunk.kind != "demonym" or lemma_at(sentence.chunks, index - 1) != "other":
                continue
            before = sentence.chunks[max(0, index - 5) : index - 1]
            links = [i for i, c in enumerate(before) if c.lemma in ("and", "or") and i]
            if links and before[links[-1] - 1].kind in PERSONS:
                self._give(self._resolved([before[links[-1] - 1]], sentence), chunk.value, sentence, "country.fellow")

    def _fellow(self, owner: Chunk, demonym: Chunk, sentence: Sentence) -> None:
        """ "his fellow American": whose fellow, and the only other of no known country spoken of just now"""
        salience = self._drafts.salience
        one = salience.possessor(owner, sentence.number) if owner.lemma in ("his", "her") else None
        if one is not None:
            others = salience.stateless(sentence.number, one)
            self._give([one, *others] if len(others) == 1 else [one], demonym.value, sentence, "country.fellow")

    def titles(self, titles: list[Sentence], body: list[Sentence]) -> None:
        """Whom a headline calls by nationality alone, "Greek duo cleared": those whom the first sentence names."""
        lede = next((s for s in body if s.chunks), None)
        people = list(dict.fromkeys(c.value for c in lede.chunks if c.kind == "person")) if lede is not None else []
        for sentence in titles:
            called = [c for c in sentence.chunks[:3] if c.kind in ("role", "demonym", "reference")]
            if not called or any(c.kind == "person" for c in sentence.chunks[:3]):
                self._title(sentence)
                continue
            code, count = _called(called[0], sentence.chunks)
            if code is not None and len(people) == count:
                self._give((e for e in people if not e.official), code, sentence, "country.headline")

    def _title(self, sentence: Sentence) -> None:
        """A headline without a verb: "Lindqvist yet to answer Norway call" """
        people = [c.value for c in sentence.chunks if c.kind == "person"]
        found = [n for n in nationals(sentence.chunks) if n.kind != "body"]
        if len(people) == len(found) == 1 and not sentence.clauses:
            self._give(people, found[0].country, sentence, "country.headline")

    def _subjects(self, clause: Clause, sentence: Sentence) -> list[Entity]:
        salience = self._drafts.salience
        grouped = next((c for c in clause.before if c.lemma in _GROUPED), None)
        alone = grouped is not None and not any(c.kind in PERSONS for c in clause.before)
        chunks = [c for c in clause.subjects if c.kind in PERSONS and not alone]
        found = [e for c in chunks for e in salience.group(c, sentence.number)]
        if not found and not chunks:
            owners = [o for i in range(min(4, len(clause.before))) if (o := owner_at(clause.before, i)) is not None]
            found = self._resolved(owners[:1], sentence)
            if grouped is not None:
                found = salience.group(grouped, sentence.number)
        return [e for e in dict.fromkeys(found) if not e.team]

    def _give(self, people: Iterable[Entity], country: str, sentence: Sentence, rule: str) -> None:
        code = home(self._reading) if country == HOME else country
        for entity in people:
            if code is not None and not entity.team:
                entity.of_country(code, sentence.number, rule)

    # ---- what a clause says of its subject

    def _told(self, clause: Clause, entity: Entity, sentence: Sentence) -> None:
        """ "earned bronze for Croatia", "was the first Briton home" """
        winning = any(e.medal or e.position for e in clause.events)
        nation, told = self._counted
        won = any(e.position == 1 for e in clause.events)
        if nation and told == sentence.number - 1 and won:
            entity.of_country(nation, told, "country.rank")  # "the third Briton to win it. Vane won in 1983"
        if clause.has_verb("be"):
            nouns = (
                c.value for c in clause.after if c.kind == "role" and isinstance(c.value, Noun) and c.value.demonym
            )
            counted = next((n.demonym for n in nouns if (n.ordinal or 0) > 1), None)
            self._counted = (counted, sentence.number) if counted else self._counted
        own = subject_nation(clause, winning=winning)
        if own is not None:
            entity.of_country(own, sentence.number, "country.deed")

    def _belong(self, clause: Clause, national: National, subjects: list[Entity], sentence: Sentence) -> None:
        """ "are among the British team", "missed Kenya's trials", "hopes to break the Irish record" """
        verb, before = clause.verb, clause.after[: national.start]
        if verb is None or is_verb(verb, "against"):
            return
        owners = [c for c, mark in itertools.pairwise(before) if mark.lemma in ("'s", "'")]
        owned = clause.after[national.start]
        record = owned.value if owned.kind == "record" else None
        if isinstance(record, Noun) and record.owner is not None:
            owners.append(record.owner)
        if any((c.kind in PERSONS and c not in owners) or c.lemma in _OTHER_SIDE for c in before):
            return
        if record is not None:
            holders = (c.value for c in owners if c.kind == "person")
            self._give(holders, national.country, sentence, "country.belonging")
        self._give(subjects, national.country, sentence, "country.belonging")
        if national.kind == "team" and subjects and national.country != HOME:
            self._squads.add(national.country)

    def _team(self, clause: Clause, subjects: list[Entity], sentence: Sentence, country: str) -> None:
        """ "headline the squad", "has been drafted into the team", "missing out on the team are Vane and Holt" """
        verb = clause.verb
        if verb is None or not names_team(clause.chunks):
            return
        being = next((i for i, c in enumerate(clause.chunks) if c.lemma == "be"), None)
        if being is not None and not clause.subjects and names_team(clause.chunks[:being]):
            people = _first_people(clause.chunks[being + 1 :])
            self._give(self._resolved(people, sentence), country, sentence, "country.squad")
        elif is_verb(verb, "joining") or (clause.passive and is_verb(verb, "selecting")):
            self._squads.add(country)
            self._give(subjects, country, sentence, "country.squad")
            if clause.passive and "by" in (lemmas := [c.lemma for c in clause.after]):
                people = _first_people(clause.after[lemmas.index("by") + 1 :])
                self._give(self._resolved(people, sentence), country, sentence, "country.squad")

    def _selected(self, clause: Clause, subjects: list[Entity], sentence: Sentence, found: list[National]) -> None:
        """ "Vane is picked for the 800m", for the one team that the article tells of; "Holt will run the mile" """
        if len(self._squads) != 1 or clause.verb is None or any(n.country not in self._squads for n in found):
            return
        (country,) = self._squads
        if clause.passive and is_verb(clause.verb, "selecting"):
            self._picking = sentence.number
        elif self._picking != sentence.number:
            return
        elif not any(c.lemma == "will" for c in clause.before):
            subjects = []
        self._give(subjects, country, sentence, "country.squad")
        for index, chunk in enumerate(clause.after):
            if chunk.lemma in _BESIDE:
                self._give(
                    self._resolved(_first_people(clause.after[index + 1 :]), sentence),
                    country,
                    sentence,
                    "country.squad",
                )

    def _governed(self, clause: Clause, subjects: list[Entity], sentence: Sentence, found: list[National]) -> None:
        """ "Athletics Kenya suspended Vane", "was banned by the Greek federation", "got a ban from US chiefs" """
        verb = clause.verb
        if verb is None:
            return
        acting = is_verb(verb, "sanction")
        if acting and not clause.passive and not clause.subjects and (body := _last_body(clause.before)) is not None:
            self._give(self._resolved(_first_people(clause.after), sentence), body, sentence, "country.body")
        previous = clause.previous
        if previous is not None and previous.verb is not None and is_verb(previous.verb, "confirming"):
            body = _last_body(previous.before)
            self._give(subjects if body is not None else (), body or "", sentence, "country.body")
        if clause.passive and acting:
            self._acted_on = (sentence.number, subjects)
        number, acted_on = self._acted_on
        for national in found:
            governor = _governor(clause.after, national.start)
            if national.kind == "body" and governor == "by" and number == sentence.number:
                self._give(acted_on, national.country, sentence, "country.body")
            given = governor == "from" and is_verb(verb, "receiving")
            if national.kind == "body" and given:
                self._give(subjects, national.country, sentence, "country.body")

    def _resolved(self, chunks: list[Chunk], sentence: Sentence) -> list[Entity]:
        found = (self._drafts.salience.resolve(c, sentence.number) for c in chunks)
        return [e for e in found if e is not None]

    def _fellows(self, clause: Clause, subjects: list[Entity], sentence: Sentence) -> None:
        """ "beat fellow Briton Holt", "leads a list of 67 British athletes": who has fellows is one of them."""
        for index, chunk in enumerate(clause.after):
            code = _fellow_nation(chunk) if chunk.kind == "person" else None
            if code is not None and len(subjects) <= 2:
                self._give((e for e in subjects if e is not chunk.value), code, sentence, "country.fellow")
            among = chunk.kind == "role" and chunk.lemma.endswith("s") and isinstance(chunk.value, Noun)
            if among and chunk.value.demonym and clause.has_verb(*_LEADING) and _counts(clause.after, index):
                self._give(subjects, chunk.value.demonym, sentence, "country.fellow")
        for chunk in clause.before:  # "Vane and fellow Briton Holt won"
            code = _fellow_nation(chunk) if chunk.kind == "person" else None
            if code is not None and len(subjects) <= 2:
                self._give((e for e in subjects if e is not chunk.value), code, sentence, "country.fellow")


def _last_body(chunks: list[Chunk]) -> str | None:
    """The country of the last body that is named."""
    return next((n.country for n in reversed(nationals(chunks)) if n.kind == "body"), None)


def _fellow_nation(person: Chunk) -> str | None:
    """The nationality that somebody shares: "fellow Briton Holt", "Jamaican compatriot Holt"."""
    for inner in person.inner:
        if isinstance(inner.value, Noun) and inner.lemma in _FELLOWS and inner.value.demonym:
            return inner.value.demonym
    fellow = any(c.lemma == "fellow" for c in person.inner)
    return next((nation_of(c) for c in person.inner if nation_of(c)), None) if fellow else None


def _counts(chunks: list[Chunk], index: int) -> bool:
    """Whether those at `index` are a group that somebody is of: "a list of 67", "among the", "one of the"."""
    return any(c.lemma in ("of", "among") for c in chunks[max(0, index - 3) : index])


def _called(chunk: Chunk, chunks: list[Chunk]) -> tuple[str | None, int]:
    """The nationality of a headline's "Greek duo", "Kenyan runner" or "Briton", and of how many people it speaks."""
    if isinstance(chunk.value, Noun):
        return chunk.value.demonym, _COUNTS.get(chunk.lemma, 1)
    if isinstance(chunk.value, Reference):
        return chunk.value.country, _COUNTS.get(chunk.lemma, 1)
    following = chunks[chunks.index(chunk) + 1 :][:1]
    alone = bool(following) and following[0].kind in ("verb", "modal") and following[0].value != "base"
    return (str(chunk.value), 1) if alone else (None, 0)


def _first_people(chunks: list[Chunk]) -> list[Chunk]:
    """The persons of a list of objects, up to what follows it."""
    found: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind in PERSONS:
            found.append(chunk)
        elif (found and chunk.lemma not in _LISTING) or chunk.lemma in _ENDING:
            break
    return found


def _governor(chunks: list[Chunk], index: int) -> str:
    """The preposition before a phrase that begins at `index`."""
    before = lemma_at(chunks, index - 1) if index else ""
    return lemma_at(chunks, index - 2) if before in ("the", "his", "her") and index > 1 else before
