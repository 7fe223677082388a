"""People without a model: capitalised runs, minus what the gazetteers know, gathered into entities over the article."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from graph.extraction.chunks import Chunk
from graph.extraction.lexicons import cues, lexicon
from ontology.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Role, Sex

_PLACE_ENDINGS = cues("place_endings")

_INITIAL = re.compile(r"[A-Z]\.?$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("names")[name])


@cache
def _given() -> dict[str, Sex]:
    given = lexicon("given")
    return dict.fromkeys(given["M"], "M") | dict.fromkeys(given["F"], "F")


def is_given(word: str) -> bool:
    """Whether a folded word is a given name."""
    return word in _given() or word in _either()


@cache
def _either() -> frozenset[str]:
    return frozenset(str(name) for name in lexicon("given")["either"])


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
        return self.sex or _given().get(self.key[0]) if self.full else self.sex

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


def name_runs(chunks: list[Chunk], sentence_start: bool = True) -> list[Chunk]:
    """`chunks` with each capitalised run that may be a person's name joined into one chunk of kind "name"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        end = _run_end(chunks, index, out) if chunks[index].text[0].isupper() else None
        if end is None:
            out.append(chunks[index])
            index += 1
            continue
        run = chunks[index:end]
        index = end
        opening = sentence_start and not any(c.kind != "punct" for c in out)
        out += _joined(run, opening and not _is_named_so(run, chunks[index] if index < len(chunks) else None))
    return out


def _is_named_so(run: list[Chunk], after: Chunk | None) -> bool:
    """ "Will Vane won", "May Falk, 24": no question and no wish follows the given name."""
    if run[0].text not in ("Will", "May") or len(run) < 2 or after is None:
        return False
    return after.text in (",", "'s") or (after.kind == "verb" and after.value in ("past", "s"))


def _capital(chunk: Chunk) -> bool:
    kinds = ("word", "verb", "modal") if chunk.text in ("Will", "May") else ("word", "verb")
    return chunk.kind in kinds and chunk.text[0].isupper() and (len(chunk.text) > 1 or chunk.text == "O")


def _run_end(chunks: list[Chunk], start: int, before: list[Chunk]) -> int | None:
    """Where the run that starts here ends; None where no name starts."""
    first = chunks[start]
    if not (
        _capital(first)
        or _given_place(chunks, start, before)
        or (_INITIAL.match(first.text) and start + 1 < len(chunks) and _capital(chunks[start + 1]))
    ):
        return None
    end = start + 1
    while end < len(chunks):
        here = chunks[end]
        glued = here.start == chunks[end - 1].end
        if _capital(here) or (
            _INITIAL.fullmatch(here.text) and end + 1 < len(chunks) and _capital(chunks[end + 1]) and here.text != "I"
        ):
            end += 1
        elif (
            here.text in "-‑"
            and glued
            and end + 1 < len(chunks)
            and chunks[end + 1].start == here.end
            and (chunks[end + 1].text[0].isupper() or _is_syllable(chunks, start, end + 1))
        ):
            end += 2
        elif (
            (
                here.text == "."
                and glued
                and len(chunks[end - 1].text) == 1
                and end + 1 < len(chunks)
                and _capital(chunks[end + 1])
            )
            or (
                here.kind in ("word", "verb")
                and here.lemma in _words("particles")
                and here.text.islower()
                and end + 1 < len(chunks)
                and _particle_tail(chunks, end)
            )
            or (
                here.kind in ("place", "country", "demonym", "code")
                and end - start == 1
                and _surname_like(chunks, start, before)
            )
            or (
                here.kind in ("champion", "medal", "crown", "role", "kin", "official")
                and here.text[0].isupper()
                and end - start == 1
                and here.lemma
                in ("king", "prince", "victor", "head", "star", "miler", "walker", "runner", "judge", "mayor", "champ")
            )
        ):
            end += 1
        else:
            break
    return end


def _is_syllable(chunks: list[Chunk], start: int, index: int) -> bool:
    """The second half of a given name behind the surname: "Lee Bong-ju", not "Vane-led" nor "Callum Vane-style"."""
    word = chunks[index].text
    return index - start == 3 and word.islower() and 1 < len(word) <= 5 and word not in _words("tails")


def _surname_like(chunks: list[Chunk], start: int, before: list[Chunk]) -> bool:
    """A given name and a place's name make a person: "Callum Denmark"; not "Team Norway", "in Port Elizabeth"."""
    given, place = chunks[start], chunks[start + 1]
    previous = before[-1].lemma if before else ""
    if (
        given.text in _words("not_person")
        or given.text.lower() in _words("common")
        or " " in place.text
        or not place.text.isalpha()
        or place.text.isupper()
    ):
        return False
    return (
        place.start == given.end + 1
        and previous not in ("in", "at", "from", "near", "to", "the", "of")
        and not (given.kind == "verb" and not before and given.text.lower() not in _given())
    )


def _particle_tail(chunks: list[Chunk], index: int) -> bool:
    following = chunks[index + 1]
    if _capital(following):
        return True
    return following.lemma in _words("particles") and index + 2 < len(chunks) and _capital(chunks[index + 2])


def _given_place(chunks: list[Chunk], index: int, before: list[Chunk]) -> bool:
    """Sydney McLaughlin, Chelsea Hayes: a place's name as a given name."""
    chunk = chunks[index]
    if chunk.kind not in ("place", "country") or chunk.text not in _words("given_name_places"):
        return False
    previous = before[-1].lemma if before else ""
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    return (
        following is not None
        and _capital(following)
        and previous not in ("in", "at", "from", "near", "to", "the")
        and following.text not in _words("not_person")
    )


def _is_epithet(run: list[Chunk]) -> bool:
    """A first word that calls somebody something: "Londoners Greta Lund", "USC Trojan Greta Lund"."""
    first, second = run[0].text, fold(run[1].text)
    if is_given(fold(first)) or run[1].start != run[0].end + 1:
        return False
    if len(run) > 2 and first.isupper() and len(first) > 2:
        return True
    return is_given(second) and first.endswith("s" if len(run) > 2 else "ers")


def _is_prefixed(run: list[Chunk]) -> bool:
    """A title or a townsman's name before the name: "Sir Callum Vane", "Queenslander Ida Vane"."""
    first = run[0].text
    return first in _words("honorifics") or (first in _words("inhabitants") and len(run) > 1)


def _joined(run: list[Chunk], opening: bool) -> list[Chunk]:
    """The run as a name, less leading words that are no name; unchanged where no name is left."""
    head: list[Chunk] = []
    while run and ((opening and run[0].text.lower() in _words("common")) or _is_prefixed(run)):
        head.append(run.pop(0))
    while len(run) > 1 and _is_epithet(run):
        head.append(run.pop(0))
    parts = [c for c in run if c.kind != "punct"]
    if any(c.text.lower() in _words("function") and not (i == 0 and c.text == "Will") for i, c in enumerate(parts)):
        return head + run
    start, end = (run[0].start, run[-1].end) if run else (0, 0)
    text = "".join((" " if i and c.start > run[i - 1].end else "") + c.text for i, c in enumerate(run))
    whole = text.split()  # the halves of a double-barrelled name stay together
    foreign = whole[:-1] if len(whole) == 2 and whole[-1] in _PLACE_ENDINGS else whole
    if not parts or any(word in _words("not_person") for word in foreign) or all(_INITIAL.match(c.text) for c in parts):
        return head + run
    if (
        len(parts) > 5
        or any(c.text.isupper() and len(c.text) > 3 for c in parts)
        or all(c.text.isupper() for c in parts)
    ):
        return head + run
    if len(parts) == 1 and parts[0].text.lower() in _words("common"):
        return head + run
    key = name_key(text)
    return [*head, Chunk("name", text, start, end, value=key)] if key else head + run


def name_key(text: str) -> tuple[str, ...]:
    """The folded parts of a name; a double-barrelled surname is one part."""
    return tuple(part.strip(".") for part in fold(text).split())


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
                if e.full and (_near(e.key, chunk.value) or _extends(e.key, chunk.value) or e.key[1:] == chunk.value)
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
        full = [e for e in self.entities if e.full and word in e.key[1:]]
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


def _extends(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One name has a middle name more: Tola Kitata, Tola Shura Kitata."""
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return len(long) > len(short) >= 2 and long[0] == short[0] and long[-1] == short[-1]
