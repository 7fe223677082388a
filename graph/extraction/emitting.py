"""The results that a clause asserts: the frames that fit it, and what each of them says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.careers import is_bygone, is_often
from graph.extraction.chunks import PERSONS, Chunk, at, lemma_at
from graph.extraction.complements import (
    belongs_elsewhere,
    complement_of,
    followers,
    is_passing,
    object_of,
    opening_mark,
    persons_after,
    persons_behind,
    toward,
)
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event, beside, contest_beside
from graph.extraction.frames import candidates
from graph.extraction.nounphrases import Noun
from graph.extraction.occasions import at_the_time, occasions, when
from graph.extraction.spreading import medals_shared, nouns, told_behind, varied

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.frames import Frame
    from graph.extraction.quantities import Mark


def result_events(clause: Clause) -> list[Event]:
    """The results that one clause asserts."""
    frames = list(candidates("results", clause))
    if not frames:
        return []
    passing = is_passing(clause)
    events = _united([e for f in frames if not (passing and _tells_way(f)) for e in _emit(f, clause)])
    if is_bygone(clause):
        events = [e for e in events if e.contest.competition or e.contest.year]
    if _tells_best(clause):
        events = [e for e in events if e.rule != "result.mark"]
    often, opening = is_often(clause), opening_mark(clause)
    for event in events:
        if opening is not None and (event.position or event.medal) and event.who in clause.subjects[:1]:
            event.mark = event.mark or opening
        event.career = event.contest.year is None and (often or event.career)
        event.mark = event.mark or beside(event.who)
        own = contest_beside(event.who)
        event.contest = at_the_time(own.over(event.contest) if own is not None else event.contest, when(clause))
    return events


_NARROWLY = ("pip", "edge", "nudge", "outsprint", "outlean", "outdip", "outkick")
_PUSHING = ("push", "relegate", "force", "consign", "demote", "bump", "drop")
_NEXT = {"gold": 2, "silver": 3, "bronze": 4}


def _tells_best(clause: Clause) -> bool:
    """ "her best for the mile is 4:20.10", "has a best of 4:20.10": no race of the day."""
    side = clause.before if clause.has_verb("be") else clause.after if clause.has_verb("have", "own", "boast") else []
    end = next((i for i, c in enumerate(side) if c.kind == "mark"), len(side))
    return any(c.kind in ("record", "bare_record") for c in side[:end])


def _tells_way(frame: Frame) -> bool:
    """Whether what the frame reads may be a place or time on the way."""
    emits = frame.emits
    return emits.get("position") == "ordinal" or set(emits) == {"who"} or bool(frame.behind or frame.particle == "past")


def race_contest(clause: Clause) -> Contest:
    """What the clause says of the race it tells of: its loose words, completed by a title, victory or medal."""
    earlier = next((i for i, c in enumerate(clause.chunks) if c.lemma == "after"), None)
    contest = describe(clause.chunks[:earlier])  # "won the title, after those of Norbridge and Torrevale"
    own = describe(clause.after).disciplines if clause.before and earlier is None else ()
    if own:  # "fresh from the 800m, Vane was fifth in the mile"
        contest = contest._replace(disciplines=own)
    inverted = clause.verb is not None and not clause.subjects  # "the silver medal in the mile was won by Vane"
    for noun in nouns(clause.chunks if inverted else clause.after):
        if any(noun.contests):
            inner = noun.contests[0]
            contest = inner._replace(competition=contest.competition or inner.competition).over(contest)
        elif noun.head == "crown" and contest.competition is None:
            contest = contest.over(_same_title(clause.previous))
    return contest


def _same_title(clause: Clause | None) -> Contest:
    """The contest of the title told before in the sentence: "a European champion, Vane won the title in 2016"."""
    while clause is not None:
        for chunk in reversed(clause.after):
            held = chunk.value.contests if isinstance(chunk.value, Noun) and chunk.kind in ("champion", "crown") else []
            if len(held) == 1 and held[0].competition is not None:
                return held[0]._replace(year=None, place=None, day=None)
        clause = clause.previous
    return Contest()


def _emit(frame: Frame, clause: Clause) -> list[Event]:
    """The events of one frame."""
    emits = frame.emits
    who = _who(frame, clause)
    mark = complement_of(clause, "mark")
    base = Event("result", Chunk("none", "", 0, 0), frame.id, race_contest(clause), mark=mark.value if mark else None)
    if emits.get("position") == "ordinal":
        return _placed(frame, clause, who, base)
    if mark is not None and set(emits) == {"who"} and _is_winning(clause.after, mark):
        base.position = 1
        return varied(clause, who, base)
    if emits.get("position") == "before":
        _take_from_before(clause, base)
    else:
        base.position = emits.get("position")
    if emits.get("won"):
        return _handed(clause, base)
    if emits.get("medal"):
        found = object_of(clause, ("medal",)) if emits["medal"] == "object" else toward(clause, ("medal",))
        return _medals(clause, who, base, found) if isinstance(found, Chunk) else []
    if "outcome" in emits:
        base.position, base.mark = emits["outcome"], None
    if clause.has_verb("win", "take", "steal", "snatch", "grab") and base.position == 1:
        base.ahead = base.ahead or _won_from(clause.after)
    if emits.get("ahead"):
        of = emits["ahead"] == "ahead"
        base.ahead = followers(clause.after, ("ahead",), 4) if of else persons_after(clause)
        _take_places(clause, base)
        if not who:  # whoever won is not named, who was beaten is
            who = [chunk for chunk in base.ahead if chunk.kind == "person"]
            place = next(iter(base.beaten_into), None)
            base = replace(base, ahead=[], position=place, medal=None, mark=None, beaten_into=())
    if emits.get("behind") == "by":
        return _beaten(clause, who, base)
    if emits.get("behind"):
        base.behind = followers(clause.after, ("behind",)) if emits["behind"] == "behind" else persons_after(clause)
    return varied(clause, who, base)


def _handed(clause: Clause, base: Event) -> list[Event]:
    """ "a throw of 61.20m earned him silver": who gets what."""
    who = next((i for i, c in enumerate(clause.after) if c.kind in PERSONS), 0)
    won = next((c for c in clause.after[who + 1 : who + 4] if c.kind in ("medal", "crown", "victory")), None)
    if won is None:
        return []
    base.medal = won.value.data if won.kind == "medal" else None
    base.position = None if base.medal else 1
    worth = [c.value for c in clause.before if c.kind == "mark"]
    if len(worth) == 1 and not any(c.kind in PERSONS for c in clause.before):
        base.mark = base.mark or worth[0]
    return [replace(base, who=clause.after[who])]


def _won_from(chunks: list[Chunk]) -> list[Chunk]:
    """The beaten of "won the mile from Otiwa and Vane"; not of "won after a trip from Norbridge"."""
    end = next((i for i, c in enumerate(chunks) if c.lemma in ("from", "over")), None)
    if end is None or any((c.kind == "punct" and c.lemma != "'s") or c.lemma == "after" for c in chunks[:end]):
        return []
    return followers(chunks, ("from", "over"), 4)


def _beaten(clause: Clause, who: list[Chunk], base: Event) -> list[Event]:
    """ "was beaten into second by Vane", "was pipped for gold by Vane in 3:51.10": the mark is the winner's."""
    winners = persons_behind(clause, "by")
    place = next((i for i, c in enumerate(clause.after) if c.kind in ("ordinal", "medal", "crown", "victory")), None)
    before = lemma_at(clause.after, (place or 0) - 1)
    behind = next((i for i, c in enumerate(clause.after) if c in winners), 0)
    later = next((c.value for c in clause.after[behind:] if c.kind == "mark"), None)
    theirs = replace(base, mark=later)
    base = replace(base, mark=base.mark if base.mark is not later else None)
    if place is not None and before in ("for", "to", "into"):
        lost = clause.after[place]
        if lost.kind == "ordinal" and before == "into" and lost.value > 1:
            theirs.position = lost.value - 1
        if lost.kind == "ordinal" and (before == "into" or (before == "to" and clause.has_verb(*_PUSHING))):
            base.position = lost.value
        elif lost.kind != "ordinal":
            theirs.medal = lost.value.data if lost.kind == "medal" else None
            theirs.position = None if theirs.medal else 1
            base.position = _NEXT.get(theirs.medal or "gold") if clause.has_verb(*_NARROWLY) else None
    if not winners and base.position is None:
        return []
    told = [replace(theirs, who=w) for w in winners if theirs.mark or theirs.medal or theirs.position]
    return [*varied(clause, who, replace(base, behind=winners)), *told]


def _is_winning(chunks: list[Chunk], mark: Chunk) -> bool:
    """ "in a winning time of 3:58.10" """
    place = next(i for i, c in enumerate(chunks) if c is mark)
    return any(c.text.lower() == "winning" for c in chunks[max(0, place - 4) : place])


def _who(frame: Frame, clause: Clause) -> list[Chunk]:
    """Whose results the frame tells."""
    role = frame.emits.get("who", "subject")
    if role == "subject":
        return clause.subjects
    if role == "both":
        return [*clause.subjects, *persons_behind(clause, "with")[:1]]
    if role == "by":
        return persons_behind(clause, "by")
    if role == "object":
        return persons_after(clause)
    return persons_behind(clause, frame.particle or "to")[:1]


def _take_from_before(clause: Clause, base: Event) -> None:
    """ "Gold in the 800m went to Otiwa": medal or place stand before the verb."""
    base.medal = next((c.value.data for c in clause.before if c.kind == "medal"), None)
    place = next((c.value for c in clause.before if c.kind == "ordinal"), 1)
    base.position = None if base.medal else place
    base.ahead = followers(clause.after, ("ahead",), 4)


def _take_places(clause: Clause, base: Event) -> None:
    """ "beat Vane to the title", "edged Vane for third", "beat Vane into second", "denied Vane bronze" """
    after = clause.after
    title = next((i for i, c in enumerate(after) if c.kind in ("crown", "victory", "medal")), None)
    won = title is not None and (
        lemma_at(after, title - 1) in ("to", "for") or (clause.has_verb("deny") and at(after, title - 1) in base.ahead)
    )
    if title is not None and won:
        base.medal = after[title].value.data if after[title].kind == "medal" else None
        base.position = None if base.medal else 1
    place = next((i for i, c in enumerate(after) if c.kind == "ordinal" and i and after[i - 1].lemma == "for"), None)
    if place is not None and base.position is None and not base.medal and not belongs_elsewhere(after, place):
        base.position = after[place].value
    into = next(
        (i for i, c in enumerate(after[:-1]) if c.lemma in ("into", "to") and after[i + 1].kind == "ordinal"), None
    )
    if into is not None and (after[into].lemma == "into" or len(base.ahead) > 1):
        places = [c.value for c in after[into + 1 : into + 2 * len(base.ahead)] if c.kind == "ordinal"]
        marks = [c.value for c in after[into:] if c.kind == "mark"]
        base.beaten_into = tuple(places)
        if len(marks) == len(places) == len(base.ahead) > 1:  # "edged A and B to second and third in X and Y"
            base.beaten_in, base.mark = tuple(marks), None


def _medals(clause: Clause, who: list[Chunk], base: Event, first: Chunk) -> list[Event]:
    """One event for each medal in the object and what is listed after it."""
    if "team" in first.value.words or (first.lemma.endswith("s") and clause.has_verb("have")):
        return []  # "has two golds" counts a career
    if shared := medals_shared(clause.after, who, base):
        return shared
    events = []
    alone = sum(c.kind in ("medal", "crown") for c in clause.after) == 1
    for chunk in clause.after[clause.after.index(first) :]:
        if chunk.lemma in ("after", "ahead", "behind", "before", "while"):
            break
        if chunk.kind not in ("medal", "crown"):
            continue
        loose = base.contest if chunk is first else told_behind(clause.after, chunk)
        mark = base.mark if chunk is first else None
        medal = chunk.value.data if chunk.kind == "medal" else None
        for contest in chunk.value.contests or [Contest()]:
            # the race's own words win over those of the medal for the competition only
            merged = contest._replace(competition=contest.competition or loose.competition).over(loose)
            won = replace(base, medal=medal, position=None if medal else 1, contest=merged, mark=mark)
            there = occasions(clause.after, merged) if alone else [merged]
            events += [replace(won, who=w, contest=c, together=len(who) > 2) for w in who for c in there]
    return events


def _placed(frame: Frame, clause: Clause, who: list[Chunk], base: Event) -> list[Event]:
    """Places: one for each ordinal with a discipline of its own ("second in the 200m and third in the 400m")."""
    after = clause.after
    begins = [i for i, c in enumerate(after) if c.kind == "ordinal" and c.value and not belongs_elsewhere(after, i)]
    if len(begins) == len(who) > 1 and not describe(after[begins[0] : begins[1]]):  # "A and B were second and third"
        return _respectively(who, [after[b].value for b in begins], after, base, _behind(frame, clause, begins[-1]))
    events = []
    for number, begin in enumerate(begins):
        if len(begins) == 1:
            base = replace(base, position=after[begin].value, behind=_behind(frame, clause, begin))
            return varied(clause, who, base)
        stop = begins[number + 1] if number + 1 < len(begins) else len(after)
        own = describe(after[begin:stop])
        if number and not own:
            continue
        contest = own.over(_shared(base.contest, own) if number else describe(clause.before))
        mark = next((c.value for c in after[begin:stop] if c.kind == "mark"), None)
        events += [replace(base, who=person, position=after[begin].value, contest=contest, mark=mark) for person in who]
    return events


def _respectively(
    who: list[Chunk], places: list[int], after: list[Chunk], base: Event, behind: list[Chunk]
) -> list[Event]:
    """ "A and B were second and third (in 3:31.10 and 3:31.25)"; one mark for all of them is nobody's."""
    told: list[Mark] = [c.value for c in after if c.kind == "mark"]
    marks = told if len(told) == len(who) else [None] * len(who)
    found = []
    for person, place, mark in zip(who, places, marks, strict=True):
        found.append(replace(base, who=person, position=place, mark=mark, behind=behind if place == 2 else []))
        behind = []
    return found


def _behind(frame: Frame, clause: Clause, begin: int) -> list[Chunk]:
    """Who beat whoever has the place at `begin`: "second behind Vane"; "Vane won, with Otiwa second"."""
    last = clause.previous
    joined = frame.verbs == ("none",) and clause.connective == "with" and clause.after[begin].value == 2
    if joined and last is not None and last.asserted and _may_have_won(last):
        return last.subjects[:1]
    return followers(clause.after[begin:], ("behind", "to"))


def _may_have_won(clause: Clause) -> bool:
    """Whether the clause tells of a win, or of a mark and no other place."""
    if any(e.position not in (None, 1) or e.medal not in (None, "gold") for e in clause.events):
        return False
    return any(e.position == 1 or e.medal or e.mark for e in clause.events)


def _shared(contest: Contest, own: Contest) -> Contest:
    """What a second place in a clause takes from the clause."""
    if not own.disciplines:
        return contest._replace(year=None)
    return contest._replace(disciplines=(), competition=None if own.competition else contest.competition)


def _united(events: list[Event]) -> list[Event]:
    """One event for each athlete and contest, with what the frames found each."""
    united: list[Event] = []
    for event in events:
        known = next((e for e in united if e.who is event.who and e.contest == event.contest), None)
        if known is None:
            united.append(event)
            continue
        if known.position is None and event.position is not None:
            known.position, known.rule = event.position, event.rule
        known.medal = known.medal or event.medal
        known.mark = known.mark or event.mark
        known.ahead = known.ahead or event.ahead
        known.behind = known.behind or event.behind
    return united
