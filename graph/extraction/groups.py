"""Coaches told by their groups and by years with them: "joined Haugland's group", "after nine years with Brandt"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.chunks import PERSONS, lemma_at
from graph.extraction.lexicons import cues

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause

_GROUPS = cues("coached_groups")
_YEARS = cues("years")
_JOINING = ("join", "train", "work", "move", "switch", "belong")
_LEADING = ("with", "under", "by")
_SHARED = ("at", "for", *_LEADING)
_REACH = 6


def group_leader(clause: Clause) -> Chunk | None:
    """Whose group or club of runners the subject has joined or trains with: "joined Per Haugland's group at" a club."""
    if not clause.asserted or not clause.has_verb(*_JOINING):
        return None
    for index, chunk in enumerate(clause.after[:_REACH]):
        if chunk.kind in PERSONS and lemma_at(clause.after, index + 1) in ("'s", "'"):
            into = lemma_at(clause.after, index - 1) == "into"
            return chunk if not into and _is_group(clause, index + 2) else None
    return None


def including(clause: Clause) -> Chunk | None:
    """Whose group a clause says has somebody in it: "Per Haugland's squad includes"."""
    row = clause.before
    group = next((i for i, c in enumerate(row) if c.lemma in _GROUPS and c.lemma not in ("team", "camp")), 0)
    if not clause.has_verb("include") or not clause.asserted or clause.passive or group < 2:
        return None
    if row[group].lemma == "group" and row[group - 1].lemma != "train":  # one of runners in a race
        return None
    owner = next((i for i, c in enumerate(row[:group]) if c.lemma in ("'s", "'")), 0)
    return row[owner - 1] if owner and row[owner - 1].kind == "person" and group - owner < 3 else None


def _is_group(clause: Clause, index: int) -> bool:
    """A group that trains together stands at `index`, and not one of runners in a race."""
    row = clause.after[index : index + 3]
    if row and row[0].kind == "club":
        return True
    named = next((c for c in row if c.lemma in _GROUPS), None)
    if named is None:
        return False
    placed = any(c.kind in ("club", "place", "country") for c in clause.after[index:])
    joined = clause.has_verb("join") and not clause.auxiliaries
    return not joined or placed or named.lemma != "group" or any(c.lemma == "training" for c in row)


def long_with(chunks: list[Chunk]) -> Chunk | None:
    """The person of "after nine years with Per Haugland", "following a decade under coach Per Haugland"."""
    for index, chunk in enumerate(chunks):
        if chunk.lemma in ("with", "under") and is_long(chunks[max(0, index - 5) : index]):
            return next((c for c in chunks[index + 1 : index + 4] if c.kind == "person"), None)
    return None


def is_long(chunks: list[Chunk]) -> bool:
    """ "after nine years", "following three seasons" """
    begun = next((i for i, c in enumerate(chunks) if c.lemma in ("after", "following")), len(chunks))
    return any(c.lemma in _YEARS for c in chunks[begun:])


def alike(clause: Clause) -> list[Chunk]:
    """Of whom a clause says the same: "Like Sorel, Lindqvist is coached by", "who, like Sorel, trains under"."""
    row = clause.before
    found = [i + 1 for i, c in enumerate(row) if c.lemma == "like" and i + 1 < len(row)]
    return [row[i] for i in found if row[i].kind in PERSONS and lemma_at(row, i + 1) not in ("'s", "'")]


def shared(clause: Clause) -> list[Clause]:
    """The clause, and again for each of whom its verb is understood: "Vane trains under Lund, Brandt under Falk"."""
    row = clause.after
    governor = lemma_at(row, 0)
    fellows = _LEADING if governor in _LEADING else (governor,) if governor in _SHARED else ()
    found = []
    for index in range(len(row) - 3, 1, -1):
        listed = row[index - 1].lemma in (",", "and") and row[index].kind == "person"
        if listed and row[index + 1].lemma in fellows:
            found.append(replace(clause, subjects=[row[index]], before=[], after=row[index + 1 :]))
            row = row[: index - 1]
    return [replace(clause, after=row) if found else clause, *found]
