"""People without a model: names gathered into entities over the article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from graph.extraction.lexicons import lexicon
from graph.extraction.nameruns import given_sex, name_key
from ontology.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.extraction.chunks import Chunk
    from graph.model import Role, Sex


@dataclass(eq=False, slots=True)
class Entity:
    """Somebody the article names. `key` is the folded name; evidence that this is an athlete or coach comes later."""

    name: str
    key: tuple[str, ...]
    first_seen: int
    mentions: list[Chunk] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    country: str | None = None
    country_told: tuple[int, str] | None = None
    """The sentence that tells the country, and the rule that read it."""
    sex: Sex | None = None
    discipline: str | None = None
    age: int | None = None
    roles: set[Role] = field(default_factory=set)
    licences: set[str] = field(default_factory=set)
    bystander: bool = False
    """Only speaks, or stands behind a preposition as a place does."""
    official: bool = False
    team: str | None = None
    named: list[int] = field(default_factory=list)
    """Where the full name stands."""

    def of_country(self, code: str, sentence: int, rule: str) -> None:
        """Take the country that a sentence says first."""
        if self.country is None:
            self.country, self.country_told = code, (sentence, rule)

    @property
    def likely_sex(self) -> Sex | None:
        """The sex that pronouns gave, else the one that the given name suggests (a guard, never a fact)."""
        return self.sex or given_sex(self.key[0]) if self.full else self.sex

    @property
    def full(self) -> bool:
        return len(self.key) > 1

    def named_by(self, text: str) -> str:
        """By which part of the name a text names this person: the sieve that told who is meant."""
        parts = name_key(text)
        if len(parts) > 1 or not self.full:
            return "full-name" if self.full else "name"
        return "surname" if parts[0] in self.key[1:] else "given-name" if parts[0] == self.key[0] else "spelling"

    def vote(self) -> None:
        """Let surnames standing alone count for the full spelling that ends in them."""
        for mention in self.mentions:
            if len(mention.value) == 1 and self.full and mention.value[0] != fold(self.name.split()[0]):
                spelling = " ".join([*self.name.split()[:-1], mention.text])
                if _near(name_key(spelling), self.key) or name_key(spelling) == self.key:
                    self.spellings[spelling] += 1

    def __repr__(self) -> str:
        return f"<{self.name}>"


def _near(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One typing error between two full names of equally many parts."""
    if len(a) != len(b) or len(a) < 2:
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return (
        len(differing) == 1
        and min(map(len, differing[0])) >= 5
        and OSA.distance(*differing[0]) == 1
        and differing[0][0][0] == differing[0][1][0]
    )


class People:
    """The entities of one article."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by_key: dict[tuple[str, ...], Entity] = {}

    def gather(self, names: Iterable[Chunk], oblique: frozenset[int] = frozenset()) -> None:
        """Make entities of all full names, then hang the short ones on them."""
        names = list(names)
        for chunk in names:
            if len(chunk.value) > 1:
                self._full(chunk, direct=chunk.start not in oblique)
        for chunk in names:
            if len(chunk.value) == 1:
                self._short(chunk)

    def spell(self, names: Iterable[Chunk]) -> None:
        """Let the headline's spelling of a known name count, and settle each name on its commonest spelling."""
        for chunk in names:
            known = self._by_key.get(chunk.value) or next(
                (e for e in self.entities if e.full and _near(e.key, chunk.value)), None
            )
            if known is not None and len(chunk.value) == len(known.key):
                self._by_key[chunk.value] = known
                known.spellings[chunk.text] += 1
        for entity in self.entities:
            entity.vote()
            best = max(entity.spellings.values(), default=0)
            if entity.full and entity.spellings[entity.name] < best:
                entity.name = next(
                    (s for s, n in entity.spellings.items() if n == best and len(s.split()) >= len(entity.key)),
                    entity.name,
                )

    def entity(self, chunk: Chunk) -> Entity | None:
        """Whom a name chunk names, as its spelling tells; of several with a surname the one last named in full."""
        return self._by_key.get(chunk.value) if len(chunk.value) > 1 else self._surname(chunk)

    def _full(self, chunk: Chunk, *, direct: bool = True) -> None:
        known = self._by_key.get(chunk.value) or next(
            (
                e
                for e in self.entities
                if e.full
                and (_near(e.key, chunk.value) or _extends(e.key, chunk.value) or _is_surname(e.key, chunk.value))
            ),
            None,
        )
        if known is None:
            known = Entity(chunk.text, chunk.value, chunk.start)
            self.entities.append(known)
        elif len(chunk.value) > len(known.key):
            known.name, known.key = chunk.text, chunk.value
        self._by_key[chunk.value] = known
        known.mentions.append(chunk)
        if direct:
            known.named.append(chunk.start)
        known.spellings[chunk.text] += 1

    def _short(self, chunk: Chunk) -> None:
        known = self._surname(chunk)
        if known is None:
            known = Entity(chunk.text, chunk.value, chunk.start)
            self.entities.append(known)
        known.mentions.append(chunk)

    def _surname(self, chunk: Chunk) -> Entity | None:
        word = chunk.value[0]
        full = [e for e in self.entities if word in e.key[1:]]
        if not full:
            full = [e for e in self.entities if e.full and word == e.key[0]]
        if not full and len(word) >= 6:
            full = [
                e for e in self.entities if e.full and OSA.distance(word, e.key[-1]) == 1 and word[0] == e.key[-1][0]
            ]
        if len(full) > 1:
            last = [e for e in full if e.key[-1] == word] or full
            earlier = [e for e in last if e.first_seen <= chunk.start]
            full = [
                max(
                    earlier or last, key=lambda e: max((start for start in e.named if start <= chunk.start), default=-1)
                )
            ]
        if full:
            return full[0]
        return next(
            (
                e
                for e in self.entities
                if not e.full
                and (
                    e.key == chunk.value
                    or (len(word) >= 6 and OSA.distance(word, e.key[0]) == 1 and word[0] == e.key[0][0])
                )
            ),
            None,
        )


def _is_surname(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One is the other without the given name: "El Falk" may stand before "Amina El Falk"."""
    return a[1:] == b or (b[1:] == a and a[0] in lexicon("names")["particles"])


def _extends(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One name has a middle name more: Tola Kitata, Tola Shura Kitata."""
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return len(long) > len(short) >= 2 and long[0] == short[0] and long[-1] == short[-1]
