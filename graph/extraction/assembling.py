"""Drafts to an `Extraction`: results gathered into races, duplicates joined, evidence cut from the stored text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.extraction.clubs import ClubName
from graph.extraction.discourse import identity
from graph.extraction.drafts import BestDraft, Drafts, Proof, RelationDraft, ResultDraft
from graph.model import Best, Club, Coaching, Evidence, Extraction, Family, Membership, Mention, Person, Race, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.extraction.people import Entity
    from graph.extraction.reading import Reading


def assemble(reading: Reading, drafts: Drafts, version: str) -> Extraction:
    """The facts of one document."""
    return _Assembly(reading, drafts).extraction(version)


def _compatible(a: object, b: object) -> bool:
    return a is None or b is None or a == b


class _Assembly:
    def __init__(self, reading: Reading, drafts: Drafts) -> None:
        self._reading = reading
        self._drafts = drafts
        self._races: list[tuple[ResultDraft, list[ResultDraft]]] = []

    def extraction(self, version: str) -> Extraction:
        article = self._reading.document.article
        races, results = self._contests()
        bests = self._bests(self._drafts.bests)
        coaching = [
            Coaching(d.first.name, _name(d.second), d.value, self._evidence([d.proof]))
            for d in _unique(self._drafts.relations, "coaching")
        ]  # type: ignore[arg-type]
        members = [
            Membership(d.first.name, _name(d.second), d.value, self._evidence([d.proof]))
            for d in _unique(self._drafts.relations, "membership")
        ]  # type: ignore[arg-type]
        family = [
            Family(d.first.name, d.value, _name(d.second), self._evidence([d.proof]))
            for d in _unique(self._drafts.relations, "family")
        ]  # type: ignore[arg-type]
        return Extraction(
            article=article.id,
            extractor=version,
            title=article.title,
            published=article.published,
            people=tuple(self._people()),
            clubs=tuple(self._clubs()),
            coaching=tuple(coaching),
            memberships=tuple(members),
            family=tuple(family),
            races=tuple(races),
            results=tuple(results),
            bests=tuple(bests),
        )

    # ---- evidence

    def _evidence(self, proofs: Iterable[Proof], slots: tuple[str, ...] = ()) -> tuple[Evidence, ...]:
        found = []
        for proof in dict.fromkeys(proofs):
            sentence = self._reading.sentences[proof.sentence]
            span = self._reading.document.stored(sentence.span.start, sentence.span.end)
            quote = self._reading.document.article.text[span.start : span.end]
            found.append(Evidence(quote, span.start, span.end, proof.rule, proof.confidence, proof.basis, slots))
        return tuple(found)

    # ---- people and clubs

    def _people(self) -> Iterable[Person]:
        for entity in self._reading.people.entities:
            if not published(entity):
                continue
            mentions = []
            for chunk in entity.mentions:
                span = self._reading.document.stored(chunk.start, chunk.end)
                mentions.append(
                    Mention(self._reading.document.article.text[span.start : span.end], span.start, span.end)
                )
            roles = (
                tuple(sorted(entity.roles))
                if entity.roles and not entity.licences & {"result", "title", "record"}
                else ("athlete", *sorted(entity.roles))
            )
            sentence = self._sentence_at(entity.mentions[0].start)
            proofs = [Proof(sentence, "person.named", 0.9, "Explicit")]
            evidence = self._evidence(proofs)
            if entity.country_evidence is not None:
                evidence += self._evidence(
                    [Proof(entity.country_evidence, "person.country", 0.95, "Explicit")], ("country",)
                )
            yield Person(entity.name, roles, entity.country, entity.sex, evidence, tuple(mentions))  # type: ignore[arg-type]

    def _sentence_at(self, offset: int) -> int:
        return next(s.number for s in self._reading.sentences if s.span.start <= offset < s.span.end)

    def _clubs(self) -> Iterable[Club]:
        found: dict[str, tuple[ClubName, list[Proof]]] = {}
        for draft in self._drafts.relations:
            if isinstance(draft.second, ClubName) and published(draft.first):
                found.setdefault(draft.second.name, (draft.second, []))[1].append(draft.proof)
        for club, proofs in found.values():
            yield Club(club.name, club.kind, evidence=self._evidence(proofs[:1]))

    # ---- races and results

    def _contests(self) -> tuple[list[Race], list[Result]]:
        groups: list[list[ResultDraft]] = []
        for draft in self._drafts.results:
            if not published(draft.athlete):
                continue
            group = next((g for g in groups if _same_race(g, draft)), None)
            if group is None:
                groups.append([draft])
            else:
                group.append(draft)
        races, results = [], []
        for number, group in enumerate(groups, 1):
            races.append(self._race(f"r{number}", group))
            results += self._results(f"r{number}", group)
        return races, results

    def _race(self, identifier: str, group: list[ResultDraft]) -> Race:
        def first(name: str) -> object:
            return next((v for d in group if (v := getattr(d.contest, name)) is not None), None)

        competition, discipline = first("competition"), first("discipline")
        return Race(
            id=identifier,
            competition=competition.name if competition else None,  # type: ignore[attr-defined]
            year=first("year"),  # type: ignore[arg-type]
            place=first("place"),  # type: ignore[arg-type]
            discipline=discipline.name if discipline else None,  # type: ignore[attr-defined]
            sex=first("sex"),  # type: ignore[arg-type]
            round=first("round"),  # type: ignore[arg-type]
            date=first("day"),  # type: ignore[arg-type]
            series=competition.series if competition else None,  # type: ignore[attr-defined]
            category=first("category"),  # type: ignore[arg-type]
            indoor=any(d.contest.indoor for d in group),
            reigning=any(d.reigning for d in group),
            evidence=self._evidence([group[0].proof]),
        )

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
            position = next((d.position for d in drafts if d.position is not None), None)
            mark = next((d.mark for d in drafts if d.mark is not None), None)
            medal = next((d.medal for d in drafts if d.medal is not None), None)
            evidence: tuple[Evidence, ...] = ()
            for draft in drafts:
                slots = tuple(s for s in ("position", "mark", "medal") if getattr(draft, s) is not None)
                evidence += self._evidence([draft.proof], slots)
            ahead = tuple(dict.fromkeys(o.name for d in drafts for o in d.ahead_of if published(o)))
            yield Result(race, athlete.name, position, mark, medal, athlete.team, ahead_of=ahead, evidence=evidence)  # type: ignore[arg-type]

    def _bests(self, drafts: list[BestDraft]) -> Iterable[Best]:
        kept: list[BestDraft] = []
        for draft in drafts:
            if not published(draft.athlete):
                continue
            same = [
                d
                for d in kept
                if d.athlete is draft.athlete
                and d.kind == draft.kind
                and _compatible(d.discipline, draft.discipline)
                and _compatible(d.mark, draft.mark)
            ]
            if same:
                same[0].mark = same[0].mark or draft.mark
                same[0].discipline = same[0].discipline or draft.discipline
            else:
                kept.append(draft)
        for d in kept:
            yield Best(d.athlete.name, d.kind, d.discipline, d.mark, d.indoor, d.area, self._evidence([d.proof]))  # type: ignore[arg-type]


def published(entity: Entity) -> bool:
    """Whether the article makes an athlete or coach of the name."""
    if entity.team:
        return True
    if not entity.full and len(entity.mentions) < 2:
        return False
    if entity.official and not entity.licences & {"result", "title", "record", "coach", "role"}:
        return False
    return bool(entity.licences) or (entity.full and not (entity.official or entity.bystander))


def _same_race(group: list[ResultDraft], draft: ResultDraft) -> bool:
    a, b = group[0].contest, draft.contest
    if identity(a.competition) != identity(b.competition):
        return False
    if a.discipline != b.discipline or a.year != b.year or not _compatible(a.round, b.round):
        return False
    if a.discipline is None and group[0].athlete is not draft.athlete:
        return False
    if not (_compatible(a.sex, b.sex) and _compatible(a.place, b.place) and a.category == b.category):
        return False
    for other in group:
        if other.athlete is draft.athlete:
            if not _compatible(other.position, draft.position) or not _compatible(other.mark, draft.mark):
                return False
        elif isinstance(draft.position, int) and other.position == draft.position and a.competition is None:
            return False
    return True


def _unique(drafts: list[RelationDraft], kind: str) -> list[RelationDraft]:
    found: dict[tuple[str, str, str], RelationDraft] = {}
    for draft in drafts:
        if (
            draft.kind == kind
            and published(draft.first)
            and (isinstance(draft.second, ClubName) or published(draft.second))
        ):
            key = (draft.first.name, _name(draft.second), draft.value if kind == "family" else "")
            if key not in found or draft.value == "former":
                found[key] = draft
    return list(found.values())


def _name(value: Entity | ClubName) -> str:
    return value.name
