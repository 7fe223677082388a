"""Clubs, training groups and university teams, told by their names and by what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk
from graph.extraction.lexicons import lexicon
from graph.extraction.tokens import tokenize

if TYPE_CHECKING:
    from graph.model import ClubKind

_SINGULAR = (" Harrier", " Strider", " Spartan", " Beagle")  # a member: "the Norbridge Harrier"


@dataclass(frozen=True, slots=True)
class ClubName:
    name: str
    kind: ClubKind


@cache
def _phrases(name: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(t.text for t in tokenize(p, 0, len(p))) for p in lexicon("clubs")[name])


@cache
def _longest(name: str) -> int:
    return max(map(len, _phrases(name)))


def is_college(text: str) -> bool:
    """Whether the article is about American college sport, where "Oregon" is a team."""
    return sum(word in text for word in lexicon("clubs")["college_words"]) >= 1


def join_clubs(chunks: list[Chunk], college: bool) -> list[Chunk]:
    """`chunks` with each club's name as one chunk of kind "club"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        found = _known(chunks, index, college) or _formed(chunks, index, out)
        if found is None:
            out.append(chunks[index])
            index += 1
            continue
        end, club = found
        out.append(Chunk("club", club.name, chunks[index].start, chunks[end - 1].end, value=club))
        index = end
    return out


def _texts(chunks: list[Chunk], start: int, size: int) -> tuple[str, ...] | None:
    """The words of the chunks that make exactly `size` tokens."""
    words: list[str] = []
    end = start
    while end < len(chunks) and len(words) < size:
        words += [t.text for t in tokenize(chunks[end].text, 0, len(chunks[end].text))]
        end += 1
    return tuple(words) if len(words) == size else None


def _match(chunks: list[Chunk], start: int, name: str) -> int | None:
    """Where a phrase of the list that begins at `start` ends."""
    for size in range(_longest(name), 0, -1):
        words = _texts(chunks, start, size)
        if words is not None and words in _phrases(name):
            count, end = 0, start
            while count < size:
                count += len(tokenize(chunks[end].text, 0, len(chunks[end].text)))
                end += 1
            return end
    return None


def _known(chunks: list[Chunk], index: int, college: bool) -> tuple[int, ClubName] | None:
    if not chunks[index].text[0].isupper() or chunks[index].kind in ("series", "competition"):
        return None
    if end := _match(chunks, index, "known_groups"):
        return end, ClubName(_text(chunks[index:end]), "training-group")
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


def _formed(chunks: list[Chunk], index: int, before: list[Chunk]) -> tuple[int, ClubName] | None:
    """A capitalised run that ends in a noun for clubs: "Torrevale Harriers"."""
    if (
        not chunks[index].text[0].isupper()
        or chunks[index].kind in ("series", "competition", "date", "demonym")
        or chunks[index].lemma in ("the", "his", "her", "a", "an")
    ):
        return None
    for end in range(index + 1, min(index + 6, len(chunks))):
        if not (chunks[end].text[0].isupper() or chunks[end].lemma in ("&", "-")):
            return None
        for name, kind in (
            ("club_nouns", "club"),
            ("group_nouns", "training-group"),
            ("university_nouns", "university"),
        ):
            stop = _match(chunks, end, name)
            if stop is not None and not (
                stop < len(chunks)
                and chunks[stop].text[0].isupper()
                and chunks[stop].kind == "word"
                and chunks[stop].start - chunks[stop - 1].end == 1
                and name != "club_nouns"
            ):
                text = _text(chunks[index:stop])
                if name == "club_nouns" and text.endswith(_SINGULAR):
                    text += "s"
                return stop, ClubName(text, kind)  # type: ignore[arg-type]
    return None


def _text(chunks: list[Chunk]) -> str:
    return "".join((" " if i and c.start > chunks[i - 1].end else "") + c.text for i, c in enumerate(chunks))
