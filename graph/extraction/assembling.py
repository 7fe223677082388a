"""Drafts to an `Extraction`: results gathered into races, duplicates joined, evidence cut from the stored text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from graph.extraction.clubs import ClubName
from graph.extraction.drafts import Proof, ResultDraft
from graph.extraction.gathering import by_race, compatible
from graph.extraction.lengths import measure
from graph.model import (
    Best,
    Club,
    Coaching,
    Evidence,
    Extraction,
    Family,
    Membership,
    Mention,
    NonQualification,
    Person,
    Race,
    Ranking,
    Result,
    Tally,
    TrainingPartners,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.extraction.chunks import Chunk
    from graph.extraction.drafts import BestDraft, Drafts, RelationDraft, StandingDraft
    from graph.extraction.people import Entity
    from graph.extraction.reading import Reading
    from graph.model import Kin, Role, Status

_Value = TypeVar("_Value")


def assemble(reading: Reading, drafts: Drafts, version: str) -> Extraction:
    """The facts of one document."""
    return _Assembly(reading, drafts).extraction(version)


class _Assembly:
    """Builds the facts of one document."""

    def __init__(self, reading: Reading, drafts: Drafts) -> None:
        self._reading = reading
        self._drafts = drafts
        self._naming: dict[str, int] = {}
        """The sentence that names each place first."""
        for sentence in reversed(reading.sentences):
            self._naming |= {c.value.name: sentence.number for c in sentence.chunks if c.kind == "place"}

    def extraction(self, version: str) -> Extraction:
        article = self._reading.document.article
        races, results = self._contests()
        missed = list(self._missed(races))
        bests = self._bests(self._drafts.bests)
        return Extraction(
            article=article.id,
            extractor=version,
            title=article.title,
            published=article.published,
            people=tuple(self._people()),
            clubs=tuple(self._clubs()),
            coaching=tuple(self._coaching()),
            memberships=tuple(self._memberships()),
            family=tuple(self._family()),
            races=tuple(races),
            results=tuple(results),
            bests=tuple(bests),
            rankings=tuple(self._rankings()),
            tallies=tuple(self._tallies()),
            did_not_reach=tuple(missed),
            trained_with=tuple(self._partners()),
        )

    # ---- evidence

    def _evidence(self, proofs: Iterable[Proof], slots: tuple[str, ...] = ()) -> tuple[Evidence, ...]:
        found = []
        for proof in dict.fromkeys(proofs):
            sentence = self._reading.sentences[proof.sentence]
            span = self._reading.document.stored(sentence.span.start, sentence.span.end)
            quote = self._reading.document.article.text[span.start : span.end]
            found.append(
                Evidence(
                    quote, span.start, span.end, proof.rule, proof.confidence, proof.basis, slots, sieve=proof.sieve
                )
            )
        return tuple(found)

    # ---- people and clubs

    def _people(self) -> Iterable[Person]:
        for entity in self._reading.people.entities:
            if not published(entity):
                continue
            named = Proof(self._sentence_at(entity.mentions[0].start), "person.named", 0.9, "Explicit")
            evidence = self._evidence([named])
            if entity.country_told is not None:
                country = Proof(*entity.country_told, 0.95, "Explicit")
                evidence += self._evidence([country], ("country",))
            mentions = tuple(map(self._mention, entity.mentions))
            yield Person(entity.name, _roles(entity), entity.country, entity.sex, evidence, mentions)

    def _mention(self, chunk: Chunk) -> Mention:
        span = self._reading.document.stored(chunk.start, chunk.end)
        return Mention(self._reading.document.article.text[span.start : span.end], span.start, span.end)

    def _sentence_at(self, offset: int) -> int:
        return next(s.number for s in self._reading.sentences if s.span.start <= offset < s.span.end)

    def _clubs(self) -> Iterable[Club]:
        found: dict[str, tuple[ClubName, list[Proof]]] = {}
        for draft in self._drafts.relations:
            if isinstance(draft.second, ClubName) and published(draft.first):
                found.setdefault(draft.second.name, (draft.second, []))[1].append(draft.proof)
        for club, proofs in found.values():
            yield Club(club.name, club.kind, evidence=self._evidence(proofs[:1]))

    # ---- relations

    def _coaching(self) -> Iterable[Coaching]:
        for draft in _unique(self._drafts.relations, "coaching"):
            yield Coaching(draft.first.name, draft.second.name, _status(draft), self._evidence([draft.proof]))

    def _memberships(self) -> Iterable[Membership]:
        for draft in _unique(self._drafts.relations, "membership"):
            yield Membership(draft.first.name, draft.second.name, _status(draft), self._evidence([draft.proof]))

    def _family(self) -> Iterable[Family]:
        for draft in _unique(self._drafts.relations, "family"):
            kin = cast("Kin", draft.value)
            yield Family(draft.first.name, kin, draft.second.name, self._evidence([draft.proof]))

    # ---- races and results

    def _contests(self) -> tuple[list[Race], list[Result]]:
        measure(self._drafts.results)
        groups = by_race(draft for draft in self._drafts.results if published(draft.athlete))
        races: list[Race] = []
        results: list[Result] = []
        for number, group in enumerate(groups, 1):
            races.append(self._race(f"r{number}", group))
            results += self._results(f"r{number}", group)
        return races, results

    def _race(self, identifier: str, group: list[ResultDraft]) -> Race:
        contests = [d.contest for d in group]
        competition = _first(c.competition for c in contests)
        discipline = _first(c.discipline for c in contests)
        return Race(
            id=identifier,
            competition=competition.name if competition else None,
            year=_first(c.year for c in contests),
            place=_first(c.place for c in contests),
            discipline=discipline.name if discipline else None,
            sex=_first(c.sex for c in contests),
            round=_first(c.round for c in contests),
            date=_first(c.day for c in contests),
            series=competition.series if competition else None,
            category=_first(c.category for c in contests),
            indoor=any(c.indoor for c in contests),
            reigning=any(d.reigning for d in group),
            evidence=self._race_evidence(group[0].proof, _first(c.place for c in contests)),
        )

    def _race_evidence(self, proof: Proof, place: str | None) -> tuple[Evidence, ...]:
        """The sentence that tells of the race, and the first that names its place."""
        told = self._evidence([proof])
        naming = self._naming.get(place or "")
        if naming is None:
            return told
        return told + self._evidence([Proof(naming, "race.place", 0.9, "Explicit")], ("place",))

    # ---- standings

    def _standings(self, kind: str) -> Iterable[StandingDraft]:
        return (d for d in self._drafts.standings if d.standing.kind == kind and published(d.who))

    def _rankings(self) -> Iterable[Ranking]:
        for d in self._standings("rank"):
            if d.contest.discipline is not None:
                name, scope = d.contest.discipline.name, d.standing.scope
                yield Ranking(d.who.name, d.standing.number, name, scope, self._evidence([d.proof]))

    def _tallies(self) -> Iterable[Tally]:
        for d in self._standings("tally"):
            competition = d.contest.competition
            if competition is not None:
                counted = cast("Literal['gold', 'silver', 'bronze', 'title']", d.standing.of)
                proof = self._evidence([d.proof])
                yield Tally(d.who.name, d.standing.number, counted, competition.name, competition.series, proof)

    def _partners(self) -> Iterable[TrainingPartners]:
        for d in self._standings("partner"):
            if d.other is not None and published(d.other):
                yield TrainingPartners(d.who.name, d.other.name, self._evidence([d.proof]))

    def _missed(self, races: list[Race]) -> Iterable[NonQualification]:
        """Rounds that somebody did not reach; a race that the article says nothing else of is added to `races`."""
        for d in self._standings("missed"):
            contest = d.contest
            if contest.competition is None or contest.discipline is None or contest.round is None:
                continue
            wanted = (contest.competition.series, contest.discipline.name, contest.year, contest.round)
            race = next((r for r in races if (r.series, r.discipline, r.year, r.round) == wanted), None)
            if race is None:
                draft = ResultDraft(d.who, contest, None, None, None, d.proof)
                race = self._race(f"r{len(races) + 1}", [draft])
                races.append(race)
            yield NonQualification(d.who.name, race.id, self._evidence([d.proof]))

    def _results(self, race: str, group: list[ResultDraft]) -> Iterable[Result]:
        by_athlete: defaultdict[Entity, list[ResultDraft]] = defaultdict(list)
        for draft in group:
            by_athlete[draft.athlete].append(draft)
        seconds = {d.athlete for d in group if d.position == 2}
        for athlete, drafts in by_athlete.items():
            beaten = next((d for d in drafts if seconds & set(d.ahead_of)), None)
            if beaten is not None and all(d.position is None for d in drafts):  # ahead of whoever was second
                beaten.position = 1
                beaten.medal = "gold" if any(d.medal == "silver" for d in group) else beaten.medal
            evidence: tuple[Evidence, ...] = ()
            for draft in drafts:
                told = (s for s in ("position", "mark", "medal") if s != draft.implied)
                slots = tuple(s for s in told if getattr(draft, s) is not None)
                evidence += self._evidence([draft.proof], slots)
            yield Result(
                race,
                athlete.name,
                _first(d.position for d in drafts),
                _first(d.mark for d in drafts),
                _first(d.medal for d in drafts),
                athlete.team,
                ahead_of=tuple(dict.fromkeys(o.name for d in drafts for o in d.ahead_of if published(o))),
                evidence=evidence,
            )

    def _bests(self, drafts: list[BestDraft]) -> Iterable[Best]:
        kept: list[BestDraft] = []
        for draft in drafts:
            if not published(draft.athlete):
                continue
            same = next((d for d in kept if _same_best(d, draft)), None)
            if same is None:
                kept.append(draft)
                continue
            same.mark = same.mark or draft.mark
            same.discipline = same.discipline or draft.discipline
        for d in kept:
            team = d.athlete.team
            yield Best(d.athlete.name, d.kind, d.discipline, d.mark, d.indoor, d.area, team, self._evidence([d.proof]))


def _first(values: Iterable[_Value | None]) -> _Value | None:
    return next((value for value in values if value is not None), None)


def _roles(entity: Entity) -> tuple[Role, ...]:
    """A coach is an athlete too where a result, title or record says so; whoever has no other role is an athlete."""
    roles = sorted(entity.roles)
    return tuple(roles) if roles and not entity.licences & {"result", "title", "record"} else ("athlete", *roles)


def published(entity: Entity) -> bool:
    """Whether the article makes an athlete or coach of the name."""
    if entity.team:
        return True
    if not entity.full and len(entity.mentions) < 2 and "lost" not in entity.licences:
        return False
    if entity.official and not entity.licences & {"result", "title", "record", "coach", "role"}:
        return False
    return bool(entity.licences - {"lost"}) or (entity.full and not (entity.official or entity.bystander))


def _same_best(one: BestDraft, other: BestDraft) -> bool:
    if one.athlete is not other.athlete or one.kind != other.kind:
        return False
    return compatible(one.discipline, other.discipline) and compatible(one.mark, other.mark)


def _unique(drafts: list[RelationDraft], kind: str) -> list[RelationDraft]:
    found: dict[tuple[str, str, str], RelationDraft] = {}
    for draft in drafts:
        second = draft.second
        if draft.kind != kind or not published(draft.first):
            continue
        if isinstance(second, ClubName) or published(second):
            key = (draft.first.name, second.name, draft.value if kind == "family" else "")
            if key not in found or draft.value == "former":
                found[key] = draft
    return list(found.values())


def _status(draft: RelationDraft) -> Status:
    return "former" if draft.value == "former" else "current"
