"""Blocks of a text: title, paragraphs, list items, rows of results, and what asserts nothing (captions, adverts)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from graph.articles.sentences import split
from graph.model import Block, BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"(?:[-–—*•·‣▪●◦]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_FINAL_STOP = re.compile(r"[.!?…:;,][\"')\]]*\Z")
_FULL_STOP = re.compile(r"[.…:;,][\"')\]]*\Z")
_TAG = re.compile(r"[^\W\d_][^\W\d_'’-]*(?: [^\W\d_][^\W\d_'’-]*){0,3}")
_MARK = re.compile(r"\d+(?:[:.]\d+)+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CELLS = re.compile(r"\t\s*| {2,}")
# Rows of results begin with a place or a heading, or have an affiliation in brackets, a semicolon, or a final mark.
_ROW_SHAPE = re.compile(
    r"=?\d{1,3}[.)=]?\s+[^\W\d_]|[^:.;]{1,60}: |[^()]{0,80}\([^()]{2,60}\)|[^;]{0,200};"
    r"|\S+(?: \S+){0,5} \d+[:.]\d+\S*\Z"
)
_ROSTER = re.compile(r"(?:(?:^|[,;] )(?:\d{1,3}[.)]? )?[^\W\d_][^(),;\d]{2,50} \([^()]{2,60}\))+\.?\Z")
_WRAP_WIDTHS = range(40, 121)  # code points; prose is not broken narrower, and wider lines are paragraphs
_CAPTION_LENGTH = 600  # a longer block with a credit at its end is a paragraph all the same
_SHORT_LENGTH = 160
_ROW_LENGTH = 4000
_TITLE_LENGTH = 200
_HEAD_LENGTH = 4000  # code points in which a headline stands


class _Pattern(NamedTuple):
    kind: str
    place: str
    regex: re.Pattern[str]


def divide(text: str, title: str | None = None) -> tuple[str, tuple[Block, ...]]:
    """The text with soft line breaks made spaces (its length is kept), and its blocks.

    All text that is not white space lies in some block. `title` is the article's, where it is known from elsewhere.
    """
    lines = [_trimmed(text, found.start(), found.end()) for found in _LINE.finditer(text)]
    text, parts = _unwrap(text, lines)
    kinds = _kinds(text, parts, " ".join(title.split()).casefold() if title else None)
    return text, tuple(_block(text, part, kind) for part, kind in zip(parts, kinds, strict=True))


def headline(text: str) -> str | None:
    """The title that the beginning of an article seems to give."""
    text, blocks = divide(text[:_HEAD_LENGTH])
    return next((" ".join(text[block.start : block.end].split()) for block in blocks if block.kind == "title"), None)


def _trimmed(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    return Span(start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip()))


def _block(text: str, part: Span, kind: BlockKind) -> Block:
    sentences = (part,) if kind == "row" else split(text, part.start, part.end)
    return Block(kind, part.start, part.end, sentences)


def _unwrap(text: str, lines: list[Span]) -> tuple[str, list[Span]]:
    """Join the lines of hard-wrapped paragraphs."""
    soft = _soft_breaks(text, lines)
    if not soft:
        return text, lines
    parts: list[Span] = []
    pieces: list[str] = []
    at = 0
    for line in lines:
        if line.start in soft:
            parts[-1] = Span(parts[-1].start, line.end)
            pieces.append(text[at : line.start].replace("\n", " "))
        else:
            parts.append(line)
            pieces.append(text[at : line.start])
        at = line.start
    pieces.append(text[at:])
    return "".join(pieces), parts


def _soft_breaks(text: str, lines: list[Span]) -> set[int]:
    """Starts of the lines that go on with the paragraph of the line before.

    Text was wrapped by a machine if lines break just where the next word would have passed a width, mostly in the
    middle of sentences. A break before which the next word would still have fitted is one the writer made.
    """
    prose = [
        (one, two)
        for one, two in pairwise(lines)
        if not _BLANK.search(text, one.end, two.start) and not _starts_item(text, one, two)
    ]
    width = max((max(one.end - one.start, two.end - two.start) for one, two in prose), default=0)
    if width not in _WRAP_WIDTHS:
        return set()
    soft = [(one, two) for one, two in prose if _is_wrapped(text, one, two, width)]
    inside = sum(1 for one, _ in soft if not _FINAL_STOP.search(text, max(one.start, one.end - 4), one.end))
    return {two.start for _, two in soft} if 2 * len(soft) > len(prose) and 2 * inside > len(soft) else set()


def _starts_item(text: str, one: Span, two: Span) -> bool:
    following = text[two.start : two.end]
    return bool(_BULLET.match(following)) or _is_row(following) or _is_row(text[one.start : one.end])


def _is_wrapped(text: str, one: Span, two: Span, width: int) -> bool:
    length = one.end - one.start
    following = text[two.start : two.end].split(None, 1)[0]
    return length + 1 + len(following) > width or (following[0].islower() and 3 * length >= 2 * width)


def _kinds(text: str, parts: list[Span], title: str | None) -> list[BlockKind]:
    written = [text[part.start : part.end] for part in parts]
    kinds: list[BlockKind] = [_kind(block) for block in written]
    _claim_descriptions(text, parts, written, kinds)
    _keep_headings(written, kinds)
    if title is not None:
        for index, block in enumerate(written):
            if len(block) <= _TITLE_LENGTH and " ".join(block.split()).casefold() == title:
                kinds[index] = "title"
                return kinds
    first = next((index for index, kind in enumerate(kinds) if kind != "caption"), None)
    if first is not None and len(parts) > 1 and kinds[first] == "paragraph" and _is_headline(written[first]):
        kinds[first] = "title"
    return kinds


def _is_headline(block: str) -> bool:
    return len(block) <= _TITLE_LENGTH and not _FULL_STOP.search(block, max(0, len(block) - 4))


def _kind(block: str) -> BlockKind:
    if _caption(block):
        return "caption"
    if _is_row(block):
        return "row"
    return "list" if _BULLET.match(block) else "paragraph"


def _claim_descriptions(text: str, parts: list[Span], written: list[str], kinds: list[BlockKind]) -> None:
    """Make captions of the picture descriptions that stand on the line right above a credit."""
    for index in range(1, len(parts)):
        above = written[index - 1]
        if (
            kinds[index] == "caption"
            and kinds[index - 1] == "paragraph"
            and _caption(written[index]) == "credit"
            and len(above) <= _SHORT_LENGTH
            and not _FINAL_STOP.search(above)
            and not _BLANK.search(text, parts[index - 1].end, parts[index].start)
            and (index == 1 or _BLANK.search(text, parts[index - 2].end, parts[index - 1].start))
        ):
            kinds[index - 1] = "caption"


def _keep_headings(written: list[str], kinds: list[BlockKind]) -> None:
    """What looks like a tag above rows of results is their heading: "high jump"."""
    for index, (kind, following) in enumerate(pairwise(kinds)):
        if kind == "caption" and following in ("row", "list") and _caption(written[index]) == "tag":
            kinds[index] = "paragraph"


def _caption(block: str) -> str | None:
    """Which sort of text without assertions this is, if it is any."""
    if len(block) > _CAPTION_LENGTH:
        return None
    short = len(block) <= _SHORT_LENGTH
    for kind, place, regex in _patterns():
        if place == "=":
            if short and regex.search(block):
                return kind
        elif regex.match(block) if place == ">" else regex.search(block):
            return kind
    # Tags and picture names: "asics canada", "josh kerr".
    return "tag" if _TAG.fullmatch(block) and block.islower() else None


def _is_row(block: str) -> bool:
    """Whether a block is names and figures, not prose: "1. M. Lindqvist (NOR) 3:58.41; 2. A. Otiwa (KEN) 3:58.68"."""
    if len(block) > _ROW_LENGTH:
        return False
    if block.count("|") > 1 or _is_table_row(block):
        return True
    listed = _ROSTER.match(block)
    if not listed and not _MARK.search(block):
        return False
    words = _WORD.findall(block)
    if not words or 4 * sum(map(str.islower, words)) > len(words):
        return False
    return bool(listed or _ROW_SHAPE.match(block))


def _is_table_row(block: str) -> bool:
    cells = _CELLS.split(block) if "\t" in block or "  " in block else ()
    return len(cells) > 2 and all(len(cell) <= 40 and not cell.endswith((".", "?", "!")) for cell in cells[:-1])


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(_parsed(files(__package__).joinpath("captions.txt").read_text(encoding="utf-8").splitlines()))


def _parsed(lines: Iterable[str]) -> Iterable[_Pattern]:
    for line in lines:
        if line and not line.startswith("#"):
            kind, place, pattern = line.split(" ", 2)
            yield _Pattern(kind, place, re.compile(pattern + r"\Z" if place == "<" else pattern, re.IGNORECASE))
