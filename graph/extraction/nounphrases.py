"""Noun phrases are closed first: what stands inside "the Olympic 1500m champion" says nothing of the race being told.

A closed phrase becomes one chunk whose value is a `Noun`: a title ("champion"), a record, a medal, a crown ("the AAAs
long jump title"), a victory, a role ("British hurdler") or a coach, with what its words say of contests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.extraction.chunks import Chunk
from graph.extraction.contests import Contest, contests_of
from graph.extraction.lexicons import cues

_HEADS = {
    "champion",
    "medallist",
    "holder",
    "record",
    "bare_record",
    "medal",
    "crown",
    "victory",
    "role",
    "coach",
    "official",
}
_ABSORBED_LEFT = {"level", "series", "discipline", "sex", "year", "demonym", "country", "setting", "surface", "category", "status", "multiple", "medal",
                  "distance", "round", "place", "competition", "record", "bare_record", "club"}  # fmt: skip
_ADJECTIVES = cues("adjectives")  # fmt: skip
_RIGHT_PREPOSITIONS = {"over", "in", "of", "at", "for", "from", "on"}
_ABSORBED_RIGHT = {
    "discipline",
    "year",
    "series",
    "competition",
    "place",
    "sex",
    "surface",
    "setting",
    "distance",
    "level",
    "date",
    "category",
    "round",
}


@dataclass(slots=True)
class Noun:
    """A closed phrase. `contests` is what it says of contests, one entry per contest; `owner` whose it is."""

    head: str
    data: Any
    contests: list[Contest] = field(default_factory=list)
    owner: Chunk | None = None
    demonym: str | None = None
    status: str | None = None
    times: int | None = None
    definite: str = ""
    ordinal: int | None = None
    medal: str | None = None
    mark: Chunk | None = None
    indoor: bool = False
    club: Chunk | None = None
    words: frozenset[str] = frozenset()


def close_phrases(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with each closed noun phrase as one chunk."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.kind not in _HEADS or _is_modifier(chunks, index):
            out.append(chunk)
            index += 1
            continue
        left = _left(out)
        if chunk.kind == "bare_record" and not _is_record(out, left, chunks, index):
            out.append(chunk)
            index += 1
            continue
        right = _right(chunks, index + 1, chunk.kind)
        inside = out[left:]
        del out[left:]
        owner = _pop_owner(out, inside)
        out.append(_closed(chunk, inside, chunks[index + 1 : right], owner))
        index = right
    return out


def _is_modifier(chunks: list[Chunk], index: int) -> bool:
    """A head inside a larger phrase: the "bronze" of "bronze heptathlon medallist", the "world record" of "world record holder"."""
    following = index + 1
    while (
        following < len(chunks)
        and following < index + 5
        and (chunks[following].kind in ("discipline", "sex", "setting") or chunks[following].lemma == "'s")
    ):
        following += 1
    if following >= len(chunks):
        return False
    after = chunks[following]
    if chunks[index].kind == "medal":
        return after.kind == "medallist"
    if chunks[index].kind in ("record", "bare_record"):
        return after.kind == "holder"
    if chunks[index].kind == "champion":
        return False
    return (
        chunks[index].kind in ("role", "coach")
        and following == index + 1
        and after.kind in ("role", "coach", "official")
    )


def _is_record(out: list[Chunk], left: int, chunks: list[Chunk], index: int) -> bool:
    """ "record", "mark" and "best" count with a level, demonym, setting or owner before them; "best" alone is a word."""
    inside = {c.kind for c in out[left:]}
    owner = left > 0 and out[left - 1].lemma in ("'s", "his", "her", "their", "its")
    if chunks[index].lemma == "record":
        return (
            bool(inside & {"level", "demonym", "country", "setting", "series", "discipline", "category", "competition"})
            or owner
            or (index + 1 < len(chunks) and chunks[index + 1].kind == "holder")
        )
    if chunks[index].lemma == "best":
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        return (
            owner
            and not inside - {"discipline", "year", "setting"}
            and (following is None or following.lemma in ("of", "to", "by", ",", ".", "in", "with", "for", "and"))
        )
    return (
        bool(inside & {"level", "demonym"})
        and bool(out[left - 1 : left])
        and index + 1 < len(chunks)
        and chunks[index + 1].lemma in ("of", "set", "by", ",", ".", "with")
    )


def _left(out: list[Chunk]) -> int:
    """How far left of the head its modifiers reach in `out`."""
    left = len(out)
    while left > 0:
        chunk = out[left - 1]
        if (
            (chunk.kind in _ABSORBED_LEFT and not isinstance(chunk.value, Noun))
            or (chunk.kind == "ordinal" and left < len(out) + 1 and (left == len(out) or out[left].kind != "place"))
            or chunk.lemma in _ADJECTIVES
            or (chunk.kind == "number" and len(chunk.text) == 1)
        ):
            left -= 1
        elif (
            chunk.lemma in ("'s", "'")
            and left >= 2
            and out[left - 2].kind in ("sex", "country", "series", "level", "competition", "date", "place")
        ):
            left -= 2
        elif (
            (chunk.lemma == "-" and left >= 2 and left < len(out))
            or (
                chunk.lemma in ("and", "&", "/")
                and left < len(out)
                and left >= 2
                and out[left - 2].kind in ("level", "discipline", "series", "year", "demonym", "competition")
                and (
                    out[left].kind
                    in ("level", "discipline", "series", "setting", "year", "demonym", "competition", "medal")
                )
            )
            or (chunk.kind == "age" and left < len(out) + 1)
        ):
            left -= 1
        else:
            break
    # A place or country that something else governs is not part of the phrase: "in Athens gold".
    while (
        left < len(out)
        and left > 0
        and out[left].kind in ("place", "round", "date")
        and out[left - 1].lemma in ("in", "at", "on", "from", "of", "for", "to")
    ):
        left += 1
    return left


def _right(chunks: list[Chunk], start: int, head: str) -> int:
    """How far right of the head its own complements reach: "over 5,000m", "in 2001 and 2002", "of the London Marathon"."""
    end = start
    if head in ("role", "official", "victory", "medal"):
        return end
    while end < len(chunks):
        probe = end
        if chunks[probe].lemma not in _RIGHT_PREPOSITIONS or (head == "crown" and chunks[probe].lemma in ("at", "on")):
            break
        if head == "champion" and chunks[probe].lemma == "from":
            break
        probe += 1
        while probe < len(chunks) and chunks[probe].lemma in (
            "the",
            "both",
            "this",
            "last",
            "a",
            "men",
            "women",
            "'s",
            "inaugural",
        ):
            probe += 1
        if (
            probe >= len(chunks)
            or chunks[probe].kind not in _ABSORBED_RIGHT
            or (
                head in ("record", "bare_record", "crown")
                and chunks[probe].kind in ("place", "date", "series", "competition", "year", "round")
            )
        ):
            break
        probe = _series_of(chunks, probe)
        end = probe
    return end


def _series_of(chunks: list[Chunk], index: int) -> int:
    """The end of a list of complements: "2001 and 2002", "the 100m and 200m"."""
    index += 1
    while index < len(chunks):
        if chunks[index].kind in _ABSORBED_RIGHT and chunks[index - 1].kind in _ABSORBED_RIGHT:
            index += 1
        elif (
            chunks[index].lemma in ("and", ",", "&")
            and index + 1 < len(chunks)
            and chunks[index + 1].kind == chunks[index - 1].kind
            and chunks[index + 1].kind in ("year", "discipline")
        ):
            index += 2
        elif chunks[index].lemma == "'s" and chunks[index - 1].kind == "sex":
            index += 1
        else:
            break
    return index


def _pop_owner(out: list[Chunk], inside: list[Chunk]) -> Chunk | None:
    """Take the possessor before the phrase off `out`; a definite article too."""
    if out and out[-1].lemma in ("the", "a", "an"):
        article = out.pop()
        inside.insert(0, article)
        return None
    if out and out[-1].lemma in ("his", "her", "their"):
        return out.pop()
    if (
        len(out) >= 2
        and out[-1].lemma in ("'s", "'")
        and (out[-2].kind in ("name", "person") or out[-2].lemma in ("pair", "duo"))
    ):
        inside.insert(0, out.pop())
        return out[-1]
    return None


def _closed(head: Chunk, inside: list[Chunk], after: list[Chunk], owner: Chunk | None) -> Chunk:
    start = inside[0].start if inside else head.start
    end = after[-1].end if after else head.end
    noun = Noun(head.kind, head.value, owner=owner, words=frozenset(c.lemma for c in inside))
    body = [c for c in inside if c.lemma not in ("the", "a", "an", "'s", "'")]
    noun.definite = inside[0].lemma if inside and inside[0].lemma in ("the", "a", "an") else ""
    for chunk in body:
        if chunk.kind == "demonym" or chunk.kind == "country":
            noun.demonym = chunk.value
        elif chunk.kind == "status":
            noun.status = noun.status or chunk.value
        elif chunk.kind == "ordinal":
            noun.ordinal = chunk.value
        elif chunk.kind == "medal":
            noun.medal = chunk.value
        elif chunk.kind == "multiple":
            noun.times = {"double": 2, "twice": 2, "dual": 2, "back-to-back": 2, "two-time": 2, "triple": 3, "treble": 3, "three-time": 3, "four-time": 4, "five-time": 5,
                          "six-time": 6, "seven-time": 7}.get(chunk.lemma, 2)  # fmt: skip
        elif chunk.kind == "setting":
            noun.indoor = True
        elif chunk.kind == "club":
            noun.club = chunk
    held = next((c.value for c in body if c.kind == "record"), None)
    if head.kind == "holder" and held is not None:
        noun.data = held
    noun.contests = contests_of(body + [c for c in after if c.kind in _ABSORBED_RIGHT], head.kind)
    kind = "champion" if head.kind == "medallist" else head.kind
    if kind == "bare_record":
        kind = "record"
    if head.kind == "medallist":
        position = {"gold": 1, "silver": 2, "bronze": 3}.get(noun.medal or "")
        noun.data = {"position": position, "medal": noun.medal}
    text = head.text if start == head.start and end == head.end else ""
    return Chunk(kind, text or head.text, start, end, lemma=head.lemma, value=noun)
