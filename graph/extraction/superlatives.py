""" "the fastest time in the world this year", "the quickest of her life": superlatives that name a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at

if TYPE_CHECKING:
    from graph.model import RecordKind

_SUPERLATIVES = {"fastest", "quickest", "best", "longest", "furthest", "farthest", "highest", "biggest", "top"}
_FEATS = {"time", "mark", "jump", "leap", "throw", "run", "clocking", "height", "distance", "vault", "score", "put",
          "clearance", "total", "effort", "performance"}  # fmt: skip
_PEOPLE = {"man", "woman", "athlete", "sprinter", "hurdler", "vaulter", "jumper", "thrower"}
_INSIDE = ("discipline", "setting", "sex")
_SEASON = ("year", "season", "winter", "summer")
_LIFE = ("life", "career")
_OWNERS = ("his", "her", "their")
_NOT_ALL = ("by", "for", "in", "among")


def join_superlatives(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with each superlative that names a personal mark or a season's lead as one chunk of kind "record"."""
    if not any(chunk.lemma in _SUPERLATIVES for chunk in chunks):
        return chunks
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        found = _superlative(chunks, index) if chunk.lemma in _SUPERLATIVES else None
        if found is None:
            out.append(chunk)
            index += 1
            continue
        kind, end = found
        out += [c for c in chunks[index:end] if c.kind in _INSIDE]
        out.append(Chunk("record", chunk.text, chunk.start, chunks[end - 1].end, value=kind))
        index = end
    return out


def _superlative(chunks: list[Chunk], index: int) -> tuple[RecordKind, int] | None:
    """The kind of record that the superlative at `index` names, and where its phrase ends."""
    before = at(chunks, index - 1)
    if before is None or before.kind == "ordinal" or before.text == "-":
        return None  # "the second-fastest time this year"
    genitive = chunks[index - 2] if before.lemma == "'s" and index > 1 else None
    end, named = index + 1, False
    feats = _FEATS | _PEOPLE if _is_made(chunks, index) else _FEATS
    while (chunk := at(chunks, end)) is not None and (chunk.lemma in feats or chunk.kind in _INSIDE):
        end, named = end + 1, named or chunk.lemma in feats
    scope, end = _scope(chunks, end)
    if genitive is not None and _is_season(genitive):
        return ("WL", end) if scope == "world" else None
    owned = before.lemma in _OWNERS or (genitive is not None and genitive.lemma != "world")
    if scope == "life" or (scope == "season" and owned):
        return ("PB" if scope == "life" else "SB"), end
    world = scope == "world season" or (scope == "season" and genitive is not None)
    everybody = scope == "season" and named and before.lemma == "the" and lemma_at(chunks, end) not in _NOT_ALL
    return ("WL", end) if world or everybody else None


def _is_made(chunks: list[Chunk], index: int) -> bool:
    """ "which made her the fastest woman in the world this year": a feat is told of, not only who is fast."""
    made = [c.lemma for c in chunks[max(0, index - 3) : index]]
    return len(made) == 3 and made[0] == "make" and made[1] in ("him", "her") and made[2] == "the"


def _scope(chunks: list[Chunk], end: int) -> tuple[str, int]:
    """Of what it is the best ("life", "season", "world", "world season"; else empty), and where that ends."""
    world = ""
    if [c.lemma for c in chunks[end : end + 3]] == ["in", "the", "world"]:
        world, end = "world", end + 3
    after = end + 2 if [c.lemma for c in chunks[end : end + 2]] == ["so", "far"] else end
    of = [c.lemma for c in chunks[after : after + 3]]
    if len(of) == 3 and of[0] in ("of", "in") and of[1] in _OWNERS and of[2] in _LIFE:
        return "life", after + 3
    if len(of) == 3 and of[0] in ("of", "in") and of[1] in ("the", *_OWNERS) and of[2] in _SEASON:
        return f"{world} season".strip(), after + 3
    season = at(chunks, after)
    if season is not None and _is_season(season):
        return f"{world} season".strip(), after + 1
    return world, end


def _is_season(chunk: Chunk) -> bool:
    return chunk.kind == "date" and chunk.lemma.startswith("this ") and chunk.lemma.split()[-1] in _SEASON
