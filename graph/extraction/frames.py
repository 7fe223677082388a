"""Frames over clauses: which rules of `rules/` fit a verb and what stands around it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.extraction.complements import (
    AHEAD,
    complement_of,
    followers,
    is_joint,
    is_reached,
    is_underway,
    object_of,
    toward,
)
from graph.extraction.lexicons import hopes, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause

_RULES = Path(__file__).with_name("rules")


@dataclass(frozen=True, slots=True)
class Frame:
    """One rule: see `rules/results.yaml` for the fields."""

    id: str
    verbs: tuple[str, ...]
    emits: dict[str, Any]
    voice: str
    polarity: str
    object: frozenset[str]
    complement: str | None
    particle: str | None
    excluded: tuple[str, ...]
    needs: frozenset[str]
    about: frozenset[str]
    before: frozenset[str]
    behind: str | None
    toward: frozenset[str]
    phrase: tuple[tuple[str, ...], ...]
    exempt: frozenset[str]
    tense: str | None
    underway: bool
    joint: bool
    close: bool

    @property
    def trigger(self) -> frozenset[str]:
        """Kinds and lemmas of which one stands behind the verb wherever the frame fits; empty where none needs to."""
        if self.complement is not None:
            return frozenset({"ordinal" if self.complement == "placing" else self.complement})
        if self.behind is not None:
            return frozenset({self.behind, *(AHEAD if self.behind == "ahead" else ())})
        return self.toward or self.needs or frozenset({self.particle} if self.particle else ())


@cache
def _frames(family: str) -> tuple[Frame, ...]:
    """The frames of one rule file."""
    return tuple(
        Frame(
            id=entry["id"],
            verbs=tuple(entry["verbs"]),
            emits=entry.get("emits", {}),
            voice=entry.get("voice", "active"),
            polarity=entry.get("polarity", "positive"),
            object=frozenset(entry.get("object", ())),
            complement=entry.get("complement"),
            particle=entry.get("particle"),
            excluded=tuple(entry.get("not", ())),
            needs=frozenset(entry.get("needs", ())),
            about=frozenset(entry.get("about", ())),
            before=frozenset(entry.get("before", ())),
            behind=entry.get("behind"),
            toward=frozenset(entry.get("toward", ())),
            phrase=tuple(tuple(p) for p in entry.get("phrase", ())),
            exempt=frozenset(entry.get("except", ())),
            close=entry.get("close", False),
            tense=entry.get("tense"),
            underway=entry.get("underway", False),
            joint=entry.get("joint", False),
        )
        for entry in load(_RULES / f"{family}.yaml")["frames"]
    )


@cache
def verbs_of(family: str) -> frozenset[str]:
    """All verbs that the frames of a rule file are about."""
    return frozenset(verb for frame in _frames(family) for verb in frame.verbs)


@cache
def _by_verb(family: str) -> dict[str, tuple[tuple[frozenset[str], Frame], ...]]:
    index: defaultdict[str, list[tuple[frozenset[str], Frame]]] = defaultdict(list)
    for frame in _frames(family):
        for verb in frame.verbs:
            index[verb].append((frame.trigger, frame))
    return {verb: tuple(found) for verb, found in index.items()}


@lru_cache(maxsize=4096)
def _possible(family: str, lemma: str, *, happened: bool) -> tuple[tuple[frozenset[str], Frame], ...]:
    """The frames about a verb, and those about any verb whose clause tells what happened, with their triggers."""
    index = _by_verb(family)
    found = (*index.get(lemma, ()), *(index.get("*", ()) if happened else ()))
    return tuple((trigger, frame) for trigger, frame in found if lemma not in frame.exempt)


def candidates(family: str, clause: Clause) -> Iterator[Frame]:
    """The frames whose verb, voice, polarity, particle, object and complement fit the clause."""
    lemma = clause.verb.lemma if clause.verb else "none"
    happened = clause.verb is not None and clause.verb.text.lower() not in hopes()
    possible = _possible(family, lemma, happened=happened)
    if not possible:
        return
    told = {c.kind for c in clause.after} | {c.lemma for c in clause.after}
    for trigger, frame in possible:
        if not (trigger and trigger.isdisjoint(told)) and _fits(frame, clause):
            yield frame


def _fits(frame: Frame, clause: Clause) -> bool:
    if frame.voice != "any" and (frame.voice == "passive") != clause.passive:
        return False
    perfect = "had" in clause.auxiliaries
    if (frame.tense is not None and perfect != (frame.tense == "perfect")) or (
        frame.underway and not is_underway(clause)
    ):
        return False
    if not _has_polarity(frame.polarity, clause) or not _has_words(frame, clause):
        return False
    if frame.object and not object_of(clause, frame.object):
        return False
    if frame.joint and not is_joint(clause):
        return False
    if frame.close and not is_reached(clause.after, frame.complement or ""):
        return False
    return not frame.complement or complement_of(clause, frame.complement) is not None


def _has_words(frame: Frame, clause: Clause) -> bool:
    """Whether the words and kinds that the frame asks for, or excludes, stand around the verb so."""
    after = clause.after
    if frame.particle and not any(c.lemma == frame.particle for c in after[:3]):
        return False
    if frame.excluded and any(c.lemma in frame.excluded for c in after[:2]):
        return False
    if frame.needs and not any(c.kind in frame.needs for c in after):
        return False
    if frame.about and not any(c.lemma in frame.about for c in after):
        return False
    if frame.behind and not followers(after, (frame.behind,)):
        return False
    if frame.toward and toward(clause, frame.toward) is None:
        return False
    if frame.phrase and not _contains(after, frame.phrase):
        return False
    return not frame.before or (not clause.subjects and _stands_before(frame, clause))


def _stands_before(frame: Frame, clause: Clause) -> bool:
    before = clause.before
    for index, chunk in enumerate(before):
        if chunk.kind == "ordinal" and any(c.text.lower() not in ("place", "spot") for c in before[index + 1 :]):
            continue  # "the second edition was"
        if chunk.kind in frame.before or chunk.lemma in frame.before:
            return True
    return False


def _contains(chunks: list[Chunk], phrases: tuple[tuple[str, ...], ...]) -> bool:
    """One of the phrases, with at most two words before it ("just off the podium")."""
    words = tuple(c.text.lower() for c in chunks[: 2 + max(map(len, phrases))])
    begun = (p for p in phrases if p[0] in words[:3])
    return any(words[i : i + len(p)] == p for p in begun for i in range(3))


def _has_polarity(wanted: str, clause: Clause) -> bool:
    if wanted == "positive":
        return clause.asserted
    if wanted == "no-longer":
        return any(c.lemma == "no" for c in clause.before) and any(c.lemma == "longer" for c in clause.before)
    governor = clause.governor.text.lower() if clause.governor is not None else ""
    failed = clause.unreal and governor in ("failed", "fails", "unable")
    return failed or (clause.negated and not clause.unreal)
