"""Where people come from, as names that no register knows: "Vane (Norbridge)", "Ferris of Moorland Milers".

Such a name is a club's, a school's or a place's, and nobody's: left alone it would be taken for a person.
"""

from __future__ import annotations

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.clubs import ClubName, affiliation
from graph.extraction.lexicons import cues
from graph.extraction.nameruns import is_given

_SCHOOLS = cues("schools")
_BODIES = cues("bodies")


def mark_affiliations(chunks: list[Chunk], known: frozenset[str], college: bool) -> list[Chunk]:
    """`chunks` with what stands in parentheses, or behind "of" and "from", after a name as a club or as plain words.

    `known` are the names that the article gives elsewhere: those are people even there.
    """
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        out.append(chunk)
        index += 1
        if chunk.kind != "name":
            if chunk.lemma == "the" and (nickname := at(chunks, index)) is not None and _is_nickname(chunks, index):
                nickname.kind = "word"
            continue
        if lemma_at(chunks, index) == "(" and len(chunk.value) > 1:
            close = next((i for i in range(index, len(chunks)) if chunks[i].text == ")"), len(chunks))
            out += [chunks[index], *_bracketed(chunks[index + 1 : close], known)]
            index = close
        elif lemma_at(chunks, index) == "," and lemma_at(chunks, index + 1) == "from":
            out.append(chunks[index])
            found, index = _origin(chunks, index + 1, known, college)
            out += found
        elif lemma_at(chunks, index) in ("of", "from"):
            found, end = _origin(chunks, index, known, college)
            out += found
            index = end
    return out


def _bracketed(inside: list[Chunk], known: frozenset[str]) -> list[Chunk]:
    """The chunks of a parenthesis, a club's name in front as one: "(Norbridge)", "(Vale; coach: Per Haugland)"."""
    end = next((i for i, c in enumerate(inside) if c.text in ",;"), len(inside))
    if not inside or any(c.text == ":" for c in inside[:end]) or _is_person(inside[0], known):
        return inside
    if _is_school(inside[:end]):
        _unname(inside[:end])
        return inside
    club = affiliation(inside)
    return inside if club is None else [club, *inside[end:]]


def _origin(chunks: list[Chunk], index: int, known: frozenset[str], college: bool) -> tuple[list[Chunk], int]:
    """What stands behind "of" or "from" at `index`, and where it ends."""
    preposition, start = chunks[index], index + 1
    if lemma_at(chunks, start) == "the":
        start += 1
    origin = at(chunks, start)
    if origin is None or not origin.text[0].isupper() or origin.kind not in ("name", "word"):
        return [preposition], index + 1
    between = chunks[index + 1 : start]
    if origin.kind == "word" and not (origin.text.isupper() and 2 <= len(origin.text) <= 5):
        return [preposition, *between], start
    if _is_person(origin, known) or origin.text in _BODIES:
        return [preposition, *between], start
    several = " " in origin.text and origin.text.endswith("s")
    if preposition.lemma == "of" and (college or several or origin.kind == "word") and not _is_school([origin]):
        value = ClubName(origin.text, "university" if college else "club")
        club = Chunk("club", origin.text, origin.start, origin.end, value=value)
        return [preposition, *between, club], start + 1
    origin.kind = "origin"
    return [preposition, *between, origin], start + 1


def _is_nickname(chunks: list[Chunk], index: int) -> bool:
    """ "the Cougars", "the Black Raiders": a plural behind the article, with nobody's name behind it."""
    chunk = chunks[index]
    return chunk.kind == "name" and chunk.text.endswith("s") and lemma_at(chunks, index + 1) not in ("'s", "'")


def _is_person(chunk: Chunk, known: frozenset[str]) -> bool:
    return chunk.kind == "name" and (chunk.text in known or is_given(chunk.text.split()[0].lower()))


def _is_school(part: list[Chunk]) -> bool:
    return any(word in _SCHOOLS for chunk in part for word in chunk.text.split())


def _unname(part: list[Chunk]) -> None:
    for chunk in part:
        chunk.kind = "word" if chunk.kind == "name" else chunk.kind
