"""Who came home where, as the sentence turns it: "First woman home was Vane in 33:10", "Vane, followed by Brandt"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import PERSONS, Chunk, lemma_at
from graph.extraction.complements import belongs_elsewhere, complement_of, persons_behind
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event, beside
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.quantities import SPELT
from graph.extraction.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.clauses import Clause
    from graph.model import Sex

_HOMING = cues("homing")
_SEXES: dict[str, Sex] = {"man": "M", "male": "M", "boy": "M", "woman": "F", "female": "F", "lady": "F", "girl": "F"}
_SETTING = ("discipline", "series", "competition", "place", "date", "year", "distance")
_WINNERS = ("winner", "victor", "runner-up")
_UNDER_WAY = {"bell", "halfway", "front", "pace", "lap", "laps", "lead", "go"}
_COMPLETING = {"complete", "round", "fill", "make", "seal", "close"}


def finish_events(clause: Clause) -> Iterator[Event]:
    """What a clause tells of finishes in such turns."""
    if clause.verb is None or not clause.asserted:
        return
    if clause.verb.lemma in ("be", "come") and not clause.subjects:
        yield from _homecoming(clause)
    if clause.verb.lemma == "be":
        yield from _won_by(clause)
    if clause.verb.lemma == "follow" and clause.passive and not _is_under_way(clause):
        yield from _followers(clause)
    elif clause.verb.lemma in _COMPLETING and clause.subjects:
        yield from _last_places(clause)


def _homecoming(clause: Clause) -> Iterator[Event]:
    """ "First woman home was Vane in 33:10"; of "the first Briton home" the place is told behind the name, if ever."""
    before = [c for c in clause.before if c.kind not in _SETTING and c.lemma not in ("the", "in", "at")]
    if not before or before[0].kind != "ordinal" or not clause.after or clause.after[0].kind not in PERSONS:
        return
    if before[0].value == 1 and len(before) > 1 and before[1].lemma in SPELT:
        yield from _first_few(clause, SPELT[before[1].lemma], [c.lemma for c in before[2:]])
        return
    words = [c.lemma for c in before[1:]]
    sex = next((_SEXES[w] for w in words if w in _SEXES), None)
    homing = [w for w in words if w in _HOMING]
    others = [w for w in words if w not in _HOMING and w not in _SEXES and w != "-"]
    mark = complement_of(clause, "mark")
    turned = homing or (sex is not None and mark is not None)
    if not turned or len(others) > 2 or any(c.kind == "verb" and c.lemma not in _HOMING for c in before):
        return
    place = before[0].value if not others else None
    if place is None:
        ordinal = complement_of(clause, "ordinal")
        place = ordinal.value if ordinal is not None else None
    if place is None and mark is None:
        return
    contest = Contest(sex=sex).over(describe(clause.after)) if not others else describe(clause.after)
    told = mark.value if mark is not None else beside(clause.after[0])
    yield Event("result", clause.after[0], "result.homecoming", contest, position=place, mark=told)


def _first_few(clause: Clause, number: int, words: list[str]) -> Iterator[Event]:
    """ "The first three (men) home were Vane, Brandt and Falk" """
    people = [c for c in clause.after if c.kind in PERSONS]
    if len(people) != number or not set(words) & _HOMING or set(words) - _HOMING - {"men", "women", "'s", "finishers"}:
        return
    for place, person in enumerate(people, 1):
        yield Event("result", person, "result.homecoming", describe(clause.chunks), position=place, mark=beside(person))


def _won_by(clause: Clause) -> Iterator[Event]:
    """ "The winner of the women's race was Vane in 33:10": a title that is the subject."""
    if not clause.after or clause.after[0].kind not in PERSONS:
        return
    telling = [c for c in clause.before if c.lemma not in ("race", "run")]
    before = [c for c in telling if c.kind in ("champion", "role", "verb", "victory", "record", *PERSONS)]
    title = before[-1] if before else None
    if title is None or title.lemma not in _WINNERS:
        return
    noun = title.value.noun if isinstance(title.value, Reference) else title.value
    if not isinstance(noun, Noun):
        return
    if noun.status or noun.times or noun.demonym or noun.owner is not None or any(c.year for c in noun.contests):
        return
    contest = next(iter(noun.contests), Contest()).over(describe(clause.chunks))
    mark = complement_of(clause, "mark")
    told = mark.value if mark is not None else beside(clause.after[0])
    position = noun.data["position"]
    yield Event("result", clause.after[0], "result.winner-was", contest, position=position, mark=told)


def _is_under_way(clause: Clause) -> bool:
    """ "went to the front with seven laps to go, followed by Brandt": no order of finishing."""
    before = [*(clause.previous.chunks if clause.previous is not None else ()), *clause.before]
    return any(c.lemma in _UNDER_WAY for c in before)


def _followers(clause: Clause) -> Iterator[Event]:
    """ "was followed (home) by Brandt in 33:12 and Falk": next to whoever is followed, if his place is known."""
    people = [p for p in persons_behind(clause, "by") if not _is_team(p)]
    for number, person in enumerate(people, 1):
        begin = clause.after.index(person) + 1
        end = clause.after.index(people[number]) if number < len(people) else len(clause.after)
        told = clause.after[begin:end]
        place = next(
            (c.value for i, c in enumerate(told) if c.kind == "ordinal" and not belongs_elsewhere(told, i)), None
        )
        mark = beside(person) or next((c.value for c in told if c.kind == "mark"), None)
        follows = 0 if place is not None else number
        yield Event(
            "result", person, "result.followed", describe(told), position=place, mark=mark, behind=clause.subjects[:1],
            follows=follows,
        )  # fmt: skip


def _is_team(chunk: Chunk) -> bool:
    """A name with points in parentheses: "followed by Norbridge (40)"."""
    return any(i.kind == "aside" and [c.kind for c in i.value] == ["number"] for i in chunk.inner)


def _last_places(clause: Clause) -> Iterator[Event]:
    """ "Vane and Brandt completed the top five", "Falk rounded out the podium": the last places of so many."""
    size = _top(clause.after[:5])
    if size is None or len(clause.subjects) >= size:
        return
    for number, person in enumerate(clause.subjects):
        place = size - len(clause.subjects) + 1 + number
        yield Event("result", person, "result.completed", describe(clause.after), position=place, mark=beside(person))


def _top(chunks: list[Chunk]) -> int | None:
    for index, chunk in enumerate(chunks):
        if chunk.lemma == "podium":
            return 3
        if chunk.lemma == "top":
            word = lemma_at(chunks, index + 1)
            return SPELT.get(word) or (int(word) if word.isdecimal() else None)
    return None
