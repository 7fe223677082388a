"""What stands around a name: country, age, role, titles, coach, club, taken out of the row and hung on the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import at, lemma_at
from graph.extraction.lexicons import cues
from graph.extraction.national import words
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk

_NOT_DESCRIBING = cues("not_describing")
_CALLED = {"man", "woman", "star", "hope", "hopeful", "ace", "specialist", "captain"}
_LEFT = {"demonym", "country", "age", "role", "champion", "coach", "official", "holder", "club"}
_GROUPS = {"duo", "pair", "trio", "quartet", "twins", "brothers", "sisters", "champions", "athletes"}
_FIRST, _SECOND, _NOTHING = slice(0, 1), slice(1, 2), slice(0, 0)
_LEADING = ("the", "top", "first", "leading", "highest", "best", "fastest", "second", "third", "other", "only")
_ACTING = ("verb", "modal")
_PLACING = ("in", "at", "from", "for", "of", "to", "and")


def attach(chunks: list[Chunk]) -> list[Chunk]:
    """Hang what stands directly before and behind a person on the person's chunk, and take it out of the row."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.kind == "person":
            apposed = _take_left(out, chunk)
            index = _take_right(chunks, index, chunk)
            after = at(chunks, index + 2)
            if apposed and lemma_at(chunks, index + 1) == "," and after is not None and after.kind in _ACTING:
                chunks = chunks[: index + 1] + chunks[index + 2 :]  # "another Scot, Vane, won"
            _share(out, chunk)
        out.append(chunk)
        index += 1
    return out


def _take_left(out: list[Chunk], person: Chunk) -> bool:
    """Hang what stands before a person on it; whether a comma stood between."""
    taken: list[Chunk] = []
    apposed = False
    while out:
        size, said = _belonging(out, taken)
        if not size:
            break
        apposed = apposed or out[-1].lemma == ","
        taken[:0] = out[-size:][said]
        del out[-size:]
    person.inner = (*person.inner, *taken)
    return apposed


def _belonging(out: list[Chunk], taken: list[Chunk]) -> tuple[int, slice]:
    """How many chunks at the end of `out` belong to the name behind them, and which of these says something.

    `taken` is what was found nearer to the name.
    """
    last, before = out[-1], at(out, len(out) - 2)
    if last.kind in _LEFT and not _is_place(last, before, taken):
        return 1, _FIRST
    if last.lemma in ("'s", "'") and before is not None and before.kind in ("country", "club", "place", "code"):
        return 2, _FIRST
    if last.lemma == "of" and before is not None and before.kind == "role" and before.lemma in _GROUPS:
        return 2, _FIRST  # "the Norbridge pair of Vane and Brandt"
    if last.lemma in ("and", ",") and before is not None:
        size, said = _behind_comma(out) if not taken else (0, _NOTHING)
        if taken and before.kind in ("champion", "holder") and taken[0].kind in ("champion", "holder"):
            size = 1
        if size:
            return size, said
    if taken and last.lemma in ("the", "former", "another", "a", "an") and last.kind in ("word", "status"):
        return 1, _NOTHING
    if last.lemma in ("fellow", "compatriot", "countryman", "countrywoman"):
        return 1, _FIRST
    if last.kind in ("word", "verb") and last.text.islower():
        return _described(out), _FIRST  # only the nationality says something: "Norwegian wunderkind Vane"
    return 0, _NOTHING


def _is_place(last: Chunk, before: Chunk | None, taken: list[Chunk]) -> bool:
    """A country where something took place: "in Norway Otiwa won"."""
    return last.kind == "country" and not taken and before is not None and before.lemma in _PLACING


def _behind_comma(out: list[Chunk]) -> tuple[int, slice]:
    """ "another Norwegian, Vane", "the Olympic champion, Vane" """
    if out[-1].lemma != ",":
        return 0, _NOTHING
    if out[-2].kind == "demonym" and lemma_at(out, len(out) - 3) in ("another", "fellow", "a", "an"):
        return 3, _SECOND
    leading = out[-2].lemma in words("person") and lemma_at(out, len(out) - 4) in _LEADING
    if leading and out[-3].kind == "demonym":  # "the top American finisher, Vane"
        return 3, _FIRST
    return (2, _FIRST) if _leads(out) else (0, _NOTHING)


def _described(out: list[Chunk]) -> int:
    """How many chunks at the end of the row are a nationality and at most two plain words: "Scotland's 400m man"."""
    for size in (3, 4):
        owned = len(out) >= size and out[-size].kind == "country" and out[-size + 1].lemma == "'s"
        if owned and out[-1].lemma in _CALLED and all(map(_is_plain, out[-size + 2 :])):
            return size
    for size in (2, 3):
        if len(out) >= size and out[-size].kind == "demonym" and all(map(_is_plain, out[-size + 1 :])):
            return size
    return 0


def _is_plain(chunk: Chunk) -> bool:
    if chunk.kind not in ("word", "discipline", "sex", "setting", "age") or not chunk.text.islower():
        return False
    return chunk.lemma not in _NOT_DESCRIBING and not chunk.lemma.endswith("ly")


def _leads(out: list[Chunk]) -> bool:
    """A title and a comma before the name: "the Olympic bronze medallist, Vane"."""
    title, before = out[-2], at(out, len(out) - 3)
    if title.kind not in ("champion", "holder", "coach", "kin", "official") or not isinstance(title.value, Noun):
        return False
    if before is None:
        return True
    if before.lemma in ("be", "become", "by"):
        return False
    if before.lemma == "," and len(out) > 3 and out[-4].kind in ("person", "age"):
        return False
    return title.value.definite == "the" or title.value.owner is not None


def _take_right(chunks: list[Chunk], index: int, person: Chunk) -> int:
    """Swallow "of Norway", "of the Norbridge Harriers", ", from Torre" after a name; returns the last index taken."""
    apart = lemma_at(chunks, index + 1) == "," and _is_origin(chunks, index + 2)
    begin = index + 1 + apart
    if lemma_at(chunks, begin) not in ("of", "from"):
        return index
    end = begin + 1
    while lemma_at(chunks, end) in ("the", "team"):
        end += 1
    origin = at(chunks, end)
    if origin is None or origin.kind not in ("country", "club", "code", "place", "origin"):
        return index
    person.inner = (*person.inner, origin)
    return end


def _is_origin(chunks: list[Chunk], index: int) -> bool:
    """ ", from Torre", ", of Norbridge Harriers" """
    after = at(chunks, index + 1)
    return lemma_at(chunks, index) == "from" or (
        lemma_at(chunks, index) == "of" and after is not None and after.kind == "club"
    )


def _share(out: list[Chunk], person: Chunk) -> None:
    """ "Greek sprinters A and B", "Ethiopian duo A and B": what is said of the group goes for each."""
    if person.inner or len(out) < 2 or out[-1].lemma not in ("and", ",", "&") or out[-2].kind != "person":
        return
    inner = out[-2].inner
    group = [c for c in inner if c.kind in ("role", "champion", "demonym", "coach") and _is_plural(c)]
    if group:
        shared = ("role", "demonym", "country", "coach")
        person.inner = tuple(c for c in inner if c.kind in shared or c in group)


def _is_plural(chunk: Chunk) -> bool:
    return chunk.lemma.endswith("s") or chunk.lemma in _GROUPS
