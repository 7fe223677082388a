"""The values that pass between the stages: articles, documents, and what an article asserts.

Everything here is frozen, hashable and free of I/O. Names of people, clubs and competitions are plain strings as the
article gives them (mended); turning them into IRIs is the work of `graph.identity`. The shapes follow the evaluation
guide: people, clubs, coaching, memberships, family, races, results, bests; rankings, tallies, `did_not_reach`, and
`trained_with` go beyond it. Offsets are Unicode code points of the stored text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  # fields of dataclasses that readers may resolve
from typing import Literal

Basis = Literal["Explicit", "Resolved", "Contextual"]
BlockKind = Literal["title", "paragraph", "list", "row", "caption"]
ClubKind = Literal["club", "training-group", "university"]
Kin = Literal["parent", "child", "sibling", "spouse"]
MedalColour = Literal["gold", "silver", "bronze"]
Objection = Literal["quotation", "question", "negated", "unreal", "whose"]
Outcome = Literal["DNF", "DNS", "DQ"]
RecordKind = Literal["WR", "OR", "CR", "AR", "NR", "PB", "SB", "WL", "MR"]
Role = Literal["athlete", "coach"]
Round = Literal["heat", "quarter-final", "semi-final", "final"]
Sex = Literal["M", "F", "X"]
Status = Literal["current", "former"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as stored.

    `id` is a slug (`[a-z0-9-]+`) that survives edits of the text; `text` is exactly what offsets count in; `sha256` is
    the hex digest of the bytes read; `origin` is the path or URL it was read from and is never published.
    """

    id: str
    text: str
    sha256: str
    origin: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of a text with its sentences, in order; only white space lies between sentences."""

    kind: BlockKind
    start: int
    end: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article made ready for reading.

    `text` is the stored text with broken encodings mended; `blocks` are spans of it; `offsets[i]` is the place in the
    stored text of the mended text's code point `i`, with one more entry for the end.
    """

    article: Article
    text: str
    blocks: tuple[Block, ...]
    offsets: tuple[int, ...] | range

    def stored(self, start: int, end: int) -> Span:
        """The span of the stored text behind a span of the mended text."""
        return Span(self.offsets[start], self.offsets[end])


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says a fact: `quote == article.text[start:end]`.

    `rule` names the rule that read it, `confidence` lies in (0, 1], `slots` names the fields of the fact that this
    sentence supports (empty: all of them). `proposer` is the optional extractor that proposed it, with its model; None
    where the rules read it. `sieve` tells how it was settled whom the sentence means.
    """

    quote: str
    start: int
    end: int
    rule: str
    confidence: float
    basis: Basis = "Explicit"
    slots: tuple[str, ...] = ()
    proposer: str | None = None
    sieve: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One way the article writes a name: `written == article.text[start:end]`."""

    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """An athlete or coach; `country` is an IOC code."""

    name: str
    roles: tuple[Role, ...]
    country: str | None = None
    sex: Sex | None = None
    evidence: tuple[Evidence, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Club:
    name: str
    kind: ClubKind = "club"
    place: str | None = None
    evidence: tuple[Evidence, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Coaching:
    coach: str
    athlete: str
    status: Status = "current"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    athlete: str
    club: str
    status: Status = "current"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """`person` is `relation` of `of`: Gjert is parent of Jakob."""

    person: str
    relation: Kin
    of: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Race:
    """A contest, as far as the article lets it be known.

    `id` is local to the article. `competition` is the plain name, `series` the slug of that series in the ontology
    where it is a known one. `year` is the calendar year in which it took place (Tokyo's Games: 2021). `reigning` marks
    a title that is held at the time of writing ("the Olympic champion").
    """

    id: str
    competition: str | None = None
    year: int | None = None
    place: str | None = None
    discipline: str | None = None
    sex: Sex | None = None
    round: Round | None = None
    date: date | None = None
    series: str | None = None
    category: str | None = None
    heat: int | None = None
    indoor: bool = False
    reigning: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What one athlete (or, with `team` an IOC code, one national team) did in one race.

    `mark` is written plainly: `9.58`, `3:29.38`, `2:06:32`, `4.89m`, `6952 pts`. `ahead_of` names athletes known to
    have finished behind. For a team, `athlete` is the country's name.
    """

    race: str
    athlete: str
    position: int | Outcome | None = None
    mark: str | None = None
    medal: MedalColour | None = None
    team: str | None = None
    ahead_of: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Best:
    """A record or personal mark; `area` is the country (NR), continent (AR) or competition (CR, MR) it belongs to.

    That of a relay is a national team's: `team` is its IOC code, and `athlete` the country's name.
    """

    athlete: str
    kind: RecordKind
    discipline: str | None = None
    mark: str | None = None
    indoor: bool = False
    area: str | None = None
    team: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    athlete: str
    rank: int
    discipline: str
    scope: Literal["all-time", "season"] = "all-time"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A stated count of titles or medals: "three-time NCAA winner"."""

    athlete: str
    total: int
    of: Literal["gold", "silver", "bronze", "title"]
    competition: str
    series: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class NonQualification:
    """The athlete took part in the competition but did not reach this race."""

    athlete: str
    race: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingPartners:
    athlete: str
    partner: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article asserts.

    `extractor` is the version of the rules that read it, `proposers` are the optional extractors asked besides.
    """

    article: str
    extractor: str
    title: str | None = None
    published: date | None = None
    people: tuple[Person, ...] = ()
    clubs: tuple[Club, ...] = ()
    coaching: tuple[Coaching, ...] = ()
    memberships: tuple[Membership, ...] = ()
    family: tuple[Family, ...] = ()
    races: tuple[Race, ...] = ()
    results: tuple[Result, ...] = ()
    bests: tuple[Best, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    tallies: tuple[Tally, ...] = ()
    did_not_reach: tuple[NonQualification, ...] = ()
    trained_with: tuple[TrainingPartners, ...] = ()
    proposers: tuple[str, ...] = ()
