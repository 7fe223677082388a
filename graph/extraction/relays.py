"""Relays told in passing: "Norway's triumph in the 4x100m relay", "the victorious relay team"; who ran in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import Contest, describe, identity
from graph.extraction.drafts import Proof
from graph.extraction.events import Event
from graph.extraction.nounphrases import Noun
from graph.extraction.references import Reference
from graph.extraction.teams import NATIONS, TEAM_WORDS

if TYPE_CHECKING:
    from graph.extraction.drafts import Drafts, ResultDraft
    from graph.extraction.people import Entity
    from graph.extraction.sentences import Sentence

_VICTORIOUS: Final = {"victorious", "winning", "triumphant", "successful", "golden"}
_DESCRIBING: Final = ("sex", "discipline", "punct")
_RELAY: Final = ("relay", "sprint")
_WON: Final = ("medal", "crown", "champion", "victory")
_REACH: Final = 8
_RUNNERS: Final = 4
_OF_RUNNERS: Final = TEAM_WORDS | {"relay", "leg", "legs", "baton"}


def only_relay(sentences: list[Sentence]) -> Chunk | None:
    """A mention of the one relay that an article names; None where it names several or none."""
    found = {c.value: c for s in sentences for c in s.chunks if _is_relay(c)}
    return next(iter(found.values())) if len(found) == 1 else None


def name_relay(chunks: list[Chunk], relay: Chunk) -> list[Chunk]:
    """`chunks` with "relay gold", "the relay title", "the relay team" of the one relay that the article names."""
    out = []
    for index, chunk in enumerate(chunks):
        after = at(chunks, index + 1)
        alone = chunk.lemma == "relay" and chunk.kind == "word" and (index == 0 or not _is_relay(chunks[index - 1]))
        if alone and after is not None and (after.kind in _WON or after.lemma in TEAM_WORDS):
            chunk = Chunk("discipline", chunk.text, chunk.start, chunk.end, relay.lemma, relay.value)
        out.append(chunk)
    return out


def relay_wins(chunks: list[Chunk]) -> list[Event]:
    """The wins of national teams that the noun phrases of one sentence presuppose."""
    found = []
    for index, chunk in enumerate(chunks):
        if chunk.kind == "victory" and isinstance(chunk.value, Noun):
            won = _victory_of(chunks, index, chunk.value)
        elif chunk.kind in NATIONS:
            won = _victorious(chunks, index)
        else:
            continue
        if won is not None:
            found += [won, *_member(chunks, index, won)]
    return found


def _victory_of(chunks: list[Chunk], index: int, noun: Noun) -> Event | None:
    """ "Norway's surprise win in the 4x400m relay" """
    race = at(chunks, index + 3 if lemma_at(chunks, index + 2) == "the" else index + 2)
    if noun.demonym is None or lemma_at(chunks, index + 1) not in ("in", "over") or not _is_relay(race):
        return None
    assert race is not None  # noqa: S101  # a relay is there
    return _won(chunks[index], noun.demonym, describe([race]))


def _victorious(chunks: list[Chunk], index: int) -> Event | None:
    """ "Norway's victorious men's 4x400m team", "the victory for the Norwegian 4x400m relay team" """
    praised = False
    row: list[Chunk] = []
    for chunk in chunks[index + 1 : index + _REACH]:
        if chunk.lemma in TEAM_WORDS:
            before = lemma_at(chunks, index - 1)
            place = index - 2 if before == "the" else index - 1
            given = lemma_at(chunks, place) in ("for", "of") and at(chunks, place - 1) is not None
            victory = given and place > 0 and chunks[place - 1].kind == "victory"
            relay = any(_is_relay(c) or c.lemma == "relay" for c in row)
            return _won(chunks[index], chunks[index].value, describe(row)) if relay and (praised or victory) else None
        praised = praised or chunk.lemma in _VICTORIOUS
        if chunk.kind not in _DESCRIBING and chunk.lemma not in _VICTORIOUS and chunk.lemma not in _RELAY:
            return None
        row.append(chunk)
    return None


def _won(nation: Chunk, country: str, contest: Contest) -> Event:
    team = Chunk("reference", nation.text, nation.start, nation.end, value=Reference("team", country=country))
    return Event("result", team, "result.relay-team", contest, position=1)


def _member(chunks: list[Chunk], index: int, won: Event) -> list[Event]:
    """ "Vane ran the final leg of Norway's win": who was in the team."""
    before = [c.lemma for c in chunks[max(0, index - 3) : index]]
    if "of" not in before:
        return []
    runner = None
    if "leg" in before:
        runner = next((c for c in reversed(chunks[:index]) if c.kind in ("person", "reference")), None)
    elif "member" in before:  # "another member of Norway's victorious relay team, Callum Vane"
        team = next(i for i, c in enumerate(chunks) if i > index and c.lemma in TEAM_WORDS)
        apposed = lemma_at(chunks, team + 1) in (",", "-", "–", "—")
        named = at(chunks, team + 2) if apposed else None
        runner = named if named is not None and named.kind == "person" else None
    return [Event("result", runner, "result.relay-team", won.contest, position=1)] if runner is not None else []


def _is_relay(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.kind == "discipline" and bool(chunk.value) and bool(chunk.value[0].relay)


def add_runners(sentences: list[Sentence], drafts: Drafts) -> None:
    """ "The four, Vane, Brandt, Falk and Lund": where one team's relay is told, they ran it, and have its result."""
    _locate_wins(drafts)
    teams = [d for d in drafts.results if d.athlete.team and d.contest.discipline and isinstance(d.position, int)]
    races = {(d.athlete.team, identity(d.contest.competition), d.contest.year, d.contest.discipline) for d in teams}
    if len(races) != 1:
        return
    for sentence in sentences:
        runners = _quartet(sentence)
        if runners and not any(e.country not in (None, teams[0].athlete.team) for e in runners):
            _add(runners, teams, sentence, drafts)


def _locate_wins(drafts: Drafts) -> None:
    """A win told in passing is that of the relay which the article tells elsewhere, where it tells one."""
    told = [d for d in drafts.results if d.contest.discipline is not None and d.contest.discipline.relay]
    whole = [d for d in told if d.proof.rule != "result.relay-team" and d.contest.competition is not None]
    if len({(identity(d.contest.competition), d.contest.year, d.contest.discipline) for d in whole}) == 1:
        for draft in told:
            if draft.proof.rule == "result.relay-team":
                drafts.relocate(draft, whole[0].contest)


def _quartet(sentence: Sentence) -> list[Entity]:
    """The four people that a sentence about a team lists."""
    if not any(c.lemma in _OF_RUNNERS or _is_relay(c) for c in sentence.chunks):
        return []
    run: list[Chunk] = []
    for chunk in sentence.chunks:
        if chunk.kind == "person":
            run.append(chunk)
        elif run and chunk.lemma not in (",", "and", "&"):
            if len(run) == _RUNNERS:
                break
            run = []
    people = list(dict.fromkeys(c.value for c in run))
    return people if len(people) == _RUNNERS else []


def _add(runners: list[Entity], teams: list[ResultDraft], sentence: Sentence, drafts: Drafts) -> None:
    told = teams[0]
    discipline = told.contest.discipline
    mark = next((d.mark for d in teams if d.mark), None)
    for runner in runners:
        if any(d.athlete is runner and d.contest.discipline is discipline for d in drafts.results):
            continue
        runner.licences.add("result")
        runner.of_country(told.athlete.team or "", told.proof.sentence, "country.relay")
        proof = Proof(sentence.number, "result.relay-runners", 0.8, "Contextual", "group")
        drafts.result(runner, told.contest, proof, position=told.position, mark=mark, medal=told.medal)
