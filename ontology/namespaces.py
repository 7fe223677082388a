"""rdflib's view of the vocabularies: closed, so that a misspelt term fails where it is written.

The terms of `ATH` are those that `athletics.ttl` defines; a test holds the two together.
"""

# ruff: noqa: N815 - the names are those of the terms

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.iris import DEFAULT_BASE, NS, prefixes, sparql_prologue

__all__ = ["ATH", "DEFAULT_BASE", "NS", "OA", "prefixes", "sparql_prologue"]


class OA(DefinedNamespace):
    """The part of the Web Annotation vocabulary that sentences use."""

    _NS = Namespace("http://www.w3.org/ns/oa#")
    _fail = True

    end: URIRef
    exact: URIRef
    start: URIRef


class ATH(DefinedNamespace):
    """The terms of Podium's own ontology."""

    _NS = Namespace(NS)
    _fail = True

    AllTime: URIRef
    AR: URIRef
    Article: URIRef
    Athlete: URIRef
    Basis: URIRef
    Best: URIRef
    BestKind: URIRef
    Bronze: URIRef
    ByChoice: URIRef
    ByDate: URIRef
    ByPosition: URIRef
    BySupport: URIRef
    Championships: URIRef
    Circuit: URIRef
    Claim: URIRef
    Club: URIRef
    Coach: URIRef
    Coaching: URIRef
    Confirmation: URIRef
    Conflict: URIRef
    Contextual: URIRef
    Continental: URIRef
    Country: URIRef
    CR: URIRef
    CrossCountryRace: URIRef
    CuratorChoice: URIRef
    Current: URIRef
    Decision: URIRef
    DerivedClaim: URIRef
    Discipline: URIRef
    DistanceMark: URIRef
    DNF: URIRef
    DNS: URIRef
    DQ: URIRef
    Edition: URIRef
    Explicit: URIRef
    ExtractionRun: URIRef
    Extractor: URIRef
    Fact: URIRef
    Female: URIRef
    Final: URIRef
    Former: URIRef
    Games: URIRef
    Gold: URIRef
    Heat: URIRef
    HomeNation: URIRef
    Immutable: URIRef
    Improving: URIRef
    International: URIRef
    Invitational: URIRef
    Level: URIRef
    Male: URIRef
    Mark: URIRef
    Medal: URIRef
    MedalColour: URIRef
    Meeting: URIRef
    Membership: URIRef
    Mention: URIRef
    Mixed: URIRef
    MR: URIRef
    National: URIRef
    NR: URIRef
    OR: URIRef
    Outcome: URIRef
    PB: URIRef
    Person: URIRef
    Place: URIRef
    PointsMark: URIRef
    QuarterFinal: URIRef
    Race: URIRef
    Ranking: URIRef
    Region: URIRef
    Rejection: URIRef
    Relationship: URIRef
    Resolved: URIRef
    Result: URIRef
    RoadRace: URIRef
    Round: URIRef
    SB: URIRef
    Scope: URIRef
    Season: URIRef
    SemiFinal: URIRef
    Sentence: URIRef
    Series: URIRef
    SeriesKind: URIRef
    Sex: URIRef
    Silver: URIRef
    Status: URIRef
    Student: URIRef
    Tally: URIRef
    TeamCompetition: URIRef
    TimeMark: URIRef
    TimeVarying: URIRef
    Title: URIRef
    TrainingGroup: URIRef
    Trials: URIRef
    Undecided: URIRef
    UnderspecifiedRace: URIRef
    UniversityTeam: URIRef
    Venue: URIRef
    Verdict: URIRef
    Volatility: URIRef
    WL: URIRef
    World: URIRef
    WR: URIRef
    adjective: URIRef
    aheadOf: URIRef
    area: URIRef
    asOf: URIRef
    asWritten: URIRef
    athlete: URIRef
    attributive: URIRef
    awardsMedals: URIRef
    basis: URIRef
    byRule: URIRef
    candidate: URIRef
    category: URIRef
    childOf: URIRef
    club: URIRef
    coach: URIRef
    coachedBy: URIRef
    coaches: URIRef
    confidence: URIRef
    conflictingClaim: URIRef
    conflictProperty: URIRef
    conflictSubject: URIRef
    country: URIRef
    date: URIRef
    decidedBy: URIRef
    didNotReach: URIRef
    discipline: URIRef
    display: URIRef
    distanceMetres: URIRef
    edition: URIRef
    endDate: URIRef
    endYear: URIRef
    evidence: URIRef
    formerlyCoached: URIRef
    formerlyCoachedBy: URIRef
    formerMemberOf: URIRef
    hadMember: URIRef
    hasMember: URIRef
    heatNumber: URIRef
    heldIndoors: URIRef
    historic: URIRef
    homeNation: URIRef
    copyOf: URIRef
    inArticle: URIRef
    indoor: URIRef
    inhabitant: URIRef
    isRelay: URIRef
    judgedIn: URIRef
    key: URIRef
    kind: URIRef
    level: URIRef
    mark: URIRef
    markClass: URIRef
    medal: URIRef
    medalColour: URIRef
    memberOf: URIRef
    mentions: URIRef
    metres: URIRef
    month: URIRef
    nameKey: URIRef
    notAfter: URIRef
    notBefore: URIRef
    order: URIRef
    otherCode: URIRef
    outcome: URIRef
    parentOf: URIRef
    partOf: URIRef
    place: URIRef
    plausibleBest: URIRef
    plausibleWorst: URIRef
    points: URIRef
    position: URIRef
    race: URIRef
    rank: URIRef
    reason: URIRef
    resolution: URIRef
    resolvedTo: URIRef
    round: URIRef
    scope: URIRef
    seconds: URIRef
    series: URIRef
    seriesKind: URIRef
    setIn: URIRef
    settledBy: URIRef
    sex: URIRef
    sha256: URIRef
    siblingOf: URIRef
    sortKey: URIRef
    spouseOf: URIRef
    startDate: URIRef
    startYear: URIRef
    status: URIRef
    tallyOf: URIRef
    team: URIRef
    total: URIRef
    trainedWith: URIRef
    verdictOn: URIRef
    volatility: URIRef
    within: URIRef
    wonBy: URIRef
    wonIn: URIRef
    wonMedal: URIRef
    year: URIRef


# Attributes of their own, as rdflib looks a term up anew whenever it is named.
for _vocabulary in (OA, ATH):
    for _name in _vocabulary.__annotations__:
        setattr(_vocabulary, _name, _vocabulary[_name])
