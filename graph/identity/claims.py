"""What one article asserts -> its claims, one for each triple that says more than the keys do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, XSD

from graph.errors import EvidenceError
from graph.facts import (
    AnyRace,
    BestKey,
    Claim,
    CoachingKey,
    Entity,
    Fact,
    Key,
    Mark,
    MembershipKey,
    RankingKey,
    ResultKey,
    TallyKey,
    Value,
)
from graph.identity.likeness import misspelt
from graph.identity.marks import read_mark
from graph.identity.races import discipline_slug, place_slug, race_keys, series_slug
from ontology import vocabulary
from ontology.names import slug
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import URIRef

    from graph.identity.minting import Names
    from graph.model import Article, Basis, Best, Club, Evidence, Extraction, Mention, Person, Race, Result


def _terms(**terms: URIRef) -> dict[str, ox.NamedNode]:
    return {word.replace("_", "-"): ox.NamedNode(str(term)) for word, term in terms.items()}


_BASES: tuple[Basis, ...] = ("Explicit", "Resolved", "Contextual")  # the firmest first
_CLUBS = _terms(club=ATH.Club, training_group=ATH.TrainingGroup, university=ATH.UniversityTeam)
_ROLES = _terms(athlete=ATH.Athlete, coach=ATH.Coach)
_SEXES = _terms(M=ATH.Male, F=ATH.Female, X=ATH.Mixed)
_MEDALS = _terms(gold=ATH.Gold, silver=ATH.Silver, bronze=ATH.Bronze)
_STATUS = _terms(current=ATH.Current, former=ATH.Former)
_OUTCOMES = _terms(DNF=ATH.DNF, DNS=ATH.DNS, DQ=ATH.DQ)
_ORDER = {"gold": 1, "silver": 2, "bronze": 3}
_UNITS = {"time": "seconds", "distance": "metres", "points": "points"}
_WITH_AREA = {"CR", "MR"}  # records of which one athlete may hold several at one discipline


@dataclass(frozen=True, slots=True)
class Naming:
    """An article calls an entity so; `alias` where the spelling is only good for finding it."""

    entity: Entity
    name: str
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Assertions:
    """What one article adds to the graph. Order is that of the extraction."""

    article: str
    claims: tuple[Claim, ...]
    namings: tuple[Naming, ...]
    mentions: tuple[tuple[Entity, Mention], ...]
    races: tuple[AnyRace, ...]


def assertions(extraction: Extraction, article: Article, names: Names) -> Assertions:
    """The claims of one article under the names settled for it; raises EvidenceError for a fact without a sentence."""
    reader = _Reader(extraction, article, names)
    reader.read()
    return Assertions(
        article.id,
        tuple(reader.claims.values()),
        tuple(dict.fromkeys(reader.namings)),
        tuple(reader.mentions),
        tuple(dict.fromkeys(reader.races.values())),
    )


class _Reader:
    """Collects the claims of one article."""

    def __init__(self, extraction: Extraction, article: Article, names: Names) -> None:
        self._extraction = extraction
        self._article = article.id
        self._as_of = article.published or extraction.published
        self._names = names
        self.claims: dict[Fact, Claim] = {}
        self.namings: list[Naming] = []
        self.mentions: list[tuple[Entity, Mention]] = []
        self.races: dict[str, AnyRace] = {}

    def read(self) -> None:
        facts = self._extraction
        self.races = race_keys(facts, self._first_named(), self._names.series)
        for person in facts.people:
            self._person_facts(person)
        for club in facts.clubs:
            self._club_facts(club)
        self._ties()
        for race in facts.races:
            if race.id in self.races:
                self._race_facts(race, self.races[race.id])
        for result in facts.results:
            self._result_facts(result)
        for best in facts.bests:
            self._best_facts(best)
        self._lists()

    def _first_named(self) -> dict[str, str]:
        """Local race id -> whom the article names first in it."""
        first: dict[str, str] = {}
        for result in self._extraction.results:
            first.setdefault(result.race, result.team or self._names.person(result.athlete))
        for missed in self._extraction.did_not_reach:
            first.setdefault(missed.race, self._names.person(missed.athlete))
        return first

    # ---- entities

    def _person(self, name: str) -> Entity:
        entity = Entity("person", self._names.person(name))
        self.namings.append(Naming(entity, name))
        return entity

    def _club(self, name: str) -> Entity:
        entity = Entity("club", self._names.club(name))
        self.namings.append(Naming(entity, name))
        return entity

    def _place(self, name: str) -> Entity:
        entity = Entity("place", place_slug(name))
        self.namings.append(Naming(entity, name))
        return entity

    def _discipline(self, name: str, *, indoor: bool = False) -> str:
        entity = Entity("discipline", discipline_slug(name, indoor=indoor))
        self.namings.append(Naming(entity, name))
        return entity.slug

    def _race(self, local: str) -> AnyRace:
        if local not in self.races:
            raise EvidenceError(
                f"{self._article}: a result speaks of race '{local}', which the extraction does not have"
            )
        return self.races[local]

    # ---- facts, kind by kind

    def _person_facts(self, person: Person) -> None:
        entity = self._person(person.name)
        for role in person.roles:
            self._claim(entity, RDF.type, _ROLES[role], person.evidence, "roles")
        if person.country:
            self._claim(entity, ATH.country, Entity("country", person.country), person.evidence, "country")
        if person.sex and person.sex != "X":  # mixed is what a contest may be
            self._claim(entity, ATH.sex, _SEXES[person.sex], person.evidence, "sex")
        self._mention(entity, person.name, person.mentions)

    def _club_facts(self, club: Club) -> None:
        entity = self._club(club.name)
        self._claim(entity, RDF.type, _CLUBS[club.kind], club.evidence, "kind")
        if club.place:
            self._claim(entity, ATH.place, self._place(club.place), club.evidence, "place")
        self._mention(entity, club.name, club.mentions)

    def _mention(self, entity: Entity, name: str, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self.mentions.append((entity, mention))
            written = _slug_or_none(mention.written)
            if written and misspelt(written, slug(name)):
                self.namings.append(Naming(entity, mention.written, alias=True))

    def _ties(self) -> None:
        for coaching in self._extraction.coaching:
            coach, athlete = self._person(coaching.coach), self._person(coaching.athlete)
            if coach != athlete:
                coached = CoachingKey(coach.slug, athlete.slug)
                self._claim(coached, ATH.status, _STATUS[coaching.status], coaching.evidence, "status")
        for member in self._extraction.memberships:
            membership = MembershipKey(self._person(member.athlete).slug, self._club(member.club).slug)
            self._claim(membership, ATH.status, _STATUS[member.status], member.evidence, "status")
        for tie in self._extraction.family:
            one, other = self._person(tie.person), self._person(tie.of)
            if tie.relation == "child":
                one, other = other, one
            relation = {"sibling": ATH.siblingOf, "spouse": ATH.spouseOf}.get(tie.relation, ATH.parentOf)
            if one != other:
                self._claim(one, relation, other, tie.evidence, "relation")
        for pair in self._extraction.trained_with:
            one, other = self._person(pair.athlete), self._person(pair.partner)
            if one != other:
                self._claim(one, ATH.trainedWith, other, pair.evidence, "partner")

    def _race_facts(self, race: Race, key: AnyRace) -> None:
        if key.series and race.competition:
            self.namings.append(Naming(Entity("series", key.series), race.competition))
        if key.discipline and race.discipline:
            self.namings.append(Naming(Entity("discipline", key.discipline), race.discipline))
        evidence = race.evidence or tuple(
            chain.from_iterable(result.evidence for result in self._extraction.results if result.race == race.id)
        )
        if race.place:
            self._claim(key, ATH.place, self._place(race.place), evidence, "place")
        if race.date:
            day = ox.Literal(race.date.isoformat(), datatype=ox.NamedNode(str(XSD.date)))
            self._claim(key, ATH.date, day, evidence, "date")
        if race.indoor:
            self._claim(key, ATH.indoor, ox.Literal(value=True), evidence, "indoor")

    def _result_facts(self, result: Result) -> None:
        race = self._race(result.race)
        key = ResultKey(race, result.team or self._person(result.athlete).slug, team=result.team is not None)
        if isinstance(result.position, int) and _is_said(result, "position"):
            self._claim(key, ATH.position, ox.Literal(result.position), result.evidence, "position")
        elif result.position and not isinstance(result.position, int):
            self._claim(key, ATH.outcome, _OUTCOMES[result.position], result.evidence, "position")
        mark = _mark(result.mark, race.discipline)
        if mark:
            self._claim(key, ATH.mark, mark, result.evidence, "mark")
        medal = result.medal if _medal_may_be(result, race) and _is_said(result, "medal") else None
        if medal:
            self._claim(key, ATH.medalColour, _MEDALS[medal], result.evidence, "medal")
        for name in result.ahead_of:
            behind = ResultKey(race, self._person(name).slug)
            if behind != key:
                self._claim(key, ATH.aheadOf, behind, result.evidence, "ahead_of")
        said = result.position is not None and _is_said(result, "position")
        if not said and not (mark or medal or result.ahead_of):  # only that the athlete took part
            self._claim(key, ATH.race, race, result.evidence, "race")

    def _best_facts(self, best: Best) -> None:
        if best.discipline is None or best.team is not None:
            return  # a record at nothing known identifies nothing; the graph knows those of athletes only
        discipline = self._discipline(best.discipline, indoor=best.indoor)
        area = slug(best.area) if best.area and best.kind in _WITH_AREA else None
        key = BestKey(best.kind, discipline, self._person(best.athlete).slug, best.indoor, area)
        mark = _mark(best.mark, discipline)
        if mark:
            self._claim(key, ATH.mark, mark, best.evidence, "mark")
        else:
            self._claim(key, ATH.status, _STATUS["current"], best.evidence, "kind")
        if best.area:
            self._claim(key, ATH.area, ox.Literal(best.area), best.evidence, "area")

    def _lists(self) -> None:
        for ranking in self._extraction.rankings:
            place = RankingKey(ranking.scope, self._discipline(ranking.discipline), self._person(ranking.athlete).slug)
            self._claim(place, ATH.rank, ox.Literal(ranking.rank), ranking.evidence, "rank")
        for tally in self._extraction.tallies:
            series = self._names.series(series_slug(tally.series, tally.competition) or slug(tally.competition))
            self.namings.append(Naming(Entity("series", series), tally.competition))
            count = TallyKey(series, tally.of, self._person(tally.athlete).slug)
            self._claim(count, ATH.total, ox.Literal(tally.total), tally.evidence, "total")
        for missed in self._extraction.did_not_reach:
            self._claim(self._person(missed.athlete), ATH.didNotReach, self._race(missed.race), missed.evidence, "race")

    def _claim(self, subject: Key, predicate: URIRef, value: Value, evidence: tuple[Evidence, ...], slot: str) -> None:
        """Adds the claim of one triple, or the sentences to one that is there already."""
        used = [entry for entry in evidence if not entry.slots or slot in entry.slots] or list(evidence)
        if not used:
            raise EvidenceError(f"{self._article}: no sentence says the {slot} of {subject.kind} {subject.slug}")
        fact = Fact(subject, str(predicate), value)
        old = self.claims.get(fact)
        proposers = {*(entry.proposer for entry in used), *((old.proposer,) if old else ())}
        self.claims[fact] = Claim(
            article=self._article,
            fact=fact,
            sentences=tuple(sorted({*((entry.start, entry.end) for entry in used), *(old.sentences if old else ())})),
            rules=tuple(sorted({*(entry.rule for entry in used), *(old.rules if old else ())})),
            confidence=max(*(entry.confidence for entry in used), old.confidence if old else 0.0),
            basis=min((*(entry.basis for entry in used), *((old.basis,) if old else ())), key=_BASES.index),
            as_of=self._as_of,
            proposer=None if None in proposers else min(filter(None, proposers)),
        )


def _mark(text: str | None, discipline: str | None) -> Mark | None:
    """The mark, unless it cannot be one of the discipline: a time in a jump."""
    mark = read_mark(text) if text else None
    known = vocabulary.discipline(discipline) if mark and discipline else None
    return None if mark and known and _UNITS[known.mark_kind] != mark.unit else mark


def _is_said(result: Result, slot: str) -> bool:
    """Whether a sentence says it; a medal that only follows from the place is left to the rules."""
    return any(not entry.slots or slot in entry.slots for entry in result.evidence)


def _medal_may_be(result: Result, race: AnyRace) -> bool:
    """Not outside a final, nor with another position: one of the two was misread, and the position is the surer."""
    if race.round not in (None, "final"):
        return False
    return result.position is None or (result.medal is not None and result.position == _ORDER[result.medal])


def _slug_or_none(text: str) -> str | None:
    try:
        return slug(text)
    except ValueError:
        return None
