"""What an optional extractor is, what it proposes, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Document

Reason = Literal[
    "accepted", "known", "malformed", "schema", "quote", "sentence", "ambiguous", "name", "argument", "incomplete",
    "quotation", "question", "negated", "unreal", "whose", "implausible", "conflict", "shapes",
]  # fmt: skip

REASONS: Final[dict[Reason, str]] = {
    "accepted": "accepted",
    "known": "already known",
    "malformed": "no claim in JSON",
    "schema": "not as the schema wants it",
    "quote": "quote not in the text",
    "sentence": "quote not within one sentence",
    "ambiguous": "could be several places or contests",
    "name": "no athlete or coach of that name there",
    "argument": "the quote does not say the value",
    "incomplete": "too little said",
    "quotation": "only quoted",
    "question": "only asked",
    "negated": "negated",
    "unreal": "hoped, planned or possible",
    "whose": "not clear of whom it is said",
    "implausible": "cannot be",
    "conflict": "contradicts the rules",
    "shapes": "breaks the shapes",
}
"""What each reason means, in words for a user; all but the first two are rejections."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that nobody believes yet.

    `claim` is a JSON value, which may be anything: an answer in which no claim can be read is its text. `proposer`
    names the extractor and its model, `rule` what it did. `start` is where the quote begins in the mended text, if
    known.
    """

    proposer: str
    rule: str
    claim: object
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a proposal; `detail` says which value of what claim the reason is about."""

    proposer: str
    reason: Reason
    detail: str

    @property
    def rejected(self) -> bool:
        return self.reason not in ("accepted", "known")


class Proposer(Protocol):
    """An optional extractor."""

    @property
    def name(self) -> str:
        """The extractor, its model and version: `spacy/en_core_web_sm-3.8.0`."""

    def propose(self, document: Document) -> Iterable[Proposal]:
        """What the document asserts, in its opinion. Raises ProposerError where it cannot be had."""


class Rejected(Exception):  # noqa: N818  # how guards say no; it never leaves the package
    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason: Reason = reason
        self.detail = detail
        super().__init__(reason)
