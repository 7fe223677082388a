"""What browsing hands out: entities, cards, facts in words, the evidence behind them. All frozen, free of I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text in words, linked where `iri` is given."""

    text: str
    iri: str | None = None


Words = tuple[Piece, ...]


def plain(words: Words) -> str:
    """The text without its links."""
    return "".join(piece.text for piece in words)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name; `kind` is the word in its IRI (person, race, article ...), or `term` outside the data."""

    iri: str
    kind: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a search found; `score` lies in (0, 100], `matched` is the name that fitted."""

    entity: Entity
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of what a search found; `total` is the number of all hits that were looked for."""

    total: int
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a sentence; `marked` where it is a word that was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted sentence that holds the words, in pieces, and its article; offsets as in `EvidenceView`."""

    sentence: str
    pieces: tuple[Marked, ...]
    article: Entity
    date: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passages:
    """Some of the sentences that hold the words, the newest first; `total` counts all of them."""

    total: int
    shown: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One sentence that says a fact, where it stands (code points of the stored text), and how it was read.

    `copy_of` is the article that the sentence's own repeats nearly word for word.
    """

    quote: str
    start: int
    end: int
    article: str
    headline: str
    claim: str
    date: date | None = None
    source: str | None = None
    rule: str | None = None
    basis: str | None = None
    confidence: float | None = None
    copy_of: str | None = None

    @property
    def witness(self) -> str:
        """The article that stands for all copies of one text."""
        return self.copy_of or self.article


@dataclass(frozen=True, slots=True)
class Dispute:
    """Articles disagree: the IRI of the conflict, and whether a curator settled it."""

    conflict: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple in words.

    `object` is an IRI or the lexical form of a literal. `status` is `current` or `former` for what has one. `derived`
    is the rule that inferred the triple; its evidence is then that of the claims the rule used. `dispute` is there
    where articles disagree. `claimed` is the subject and property of what articles claim where that is another
    triple (a coaching's status); `counted` how many say it where `evidence` holds only some of the sentences.
    """

    subject: str
    predicate: str
    object: str
    text: Words
    evidence: tuple[EvidenceView, ...] = ()
    status: str | None = None
    dispute: Dispute | None = None
    derived: str | None = None
    claimed: tuple[str, str] | None = None
    counted: int = 0

    @property
    def articles(self) -> int:
        """How many say it; the copies of one text are one."""
        return self.counted or len({view.witness for view in self.evidence})


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of a results table; `facts` hold position, mark and medal one by one, each with its evidence.

    `year` is the nominal year of the edition. `position` is a number or an outcome in words ("did not
    finish"); disputed values stand side by side.
    """

    result: str
    athlete: Piece
    race: Piece
    competition: str = ""
    year: int | None = None
    date: date | None = None
    discipline: str = ""
    round: str = ""
    position: str = ""
    mark: str = ""
    medal: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a card: single facts, or a results table. `total` is more than what is shown where a list was cut."""

    heading: str
    facts: tuple[Fact, ...] = ()
    rows: tuple[ResultRow, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """An entity with all that is known of it."""

    entity: Entity
    sections: tuple[Section, ...] = ()
    aliases: tuple[str, ...] = ()
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between two entities: `word` names it seen from the first, `count` says how often it holds."""

    word: str
    other: Entity
    text: Words
    count: int = 1
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, from `start` to `end`, in words and with its evidence.

    `kind` is that of the tie (`wording.bonds`), `articles` how many independent ones say it. What states it are all
    triples of `node` (a result, coaching or membership), or `triple` alone.
    """

    start: str
    end: str
    text: Words
    evidence: tuple[EvidenceView, ...] = ()
    kind: str = ""
    former: bool = False
    dispute: Dispute | None = None
    articles: int = 0
    node: str | None = None
    triple: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of steps between two entities; smaller `weight` is a closer tie."""

    nodes: tuple[Entity, ...]
    steps: tuple[Step, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Connections:
    """The closest chains between two entities; `read` nodes were looked at, all that could matter if `complete`."""

    paths: tuple[Path, ...] = ()
    complete: bool = True
    read: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """A value that articles give, as one side of a disagreement.

    `number` counts from 1; `value` is the object alone, `text` the whole triple in words. `stands` says whether it is
    among the facts; `articles` how many say it, the copies of one text counted once.
    """

    number: int
    predicate: str
    object: str
    value: Words
    text: Words
    stands: bool
    articles: int
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """A value that a curator chose, why and when (ISO); one that is not `active` has no article behind it any more."""

    predicate: str
    value: Words
    reason: str
    when: str
    active: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What articles disagree on: `about` whom or what, in which property (by its name), and what each side says.

    `number` is short and stays; `decided`, the local name of an `ath:Decision`, and `why` in words tell why the sides
    that stand do.
    """

    iri: str
    number: str
    about: Entity
    property: str
    decided: str
    why: str
    sides: tuple[Side, ...]
    settlement: Settlement | None = None
