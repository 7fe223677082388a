"""What stands behind a verb: its object, the ordinal or mark that completes it, the persons in certain places."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import PERSONS, Chunk, at, lemma_at
from graph.extraction.lexicons import cues, load
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.extraction.clauses import Clause
    from graph.extraction.quantities import Mark

_OBJECT_STOP = cues("object_stop")
_SKIPPED = cues("skipped")
_NO_MOTION = cues("no_motion")
_MARK_GOVERNORS = cues("mark_governors")
_TRIES = cues("tries")
_MARK_HEADS = cues("mark_heads")
_PLACE_FOLLOWERS = cues("place_followers")
_MODIFIERS = {"word", "verb", "age", "country", "demonym", "number", "level", "sex", "place", "ordinal", "discipline",
              "record", "kin", "official", "role", "multiple", "status"}  # fmt: skip
_AGE_GROUPS = ("role", "category", "setting")
_AFTER_ORDINAL = {"word", "verb", "demonym", "country", "medal", "crown", "victory", "person", "role", "champion",
                  "level", "discipline", "series", "round", "record", "reference", "kin"}  # fmt: skip
_LIGHT = {"word", "verb", "discipline", "mark", "level", "sex", "victory", "distance", "round"}
_WAYMARKS = cues("waymarks")
_PARTS = {"events", "disciplines", "rounds", "throws", "jumps", "attempts", "laps", "legs", "day", "event", "round"}
_HEAVY = cues("heavy")
_ATTAINING = ("in", "of", "with", "at", "to", "a")
_WON = ("crown", "victory", "medal", "series", "competition", "discipline", "round")
_NOT_SOMEBODY = {"mark", "margin", "record", "crown", "victory", "year", "date"}
_OBJECT_LINKS = (",", "and", "of", "out", "off", "to")
_ASSAULTS = cues("assaults")
_OWNING = ("'s", "his", "her", "my", "their", "its")
_BEFORE_FORMER = {"on", "after", "following", "despite", "than", "since", "from", "of", "repeat", "by"}
_COUNTERS = {"counter", "counters", "scorer", "scorers", "team"}
_LISTS = {"uk", "world", "country", "nation", "state", "county", "squad"}
_DEMANDED = {"qualifying", "qualification", "standard", "required", "entry", "selection"}
AHEAD: Final = {"ahead": "of", "clear": "of", "front": "of", "away": "from"}
"""Words that lead, with the preposition before whom they leave behind."""
_RANKED = {"rankings", "ranking", "all-time", "standings", "table", "list", "ranked", "history", "queue"}


@cache
def _race_words() -> frozenset[str]:
    """Words that stand for a race as an object."""
    return frozenset(load(Path(__file__).with_name("rules") / "results.yaml")["race_words"])


def object_of(clause: Clause, kinds: Collection[str]) -> Chunk | bool:
    """The object, if of one of `kinds`; True where "none" or "race" is fulfilled without a typed chunk; else False."""
    after = clause.after
    if "person" in kinds and (person := person_object(after)) is not None:
        return person
    for index, chunk in enumerate(after):
        if chunk.lemma in _SKIPPED or (chunk.kind == "word" and chunk.lemma.endswith("ly")):
            continue
        if chunk.kind in _AGE_GROUPS and _is_of_age_group(at(after, index + 1)):
            continue
        if chunk.kind in PERSONS and _is_owner(after, index):
            continue
        if chunk.kind in kinds:
            return chunk
        if chunk.kind in ("punct", "mark", "margin", "date", "year") or chunk.lemma in _OBJECT_STOP:
            return _later(after[index:], kinds) or "none" in kinds
        if chunk.kind not in _MODIFIERS and chunk.lemma != "'s":
            return False
        if "race" in kinds and _is_race(after, index):
            return True
        if not _leads_to(after[index : index + 5], kinds):
            return False
    return "none" in kinds


def person_object(after: list[Chunk]) -> Chunk | None:
    """The person whom the object of a verb names, behind what describes them: "the long-time leader, Otiwa"."""
    for index, chunk in enumerate(after[:12]):
        if chunk.kind in PERSONS:
            if not _is_owner(after, index):
                return chunk
        elif chunk.kind in _NOT_SOMEBODY or _ends_object(after, index):
            return None
    return None


def _is_owner(chunks: list[Chunk], index: int) -> bool:
    """Whether the person is a possessor: "Otiwa's rival", "beat Otiwa's record"."""
    after = at(chunks, index + 1)
    nouns = (after.value, *(inner.value for inner in after.inner)) if after is not None else ()
    owned = any(isinstance(noun, Noun) and noun.owner is chunks[index] for noun in nouns)
    return owned or lemma_at(chunks, index + 1) in ("'s", "'")


def _ends_object(after: list[Chunk], index: int) -> bool:
    lemma = after[index].lemma
    if lemma == "of":  # "beat the likes of Otiwa", not "beat the record of Otiwa"
        return lemma_at(after, index - 1) not in _ASSAULTS
    return lemma in _OBJECT_STOP and lemma not in _OBJECT_LINKS


def _is_of_age_group(chunk: Chunk | None) -> bool:
    """What may follow in "the senior women's race", "the under-20 race"."""
    return chunk is not None and (chunk.kind == "sex" or chunk.lemma in _race_words())


def _is_race(after: list[Chunk], index: int) -> bool:
    if after[index].lemma in _race_words():
        return True
    near = after[index + 1 : index + 3]
    return after[index].kind == "word" and any(c.lemma in ("race", "event", "contest", "title") for c in near)


def _leads_to(chunks: list[Chunk], kinds: Collection[str]) -> bool:
    """Something that can be won follows within the phrase."""
    if not any(c.kind in kinds and c.kind in _WON for c in chunks):
        return False
    for chunk in chunks:
        if chunk.kind in kinds:
            return True
        if (chunk.kind == "punct" and chunk.lemma not in ("-", "'s")) or chunk.kind == "verb":
            return False
    return False


def _later(chunks: list[Chunk], kinds: Collection[str]) -> Chunk | None:
    """An object after "for", "to", "with": "settled for silver", "raced to victory"."""
    if chunks[0].lemma not in ("for", "to", "with", "in", "into"):
        if chunks[0].kind != "mark" or lemma_at(chunks, 1) not in ("for", "to"):
            return None
        chunks = chunks[1:]
    for chunk in chunks[1:7]:
        if chunk.kind in kinds and chunk.kind in ("medal", "crown", "victory"):
            return chunk
        if chunk.kind in ("punct", "verb") and chunk.lemma not in ("-", "'s"):
            return None
    return None


def toward(clause: Clause, kinds: Collection[str]) -> Chunk | None:
    """The title or medal that a verb of motion leads to: "motored to the 800m title"."""
    if clause.verb is None:
        return None
    brought = bool(clause.after) and _is_team(clause.after[0])  # "anchored Norway to gold"
    if clause.verb.value not in ("past", "s", "ing" if brought else "past"):
        return None
    if clause.verb.lemma in _NO_MOTION and not brought:
        return None
    step = next((i for i, c in enumerate(clause.after[:5]) if c.lemma == "to"), None)
    if step is None:
        return None
    if any(
        not (c.kind == "word" or _is_team(c)) or c.lemma in ("in", "at", "for", "on", "by") for c in clause.after[:step]
    ):
        return None
    for chunk in clause.after[step + 1 : step + 4]:
        if chunk.kind in kinds:
            return chunk
        if chunk.kind not in ("word", "number", "mark") and chunk.lemma not in ("her", "his"):
            return None
    return None


def _is_team(chunk: Chunk) -> bool:
    return getattr(chunk.value, "how", None) == "team"


def complement_of(clause: Clause, kind: str) -> Chunk | None:
    """The ordinal or mark that completes the verb."""
    near = clause.has_verb("be") and kind == "ordinal"
    for index, chunk in enumerate(clause.after):
        if _is_kind(chunk, kind) and not belongs_elsewhere(clause.after, index):
            return chunk
        if near and index > 4:
            return None
    return None


def _is_kind(chunk: Chunk, kind: str) -> bool:
    """Whether a chunk is of a kind; "placing" is an ordinal that a noun made: "a fourth-place finish"."""
    return chunk.kind == "ordinal" and chunk.lemma == "finish" if kind == "placing" else chunk.kind == kind


def opening_mark(clause: Clause) -> Mark | None:
    """What was achieved, told before who did: "With a throw of 88.10m, Vane won"."""
    first = next((i for i, c in enumerate(clause.before) if c.kind in PERSONS), 0)
    opening = clause.before[:first]
    found = [i for i, c in enumerate(opening) if c.kind == "mark"]
    if len(found) != 1:
        return None
    one, two = lemma_at(opening, found[0] - 1), lemma_at(opening, found[0] - 2)
    achieved = found[0] and (one in ("with", "in") or (one == "of" and two in _MARK_HEADS))
    mark: Mark = opening[found[0]].value
    return mark if achieved else None


def is_reached(chunks: list[Chunk], kind: str) -> bool:
    """Whether only light words stand between verb and ordinal or mark: "trundled home in ninth"."""
    for index, chunk in enumerate(chunks[:10]):
        if chunk.kind == kind:
            return kind == "ordinal" or index == 0 or chunks[index - 1].lemma in _ATTAINING
        if chunk.kind == "record" and kind == "ordinal" and lemma_at(chunks, index - 1) not in _OWNING:
            continue  # "set a personal best of 3:51.10 in third"
        light = chunk.kind in _LIGHT and (chunk.text.islower() or chunk.kind != "word")
        light = light or (chunk.kind == "record" and kind == "ordinal")  # "set a best of 16.76m in second"
        if not light or chunk.lemma in _HEAVY:
            return False
    return False


def is_joint(clause: Clause) -> bool:
    """ "tied with Otiwa for third", "finished joint third with Otiwa" """
    if not persons_behind(clause, "with"):
        return False
    return clause.has_verb("tie", "share", "heat") or any(c.lemma in ("joint", "equal") for c in clause.after)


def is_underway(clause: Clause) -> bool:
    """A part of the race behind the verb: "pulled out after 23 miles", "withdrew on day two"."""
    for index, chunk in enumerate(clause.after):
        if chunk.lemma in ("halfway", "half-way", "midway"):
            return True
        part = chunk.kind in ("distance", "stretch") or chunk.lemma in _PARTS or chunk.text.lower() in _PARTS
        if part and any(c.lemma in ("after", "with", "on", "at") for c in clause.after[max(0, index - 3) : index]):
            return True
    return False


def is_passing(clause: Clause) -> bool:
    """A place or time on the way: "was third at the bell", "after four events"."""
    if clause.has_verb("win", "finish"):
        return False
    first = next((i for i, c in enumerate(clause.after) if c.lemma not in ("the", "through")), 0)
    reached = clause.has_verb("reach", "pass", "hit", "go") and at(clause.after, first)
    if (
        reached
        and reached.kind in ("discipline", "distance")
        and lemma_at(clause.after, first + 1) in ("in", "mark", "at")
    ):
        return True  # "reached 10km in 30:10"
    for index, chunk in enumerate(clause.chunks):
        if chunk.kind == "stretch" and lemma_at(clause.chunks, index - 1) not in ("final", "last", "closing"):
            return True
        if chunk.lemma in _WAYMARKS:
            return True
        if chunk.lemma in _PARTS and lemma_at(clause.chunks, index - 2) == "after":
            return True
    return False


def belongs_elsewhere(chunks: list[Chunk], index: int) -> bool:
    """An ordinal or mark of another noun: "the second Briton", "fourth in the rankings", "outside 3:30"."""
    if chunks[index].lemma == "finish":  # no "her", nor "improved on a", "second-place finish"
        before = lemma_at(chunks, index - 1)
        return before in _OWNING or lemma_at(chunks, index - 1 - (before in ("a", "an", "the"))) in _BEFORE_FORMER
    if chunks[index].kind == "mark":
        bearer = at(chunks, index + 1)  # "the 2:11:00 marathoner"
        if index > 1 and lemma_at(chunks, index - 1) in ("'s", "'") and chunks[index - 2].kind in PERSONS:
            return True  # "ahead of Otiwa's 52.44"
        governed = lemma_at(chunks, index - 1) in _MARK_GOVERNORS and not _is_achieved(chunks, index)
        return governed or (bearer is not None and bearer.kind == "role")
    if _is_counted(chunks, index):
        return True
    if any(c.lemma in _RANKED for c in chunks[index : index + 7]):
        return True
    if lemma_at(chunks, index - 1) in ("a", "one", "per", "another") or lemma_at(chunks, index + 2) == "none":
        return True
    after = at(chunks, index + 1)
    if after is None:
        return False
    if lemma_at(chunks, index - 1) == "the" and lemma_at(chunks, index - 2) == "in":
        return after.text.lower() != "place"  # "21.75m in the third"
    if lemma_at(chunks, index - 1) in _OWNING and chunks[index - 1].kind not in PERSONS:  # "the victory was her fifth"
        return True
    if after.lemma in ("-", "best") or after.kind == "number":
        return True
    return after.kind in _AFTER_ORDINAL and after.lemma not in _PLACE_FOLLOWERS


def _is_counted(chunks: list[Chunk], index: int) -> bool:
    """A place among the runners of a team or in a list: "fourth home for the squad", "seventh in the UK"."""
    first, second, third = (lemma_at(chunks, index + i) for i in (1, 2, 3))
    if first in _COUNTERS or (first == "home" and second in ("for", "from")):
        return True
    after = at(chunks, index + 4)
    listed = (first, second) == ("in", "the") and third in _LISTS
    return listed and (after is None or after.kind in ("punct", "word", "verb"))


def _is_achieved(chunks: list[Chunk], index: int) -> bool:
    """A mark behind a preposition that gives a performance: "a leap of 8.21m"."""
    before = chunks[index - 1].lemma
    record = at(chunks, index - 2)
    if before == "of" and record is not None and record.kind == "record" and record.value.data == "none":
        return True  # "a stadium record of 48.44" is nobody's best
    if before == "to" and index == 1:
        return True  # "faded to 11.02"
    if before == "at" and any(c.lemma in _TRIES for c in chunks[max(0, index - 4) : index - 1]):
        return False
    if before == "past" or (before == "at" and chunks[index].value.kind == "length"):
        return True
    if lemma_at(chunks, index - 3) in _DEMANDED:
        return False
    return before in ("of", "at", "to", "the") and lemma_at(chunks, index - 2) in _MARK_HEADS


def followers(chunks: list[Chunk], words: tuple[str, ...], most: int = 1) -> list[Chunk]:
    """The first persons right after one of the words ("ahead" needs its "of", as "clear" and "in front" do)."""
    leading = "ahead" in words
    for index, chunk in enumerate(chunks):
        if chunk.lemma in AHEAD and leading:
            if lemma_at(chunks, index + 1) != AHEAD[chunk.lemma]:
                continue
        elif chunk.lemma not in words:
            continue
        found: list[Chunk] = []
        for later in chunks[index + 1 : index + 13]:
            if later.kind in PERSONS:
                found.append(later)
            elif later.kind == "verb" or later.lemma in ("'s", "'") or (found and later.lemma not in ("and", ",", "&")):
                break
        return found[:most]
    return []


def persons_after(clause: Clause) -> list[Chunk]:
    """The persons that the verb's object names."""
    found: list[Chunk] = []
    for index, chunk in enumerate(clause.after):
        if chunk.kind in PERSONS and not _is_owner(clause.after, index):
            found.append(chunk)
        elif found and chunk.lemma in ("in", "at", "to", "by", "for", "when", "with", "on", "over", "behind"):
            break
    return found


def persons_behind(clause: Clause, word: str) -> list[Chunk]:
    """The persons behind a word after the verb: "by", "with"."""
    start = next((i for i, c in enumerate(clause.after) if c.lemma == word), None)
    found: list[Chunk] = []
    for index, chunk in enumerate(clause.after):
        if start is None or index <= start or (chunk.kind in PERSONS and _is_owner(clause.after, index)):
            continue  # "went to Vane's compatriot Brandt"
        if chunk.kind in PERSONS:
            found.append(chunk)
        elif (
            chunk.kind == "verb" or chunk.lemma in ("in", "at", "on") or (chunk.kind == "punct" and chunk.lemma != ",")
        ):
            break
    return found
