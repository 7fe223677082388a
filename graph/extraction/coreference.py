"""Who "he", "the Norwegian" or "the 24-year-old" is: a sieve that abstains where two people fit."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import PERSONS
from graph.extraction.nounphrases import Noun
from graph.extraction.people import Entity
from graph.extraction.references import Reference
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.extraction.chunks import Chunk
    from graph.model import Sex

_POSSESSIVES: Final[dict[str, Sex]] = {"his": "M", "her": "F"}
_SIEVES = {"team": "team", "country": "nationality", "age": "age", "club": "club"}
_GROUPS = ("group", "others")
_COUNTS: Final = {"they": 0, "both": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3, "quartet": 4}
"""Words for several people, and for how many; 0 is any number."""
_SPOKEN: Final = 6  # sentences that quotations may fill between somebody and "the 29-year-old"
_SEVERAL = {"pair", "duo", "their", "they", "both", "twins", "couple", "sprinters", "athletes", "trio", "quartet"}

_WINNERS: Final = ("winner", "victor", "victress")
_NEAR: Final = 6


class Salience:
    """The people spoken of last. Subjects of the sentence being read come first, then those of the sentences before."""

    def __init__(self) -> None:
        self._subjects: deque[tuple[int, bool, list[Entity]]] = deque(maxlen=16)
        self._mentioned: list[tuple[int, Entity]] = []
        self._present: list[tuple[int, Entity]] = []
        self._centres: dict[int, Entity] = {}
        self._teams: dict[str, Entity] = {}
        self._owned = -1
        self.meant: dict[int, set[Entity]] = {}
        """Whom the word at each place was taken to stand for; several where that changed as the text was read."""
        self.sieve: str | None = None
        """How the person resolved last was found."""

    def subject(self, sentence: int, entities: list[Entity], *, main: bool = True, owned: bool = False) -> None:
        """Who a clause is about; `owned`: only as the owner of its subject."""
        self._owned = sentence if owned else self._owned
        self._subjects.appendleft((sentence, main, entities))

    def centre(self, sentence: int, entity: Entity) -> None:
        """Who a pronoun stood for is what the telling is about; the next sentence's pronoun goes on with it."""
        self._centres[sentence] = entity

    def spoken(self, sentence: int) -> bool:
        """Whether a subject of the sentence is known."""
        return any(number == sentence for number, _, _ in self._subjects)

    def present(self, people: list[tuple[int, Entity]]) -> None:
        """The people named in the sentence being read, with their places."""
        self._present = people

    def mention(self, sentence: int, entity: Entity) -> None:
        self._mentioned.append((sentence, entity))

    def resolve(self, chunk: Chunk, sentence: int) -> Entity | None:
        """The one person a chunk stands for; None where nobody or several fit."""
        if chunk.kind == "person":
            self.sieve = chunk.value.named_by(chunk.text)
            return chunk.value if isinstance(chunk.value, Entity) else None
        return self._noted(chunk, self._referred(chunk, sentence))

    def _noted(self, chunk: Chunk, entity: Entity | None) -> Entity | None:
        if entity is not None:
            self.meant.setdefault(chunk.start, set()).add(entity)
        return entity

    def _referred(self, chunk: Chunk, sentence: int) -> Entity | None:
        """The one person that words other than a name stand for."""
        reference = chunk.value
        if isinstance(reference, Noun):
            reference = Reference("noun", country=reference.demonym, noun=reference)
        if not isinstance(reference, Reference):
            return None
        self.sieve = _SIEVES.get(reference.how, "description")
        if reference.how == "team":
            return self.team(chunk, reference.country or "")
        if reference.how in _GROUPS:
            return None
        if reference.how == "pronoun":
            return self._object(chunk, reference, sentence) or self._pronoun(reference, sentence, chunk.start)
        if reference.how == "country":
            return self._country(reference.country, sentence, reference.sex, self._later(chunk.start))
        if reference.how == "age":
            return self._age(reference.age, sentence)
        if reference.how == "club":
            return self._clubman(reference, sentence, chunk.start)
        if chunk.lemma in _WINNERS and not reference.country:
            return self._winner(sentence)
        return self._noun(reference, sentence, chunk.start)

    def _clubman(self, reference: Reference, sentence: int, place: int) -> Entity | None:
        """The one person named before in the sentence, else the only subject, or only person, told of just now."""
        earlier = {e for at, e in self._present if at < place}
        if len(earlier) == 1:
            return earlier.pop()
        acting = {e for n, main, found in self._subjects if main and n == sentence - 1 for e in found}
        if acting:
            doubtful = len(acting) > 1 and not acting.isdisjoint(self._later(place))
            return None if doubtful else self._noun(reference, sentence, place)
        near = {e for n, e in self._mentioned if 0 < sentence - n <= 2 and not e.official and not e.team}
        return near.pop() if len(near) == 1 else None

    def _winner(self, sentence: int) -> Entity | None:
        """The one person spoken of in the last sentences who has won something here."""
        near = {e for number, e in self._mentioned if sentence - number <= _NEAR and "won" in e.licences}
        return near.pop() if len(near) == 1 else None

    def team(self, chunk: Chunk, country: str) -> Entity:
        """The national team of a country, under the name the text first gives it if that is a whole one."""
        if country not in self._teams:
            known = vocabulary.country(country)
            name = known.name if known else chunk.text
            alone = chunk.end - chunk.start == len(chunk.text)  # "Britain took bronze", not "Britain's quartet"
            if (
                chunk.text.istitle()
                and known
                and chunk.text in known.names
                and (alone or chunk.text not in name.split())
            ):
                name = chunk.text
            self._teams[country] = Entity(name, (name.lower(), "team"), chunk.start, team=country, country=country)
        return self._teams[country]

    def group(self, chunk: Chunk, sentence: int) -> list[Entity]:
        """The two or more people whom "the pair", "they" or "their" stands for, or the one whom another word does."""
        if isinstance(chunk.value, Reference) and chunk.value.how in _GROUPS:
            self.sieve = "group"
            return self._told_of(chunk, chunk.value, sentence)
        if chunk.lemma in _SEVERAL:
            self.sieve = "group"
            near = (found for number, _, found in self._subjects if len(found) > 1 and sentence - number <= 4)
            apart = dict.fromkeys(e for number, _, found in self._subjects for e in found if number == sentence)
            return list(apart) if chunk.lemma == "both" and len(apart) == 2 else next(near, [])
        one = self.resolve(chunk, sentence) if chunk.kind in PERSONS else None
        return [one] if one is not None else []

    def stood_for(self, chunk: Chunk, sentence: int) -> list[Entity]:
        """Whoever a subject stands for, one or several."""
        one = self.resolve(chunk, sentence)
        return [one] if one is not None else self.several(chunk, sentence)

    def several(self, chunk: Chunk, sentence: int) -> list[Entity]:
        """The people whom "they" or "the pair" stands for as a subject: who was told of together just now."""
        if chunk.kind != "reference" or chunk.lemma not in _COUNTS:
            return []
        if chunk.lemma == "both" and isinstance(chunk.value, Reference):
            return self._told_of(chunk, chunk.value, sentence)
        count = _COUNTS[chunk.lemma]
        near = next((found for found in self._recent(sentence, 1) if found), [])
        if len(near) < 2 and count:
            near = self.together(count, sentence)
        fits = len(near) == count if count else len(near) > 1
        return list(near) if fits and not any(e.team for e in near) else []

    def _told_of(self, chunk: Chunk, reference: Reference, sentence: int) -> list[Entity]:
        """The people, so many and of that sex, whom this sentence or the two before it tell of, else the article."""
        count = 1 if chunk.lemma == "her" else _COUNTS.get(chunk.lemma, 0)
        number, _, acting = self._subjects[0] if self._subjects else (-1, True, [])
        apart = acting if number == sentence and reference.how == "others" else []
        told = [(n, found) for n, _, found in self._subjects if len(found) > 1 and found is not apart]
        groups = [found for n, found in told if sentence - n <= _NEAR // 3]
        earlier = [e for at, e in self._present if at < chunk.start]
        before = [e for n, e in self._mentioned if 0 < sentence - n <= _NEAR // 3]
        often = [e for _, e in self._mentioned if len(e.mentions) > 1]
        latest = next((found for n, main, found in self._subjects if main and n < sentence and count == 1), [])
        for people in (earlier, latest, *groups, before, often):
            fitting = list(dict.fromkeys(e for e in people if e not in apart and _may_be(e, reference.sex)))
            if len(fitting) == (count or -1) or (not count and len(fitting) > 1 and people in groups):
                return fitting
        return []

    def together(self, count: int, sentence: int) -> list[Entity]:
        """Those named by the last sentence that names anybody, if they are so many."""
        before = [(number, entity) for number, entity in self._mentioned if sentence - 2 <= number < sentence]
        found = list(dict.fromkeys(entity for number, entity in before if number == before[-1][0]))
        return found if len(found) == count else []

    def possessor(self, owner: Chunk, sentence: int) -> Entity | None:
        """Whose "his" or "her" is."""
        reference = Reference("pronoun", sex=_POSSESSIVES.get(owner.lemma))
        return self._noted(owner, self._pronoun(reference, sentence, owner.start))

    def fellow(self, owner: Chunk, of: Entity, sentence: int) -> Entity | None:
        """Whose compatriot `of` is, called "his" or "her": who was spoken of, though he may be named again behind."""
        if any(place < owner.start for place, _ in self._present):
            return self.possessor(owner, sentence)
        one = self._noted(owner, self._pronoun(Reference("pronoun", sex=_POSSESSIVES.get(owner.lemma)), sentence))
        return one if one is not of else None

    def besides(self, entity: Entity, owner: Chunk, sentence: int) -> Entity | None:
        """Whose "his" or "her" is, if not that of somebody who acts in the sentence."""
        sex = _POSSESSIVES.get(owner.lemma)
        groups = [group for group in self._recent(sentence, 2) if entity not in group]
        fitting = {e for group in groups for e in group if sex and e.likely_sex in (None, sex)}
        return fitting.pop() if len(fitting) == 1 else None

    def stateless(self, sentence: int, but: Entity) -> list[Entity]:
        """The others of no known country spoken of in the last sentences."""
        near = (e for number, e in self._mentioned if sentence - number <= 2 and e.full and not e.official)
        return list(dict.fromkeys(e for e in near if e.country is None and e is not but))

    def last_country(self, entity: Entity, sentence: int) -> str | None:
        """The country of whoever was told of before `entity`: of the last subject and the last mentioned, if of one."""
        named = (e.country for n, e in reversed(self._mentioned) if e is not entity and e.country and sentence - n <= 2)
        acting = (e.country for group in self._recent(sentence, 2) for e in group if e is not entity and e.country)
        last, subject = next(named, None), next(acting, None)
        return last if subject in (None, last) else None

    def _recent(self, sentence: int, reach: int) -> list[list[Entity]]:
        """Groups of subjects, the nearest first; of an earlier sentence its main clauses before the others."""
        rows = [row for row in self._subjects if sentence - row[0] <= reach and not any(e.official for e in row[2])]
        here = [found for number, _, found in rows if number == sentence]
        before = sorted((row for row in rows if row[0] != sentence), key=lambda row: (-row[0], not row[1]))
        return here + [found for _, _, found in before]

    def _object(self, chunk: Chunk, reference: Reference, sentence: int) -> Entity | None:
        """Whom "him" means in "Vane was second. Brandt beat him": not the subject, but who was spoken of before."""
        here = [found for number, _, found in self._subjects if number == sentence]
        if chunk.text.lower() != "him" or len(here) != 1 or len(here[0]) != 1 or sentence == self._owned:
            return None
        before = next((found for number, _, found in self._subjects if 0 < sentence - number <= 2), [])
        one = before[0] if len(before) == 1 else None
        if one is None or one is here[0][0] or one.team or one.likely_sex not in (None, reference.sex):
            return None
        return self._known(one, reference.sex, "pronoun-subject")

    def _later(self, place: int) -> set[Entity]:
        """Whom the sentence names only behind a place."""
        return {e for at, e in self._present if at > place} - {e for at, e in self._present if at < place}

    def _pronoun(self, reference: Reference, sentence: int, place: int | None = None) -> Entity | None:
        later = self._later(place) if place is not None else set()
        here = [[e for e in found if e not in later] for number, _, found in self._subjects if number == sentence]
        if not any(here) and place is not None:
            near = list(
                dict.fromkeys(e for at, e in self._present if at < place and e.likely_sex in (None, reference.sex))
            )
            if len(near) == 1:
                return self._known(near[0], reference.sex, "pronoun-sentence")
            if near:
                return None
        centre = self._centres.get(sentence - 1)
        if centre is not None and not any(here) and centre.likely_sex in (None, reference.sex):
            return self._known(centre, reference.sex, "pronoun-centre")
        for group in self._recent(sentence, 2):
            if group and all(e in later for e in group):
                continue
            if not group:
                return None
            fitting = [e for e in group if e not in later and e.likely_sex in (None, reference.sex)]
            if len(fitting) == 1:
                return self._known(fitting[0], reference.sex, "pronoun-subject")
            if len(fitting) > 1:
                return None
        return None

    def _known(self, entity: Entity, sex: Sex | None, sieve: str) -> Entity:
        self.sieve = sieve
        entity.sex = entity.sex or sex
        return entity

    def _country(
        self, country: str | None, sentence: int, sex: Sex | None = None, later: Collection[Entity] = ()
    ) -> Entity | None:
        fitting: list[Entity] = []
        for number, entity in reversed(self._mentioned):
            of = entity.country == country and (sex is None or entity.likely_sex in (None, sex))
            if of and entity not in fitting and entity not in later and sentence - number <= 12:
                fitting.append(entity)
        if len(fitting) == 1:
            return self._nearer(fitting[0], sentence) or fitting[0]
        for group in self._recent(sentence, 2):
            near = [e for e in group if e in fitting]
            if len(near) == 1:
                return near[0]
        if not fitting:
            unknown = list(
                dict.fromkeys(
                    e
                    for number, e in self._mentioned
                    if e.country is None
                    and not e.official
                    and e.roles != {"coach"}
                    and (e.full or len(e.mentions) > 1)
                    and e not in later
                    and sentence - number <= 6
                )
            )
            if len(unknown) == 1 and unknown[0].full:
                unknown[0].of_country(country or "", sentence, "country.reference")
                return unknown[0]
        if not fitting:  # "The Kenyan" after somebody of no known country: the rival, if only their own result was told
            group = next(iter(self._recent(sentence, 1)), [])
            rivals = self._rivals(group[0], sentence) if len(group) == 1 else []
            meant = rivals or group
            if len(group) == 1 and len(meant) == 1 and meant[0].country is None and meant[0] not in later:
                meant[0].of_country(country or "", sentence, "country.reference")
                return meant[0]
        return None

    def _nearer(self, known: Entity, sentence: int) -> Entity | None:
        """The subject of the sentence before, of no known country, where the only one of the country is long past."""
        last = max((number for number, e in self._mentioned if e is known), default=0)
        group = next((found for found in self._recent(sentence, 1) if found), [])
        fresh = sentence - last > 2 and len(group) == 1 and group[0].country is None and not group[0].team
        return group[0] if fresh else None

    def _rivals(self, entity: Entity, sentence: int) -> list[Entity]:
        """Others of unknown country named just now, whose result is not told yet while that of `entity` is."""
        named = (e for number, e in self._mentioned if sentence - number <= 1 and e.country is None)
        return list(dict.fromkeys(e for e in named if "result" in entity.licences - e.licences))

    def _age(self, age: str | None, sentence: int) -> Entity | None:
        known = {e for _, e in self._mentioned if e.age is not None and str(e.age) == age}
        if len(known) == 1:
            return known.pop()
        for group in self._recent(sentence, 2):
            if len(group) == 1 and group[0].age is None:
                group[0].age = int(age) if age and age.isdigit() else None
                return group[0]
            return None
        before = (e for number, e in self._mentioned if 0 < sentence - number <= _SPOKEN)
        near = {e for e in before if not e.official and not e.team}
        return near.pop() if len(near) == 1 else None  # people who are only quoted came between

    def _noun(self, reference: Reference, sentence: int, place: int) -> Entity | None:
        noun = reference.noun
        if reference.country:
            return self._country(reference.country, sentence, None, self._later(place))
        if noun is not None and noun.head == "role" and noun.data:
            fitting = list({e.key: e for _, e in self._mentioned if e.discipline == noun.data}.values())
            if len(fitting) == 1:
                return fitting[0]
        for group in self._recent(sentence, 1):
            return group[0] if len(group) == 1 else None
        return None


def _may_be(entity: Entity, sex: Sex | None) -> bool:
    """Whether somebody may be one of a group of athletes of that sex."""
    coach = entity.roles == {"coach"} and not entity.licences & {"result", "title", "record"}
    return not (entity.team or entity.official or coach) and (sex is None or entity.likely_sex in (None, sex))
