"""Who "he", "the Norwegian" or "the 24-year-old" is: a sieve that abstains where two people fit."""

from __future__ import annotations

from collections import deque

from graph.extraction.attachments import Reference
from graph.extraction.chunks import Chunk
from graph.extraction.nounphrases import Noun
from graph.extraction.people import Entity


class Salience:
    """The people spoken of last. Subjects of the sentence being read come first, then those of the sentences before."""

    def __init__(self) -> None:
        self._subjects: deque[tuple[int, list[Entity]]] = deque(maxlen=12)
        self._mentioned: list[tuple[int, Entity]] = []

    def subject(self, sentence: int, entities: list[Entity]) -> None:
        self._subjects.appendleft((sentence, entities))

    def mention(self, sentence: int, entity: Entity) -> None:
        self._mentioned.append((sentence, entity))

    def resolve(self, chunk: Chunk, sentence: int) -> Entity | None:
        """The one person a chunk stands for; None where nobody or several fit."""
        if chunk.kind == "person":
            found = chunk.value
            return found if isinstance(found, Entity) else None
        reference = chunk.value
        if isinstance(reference, Noun):
            reference = Reference("noun", country=reference.demonym, noun=reference)
        if not isinstance(reference, Reference):
            return None
        if reference.how == "pronoun":
            return self._pronoun(reference, sentence)
        if reference.how == "country":
            return self._country(reference.country, sentence)
        if reference.how == "age":
            return self._age(reference.age, sentence)
        return self._noun(reference, sentence)

    def possessor(self, sex: str | None, sentence: int) -> Entity | None:
        """Whose "his" or "her" is."""
        return self._pronoun(Reference("pronoun", sex=sex), sentence)

    def last_country(self, entity: Entity, sentence: int) -> str | None:
        """The country of the person mentioned last before `entity`."""
        for number, other in reversed(self._mentioned):
            if other is not entity and other.country and sentence - number <= 2:
                return other.country
        return None

    def _recent(self, sentence: int, reach: int) -> list[list[Entity]]:
        return [found for number, found in self._subjects if sentence - number <= reach]

    def _pronoun(self, reference: Reference, sentence: int) -> Entity | None:
        for group in self._recent(sentence, 2):
            if not group:
                return None
            fitting = [e for e in group if e.sex in (None, reference.sex)]
            if len(fitting) == 1:
                fitting[0].sex = fitting[0].sex or reference.sex
                return fitting[0]
            if len(fitting) > 1:
                return None
        return None

    def _country(self, country: str | None, sentence: int) -> Entity | None:
        fitting: list[Entity] = []
        for number, entity in reversed(self._mentioned):
            if entity.country == country and entity not in fitting and sentence - number <= 12:
                fitting.append(entity)
        if len(fitting) == 1:
            return fitting[0]
        for group in self._recent(sentence, 2):
            near = [e for e in group if e in fitting]
            if len(near) == 1:
                return near[0]
        if not fitting:  # "The Kenyan" after a person whose country was not said
            group = next(iter(self._recent(sentence, 1)), [])
            if len(group) == 1 and group[0].country is None:
                group[0].country = country
                return group[0]
        return None

    def _age(self, age: str | None, sentence: int) -> Entity | None:
        known = {e for _, e in self._mentioned if e.age is not None and str(e.age) == age}
        if len(known) == 1:
            return known.pop()
        for group in self._recent(sentence, 2):
            if len(group) == 1 and group[0].age is None:
                group[0].age = int(age) if age and age.isdigit() else None
                return group[0]
            return None
        return None

    def _noun(self, reference: Reference, sentence: int) -> Entity | None:
        noun = reference.noun
        if reference.country:
            return self._country(reference.country, sentence)
        if noun is not None and noun.head == "role" and noun.data:
            fitting = list({e.key: e for _, e in self._mentioned if e.discipline == noun.data}.values())
            if len(fitting) == 1:
                return fitting[0]
        for group in self._recent(sentence, 1):
            return group[0] if len(group) == 1 else None
        return None
