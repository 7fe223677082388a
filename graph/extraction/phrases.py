"""Results that noun phrases assert without a verb: "Otiwa's time was 3:29.38", "Vane's winning 47.27"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import at, lemma_at
from graph.extraction.complements import followers
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.references import owner_at, possessive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.quantities import Mark

_TITLES = {"champion", "champions", "champ", "titleholder", "title holder", "title-holder"}
_BEFORE_RANKED = cues("before_ranked")
_NOT_FOR = cues("medal_unreal")

_MARK_NOUNS = cues("mark_nouns")
_LINKS = {"of", "was", "is", ",", "be", "came", "come"}
_BEATING = cues("record_beating")
_TAKING = ("take", "win", "snatch", "grab", "steal", "wrest", "claim", "pinch", "nick", "secure", "clinch")
_PRAISE = ("final", "best", "own", "brilliant", "fine", "last")
_DESCRIBING = ("country", "demonym", "role", "age", "champion", "club", "place", "punct")
_UNREAL = cues("victory_unreal")
_LISTING = ("be", "include", ":")
_EARLIER = {"past", "previous", "former", "recent", "likely", "defending", "earlier"}
_FOR = ("for", "by", "from")
_PLACING = ("in", "at", "over", "from")
_EARNING = (
    "earn",
    "bring",
    "win",
    "secure",
    "give",
    "clinch",
    "claim",
    "take",
    "land",
    "seal",
    "put",
    "place",
    "leave",
)
_OWNING = ("'s", "'", "his", "her")
_OWNING = ("'s", "'", "his", "her")
_APART = {"in", "at", "of", "to", "for", "from", "with", "and", "who", "which"}
_TELLING = ("discipline", "sex", "series", "competition", "place", "round", "setting", "date")


def phrase_events(chunks: list[Chunk]) -> Iterator[Event]:
    """The events of one sentence's noun phrases, in order."""
    for index, chunk in enumerate(chunks):
        if chunk.lemma in _OWNING and (possessor := owner_at(chunks, index)) is not None:
            yield from _owned_mark(chunks, index, possessor)
        if chunk.lemma in ("winners", "victors"):
            yield from _winners(chunks, index)
        noun = chunk.value
        if not isinstance(noun, Noun):
            continue
        if chunk.kind == "champion":
            yield from _ranked(chunks, index, noun)
        if chunk.kind == "victory" and (owner := noun.owner or _owner_before(chunks, index)) is not None:
            yield from _victory(chunks, index, noun, owner)
        elif chunk.kind in ("crown", "victory", "medal"):
            yield from _on_the_way(chunks, index, noun)
            yield from _for_whom(chunks, index, noun)


def _owned_mark(chunks: list[Chunk], index: int, owner: Chunk) -> Iterator[Event]:
    """ "Otiwa's (winning) time was/of MARK", "Vane's winning MARK" """
    beaten = any(c.kind == "verb" and c.lemma in _BEATING for c in chunks[max(0, index - 4) : index])
    winning = named = False
    for probe in range(index + 1, min(index + 8, len(chunks))):
        chunk = chunks[probe]
        if chunk.kind == "ordinal" or chunk.lemma in ("-", "round"):  # "Otiwa's third-round effort of 8.12m"
            continue
        lower = chunk.text.lower()
        if beaten and chunk.lemma in ("mark", "record", "best"):
            return  # "bettered Otiwa's mark of 3:29.38": no result of the day
        if chunk.kind == "mark":
            alone = probe == index + 1 and (chunks[index].lemma == "'s" or _worth(chunks[probe + 1 : probe + 9]))
            if named or winning or alone:
                contest, position = describe(chunks[probe : probe + 8]), 1 if winning else None
                told = Event("result", owner, "result.owned-mark", contest, position=position, mark=chunk.value)
                _take_worth(told, chunks[probe + 1 : probe + 9])
                yield told
            return
        winning = winning or (lower in ("winning", "victorious") and chunk.lemma in ("winning", "win", "victorious"))
        named = named or lower in _MARK_NOUNS
        linking = lower in _LINKS or chunk.lemma in _LINKS or chunk.lemma in _PRAISE
        if not (winning or named or linking):
            return


def _worth(chunks: list[Chunk]) -> list[Chunk]:
    """What the mark before `chunks` was worth: "earned bronze", "was good enough for second", "was a personal best"."""
    if any(c.kind == "negation" for c in chunks[:4]):
        return []
    if lemma_at(chunks, 0) in _EARNING and chunks[0].value == "past":
        return chunks[1:4]
    if lemma_at(chunks, 0) != "be":
        return []
    if any(c.kind == "record" for c in chunks[1:3]):
        return chunks[1:3]
    enough = next((i for i, c in enumerate(chunks[:5]) if c.lemma in ("enough", "worth")), None)
    if enough is None or (chunks[enough].lemma == "enough" and lemma_at(chunks, enough + 1) != "for"):
        return []
    return chunks[enough + 1 + (chunks[enough].lemma == "enough") :][:3]


def _take_worth(event: Event, chunks: list[Chunk]) -> None:
    """ "Otiwa's 4:20.10 was good enough for second" """
    for chunk in _worth(chunks):
        if chunk.kind == "medal":
            event.medal = chunk.value.data
        elif chunk.kind in ("victory", "crown"):
            event.position = 1
        elif chunk.kind == "ordinal" and chunk.value:
            event.position = chunk.value
        elif chunk.kind in ("word", "reference"):
            continue
        return


def _ranked(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "ahead of runner-up Otiwa", "the eventual winner, Otiwa": a place in the race being told, before a name."""
    person = index + 1 + (lemma_at(chunks, index + 1) == "," and noun.definite == "the")
    position = noun.data.get("position")
    if (apposed := _apposed_to(chunks, index, noun)) is not None:
        person = apposed
    if person >= len(chunks) or chunks[person].kind != "person" or not position or chunks[index].lemma in _TITLES:
        return
    plain = not (any(noun.contests) or noun.status or noun.times or noun.ordinal or noun.demonym or noun.owner)
    before = chunks[index - 1] if index else None
    apart = person < index or before is None or before.kind in ("punct", "verb") or before.lemma in _BEFORE_RANKED
    if plain and apart and not any(c.kind in ("modal", "negation") for c in chunks):
        timed = person < index and lemma_at(chunks, index + 1) == "in"
        mark = chunks[index + 2].value if timed else None
        yield Event("result", chunks[person], "result.ranked", Contest(), position=position, mark=mark)


def _apposed_to(chunks: list[Chunk], index: int, noun: Noun) -> int | None:
    """Where the name stands in "behind Otiwa, a clear winner in 3:58.10"."""
    begin = index
    if noun.definite != "a":
        begin = next((i for i in range(index - 1, max(-1, index - 4), -1) if chunks[i].lemma in ("a", "an")), 0)
    if begin < 2 or chunks[begin - 1].text != "," or chunks[begin - 2].kind != "person":
        return None
    after = at(chunks, index + 1)
    timed = after is not None and after.lemma == "in" and (m := at(chunks, index + 2)) is not None and m.kind == "mark"
    return begin - 2 if after is None or after.kind == "punct" or timed else None


def _owner_before(chunks: list[Chunk], index: int) -> Chunk | None:
    """Whose the phrase at `index` is, with plain words between: "her comfortable victory", "Vane, whose big win"."""
    probe = index - 1
    while probe >= index - 3 and (here := at(chunks, probe)) is not None:
        if here.lemma == "whose":
            before = [c for c in chunks[max(0, probe - 2) : probe] if c.text != ","]
            return before[-1] if before and before[-1].kind == "person" else None
        if (owner := owner_at(chunks, probe)) is not None:
            return owner
        if here.kind != "word" or not here.text.islower() or here.lemma in _PLACING:
            return None
        probe -= 1
    return None


def _victory(chunks: list[Chunk], index: int, noun: Noun, owner: Chunk) -> Iterator[Event]:
    """ "Otiwa's victory in the Torrevale Marathon" """
    before = {c.lemma for c in chunks[max(0, index - 5) : index]}
    if before & _UNREAL or noun.data not in ("victory", "win", "triumph", "success"):
        return
    placed = lemma_at(chunks, index + 1) in _PLACING
    row = chunks[index + 1 : index + 9]
    contest = describe(row) if placed else Contest()
    inner = _inner(noun)
    if contest.disciplines or contest.competition or inner:
        beaten = followers(row, ("over", "from"), 4) if placed else []
        yield Event("result", owner, "result.victory-of", inner.over(contest), position=1, ahead=beaten)


def _on_the_way(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "on her way to the national and European titles": who is told by the owner of the way."""
    before = [c.lemma for c in chunks[max(0, index - 4) : index]]
    if before[-3:-1] != ["way", "to"] and before[-2:] != ["way", "to"]:
        return
    owner = next((c for c in chunks[max(0, index - 5) : index] if c.lemma in ("his", "her")), None)
    if owner is not None:
        medal = noun.data if noun.head == "medal" else None
        position = None if medal else 1
        for contest in noun.contests or [Contest()]:
            yield Event("result", possessive(owner), "result.on-the-way", contest, position=position, medal=medal)


def _for_whom(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "gold for Otiwa in the triple jump", "an 800m win by Vane", "silvers from Otiwa (400m) and Vane (1500m)" """
    prepositions = {"medal": ("for", "to", "from", "by"), "victory": ("for", "by")}.get(noun.head, ())
    begin = past_contest(chunks, index + 1)
    begin += lemma_at(chunks, begin) == "," and lemma_at(chunks, begin + 1) == "from"
    row = chunks[begin : begin + 9]
    plural = chunks[index].text.endswith("s")
    if not row or not (row[0].lemma in prepositions or (plural and row[0].lemma == "from")):
        return
    near = chunks[max(0, index - 6) : index]
    before = {c.text.lower() for c in near} | noun.words
    if not plural and row[0].lemma == "from" and any(c.kind == "verb" and c.lemma in _TAKING for c in near):
        return  # "snatched gold from Otiwa"
    if lemma_at(chunks, index - 1) in ("and", ","):  # "gold for Otiwa and bronze for Vane"
        before.discard("for")
    if before & _UNREAL or before & _NOT_FOR or any(c.kind == "modal" for c in chunks[begin : begin + 12]):
        return
    person = next((i for i, c in enumerate(row) if i and c.kind == "person"), None)
    if person is None or not _describes(row[1:person]):
        return
    medal = noun.data if noun.head == "medal" else None
    behind = begin + person + 1
    timed = lemma_at(chunks, behind) == "in" and (m := at(chunks, behind + 1)) is not None and m.kind == "mark"
    mark = chunks[behind + 1].value if timed and not plural else None
    for place, own, theirs in _each(chunks, begin + person, several=plural):
        contest = _inner(noun).over(own or describe(chunks[index + 1 : index + 12]))
        position = None if medal else 1
        told = theirs or (mark if place == begin + person else None)
        yield Event("result", chunks[place], "result.for-whom", contest, position=position, medal=medal, mark=told)


def _describes(chunks: list[Chunk]) -> bool:
    """Only a description stands before the name: "by the ever improving Otiwa"."""
    if all(c.kind in _DESCRIBING for c in chunks):
        return True
    plain = all(c.kind in _DESCRIBING or (c.kind in ("word", "verb") and c.text.islower()) for c in chunks)
    return plain and len(chunks) < 6 and chunks[0].lemma == "the" and not any(c.lemma in _APART for c in chunks)


def _winners(chunks: list[Chunk], index: int) -> Iterator[Event]:
    """ "Other winners were Otiwa (200m) and Vane in the mile": whoever has a discipline of his own."""
    verb = at(chunks, index + 1)
    if verb is None or {c.lemma for c in chunks[max(0, index - 3) : index]} & (_UNREAL | _EARLIER):
        return
    if verb.lemma not in _LISTING or any(c.kind in ("modal", "negation") for c in chunks):
        return
    first = next((i for i in range(index + 2, index + 6) if (c := at(chunks, i)) and c.kind == "person"), len(chunks))
    if all(c.kind in _DESCRIBING for c in chunks[index + 2 : first]):
        for place, own, mark in _each(chunks, first, several=True):
            if own.disciplines:
                yield Event("result", chunks[place], "result.winners-were", own, position=1, mark=mark)


def _each(chunks: list[Chunk], place: int, *, several: bool) -> Iterator[tuple[int, Contest, Mark | None]]:
    """Each person of a list from `place` on, with the contest and mark told right behind the name."""
    first = place
    while place < len(chunks) and chunks[place].kind == "person":
        after = _past_told(chunks, place + 1, several=several or place > first)
        told = chunks[place + 1 : after]
        marks = [c.value for c in told if c.kind == "mark"]
        yield place, describe(told), marks[0] if len(marks) == 1 else None
        again = at(chunks, after + 1)
        more = several or (again is not None and again.lemma in _FOR)
        if not more or lemma_at(chunks, after) not in ("and", ",", "&", ";"):
            return
        after += again is not None and again.lemma in _FOR
        place = next(
            (i for i in range(after + 1, after + 4) if (c := at(chunks, i)) and c.kind == "person"), len(chunks)
        )
        if any(c.kind not in _DESCRIBING for c in chunks[after + 1 : place]):
            return


def _past_told(chunks: list[Chunk], start: int, *, several: bool) -> int:
    """Where ends what stands behind the name of a list: "(200m)", "in the mile (3:51.10)", "in 3:51.10"."""
    end = start
    while (here := at(chunks, end)) is not None:
        behind = at(chunks, end + 1)
        close = next((i for i in range(end, min(end + 7, len(chunks))) if chunks[i].text == ")"), None)
        if here.lemma == "(" and close is not None:
            end = close + 1
        elif several and here.lemma in ("in", "with") and behind is not None and behind.kind == "mark":
            end += 2
        elif (step := _contest_end(chunks, end)) > end and (several or _goes_on(chunks, step)):
            end = step
        else:
            break
    return end


def _goes_on(chunks: list[Chunk], index: int) -> bool:
    """ "gold for Otiwa in the mile and for Vane in the 800m" """
    return lemma_at(chunks, index) in ("and", ",") and lemma_at(chunks, index + 1) in _FOR


def _contest_end(chunks: list[Chunk], start: int) -> int:
    """Where the words of a contest that begin at `start` end: "in the women's mile"."""
    end = start
    while end < len(chunks) and (
        chunks[end].kind in _TELLING or chunks[end].lemma in ("in", "at", "over", "the", "'s")
    ):
        end += 1
    while end > start and chunks[end - 1].lemma in ("in", "at", "over", "the"):
        end -= 1
    return end if lemma_at(chunks, start) in ("in", "at", "over") else start


def past_contest(chunks: list[Chunk], start: int) -> int:
    """Where the words that say in which contest end: "victory in the women's mile for Otiwa"."""
    end = start
    if lemma_at(chunks, end) not in ("in", "at", "over"):
        return start
    while (here := at(chunks, end)) is not None and end < start + 7:
        if here.lemma == "for":
            return end
        if here.kind not in _TELLING and here.lemma not in ("in", "at", "over", "the", "'s"):
            return start
        end += 1
    return start


def _inner(noun: Noun) -> Contest:
    """What the phrase itself says of its contest."""
    return noun.contests[0] if noun.contests else Contest()
