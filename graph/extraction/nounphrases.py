"""Noun phrases are closed first: what stands inside "the Olympic 1500m champion" says nothing of the race being told.

A closed phrase becomes one chunk whose value is a `Noun`: a title ("champion"), a record, a medal, a crown ("the AAAs
long jump title"), a victory, a role ("British hurdler") or a coach, with what its words say of contests.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import Contest, contests_of
from graph.extraction.lexicons import cues
from graph.extraction.quantities import SPELT

HEADS: Final = {"champion", "medallist", "holder", "record", "bare_record", "medal", "crown", "victory", "role",
                "coach", "official"}  # fmt: skip
"""Kinds of chunk that a closed phrase has as its head."""
_ABSORBED_LEFT = {"level", "series", "discipline", "sex", "year", "demonym", "country", "setting", "surface",
                  "category", "status", "multiple", "medal", "distance", "round", "place", "competition", "record",
                  "bare_record", "club"}  # fmt: skip
_ABSORBED_RIGHT = {"discipline", "year", "series", "competition", "place", "sex", "surface", "setting", "distance",
                   "level", "date", "category", "round"}  # fmt: skip
_ADJECTIVES = cues("adjectives")
_RECORD_KINDS = {"level", "demonym", "country", "setting", "series", "discipline", "category", "competition"}
_AFTER_BEST = ("of", "to", "from", "by", ",", ".", "in", "with", "for", "and")
_POSSESSORS = ("sex", "country", "series", "level", "competition", "date", "place")
_JOINED_LEFT = ("level", "discipline", "series", "year", "demonym", "competition")
_JOINED_RIGHT = ("level", "discipline", "series", "setting", "year", "demonym", "competition", "medal")
_GOVERNORS = ("in", "at", "on", "from", "of", "for", "to")
_RIGHT_PREPOSITIONS = {"over", "in", "of", "at", "for", "from", "on"}
_NOT_COMPLEMENT = {"crown": ("at", "on"), "champion": ("from",), "medallist": ("from",)}
_ARTICLES = ("the", "both", "this", "last", "a", "men", "women", "'s", "inaugural")
_OF_THE_RACE = ("place", "date", "series", "competition", "year", "round")
_COMPOUNDED = {"word", "verb", "number", "age", "ordinal"}
_TIMES = {"triple": 3, "treble": 3, "quadruple": 4}
_RANKS = {"junior": ("category", "U20"), "senior": ("word", None), "veteran": ("word", None),
          "double": ("multiple", "double"), "treble": ("multiple", "treble")}  # fmt: skip
_BETWEEN_RANK = ("level", "category", "demonym", "country", "series", "year", "surface", "medal")
_WON = ("medal", "crown", "victory", "champion")
_RANKED = {"champion", "medallist", "holder", "record", "bare_record", "medal", "crown"}
_PLACES = {"gold": 1, "silver": 2, "bronze": 3}


@dataclass(slots=True)
class Noun:
    """A closed phrase. `contests` is what it says of contests, one entry per contest; `owner` whose it is.

    `data` depends on the head: a champion's `position` and `medal`, a record's kind, a medal's colour, a
    role's discipline.
    `definite` is the article before the phrase, `words` are the lemmas inside it.
    """

    head: str
    data: Any
    contests: list[Contest] = field(default_factory=list)
    owner: Chunk | None = None
    demonym: str | None = None
    status: str | None = None
    times: int | None = None
    definite: str = ""
    ordinal: int | None = None
    club: Chunk | None = None
    words: frozenset[str] = frozenset()


def close_phrases(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with each closed noun phrase as one chunk."""
    chunks = [c for i, c in enumerate(chunks) if not (c.lemma == "-" and _is_inside_holder(chunks, i))]
    out: list[Chunk] = []
    index, left_open = 0, False
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.kind not in HEADS:
            out.append(chunk)
            index += 1
            continue
        if chunk.lemma in _RANKS and chunk.kind in ("role", "victory") and _ranks(chunks, index):
            chunk = replace(chunk, kind=_RANKS[chunk.lemma][0], value=_RANKS[chunk.lemma][1])
        if chunk.kind not in HEADS or _is_modifier(chunks, index):
            left_open = left_open or chunk.kind in _WON
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
    return [_as_word(c) for c in out] if left_open else out


def _as_word(chunk: Chunk) -> Chunk:
    """The "silver" of "the silver's medallist", which no phrase took in, is a mere word."""
    stays = chunk.kind not in _WON or isinstance(chunk.value, Noun)
    return chunk if stays else replace(chunk, kind="word", value=None)


def _ranks(chunks: list[Chunk], index: int) -> bool:
    """The "junior" of "the world junior 200m champion" is no runner, but of which age the champion is."""
    row = chunks[index + 1 : index + 7]
    after = next((c for c in row if not _stands_inside(c) and c.kind not in _BETWEEN_RANK), None)
    bearing = ("champion", "medallist") if chunks[index].kind == "victory" else _RANKED
    return after is not None and after.kind in bearing


def _is_inside_holder(chunks: list[Chunk], index: int) -> bool:
    """The hyphen of "world record-holder"."""
    before, after = at(chunks, index - 1), at(chunks, index + 1)
    if before is None or after is None:
        return False
    return before.kind in ("record", "bare_record") and after.kind == "holder"


def _is_modifier(chunks: list[Chunk], index: int) -> bool:
    """A head inside a larger phrase: the "world record" of "world record holder"."""
    kind, following = chunks[index].kind, index + 1
    while following < min(len(chunks), index + 5) and _stands_inside(chunks[following]):
        following += 1
    after = at(chunks, following)
    if after is None:
        return False
    if kind in ("medal", "record", "bare_record"):
        return after.kind == ("medallist" if kind == "medal" else "holder")
    return kind in ("role", "coach") and following == index + 1 and after.kind in ("role", "coach", "official")


def _stands_inside(chunk: Chunk) -> bool:
    """Between modifier and head: the "heptathlon" of "bronze heptathlon medallist"."""
    return chunk.kind in ("discipline", "sex", "setting") or chunk.lemma == "'s"


def _is_record(out: list[Chunk], left: int, chunks: list[Chunk], index: int) -> bool:
    """ "record", "mark" and "best" count with a level, demonym or owner before them; "best" alone is a word."""
    inside = {c.kind for c in out[left:]}
    owner = lemma_at(out, left - 1) in ("'s", "his", "her", "their", "its")
    following = at(chunks, index + 1)
    if chunks[index].lemma == "record":
        held = following is not None and following.kind == "holder"
        old = any(c.lemma in ("previous", "old", "existing") for c in out[left:])
        return owner or held or old or not inside.isdisjoint(_RECORD_KINDS)
    if chunks[index].lemma == "best":
        ended = following is None or following.lemma in _AFTER_BEST
        return owner and ended and not inside - {"discipline", "year", "setting"}
    if owner and inside and inside <= {"year", "status"}:
        return True  # "Otiwa's 2014 mark"
    told = following is not None and following.lemma in ("of", "set", "by", ",", ".", "with")
    return told and left > 0 and not inside.isdisjoint({"level", "demonym"})


def _left(out: list[Chunk]) -> int:
    """How far left of the head its modifiers reach in `out`."""
    left = len(out)
    while left > 0 and (size := _modifier(out, left)):
        left -= size
    # A place or country that something else governs is not part of the phrase: "in Athens gold".
    while 0 < left < len(out) and out[left].kind in ("place", "round", "date") and out[left - 1].lemma in _GOVERNORS:
        left += 1
    return left


def _modifier(out: list[Chunk], left: int) -> int:
    """How many chunks before `left` modify the head; 0 where none does."""
    chunk, before = out[left - 1], at(out, left - 2)
    inner = at(out, left)  # the modifier found last
    if chunk.kind in _ABSORBED_LEFT and not isinstance(chunk.value, Noun):
        return 1
    if chunk.kind == "ordinal" and (inner is None or inner.kind != "place"):
        return 1
    if chunk.lemma in _ADJECTIVES or chunk.kind == "age" or (chunk.kind == "number" and len(chunk.text) == 1):
        return 1
    if before is None:
        return 0
    if chunk.lemma in ("'s", "'"):
        return 2 if before.kind in _POSSESSORS else 0
    if chunk.kind in _COMPOUNDED and before.text == "-" and before.start == out[left - 3].end:
        return _compound(out, left)
    if inner is None:
        return 0
    joins = chunk.lemma in ("and", "&", "/") and before.kind in _JOINED_LEFT and inner.kind in _JOINED_RIGHT
    return 1 if chunk.lemma == "-" or joins else 0


def _compound(out: list[Chunk], left: int) -> int:
    """How many chunks before `left` are one hyphenated word: "long-standing", "13-year-old"."""
    size = 1
    while left - size >= 2 and out[left - size - 1].text == "-" and out[left - size - 1].end == out[left - size].start:
        size += 2
    return size if all(c.kind in _COMPOUNDED or c.text == "-" for c in out[left - size : left]) else 0


def _right(chunks: list[Chunk], start: int, head: str) -> int:
    """How far right of the head its complements reach: "over 5,000m", "in 2001 and 2002", "of the Vale Marathon"."""
    end = start
    if head in ("role", "official", "victory", "medal"):
        return end
    while end < len(chunks) and chunks[end].lemma in _RIGHT_PREPOSITIONS:
        probe = end + 1
        while lemma_at(chunks, probe) in _ARTICLES:
            probe += 1
        complement = at(chunks, probe)
        if complement is None or complement.kind not in _ABSORBED_RIGHT:
            break
        barred = chunks[end].lemma in _NOT_COMPLEMENT.get(head, ())
        if barred and (head == "crown" or complement.kind not in ("series", "competition", "year")):
            break
        if head in ("record", "bare_record", "crown") and complement.kind in _OF_THE_RACE:
            break
        end = _series_of(chunks, probe)
    return end


def _series_of(chunks: list[Chunk], index: int) -> int:
    """The end of a list of complements: "2001 and 2002", "the 100m and 200m"."""
    index += 1
    while index < len(chunks):
        chunk, before, after = chunks[index], chunks[index - 1], at(chunks, index + 1)
        if chunk.kind in _ABSORBED_RIGHT and before.kind in _ABSORBED_RIGHT:
            index += 1
        elif chunk.lemma in ("and", ",", "&") and after is not None and _is_listed(before, after):
            index += 2
        elif chunk.lemma == "'s" and before.kind == "sex":
            index += 1
        else:
            break
    return index


def _is_listed(before: Chunk, after: Chunk) -> bool:
    return before.kind == after.kind and after.kind in ("year", "discipline")


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


def _owners(inside: list[Chunk]) -> list[Chunk]:
    """Countries that possess: "Norway's champion" comes from there, and is champion of whatever is told."""
    return [c for c, link in itertools.pairwise(inside) if c.kind == "country" and link.lemma in ("'s", "'")]


def _may_be_national(head: Chunk) -> bool:
    """Whether a nationality before the head names a championship: the British title, no British bronze medallist."""
    if head.kind == "crown":
        return True
    return head.lemma in ("champion", "champions", "champ", "title holder", "titleholder", "title-holder")


def _closed(head: Chunk, inside: list[Chunk], after: list[Chunk], owner: Chunk | None) -> Chunk:
    """The phrase as one chunk."""
    body = [c for c in inside if c.lemma not in ("the", "a", "an", "'s", "'")]
    noun = Noun(head.kind, head.value, owner=owner, words=frozenset(c.lemma for c in inside))
    noun.definite = inside[0].lemma if inside and inside[0].lemma in ("the", "a", "an") else ""
    medal = None
    for chunk in body:
        if chunk.kind in ("demonym", "country"):
            noun.demonym = chunk.value
        elif chunk.kind == "ordinal":
            noun.ordinal = chunk.value
        elif chunk.kind == "status":
            noun.status = noun.status or chunk.value
        elif chunk.kind == "medal":
            medal = chunk.value
        elif chunk.kind == "multiple":
            noun.times = _times(chunk.lemma)
        elif chunk.kind == "club":
            noun.club = chunk
    said = [c for c in body if c not in _owners(inside)] + [c for c in after if c.kind in _ABSORBED_RIGHT]
    noun.contests = contests_of(said, national=_may_be_national(head))
    if head.kind == "holder":
        noun.data = next((c.value for c in body if c.kind == "record" and c.value is not None), noun.data)
    elif head.kind == "medallist":
        noun.data = {"position": _PLACES.get(medal or ""), "medal": medal}
    kind = {"medallist": "champion", "bare_record": "record"}.get(head.kind, head.kind)
    start, end = inside[0].start if inside else head.start, after[-1].end if after else head.end
    return Chunk(kind, head.text, start, end, lemma=head.lemma, value=noun)


def _times(lemma: str) -> int:
    """How often: of "three-time", "12-times", "treble"; twice where the word does not say."""
    count = lemma.replace("-", " ").split()[0]
    return _TIMES.get(count) or SPELT.get(count) or (int(count) if count.isdecimal() else 2)


def date_title(noun: Noun, inside: list[Chunk]) -> None:
    """Give a title the years of the parenthesis behind it: "a former U20 champion (2015, 2017)"."""
    if all(c.kind == "year" or c.lemma in (",", "and", "&") for c in inside):
        years = [c.value.year for c in inside if c.kind == "year"]
        dated = [c._replace(year=c.year or year) for c in noun.contests for year in years]
        noun.contests = list(dict.fromkeys(dated)) or noun.contests
