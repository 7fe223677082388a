"""Relays told in passing: "Norway's triumph in the 4x100m relay", "the victorious relay team"; who ran in them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import Contest, describe, identity
from graph.extraction.drafts import Proof
from graph.extraction.events import Event
from graph.extraction.gathering import compatible
from graph.extraction.national import nation_of
from graph.extraction.nounphrases import Noun
from graph.extraction.references import Reference
from graph.extraction.teams import NATIONS, TEAM_WORDS

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.discourse import Settled
    from graph.extraction.drafts import Drafts, ResultDraft
    from graph.extraction.people import Entity
    from graph.extraction.sentences import Sentence

_VICTORIOUS: Final = {"victorious", "winning", "triumphant", "successful", "golden"}
_DESCRIBING: Final = ("sex", "discipline", "punct")
_RELAY: Final = ("relay", "sprint")
_WON: Final = ("medal", "crown", "champion", "victory")
_RUNNING: Final = ("run", "handle", "cover", "take")
_WINNERS: Final = ("winner", "winners", "victors", "champions")
_REACH: Final = 8
_RUNNERS: Final = 4
RELAY_WORDS: Final = frozenset({"relay", "relays", "leg", "legs", "baton"})
"""Words that speak of a relay, where the article names one."""

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
            whole = _won(chunks[index], chunks[index].value, describe(row), chunk)
            return whole if relay and (praised or victory) else None
        praised = praised or chunk.lemma in _VICTORIOUS
        if chunk.kind not in _DESCRIBING and chunk.lemma not in _VICTORIOUS and chunk.lemma not in _RELAY:
            return None
        row.append(chunk)
    return None


def _won(nation: Chunk, country: str, contest: Contest, last: Chunk | None = None) -> Event:
    team = Chunk("reference", nation.text, nation.start, (last or nation).end, value=Reference("team", country=country))
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
    _add_teams(sentences, drafts)
    _add_legs(sentences, drafts)
    teams = [d for d in drafts.results if d.athlete.team and d.contest.discipline]
    teams = [d for d in teams if isinstance(d.position, int)] or [d for d in teams if d.mark is not None]
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


def _add_teams(sentences: list[Sentence], drafts: Drafts) -> None:
    """ "Norway's Vane, Brandt, Falk and Lund won gold": their team did, and all are of its country."""
    groups: defaultdict[tuple[int, Settled, object, str | None], list[ResultDraft]] = defaultdict(list)
    for draft in drafts.results:
        if draft.contest.discipline is not None and draft.contest.discipline.relay and not draft.athlete.team:
            groups[draft.proof.sentence, draft.contest, draft.position, draft.mark].append(draft)
    described = {s.number: [i for c in s.chunks if c.kind == "person" for i in c.inner] for s in sentences}
    for (number, contest, *_), group in groups.items():
        code, *others = {d.athlete.country for d in group if d.athlete.country} or {""}
        if others or not code or len({d.athlete for d in group}) < _RUNNERS - 1:
            continue
        for draft in group:
            draft.athlete.of_country(code, number, "country.relay")
        named = next((i for i in described[number] if i.kind in NATIONS and i.value == code), None)
        team = drafts.salience.team(named or Chunk("country", code, 0, 0), code)
        first = group[0]
        if not any(d.athlete is team and _is_of(d, contest, first) for d in drafts.results):
            proof = first.proof._replace(rule="result.relay-team", sieve="team")
            drafts.result(team, contest, proof, position=first.position, mark=first.mark, medal=first.medal)


def _is_of(draft: ResultDraft, contest: Settled, other: ResultDraft) -> bool:
    """Whether a team's result may be the one that its runners' result in `contest` is."""
    told = draft.contest
    same = told.discipline is contest.discipline and compatible(told.year, contest.year)
    same = same and compatible(told.sex, contest.sex) and compatible(told.round, contest.round)
    return same and compatible(draft.position, other.position) and compatible(draft.mark, other.mark)


def _add_legs(sentences: list[Sentence], drafts: Drafts) -> None:
    """ "Vane, Brandt and Falk had run the first legs for Norway": they have the result of its one relay."""
    for sentence in sentences:
        for clause in sentence.clauses:
            runners = list(dict.fromkeys(c.value for c in clause.subjects if c.kind == "person"))
            if not clause.asserted or not _has_run(clause):
                continue
            told = [d for d in drafts.results if d.proof.sentence <= sentence.number]
            teams = _team_of(runners, clause, drafts.results, told)
            if runners and len({_race(d) for d in teams}) == 1:
                _add(runners, teams, sentence, drafts)


def _has_run(clause: Clause) -> bool:
    """ "ran the first leg", "took the baton" """
    words = {c.lemma for c in clause.after}
    legs = not words.isdisjoint(("leg", "legs")) and clause.has_verb(*_RUNNING)
    return legs or ("baton" in words and clause.has_verb("take", "carry", "bring", "receive", "collect"))


def _team_of(
    runners: list[Entity], clause: Clause, results: list[ResultDraft], told: list[ResultDraft]
) -> list[ResultDraft]:
    """The results of the team that runners ran for: that of the country named, of the winners, or their own."""
    teams = [d for d in results if d.athlete.team and d.contest.discipline and d.contest.discipline.relay]
    code = next((nation_of(c) for c in clause.chunks if nation_of(c)), None)
    own = {e.country for e in runners if e.country}
    if code is None and any(c.lemma in _WINNERS for c in clause.after):
        last = next((d for d in reversed(told) if d.position == 1 and d in teams), None)
        code = last.athlete.team if last is not None else None
    code = code or (next(iter(own)) if len(own) == 1 else None)
    if code is None or own - {code}:
        return []
    own_team = [d for d in teams if d.athlete.team == code]
    last_race = next((_race(d) for d in reversed(told) if d in own_team), None)
    return [d for d in own_team if last_race in (None, _race(d))]


def _race(draft: ResultDraft) -> tuple[object, ...]:
    contest = draft.contest
    return identity(contest.competition), contest.year, contest.discipline, contest.sex, contest.round


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
