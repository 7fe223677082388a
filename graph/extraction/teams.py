"""National teams as those who run a relay: "the British 4x100m team", "Jamaica took silver", "ahead of France"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import describe
from graph.extraction.lexicons import cues
from graph.extraction.references import Reference

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.events import Event

TEAM_WORDS: Final = frozenset({"team", "quartet", "squad", "foursome", "relay team", "four"})
_TEAM_VERBS = cues("team_verbs")
_GOVERNORS: Final = {"of", "for", "in", "from", "by", "to", "at", "with", "against", "behind", "over"}
_OPENING: Final = {
    "with",
    "behind",
    "over",
    "and",
    ",",
    "beat",
    "edge",
    "pip",
    "from",
    "the",
    ";",
    "while",
    "as",
    "leave",
}
_OF_SEVERAL: Final = ("ans", "ns", "ch", "sh", "ese", "ics", "is", "ks", "ons", "es", "iss")
_GIVING: Final = {"go", "award", "give", "hand", "belong", "fall"}
_BROUGHT: Final = cues("bringing")


NATIONS: Final = frozenset({"country", "demonym"})
"""Kinds of chunk without which a sentence speaks of no national team."""


def names_relay(chunks: list[Chunk]) -> bool:
    """Whether a sentence names a relay."""
    return any(c.kind == "discipline" and c.value and c.value[0].relay for c in chunks)


def mark_teams(chunks: list[Chunk], *, relays: bool) -> list[Chunk]:
    """`chunks` with national teams as chunks of kind "reference"; where `relays` are told of, countries that run."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        made = _team(chunks, index, out) or (_country(chunks, index, out) if relays else None)
        out.append(made[0] if made is not None else chunks[index])
        index = made[1] if made is not None else index + 1
    return out


def _team(chunks: list[Chunk], index: int, out: list[Chunk]) -> tuple[Chunk, int] | None:
    """A team by its noun, or a country that acts; and where it ends."""
    start = index + 1 if chunks[index].lemma == "the" and index + 1 < len(chunks) else index
    nation = chunks[start]
    before = len(out) - 2 if lemma_at(out, len(out) - 1) == "the" else len(out) - 1
    if nation.kind not in NATIONS or (lemma_at(out, before) in _GOVERNORS and not _is_part(out, before)):
        return None
    end = start + 1
    while end < len(chunks) and _describes_team(chunks[end]):
        end += 1
    if end == len(chunks):
        return None
    if chunks[end].lemma in TEAM_WORDS:
        inner = chunks[start + 1 : end]
        if _is_part(out, before):
            if lemma_at(chunks, end + 1) not in ("that", "which", "who"):
                return None
            inner.append(Chunk("aside", "", nation.start, nation.start, value=[out[_bearer(out, before)]]))
        return _made(chunks[index], nation, chunks[end], *inner), end + 1
    helped = chunks[end].lemma == "have" and end + 1 < len(chunks) and chunks[end + 1].kind == "verb"
    verb = chunks[end + 1] if helped else chunks[end]
    acting = verb.kind == "verb" and verb.value in ("past", "pp") and verb.lemma in _TEAM_VERBS
    if acting and nation.kind == "country" and end == start + 1:
        return _made(chunks[index], nation, nation), end
    return None


def _is_part(out: list[Chunk], of: int) -> bool:
    """Whether "part of", "a member of" stands at `of`, said of somebody: "Vane, part of the Norwegian relay team"."""
    part = lemma_at(out, of) == "of" and lemma_at(out, of - 1) in ("part", "member")
    return part and _bearer(out, of) >= 0


def _bearer(out: list[Chunk], of: int) -> int:
    """Where the person stands of whom "part of" is said; -1 where there is none."""
    place = of - 2
    while place >= 0 and out[place].lemma in (",", "a", "the", "was", "be", "as"):
        place -= 1
    return place if place >= 0 and out[place].kind == "person" else -1


def _country(chunks: list[Chunk], index: int, out: list[Chunk]) -> tuple[Chunk, int] | None:
    """A country that runs: "ahead of France and Jamaica", "with Canada third", "gold went to Norway"."""
    nation, after = chunks[index], at(chunks, index + 1)
    if nation.kind == "demonym" and _is_people(nation, after, out):
        return _made(nation, nation, nation), index + 1
    if nation.kind != "country":
        return None
    if after is not None and (after.lemma in ("'s", "'") or after.kind == "person"):
        owned = at(chunks, index + 2)  # "Norway's 3:20.88 was worth silver"
        return (_made(nation, nation, nation), index + 1) if owned is not None and owned.kind == "mark" else None
    before = out[-1] if out and out[-1].lemma != "the" else at(out, len(out) - 2)
    listed = after is not None and after.text == "("  # its runners follow
    if listed or (_acts(after) if before is None else _runs(out, before, after)):
        return _made(nation, nation, nation), index + 1
    return None


def _is_people(nation: Chunk, after: Chunk | None, out: list[Chunk]) -> bool:
    """ "the Americans were second", "the Dutch had gold": a people that ran, no single one of it."""
    several = nation.text.endswith(_OF_SEVERAL) and lemma_at(out, len(out) - 1) == "the"
    before = lemma_at(out, len(out) - 2)
    related = after is not None and after.lemma == ","
    return several and before not in _GOVERNORS and (related or _acts(after))


def _runs(out: list[Chunk], before: Chunk, after: Chunk | None) -> bool:
    place = next(i for i in range(len(out) - 1, -1, -1) if out[i] is before)
    if before.kind == "verb" and before.lemma in _BROUGHT:
        return True
    if before.lemma == "of":
        return lemma_at(out, place - 1) == "ahead"
    if before.lemma == "by":  # "the relay was won by Italy"
        return lemma_at(out, place - 1) in ("win", "take", "claim")
    if before.lemma == "to":
        return any(c.kind == "verb" and c.lemma in _GIVING for c in out[max(0, place - 2) : place])
    listed = before.lemma in ("and", ",") and place > 0 and _is_team(out[place - 1])
    return listed or (before.lemma in _OPENING and _acts(after))


def _acts(after: Chunk | None) -> bool:
    """Whether what follows tells of a result: "Jamaica second", "Jamaica ran"."""
    return after is not None and (after.kind in ("ordinal", "mark") or (after.kind == "verb" and after.value == "past"))


def _is_team(chunk: Chunk) -> bool:
    return isinstance(chunk.value, Reference) and chunk.value.how == "team"


def _describes_team(chunk: Chunk) -> bool:
    told = chunk.kind in ("sex", "discipline", "setting", "category", "surface")
    return told or chunk.lemma in ("'s", "relay", "4x100m", "sprint", "senior", "junior")


def _made(first: Chunk, nation: Chunk, last: Chunk, *inner: Chunk) -> Chunk:
    team = Reference("team", country=nation.value)
    return Chunk("reference", nation.text, first.start, last.end, value=team, inner=inner)


def for_team(clause: Clause, events: list[Event]) -> list[Event]:
    """What "Vane, part of the Norwegian 4x400m team that won gold" tells of Vane is told of the team too."""
    team = next((c for c in clause.before if _is_team(c) and any(i.kind == "aside" for i in c.inner)), None)
    if team is None or clause.connective not in ("that", "which", "who"):
        return events
    race = describe([c for c in team.inner if c.kind == "discipline"])
    told = [replace(event, contest=event.contest.over(race)) for event in events]
    alone = replace(team, inner=tuple(c for c in team.inner if c.kind != "aside"))
    return [*told, *(replace(event, who=alone) for event in told)]


def brought_team(clause: Clause) -> Chunk | None:
    """The team of "anchored Norway to gold in 2:54.43, a national record": what was achieved is its own."""
    brought = clause.verb is not None and clause.verb.lemma in _BROUGHT
    return next((c for c in clause.after[:3] if _is_team(c)), None) if brought else None


def with_members(events: list[Event]) -> list[Event]:
    """`events` and those of the members that stand in parentheses behind a team: "Norway (Vane, Brandt, ...) won"."""
    found = []
    for event in events:
        found.append(event)
        if _is_team(event.who):
            members = [c for i in event.who.inner if i.kind == "aside" for c in i.value if c.kind == "person"]
            found += [replace(event, who=member) for member in members]
    return found
