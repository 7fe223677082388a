"""Words for several people where verbs of coaching have them: "both are coached by", "coaches the pair"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.lexicons import cues
from graph.extraction.quantities import SPELT
from graph.extraction.references import Reference

if TYPE_CHECKING:
    from graph.model import Sex

_GUIDING = cues("guiding")
_BELONGING = {"train", "work", "run", "be", "belong", "compete", "study"}
_COLLECTIVES: Final = {"pair": 2, "duo": 2, "couple": 2, "twins": 2, "trio": 3, "quartet": 4}
_NAMES: Final = {2: "both", 3: "trio", 4: "quartet"}
_BEHIND_OBJECT = ("and", "in", "at", "to", "with", "for", "as", "since", "until", "from", "too", "now")
_SIBLINGS: Final[dict[str, Sex]] = {"brothers": "M", "sisters": "F"}
_MEMBERS = {"athletes", "runners", "sprinters", "hurdlers", "siblings", "twins", *_SIBLINGS}


class _Collective(NamedTuple):
    """Where words for several people end, how many they are (0 is unknown), and their sex."""

    end: int
    number: int
    sex: Sex | None


def mark_collectives(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with such words as references where a verb of coaching or training stands on one side of them."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        if chunks[index].lemma == "her" and _is_guided(out) and _is_object(chunks, index):
            out.append(_made(chunks[index : index + 1], "her", Reference("others", sex="F")))
            index += 1
            continue
        found = _collective(chunks, index)
        guided = found is not None and _is_guided(out)
        if found is not None and (guided or _guided_behind(chunks, found.end)):
            meant = Reference("others" if guided else "group", sex=found.sex)
            out.append(_made(chunks[index : found.end], _NAMES.get(found.number, "they"), meant))
            index = found.end
        else:
            out.append(chunks[index])
            index += 1
    return out


def _made(said: list[Chunk], lemma: str, meant: Reference) -> Chunk:
    return Chunk("reference", said[0].text, said[0].start, said[-1].end, lemma, meant)


def _collective(chunks: list[Chunk], index: int) -> _Collective | None:
    """The words for several people that begin at `index`."""
    first, end, count = chunks[index], index + 1, 0
    if first.lemma in ("both", "them"):
        joint = first.lemma == "both" or lemma_at(chunks, end) == "both"
        count = 2 if joint else 0
        end += lemma_at(chunks, end) == "both"
    elif first.lemma in ("the", "all") and (counted := _count(at(chunks, end))):
        count, end = counted, end + 1
    elif first.lemma == "they" and any(c.lemma == "both" for c in chunks[end : end + 3]):
        count = 2
    elif (counted := _count(first)) and first.kind in ("role", "reference"):
        count = counted
    elif first.lemma != "the" or lemma_at(chunks, end) not in _SIBLINGS:
        return None
    if [lemma_at(chunks, end), lemma_at(chunks, end + 1)] == ["of", "them"]:
        return _Collective(end + 2, count, None)
    member = at(chunks, end) if first.lemma != "them" else None
    if member is None or not (member.kind == "sex" or member.lemma in _MEMBERS):
        return _Collective(end, count, None)
    return _Collective(end + 1, count, member.value if member.kind == "sex" else _SIBLINGS.get(member.lemma))


def _count(chunk: Chunk | None) -> int:
    if chunk is None or not chunk.text.islower():
        return 0
    return _COLLECTIVES.get(chunk.lemma, 0) or (SPELT.get(chunk.lemma, 0) if SPELT.get(chunk.lemma) in _NAMES else 0)


def _is_guided(out: list[Chunk]) -> bool:
    """A verb of coaching has them as its object."""
    return bool(out) and out[-1].kind == "verb" and out[-1].lemma in _GUIDING


def _is_object(chunks: list[Chunk], index: int) -> bool:
    """The "her" of "coaches her in Torrevale", not of "coaches her brother"."""
    after = at(chunks, index + 1)
    return after is None or after.kind == "punct" or after.lemma in _BEHIND_OBJECT


def _guided_behind(chunks: list[Chunk], index: int) -> bool:
    """ "are (both) coached", "train under": a verb of coaching has them as its subject."""
    row = [c for c in chunks[index : index + 4] if c.lemma not in ("both", "also", "now", "all", "still")]
    helped = next((i for i, c in enumerate(row) if c.lemma not in ("be", "have")), len(row))
    acting = at(row, helped)
    if acting is None or (acting.kind != "verb" and not helped):
        return False
    passive = helped > 0 and acting.kind == "verb" and acting.lemma in _GUIDING and acting.value in ("past", "pp")
    under = any(c.lemma == "under" for c in row[helped : helped + 2])
    return passive or (under and (helped > 0 or acting.lemma in _BELONGING))
