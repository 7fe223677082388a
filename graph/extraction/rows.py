"""Results lists: headings that name a contest, cells, runs of entries ("1. R Haldane (Tynemoor H) 1:47.62; 2. ...")."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.clubs import affiliation
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.lexicons import cues
from graph.extraction.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Outcome

_HEADING_KINDS = {"discipline", "sex", "round", "setting", "category", "punct", "number", "distance", "wind", "surface"}
_HEADING_WORDS = cues("heading_words")
_GAP = re.compile(r"\t| {2,}")
_LABELS = _HEADING_KINDS - {"punct", "number"} | {"word", "verb", "competition", "series", "date", "year", "place",
                                                  "club", "name", "champion", "role"}  # fmt: skip
_TEAMS = {"team", "teams", "clubs"}
_AFTER_PLACE = (".", ")", ",", ":", "=", "-", "|")
_NAMES = ("name", "person")


@dataclass(slots=True)
class _Entry:
    """One line of a list while it is read; `about` is what stands in parentheses or in cells behind the name."""

    who: Chunk
    contest: Contest
    position: int | Outcome | None
    mark: Chunk | None
    about: list[Chunk] = field(default_factory=list)


def heading(chunks: list[Chunk], current: Contest) -> Contest | None:
    """The contest that a heading such as "MEN", "Women's 1500m" or "Long jump" opens; None for any other line."""
    if not chunks or len(chunks) > 9 or not any(c.kind in ("discipline", "sex") for c in chunks):
        return None
    if not all(c.kind in _HEADING_KINDS or c.lemma in _HEADING_WORDS or c.lemma == "'s" for c in chunks):
        return None
    found = describe(chunks)
    return found._replace(sex=found.sex or current.sex)


def cells(chunks: list[Chunk], text: str) -> list[list[Chunk]]:
    """The cells of a line: what bars, tabs and wide gaps set apart."""
    found: list[list[Chunk]] = [[]]
    end = None
    for chunk in chunks:
        if chunk.text == "|" or (end is not None and _GAP.search(text, end, chunk.start)):
            found.append([])
        if chunk.text != "|":
            found[-1].append(chunk)
        end = chunk.end
    return [_cased(cell) for cell in found if cell]


def joined(parts: list[list[Chunk]]) -> list[Chunk]:
    """The cells in one row, with bars between them."""
    row = list(parts[0]) if parts else []
    for part in parts[1:]:
        row += [Chunk("punct", "|", part[0].start, part[0].start), *part]
    return row


def _cased(cell: list[Chunk]) -> list[Chunk]:
    """The cell with surnames in capitals as names are spelt: "Gino VAN GEYTE"."""
    for before, chunk in itertools.pairwise(cell):
        if before.kind not in ("word", "verb") or chunk.kind not in ("word", "verb") or before.text.isupper():
            continue
        if before.text[0].isupper() and chunk.text.isupper() and len(chunk.text) > 2:
            chunk.text, chunk.kind = chunk.text.capitalize(), "word"
    return cell


def run_start(chunks: list[Chunk]) -> int | None:
    """Where in a sentence of prose a run of results begins: "Men: 1 A Ferris (Norbridge) 14:32, 2 J Brandt 14:40"."""
    start = _numbered(chunks)
    if start is None:
        start = _placed(chunks)
    while start and (chunks[start - 1].kind in _LABELS - {"verb"} or chunks[start - 1].lemma in (":", "'s")):
        start -= 1
    return start


def _numbered(chunks: list[Chunk]) -> int | None:
    """Where entries begin that have their places in front: "1 Vane 14:32, 2 Brandt 14:40"."""
    places = [i for i, c in enumerate(chunks) if c.kind in ("number", "ordinal") and _opens(chunks, i)]
    for first, second in itertools.pairwise(places):
        numbered = [_place(chunks[i]) for i in (first, second)]
        told = any(c.kind == "mark" or c.text == "(" for c in chunks[first:second])
        if numbered == [1, 2] and told and not any(c.kind == "verb" for c in chunks[first:second]):
            return first
    return None


def _placed(chunks: list[Chunk]) -> int | None:
    """Where entries begin that have places and marks behind the names: "Vane 2nd 13:58, Brandt 5th 14:14"."""
    entries = [
        i
        for i, c in enumerate(chunks[:-2])
        if c.kind in _NAMES and chunks[i + 1].kind == "ordinal" and chunks[i + 2].kind == "mark"
    ]
    return entries[0] if len(entries) > 1 else None


def row_events(chunks: list[Chunk], contest: Contest) -> list[Event]:
    """One result for each entry of a line; what is said beside a name is hung on it."""
    events: list[Event] = []
    for entry in _Reader(contest).read(chunks):
        if entry.about:
            aside = Chunk("aside", "", entry.about[0].start, entry.about[-1].end, value=entry.about)
            entry.who.inner = (*entry.who.inner, aside)
        if entry.position is not None or entry.mark is not None:
            events += _events(entry)
    return events


def _events(entry: _Entry) -> Iterator[Event]:
    """The result of an entry; of a relay that of its runners too."""
    mark = entry.mark.value if entry.mark is not None else None
    runners = [c for c in entry.about if c.kind in _NAMES] if entry.who.kind == "reference" else []
    for who in [entry.who, *runners]:
        yield Event(
            "result", who, "row.entry", entry.contest, position=entry.position, mark=mark, place=entry.who.start
        )


def _place(chunk: Chunk) -> int | None:
    if chunk.kind == "ordinal":
        return chunk.value if isinstance(chunk.value, int) else None
    return int(chunk.text) if chunk.kind == "number" and chunk.text.isdigit() else None


def _opens(chunks: list[Chunk], index: int) -> bool:
    """Whether a name, or a country of a relay, stands right behind a place: "1. Vane", "=2, Brandt"."""
    following = index + 1
    while lemma_at(chunks, following) in _AFTER_PLACE:
        following += 1
    after = at(chunks, following)
    return after is not None and following - index < 4 and after.kind in (*_NAMES, "country")


class _Reader:
    """Reads the chunks of a line from left to right."""

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._entries: list[_Entry] = []
        self._entry: _Entry | None = None
        self._position: int | Outcome | None = None
        self._mark: Chunk | None = None
        self._outcome: Outcome | None = None  # "DNF: Vane, Brandt": goes for all that follow
        self._teams = False

    def read(self, chunks: list[Chunk]) -> list[_Entry]:
        index = 0
        while index < len(chunks):
            index = self._step(chunks, index)
        return self._entries

    def _step(self, chunks: list[Chunk], index: int) -> int:
        chunk = chunks[index]
        if chunk.text == "(":
            return self._parenthesis(chunks, index)
        label = self._label(chunks, index)
        if label is not None:
            return label
        if chunk.text == ";":
            self._entry, self._position, self._mark = None, None, None
        elif chunk.kind == "outcome":
            self._take_outcome(chunks, index)
        elif chunk.kind in ("number", "ordinal"):
            self._take_place(chunks, index)
        elif chunk.kind == "mark":
            self._take_mark(chunk)
        elif chunk.kind in _NAMES or chunk.kind == "country":
            self._take_name(chunk)
        elif chunk.kind in ("code", "club", "age") and self._entry is not None:
            self._entry.about.append(chunk)
        return index + 1

    def _label(self, chunks: list[Chunk], index: int) -> int | None:
        """What stands before a colon or the first place says which race follows: "Women's 800m: 1 Ines Sorel"."""
        end = index
        while end < len(chunks) and (chunks[end].kind in _LABELS or chunks[end].lemma in ("'s", "/", "&", "(", ")")):
            end += 1
        run = chunks[index:end]
        closed = lemma_at(chunks, end) in (":", "-", "–", ".", ",", "|") or (end < len(chunks) and _opens(chunks, end))
        telling = any(c.kind in ("discipline", "sex", "distance") for c in run)
        named = lemma_at(chunks, end) == ":" and getattr(at(chunks, end + 1), "kind", "") != "mark"
        if not run or not closed or not (telling or named):
            return None
        told = describe(run)
        self._teams = any(c.lemma in _TEAMS for c in run)
        self._contest = told.over(self._contest) if told else self._contest
        self._entry, self._position, self._mark, self._outcome = None, None, None, None
        return end + (0 if chunks[end].kind in ("number", "ordinal") else 1)

    def _parenthesis(self, chunks: list[Chunk], index: int) -> int:
        close = next((i for i in range(index + 1, len(chunks)) if chunks[i].text == ")"), len(chunks))
        if self._entry is not None:
            inside = chunks[index + 1 : close]
            relay = self._entry.who.kind == "reference"
            club = None if relay else affiliation(inside)
            self._entry.about += inside if club is None else [club]
        return close + 1

    def _take_outcome(self, chunks: list[Chunk], index: int) -> None:
        outcome: Outcome = chunks[index].value
        if lemma_at(chunks, index + 1) == ":":
            self._outcome, self._entry = outcome, None
        elif self._entry is None or _opens(chunks, index):
            self._position = outcome
        else:
            self._entry.position = outcome

    def _take_place(self, chunks: list[Chunk], index: int) -> None:
        place = _place(chunks[index])
        if _opens(chunks, index):
            self._position, self._entry = self._position or place, None
        elif chunks[index].kind == "ordinal" and self._entry is not None and self._entry.position is None:
            self._entry.position = place
        elif self._entry is None:
            self._position = self._position or place  # the number on the vest follows

    def _take_mark(self, chunk: Chunk) -> None:
        if self._entry is not None and self._entry.mark is None:
            self._entry.mark = chunk
        else:
            self._mark = chunk

    def _take_name(self, chunk: Chunk) -> None:
        entry, relay = self._entry, any(d.relay for d in self._contest.disciplines)
        if entry is not None and self._position is None and entry.mark is None and self._outcome is None:
            club = affiliation([chunk])
            entry.about.append(chunk if club is None else club)
            return
        if self._teams or (chunk.kind == "country") != relay:
            return
        if relay:
            team = Reference("team", country=chunk.value)
            chunk = Chunk("reference", chunk.text, chunk.start, chunk.end, value=team)
        self._entry = _Entry(chunk, self._contest, self._position or self._outcome, self._mark)
        self._entries.append(self._entry)
        self._position, self._mark = None, None
