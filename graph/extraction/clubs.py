"""Clubs, training groups and university teams, told by their names and by what stands around them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at
from graph.extraction.lexicons import lexicon
from graph.extraction.tokens import tokenize

if TYPE_CHECKING:
    from graph.model import ClubKind

_SINGULAR = (" Harrier", " Strider", " Spartan", " Beagle")  # a member: "the Norbridge Harrier"
_AFFILIATED = ("club", "name", "person", "word", "verb", "place", "punct")
_NO_CLUB = ("series", "competition", "date", "demonym")
_NOUNS: Final[tuple[tuple[str, ClubKind], ...]] = (
    ("club_nouns", "club"),
    ("group_nouns", "training-group"),
    ("university_nouns", "university"),
)


@dataclass(frozen=True, slots=True)
class ClubName:
    name: str
    kind: ClubKind


@lru_cache(maxsize=8192)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokenize(text, 0, len(text)))


@cache
def _phrases(name: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of a list in tokens, by their first token, the longest first."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted(map(_tokens, lexicon("clubs")[name]), key=len, reverse=True):
        found[phrase[0]].append(phrase)
    return dict(found)


def is_college(text: str) -> bool:
    """Whether the article is about American college sport, where "Oregon" is a team."""
    return sum(word in text for word in lexicon("clubs")["college_words"]) >= 1


def join_clubs(chunks: list[Chunk], college: bool) -> list[Chunk]:
    """`chunks` with each club's name as one chunk of kind "club"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        capital = chunks[index].text[0].isupper()
        found = (_known(chunks, index, college) or _formed(chunks, index)) if capital else None
        if found is None:
            out.append(chunks[index])
            index += 1
            continue
        end, club = found
        out.append(Chunk("club", club.name, chunks[index].start, chunks[end - 1].end, value=club))
        index = end
    return out


def _match(chunks: list[Chunk], start: int, name: str) -> int | None:
    """Where the longest phrase of the list that begins at `start` ends."""
    first = _tokens(chunks[start].text)[0]
    shouted = first.isupper() and len(first) > 3  # "NORBRIDGE HARRIERS"
    for phrase in _phrases(name).get(first.capitalize() if shouted else first, ()):
        words: tuple[str, ...] = ()
        end = start
        while end < len(chunks) and len(words) < len(phrase):
            words += _tokens(chunks[end].text)
            end += 1
        if words == (tuple(p.upper() for p in phrase) if shouted else phrase):
            return end
    return None


@cache
def _openings() -> frozenset[str]:
    """The first tokens of all phrases of all lists, as written and shouted."""
    words = {word for name in lexicon("clubs") if name != "college_words" for word in _phrases(name)}
    return frozenset(words | {word.upper() for word in words})


def _opens(chunk: Chunk) -> bool:
    """Whether a phrase of some list may begin with the chunk."""
    return _tokens(chunk.text)[0] in _openings()


def _known(chunks: list[Chunk], index: int, college: bool) -> tuple[int, ClubName] | None:
    if chunks[index].kind in ("series", "competition") or not _opens(chunks[index]):
        return None
    if end := _match(chunks, index, "known_groups"):
        return end, ClubName(_text(chunks[index:end]), "training-group")
    if end := _match(chunks, index, "known_clubs"):
        return end, ClubName(_text(chunks[index:end]), "club")
    if (end := _match(chunks, index, "service_teams")) and not (
        end < len(chunks)
        and chunks[end].text[0].isupper()
        and chunks[end].text.isalpha()
        and chunks[end].kind == "word"
    ):
        return end, ClubName(_text(chunks[index:end]), "club")
    if college and (end := _match(chunks, index, "universities")) and _team(chunks, index, end):
        return end, ClubName(_text(chunks[index:end]), "university")
    return None


def _team(chunks: list[Chunk], start: int, end: int) -> bool:
    """A university's name stands for a team as a possessor, after "of", in parentheses, or before a role."""
    before = chunks[start - 1].lemma if start else ""
    after = chunks[end].lemma if end < len(chunks) else ""
    return (
        after in ("'s", "'")
        or before in ("of", "(", "at", "for")
        or after in ("senior", "junior", "sophomore", "freshman", "athlete", "runner")
        or before == "("
    )


def _formed(chunks: list[Chunk], index: int) -> tuple[int, ClubName] | None:
    """A capitalised run that ends in a noun for clubs: "Torrevale Harriers"."""
    first = chunks[index]
    if first.kind in _NO_CLUB or first.lemma in ("the", "his", "her", "a", "an"):
        return None
    for end in range(index + 1, min(index + 6, len(chunks))):
        if not (chunks[end].text[0].isupper() or chunks[end].lemma in ("&", "-")):
            return None
        for name, kind in _NOUNS if _opens(chunks[end]) else ():
            stop = _match(chunks, end, name)
            if stop is None or (kind != "club" and _goes_on(chunks, stop)):
                continue
            text = _spelt(chunks[index:stop])
            member = kind == "club" and text.endswith(_SINGULAR)
            return stop, ClubName(text + "s" if member else text, kind)
    return None


def _goes_on(chunks: list[Chunk], stop: int) -> bool:
    """The name does not end there: a word with a capital follows."""
    after = at(chunks, stop)
    if after is None or after.kind != "word" or not after.text[0].isupper():
        return False
    return after.start - chunks[stop - 1].end == 1


def affiliation(inside: list[Chunk]) -> Chunk | None:
    """What stands in parentheses or a cell behind a name as the chunk of a club: "(Norbridge H)", "(Vale; coach: ...)".

    None where it is a country, a place, an age or a mark. Names in it are names no longer.
    """
    end = next((i for i, c in enumerate(inside) if c.text in ",;:|"), len(inside))
    part = inside[:end]
    if not part or any(c.kind not in _AFFILIATED or not _titled(c) for c in part):
        return None
    if part[0].kind == "place" and len(part) == 1:
        return None
    name = _text(part)
    name = f"{name}arriers" if name.endswith(" H") else name
    known = next((c.value for c in part if c.kind == "club"), None)
    value = known if known is not None and len(part) == 1 else ClubName(name, "club")
    for chunk in part:
        chunk.kind = "word" if chunk.kind == "name" else chunk.kind
    return Chunk("club", value.name, part[0].start, part[-1].end, value=value)


def _titled(chunk: Chunk) -> bool:
    return chunk.text[0].isupper() or chunk.text in ("of", "and", "&", "-", ".", "'s", "'")


def _spelt(chunks: list[Chunk]) -> str:
    """A club's name, if shouted ("NORBRIDGE TRACK CLUB", "NORBRIDGE AC") as it is mostly written."""
    text = _text(chunks)
    if not text.isupper() or len(chunks[0].text) < 4:
        return text
    return " ".join(word if len(word) < 3 else word.capitalize() for word in text.split(" "))


def _text(chunks: list[Chunk]) -> str:
    return "".join((" " if i and c.start > chunks[i - 1].end else "") + c.text for i, c in enumerate(chunks))
