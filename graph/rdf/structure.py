"""What the keys say: types, the fields of each key, and the labels of races. No article is needed to know these."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from rdflib import RDF, RDFS, URIRef

from graph.facts import (
    AnyRace,
    BestKey,
    CoachingKey,
    Entity,
    Key,
    MembershipKey,
    PartialRace,
    RaceKey,
    RankingKey,
    ResultKey,
    TallyKey,
)
from graph.rdf.terms import Triple, boolean, integer, key_node, node, text
from ontology import vocabulary
from ontology.iris import iri
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

_SEXES = {"M": ATH.Male, "F": ATH.Female, "X": ATH.Mixed}
_SEX_WORDS = {"M": "men's", "F": "women's", "X": "mixed"}
_ROUNDS = {"heat": ATH.Heat, "quarter-final": ATH.QuarterFinal, "semi-final": ATH.SemiFinal, "final": ATH.Final}
_SCOPES = {"all-time": ATH.AllTime, "season": ATH.Season}
_TALLIES = {"gold": ATH.Gold, "silver": ATH.Silver, "bronze": ATH.Bronze, "title": ATH.Title}

_FIELDS = {  # kind of key -> what it says besides types
    "race": {
        *(RDFS.label, ATH.series, ATH.edition, ATH.year, ATH.discipline, ATH.sex, ATH["round"]),
        *(ATH.heatNumber, ATH.category),
    },
    "result": {ATH.race, ATH.athlete, ATH.team},
    "coaching": {ATH.coach, ATH.athlete},
    "membership": {ATH.club, ATH.athlete},
    "best": {ATH.kind, ATH.discipline, ATH.indoor, ATH.athlete},
    "ranking": {ATH.scope, ATH.discipline, ATH.athlete},
    "tally": {ATH.series, ATH.tallyOf, ATH.athlete},
}

_Statements: TypeAlias = "Iterator[tuple[ox.NamedNode, URIRef, ox.NamedNode | ox.Literal]]"


def structure(key: Key, base: str, label: Callable[[Entity], str]) -> Iterator[Triple]:
    """The triples with the key's own node as subject that follow from it; none for entities and marks.

    `label` names series, disciplines and people.
    """
    for subject, predicate, value in _Writer(base, label).statements(key):
        yield subject, str(predicate), value


def is_structure(kind: str, predicate: str) -> bool:
    """Whether `structure` alone may say this of things of that kind, so that no claim needs to."""
    return predicate == str(RDF.type) or URIRef(predicate) in _FIELDS.get(kind, ())


class _Writer:
    def __init__(self, base: str, label: Callable[[Entity], str]) -> None:
        self._base = base
        self._label = label

    def statements(self, key: Key) -> _Statements:
        me = key_node(key, self._base)
        match key:
            case RaceKey():
                yield from self._race(me, key)
            case PartialRace():
                yield from self._partial_race(me, key)
            case ResultKey():
                yield me, RDF.type, node(str(ATH.Result))
                yield me, ATH.race, key_node(key.race, self._base)
                if key.team:
                    yield me, ATH.team, self._node("country", key.who)
                else:
                    yield me, ATH.athlete, self._node("person", key.who)
            case CoachingKey():
                yield me, RDF.type, node(str(ATH.Coaching))
                yield me, ATH.coach, self._node("person", key.coach)
                yield me, ATH.athlete, self._node("person", key.athlete)
            case MembershipKey():
                yield me, RDF.type, node(str(ATH.Membership))
                yield me, ATH.club, self._node("club", key.club)
                yield me, ATH.athlete, self._node("person", key.athlete)
            case BestKey():
                yield me, RDF.type, node(str(ATH.Best))
                yield me, ATH.kind, node(str(ATH[key.record]))
                yield me, ATH.discipline, self._node("discipline", key.discipline)
                if key.indoor:
                    yield me, ATH.indoor, boolean(value=True)
                yield me, ATH.athlete, self._node("person", key.athlete)
            case RankingKey():
                yield me, RDF.type, node(str(ATH.Ranking))
                yield me, ATH.scope, node(str(_SCOPES[key.scope]))
                yield me, ATH.discipline, self._node("discipline", key.discipline)
                yield me, ATH.athlete, self._node("person", key.athlete)
            case TallyKey():
                yield me, RDF.type, node(str(ATH.Tally))
                yield me, ATH.series, self._node("series", key.series)
                yield me, ATH.tallyOf, node(str(_TALLIES[key.of]))
                yield me, ATH.athlete, self._node("person", key.athlete)
            case _:
                pass  # entities and marks are described in the registry

    def _node(self, kind: str, slug: str) -> ox.NamedNode:
        return node(iri(kind, slug, self._base))

    def _race(self, me: ox.NamedNode, race: RaceKey) -> _Statements:
        yield me, RDF.type, node(str(ATH.Race))
        yield me, RDFS.label, text(self._race_label(race))
        yield from self._slots(me, race)
        edition = vocabulary.edition(race.series, race.year)
        if edition is not None and edition.year == race.year:
            yield me, ATH.edition, self._node("edition", edition.slug)

    def _partial_race(self, me: ox.NamedNode, race: PartialRace) -> _Statements:
        yield me, RDF.type, node(str(ATH.Race))
        yield me, RDF.type, node(str(ATH.UnderspecifiedRace))
        yield me, RDFS.label, text(self._partial_label(race))
        yield from self._slots(me, race)

    def _slots(self, me: ox.NamedNode, race: AnyRace) -> _Statements:
        if race.series:
            yield me, ATH.series, self._node("series", race.series)
        if race.year is not None:
            yield me, ATH.year, integer(race.year)
        if race.discipline:
            yield me, ATH.discipline, self._node("discipline", race.discipline)
        if race.sex:
            yield me, ATH.sex, node(str(_SEXES[race.sex]))
        if race.round:
            yield me, ATH["round"], node(str(_ROUNDS[race.round]))
        if race.number is not None:
            yield me, ATH.heatNumber, integer(race.number)
        if race.category:
            yield me, ATH.category, text(race.category)

    def _race_label(self, race: RaceKey) -> str:
        """`World Championships 2023, men's 1500m, final`."""
        contest = [_SEX_WORDS[race.sex], race.category, self._label(Entity("discipline", race.discipline))]
        number = "" if race.number is None else f" {race.number}"
        series = self._label(Entity("series", race.series))
        return f"{series} {race.year}, {' '.join(filter(None, contest))}, {race.round}{number}"

    def _partial_label(self, race: PartialRace) -> str:
        """What is known of it and who was in it: `Olympic Games, year unknown, men's 1500m, final (Josh Kerr)`."""
        series = self._label(Entity("series", race.series)) if race.series else "a competition"
        contest = [
            _SEX_WORDS[race.sex] if race.sex else None,
            race.category,
            self._label(Entity("discipline", race.discipline)) if race.discipline else None,
        ]
        number = "" if race.number is None else f" {race.number}"
        parts = [
            series if race.year is None else f"{series} {race.year}",
            "year unknown" if race.year is None else None,
            " ".join(filter(None, contest)),
            f"{race.round}{number}" if race.round else None,
        ]
        who = race.who if race.who.isupper() else self._label(Entity("person", race.who))
        return f"{', '.join(filter(None, parts))} ({who})"
