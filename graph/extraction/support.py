"""The words of a sentence that say a value: "third" and "bronze" a place, "coached by" that somebody coaches."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.extraction.contests import (
    Competition,
    Contest,
    competition_of_level,
    competition_of_series,
    identity,
)
from graph.extraction.lexicons import lexicon
from graph.extraction.quantities import Mark, fitted, mark_at, whole_length_at
from graph.model import Span
from ontology import vocabulary
from ontology.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.extraction.chunks import Chunk
    from graph.model import Objection

_MEDALS = {"gold": 1, "silver": 2, "bronze": 3}
_KIN = {"parent": "child", "child": "parent"}
_REACH = 6  # chunks that a negation, modal or hope goes before what it governs
_BREAKS = {",", ";", ":", "-", "–", "—", "but", "and", "as", "before", "after"}


@cache
def _words(name: str, key: int | None = None) -> frozenset[str]:
    listed = lexicon("support")[name]
    return frozenset(listed if key is None else listed.get(key, ()))


def told(chunks: list[Chunk], slot: str, value: str | int, discipline: str | None = None) -> tuple[Span, ...]:
    """The words among the chunks that say the value of a slot; a mark is one of that discipline."""
    if slot == "mark":
        wanted = canonical_mark(str(value), discipline)
        return _spans(c for c in chunks if c.kind == "mark" and wanted and _display(c.value, discipline) == wanted)
    if slot in ("place", "club"):
        return (_place if slot == "place" else _club)(chunks, str(value))
    if slot == "record":
        return _spans(c for i, c in enumerate(chunks) if _is_record(chunks, i, str(value)))
    return _spans(c for c in chunks if _SLOTS[slot](c, value))


def canonical_mark(text: str, discipline: str | None) -> str | None:
    """A mark as the rules write it; None where it is none, or none that can be achieved in the discipline."""
    text = text.strip()
    found = (mark_at(text, 0) or whole_length_at(text, 0)) if text else None
    return _display(found[0], discipline) if found is not None and found[1] == len(text) else None


def hoped_for(chunks: list[Chunk], word: Span) -> Objection | None:
    """What stands shortly before a word to say that it did not come to that."""
    before = [c for c in chunks if c.end <= word.start]
    for chunk in reversed(before[-_REACH:]):
        lower = chunk.text.lower()
        if lower in _BREAKS:
            return None
        if chunk.kind == "modal" or lower in _words("hoped"):
            return "unreal"
        if chunk.kind == "negation" or lower.endswith("n't") or lower in _words("missed"):
            return "negated"
    return None


def _display(mark: Mark, discipline: str | None) -> str | None:
    known = vocabulary.discipline(discipline) if discipline else None
    fitting = fitted(mark, known.mark_kind if known else None)
    if fitting is None or (known is not None and not known.plausible(fitting.value)):
        return None
    return fitting.display


def _spans(chunks: Iterable[Chunk]) -> tuple[Span, ...]:
    return tuple(Span(c.start, c.end) for c in chunks)


def _discipline(chunk: Chunk, value: str | int) -> bool:
    return chunk.kind == "discipline" and bool(chunk.value) and any(d.name == value for d in chunk.value)


def _other_discipline(chunk: Chunk, value: str | int) -> bool:
    return chunk.kind == "discipline" and bool(chunk.value) and not _discipline(chunk, value)


def _competition(chunk: Chunk, value: str | int) -> bool:
    """Whether a chunk names that competition, or is the adjective for it: "the world title"."""
    series = vocabulary.series_named(str(value))
    wanted = series.slug if series is not None else value
    if chunk.kind == "level":
        return any(
            identity(competition_of_level(chunk.value, Contest(indoor=indoor), ())) == wanted
            for indoor in (False, True)
        )
    if chunk.kind not in ("series", "competition"):
        return False
    known = chunk.value if isinstance(chunk.value, Competition) else competition_of_series(chunk.value[0])
    return identity(known) == wanted or known.name == value or fold(chunk.text) == fold(str(value))


def _year(chunk: Chunk, value: str | int) -> bool:
    return chunk.kind in ("year", "date") and chunk.value.year == value and not chunk.value.future


def _other_year(chunk: Chunk, value: str | int) -> bool:
    return chunk.kind in ("year", "date") and chunk.value.year not in (None, value)


def _date(chunk: Chunk, value: str | int) -> bool:
    day = chunk.value.day if chunk.kind == "date" and not chunk.value.future else None
    return day is not None and day.isoformat() == value


def _medal(chunk: Chunk, value: str | int) -> bool:
    if chunk.kind == "champion":
        return bool(chunk.value.get("medal") == value)
    return chunk.kind == "medal" and bool(chunk.value == value)


def _position(chunk: Chunk, value: str | int) -> bool:
    if chunk.kind == "ordinal":
        return bool(chunk.value == value)
    if chunk.kind == "medal":
        return _MEDALS[chunk.value] == value
    if chunk.kind == "champion":
        return bool(chunk.value.get("position") == value)
    if chunk.kind in ("crown", "victory"):
        return value == 1
    return isinstance(value, int) and {chunk.lemma, chunk.text.lower()} & _words("places", value) != set()


def _country(chunk: Chunk, value: str | int) -> bool:
    return chunk.kind in ("country", "demonym", "code") and chunk.value == value


def _kin(chunk: Chunk, value: str | int) -> bool:
    return _kinship(chunk) in (value, _KIN.get(str(value), value))


def _other_kin(chunk: Chunk, value: str | int) -> bool:
    return _kinship(chunk) is not None and not _kin(chunk, value)


def _kinship(chunk: Chunk) -> str | None:
    """What kin a word names, in the plural too: "his sons"."""
    if chunk.kind == "kin":
        return str(chunk.value)
    plurals: dict[str, list[str]] = lexicon("support")["kin_plurals"]
    return next((kin for kin, words in plurals.items() if chunk.lemma in words), None)


def _coaching(chunk: Chunk, _: str | int) -> bool:
    return chunk.kind == "coach" or bool({chunk.lemma, chunk.text.lower()} & _words("coaching"))


def _former(chunk: Chunk, _: str | int) -> bool:
    return bool({chunk.lemma, chunk.text.lower()} & _words("former"))


def _is_record(chunks: list[Chunk], index: int, value: str) -> bool:
    """ "the world record", "the British indoor record", "a personal best"; not one that has gone."""
    chunk = chunks[index]
    before = chunks[max(0, index - 4) : index]
    if any(c.text.lower() in _words("past_record") for c in before):
        return False
    if chunk.kind == "record":
        return bool(chunk.value == value)
    if chunk.kind != "bare_record":
        return False
    national = chunk.lemma != "best" and any(c.kind in ("demonym", "country") for c in before)
    own = chunk.lemma == "best" and any(c.lemma in ("his", "her", "'s") for c in before)
    return (value == "NR" and national) or (value == "PB" and own)


def _place(chunks: list[Chunk], value: str) -> tuple[Span, ...]:
    """A place by any of its names, or the words themselves."""
    known = vocabulary.place(value)
    names = {fold(name) for name in (value, *(known.spellings if known else ()))}
    named = _spans(c for c in chunks if c.kind in ("place", "country") and fold(c.text) in names)
    return named or _verbatim(chunks, value)


def _club(chunks: list[Chunk], value: str) -> tuple[Span, ...]:
    """A club as the chunks name it, or the words themselves where the last is a noun for clubs."""
    named = _spans(c for c in chunks if c.kind == "club" and fold(c.text) == fold(value))
    return named or (_verbatim(chunks, value) if fold(value).endswith(_club_nouns()) else ())


@cache
def _club_nouns() -> tuple[str, ...]:
    lists = lexicon("clubs")
    return tuple(f" {fold(noun)}" for name in ("club_nouns", "group_nouns", "university_nouns") for noun in lists[name])


def _verbatim(chunks: list[Chunk], value: str) -> tuple[Span, ...]:
    words = fold(value).split()
    rows = [chunks[i : i + len(words)] for i in range(len(chunks) - len(words) + 1)]
    return tuple(Span(row[0].start, row[-1].end) for row in rows if words and [fold(c.text) for c in row] == words)


_SLOTS: dict[str, Callable[[Chunk, str | int], bool]] = {
    "discipline": _discipline,
    "competition": _competition,
    "year": _year,
    "date": _date,
    "round": lambda chunk, value: chunk.kind == "round" and bool(chunk.value == value),
    "medal": _medal,
    "position": _position,
    "country": _country,
    "kin": _kin,
    "other discipline": _other_discipline,
    "other year": _other_year,
    "other kin": _other_kin,
    "coaching": _coaching,
    "former": _former,
}
