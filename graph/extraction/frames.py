"""Frames over clauses: what a verb and its complements assert. The frames themselves are data in `rules/`."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.extraction.chunks import Chunk
from graph.extraction.contests import Contest, describe
from graph.extraction.lexicons import cues, load
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.clauses import Clause
    from graph.extraction.quantities import Mark

_MARK_GOVERNORS = cues("mark_governors")
_PLACE_FOLLOWERS = cues("place_followers")
_MARK_HEADS = cues("mark_heads")

_RULES = Path(__file__).with_name("rules")
_OBJECT_STOP = cues("object_stop")
_SKIPPED = cues("skipped")
_PERSONS = ("person", "reference")


@dataclass(frozen=True, slots=True)
class Frame:
    """One rule: see `rules/results.yaml` for the fields."""

    id: str
    verbs: tuple[str, ...]
    emits: dict[str, Any]
    voice: str = "active"
    polarity: str = "positive"
    object: tuple[str, ...] = ()
    complement: str | None = None
    particle: str | None = None
    excluded: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    behind: str | None = None
    toward: tuple[str, ...] = ()
    phrase: tuple[tuple[str, ...], ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Event:
    """What one clause or noun phrase asserts, before names and contests are resolved."""

    kind: str
    who: Chunk
    rule: str
    contest: Contest
    confidence: float = 0.95
    position: int | str | None = None
    mark: Mark | None = None
    medal: str | None = None
    ahead: list[Chunk] = field(default_factory=list)
    behind: list[Chunk] = field(default_factory=list)
    record: str | None = None
    area: str | None = None
    other: Chunk | None = None
    status: str = "current"
    title: bool = False
    reigning: bool = False
    unique: bool = True
    fresh: bool = False
    beaten_into: int | None = None
    place: int = 0


@cache
def frames(family: str) -> tuple[Frame, ...]:
    """The frames of one rule file."""
    return tuple(
        Frame(
            id=entry["id"],
            verbs=tuple(entry["verbs"]),
            emits=entry.get("emits", {}),
            voice=entry.get("voice", "active"),
            polarity=entry.get("polarity", "positive"),
            object=tuple(str(o) for o in entry.get("object", ())),
            complement=entry.get("complement"),
            particle=entry.get("particle"),
            excluded=tuple(entry.get("not", ())),
            needs=tuple(entry.get("needs", ())),
            before=tuple(entry.get("before", ())),
            behind=entry.get("behind"),
            toward=tuple(entry.get("toward", ())),
            phrase=tuple(tuple(p) for p in entry.get("phrase", ())),
            positive=tuple(entry.get("positive", ())),
            negative=tuple(entry.get("negative", ())),
        )
        for entry in _file(family)["frames"]
    )


@cache
def _file(family: str) -> dict[str, Any]:
    return load(_RULES / f"{family}.yaml")


@cache
def _by_verb(family: str) -> dict[str, tuple[Frame, ...]]:
    index: defaultdict[str, list[Frame]] = defaultdict(list)
    for frame in frames(family):
        for verb in frame.verbs:
            index[verb].append(frame)
    return {verb: tuple(found) for verb, found in index.items()}


@cache
def _race_words() -> frozenset[str]:
    return frozenset(_file("results")["race_words"])


def candidates(family: str, clause: Clause) -> Iterator[Frame]:
    """The frames whose verb, voice, polarity, particle, object and complement fit the clause."""
    lemma = clause.verb.lemma if clause.verb else "none"
    index = _by_verb(family)
    for frame in (*index.get(lemma, ()), *(index.get("*", ()) if clause.verb else ())):
        if _fits(frame, clause):
            yield frame


def _fits(frame: Frame, clause: Clause) -> bool:
    passive = clause.passive
    if frame.voice != "any" and (frame.voice == "passive") != passive:
        return False
    if not _polarity(frame.polarity, clause):
        return False
    near = [c.lemma for c in clause.after[:4]]
    if frame.particle and frame.particle not in near[:3]:
        return False
    if any(word in near[:2] for word in frame.excluded):
        return False
    if frame.needs and not any(c.kind in frame.needs for c in clause.after):
        return False
    if frame.behind and not _following(clause.after, (frame.behind,)):
        return False
    if frame.toward and toward(clause, frame.toward) is None:
        return False
    if frame.phrase and not _contains(clause.after, frame.phrase):
        return False
    if frame.before and (
        clause.subjects or not any(c.kind in frame.before or c.lemma in frame.before for c in clause.before)
    ):
        return False
    if frame.object and not object_of(clause, frame.object):
        return False
    return not frame.complement or complement_of(clause, frame.complement) is not None


_NO_MOTION = cues("no_motion")


def toward(clause: Clause, kinds: tuple[str, ...]) -> Chunk | None:
    """The title or medal that a verb of motion leads to: "motored to the 800m title"."""
    if clause.verb is None or clause.verb.lemma in _NO_MOTION or clause.verb.value not in ("past", "s"):
        return None
    near = clause.after[:5]
    step = next((i for i, c in enumerate(near) if c.lemma == "to"), None)
    if step is None or any(c.kind != "word" or c.lemma in ("in", "at", "for", "on", "by") for c in near[:step]):
        return None
    for chunk in clause.after[step + 1 : step + 4]:
        if chunk.kind in kinds:
            return chunk
        if chunk.kind not in ("word", "number") and chunk.lemma not in ("her", "his"):
            return None
    return None


def _contains(chunks: list[Chunk], phrases: tuple[tuple[str, ...], ...]) -> bool:
    """One of the phrases, with at most an adverb before it ("just off the podium")."""
    words = [c.text.lower() for c in chunks]
    return any(tuple(words[i : i + len(p)]) == p for p in phrases for i in range(min(3, len(words))))


def _polarity(wanted: str, clause: Clause) -> bool:
    if wanted == "positive":
        return clause.asserted
    if wanted == "no-longer":
        return any(c.lemma == "no" for c in clause.before) and any(c.lemma == "longer" for c in clause.before)
    failed = (
        clause.unreal and clause.governor is not None and clause.governor.text.lower() in ("failed", "fails", "unable")
    )
    return (clause.negated and not clause.unreal) or failed


def object_of(clause: Clause, kinds: tuple[str, ...]) -> Chunk | bool:
    """The object chunk of one of the kinds; True where "none" or "race" is fulfilled without a typed chunk; else False."""
    for index, chunk in enumerate(clause.after):
        if chunk.lemma in _SKIPPED or (chunk.kind == "word" and chunk.lemma.endswith("ly")):
            continue
        if chunk.kind in kinds:
            return chunk
        if chunk.kind == "punct" or chunk.lemma in _OBJECT_STOP or chunk.kind in ("mark", "margin", "date", "year"):
            return _later(clause.after[index:], kinds) or "none" in kinds
        if chunk.kind in _PERSONS and index + 1 < len(clause.after) and clause.after[index + 1].lemma == "'s":
            continue
        if (
            chunk.kind
            in (
                "word",
                "verb",
                "age",
                "country",
                "demonym",
                "number",
                "level",
                "sex",
                "place",
                "ordinal",
                "discipline",
                "'s",
                "record",
                "kin",
                "official",
                "role",
                "multiple",
                "status",
            )
            or chunk.lemma == "'s"
        ):
            if "person" in kinds and any(c.kind in _PERSONS for c in clause.after[index + 1 : index + 3]):
                continue
            if "race" in kinds and (
                chunk.lemma in _race_words()
                or (
                    chunk.kind == "word"
                    and any(
                        c.lemma in ("race", "event", "contest", "title") for c in clause.after[index + 1 : index + 3]
                    )
                )
            ):
                return True
            if any(
                c.kind in kinds
                for c in clause.after[index : index + 5]
                if c.kind in ("crown", "victory", "medal", "series", "competition", "discipline", "round")
            ) and _unbroken(clause.after[index : index + 5], kinds):
                continue
        return False
    return "none" in kinds


def _unbroken(chunks: list[Chunk], kinds: tuple[str, ...]) -> bool:
    for chunk in chunks:
        if chunk.kind in kinds:
            return True
        if (chunk.kind == "punct" and chunk.lemma not in ("-", "'s")) or chunk.kind == "verb":
            return False
    return False


def _later(chunks: list[Chunk], kinds: tuple[str, ...]) -> Chunk | None:
    """An object after "for", "to", "with": "settled for silver", "raced to victory"."""
    if chunks and chunks[0].lemma not in ("for", "to", "with", "in", "into"):
        if chunks[0].kind != "mark" or len(chunks) < 3 or chunks[1].lemma not in ("for", "to"):
            return None
        chunks = chunks[1:]
    for chunk in chunks[1:7]:
        if chunk.kind in kinds and chunk.kind in ("medal", "crown", "victory"):
            return chunk
        if chunk.kind in ("punct", "verb") and chunk.lemma not in ("-", "'s"):
            return None
    return None


def complement_of(clause: Clause, kind: str) -> Chunk | None:
    """The ordinal or mark that completes the verb."""
    after = clause.after
    for index, chunk in enumerate(after):
        if chunk.kind == kind and not _leaks(after, index):
            return chunk
        if kind == "ordinal" and clause.verb is not None and clause.verb.lemma == "be" and index > 4:
            return None
    return None


def _leaks(chunks: list[Chunk], index: int) -> bool:
    """An ordinal or mark that belongs to another noun: "the second Briton", "fourth in the rankings", "outside 3:30"."""
    chunk = chunks[index]
    before = chunks[index - 1].lemma if index else ""
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    if chunk.kind == "mark":
        return before in _MARK_GOVERNORS and not (
            (before in ("of", "at", "to", "the", "past") and index > 1 and chunks[index - 2].lemma in _MARK_HEADS)
            or (before == "at" and chunk.value.kind == "length")
            or before == "past"
        )
    if any(
        c.lemma in ("rankings", "ranking", "all-time", "standings", "table", "list", "ranked", "history")
        for c in chunks[index : index + 7]
    ):
        return True
    if after is None:
        return False
    if before in ("'s", "his", "her", "my", "their", "its", "my") and after.kind != "punct":
        return True
    if after.lemma == "-" or after.kind == "number":
        return True
    if after.kind in (
        "word",
        "verb",
        "demonym",
        "country",
        "medal",
        "crown",
        "victory",
        "date",
        "person",
        "role",
        "champion",
        "level",
        "discipline",
        "series",
        "round",
        "record",
        "reference",
        "kin",
    ):
        return after.lemma not in _PLACE_FOLLOWERS and after.kind != "date"  # fmt: skip
    return False


def race_contest(clause: Clause) -> Contest:
    """What the clause says of the race it tells of: its loose words, completed by a crown, victory or medal it holds."""
    contest = describe(clause.chunks)
    for chunk in clause.after:
        if isinstance(chunk.value, Noun) and chunk.value.head in ("crown", "victory", "medal") and chunk.value.contests:
            inner = chunk.value.contests[0]
            contest = replace(inner, competition=contest.competition or inner.competition).over(contest)
    return contest


def result_events(clause: Clause) -> list[Event]:
    """The results that one clause asserts."""
    events: list[Event] = []
    for frame in candidates("results", clause):
        events += _emit(frame, clause)
    events = _united(events)
    for event in events:
        event.mark = event.mark or beside(event.who)
    return events


def beside(person: Chunk) -> Mark | None:
    """The mark in parentheses behind a name: "James Nolan (3:46.04)"."""
    marks = [c for inner in person.inner if inner.kind == "aside" for c in inner.value if c.kind == "mark"]
    return marks[0].value if len(marks) == 1 else None


def _emit(frame: Frame, clause: Clause) -> list[Event]:
    emits = frame.emits
    others = _persons_after(clause)
    who = {
        "subject": clause.subjects,
        "by": _after_word(clause, "by"),
        "object": others,
        "after": _after_word(clause, frame.particle or "to")[:1],
    }[emits.get("who", "subject")]
    mark = complement_of(clause, "mark")
    base = Event(
        "result",
        Chunk("none", "", 0, 0),
        frame.id,
        race_contest(clause),
        mark=mark.value if mark else None,
        unique=len(who) == 1,
    )
    if "position" in emits:
        if emits["position"] == "ordinal":
            return _placed(frame, clause, who, base)
        base.position = emits["position"]
        if emits["position"] == "before":
            medal = next((c.value.data for c in clause.before if c.kind == "medal"), None)
            place = next((c.value for c in clause.before if c.kind == "ordinal"), 1)
            base.medal, base.position = medal, None if medal else place
            base.contest = describe(clause.chunks)
    if emits.get("medal"):
        found = object_of(clause, ("medal",)) if emits["medal"] == "object" else toward(clause, ("medal",)) or False
        if (
            not isinstance(found, Chunk)
            or found.value.words & {"team"}
            or (found.lemma.endswith("s") and clause.verb and clause.verb.lemma == "have")
        ):
            return []
        return _medals(clause, who, base, found)
    if "outcome" in emits:
        base.position, base.mark = emits["outcome"], None
    if emits.get("ahead"):
        base.ahead = _following(clause.after, ("ahead",), 4) if emits["ahead"] == "ahead" else others
        title = next(
            (
                i
                for i, c in enumerate(clause.after)
                if c.kind in ("crown", "victory") or (c.kind == "medal" and c.value.data == "gold")
            ),
            None,
        )
        if title and clause.after[title - 1].lemma in ("to", "for"):
            base.position = 1
        third = next(
            (i for i, c in enumerate(clause.after) if c.kind == "ordinal" and i and clause.after[i - 1].lemma == "for"),
            None,
        )
        if third is not None and base.position is None and not _leaks(clause.after, third):
            base.position = clause.after[third].value
        into = next((i for i, c in enumerate(clause.after) if c.lemma == "into"), None)
        if into is not None and into + 1 < len(clause.after) and clause.after[into + 1].kind == "ordinal":
            base.beaten_into = clause.after[into + 1].value
    if emits.get("behind"):
        base.behind = _after_word(clause, "by") if emits["behind"] == "by" else others
    return _varied(clause, who, base)


def _medals(clause: Clause, who: list[Chunk], base: Event, first: Chunk) -> list[Event]:
    """One event for each medal in the object and what is listed after it."""
    events = []
    for chunk in clause.after[clause.after.index(first) :]:
        if chunk.kind not in ("medal", "crown"):
            if chunk.lemma in ("after", "ahead", "behind", "before", "while"):
                break
            continue
        loose = base.contest if chunk is first else Contest()
        for contest in chunk.value.contests or [Contest()]:
            # the race's own words win over those of the medal for the competition only
            merged = replace(contest, competition=contest.competition or loose.competition).over(loose)
            medal = chunk.value.data if chunk.kind == "medal" else None
            events += [
                replace(
                    base,
                    who=w,
                    medal=medal,
                    position=None if medal else 1,
                    contest=merged,
                    mark=base.mark if chunk is first else None,
                )
                for w in who
            ]
    return events


def _varied(clause: Clause, who: list[Chunk], base: Event) -> list[Event]:
    """One event for each athlete and each contest that the object names ("the 100m and 200m", "in 2002 and 2003")."""
    contests = [base.contest]
    if any(
        isinstance(c.value, Noun) and c.value.head in ("crown", "medal") and "team" in c.value.words
        for c in clause.after
    ):
        return []
    crown = next(
        (
            c.value
            for c in clause.after
            if isinstance(c.value, Noun) and c.value.head in ("crown", "victory", "medal") and len(c.value.contests) > 1
        ),
        None,
    )
    if crown is not None:
        contests = [inner.over(base.contest) for inner in crown.contests]
    elif base.position is not None or base.medal:
        disciplines = [c for c in clause.after if c.kind == "discipline"]
        years = [c for c in clause.after if c.kind in ("year", "date") and c.value.year and not c.value.future]
        if len(disciplines) > 1 and _listed(clause.after, disciplines):
            contests = [replace(base.contest, disciplines=c.value) for c in disciplines]
        elif len(years) > 1 and _listed(clause.after, years):
            contests = [replace(base.contest, year=c.value.year, day=None) for c in years]
    return [replace(base, who=chunk, contest=contest) for chunk in who for contest in contests]


def _listed(chunks: list[Chunk], found: list[Chunk]) -> bool:
    places = [chunks.index(c) for c in found]
    return all(b - a <= 3 for a, b in itertools.pairwise(places))


def _placed(frame: Frame, clause: Clause, who: list[Chunk], base: Event) -> list[Event]:
    """Places: one for each ordinal with a discipline of its own ("second in the 200m and third in the 400m")."""
    after = clause.after
    ordinals = [c for i, c in enumerate(after) if c.kind == "ordinal" and c.value and not _leaks(after, i)]
    if not ordinals:
        return []
    events = []
    for number, ordinal in enumerate(ordinals):
        begin = after.index(ordinal)
        end = after.index(ordinals[number + 1]) if number + 1 < len(ordinals) else len(after)
        if len(ordinals) > 1:
            own = describe(after[begin:end])
            if number and not own:
                continue
            front = describe(clause.before)
            contest = (
                own.over(front)
                if not number
                else own.over(
                    replace(
                        base.contest, disciplines=(), competition=None if own.competition else base.contest.competition
                    )
                    if own.disciplines
                    else replace(base.contest, year=None)
                )
            )
        else:
            contest = base.contest
        behind = _following(after[begin:], ("behind", "to"))
        if (
            frame.verbs == ("none",)
            and ordinal.value == 2
            and clause.connective == "with"
            and clause.previous is not None
            and clause.previous.asserted
        ):
            behind = clause.previous.subjects[:1]
        events += (
            _varied(clause, who, replace(base, position=ordinal.value, contest=contest, behind=behind))
            if len(ordinals) == 1
            else [replace(base, who=c, position=ordinal.value, contest=contest) for c in who]
        )
    return events


def _following(chunks: list[Chunk], words: tuple[str, ...], most: int = 1) -> list[Chunk]:
    """The persons right after one of the words ("ahead" needs its "of")."""
    for index, chunk in enumerate(chunks):
        if chunk.lemma in words and not (
            chunk.lemma == "ahead" and (index + 1 >= len(chunks) or chunks[index + 1].lemma != "of")
        ):
            found: list[Chunk] = []
            for later in chunks[index + 1 : index + 9]:
                if later.kind in _PERSONS:
                    found.append(later)
                elif (
                    (found and later.lemma not in ("and", ",", "&"))
                    or later.kind == "verb"
                    or later.lemma in ("'s", "'")
                ):
                    break
            return found[:most]
    return []


def _persons_after(clause: Clause) -> list[Chunk]:
    found = []
    for index, chunk in enumerate(clause.after):
        if chunk.kind in _PERSONS and not (
            index + 1 < len(clause.after) and clause.after[index + 1].lemma in ("'s", "'")
        ):
            found.append(chunk)
        elif found and chunk.lemma in ("in", "at", "to", "by", "for", "when", "with", "on", "over"):
            break
    return found


def _after_word(clause: Clause, word: str) -> list[Chunk]:
    for index, chunk in enumerate(clause.after):
        if chunk.lemma == word:
            found = []
            for later in clause.after[index + 1 :]:
                if later.kind in _PERSONS:
                    found.append(later)
                elif (
                    (later.kind == "punct" and later.lemma != ",")
                    or later.kind == "verb"
                    or later.lemma in ("in", "at", "on")
                ):
                    break
            return found
    return []


def _united(events: list[Event]) -> list[Event]:
    """One event for each athlete and contest, with what the frames found each."""
    united: list[Event] = []
    for event in events:
        known = next((e for e in united if e.who is event.who and e.contest == event.contest), None)
        if known is None:
            united.append(event)
            continue
        if known.position is None:
            known.position, known.rule = event.position, event.rule if event.position is not None else known.rule
        known.medal = known.medal or event.medal
        known.mark = known.mark or event.mark
        known.ahead = known.ahead or event.ahead
        known.behind = known.behind or event.behind
    return united
