"""The figures of an evaluation: counts, precision, recall and F1 by kind, by article and over all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.evaluation.judgements import KINDS, Judgement, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.errors import UnreadableError
    from graph.model import Article, Extraction


@dataclass(frozen=True, slots=True)
class Count:
    """How many slots of one kind are right, wrong (found, not gold) and missed (gold, not found)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def gold(self) -> int:
        return self.right + self.missed

    @property
    def found(self) -> int:
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of gold that was found; 1 where gold has nothing."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def to_json(self) -> dict[str, float]:
        rates = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {
            "gold": self.gold,
            "found": self.found,
            "right": self.right,
            **{name: round(rate, 4) for name, rate in rates.items()},
        }


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """The comparison of one article, every slot that gold fills or that was found judged.

    `found` is what was found in it (`missing`: nothing was there to compare with), `text` the article where it was
    read along.
    """

    article: str
    judgements: tuple[Judgement, ...]
    found: Extraction
    missing: bool = False
    text: Article | None = None
    counts: Mapping[Kind, Count] = field(init=False)

    def __post_init__(self) -> None:
        seen = Counter((judgement.kind, judgement.how) for judgement in self.judgements)
        counts = {kind: Count(seen[kind, "right"], seen[kind, "wrong"], seen[kind, "missed"]) for kind in KINDS}
        object.__setattr__(self, "counts", counts)  # frozen, and computed once

    @property
    def total(self) -> Count:
        return _sum(self.counts.values())

    @property
    def errors(self) -> tuple[Judgement, ...]:
        return tuple(judgement for judgement in self.judgements if judgement.how != "right")

    def to_json(self) -> dict[str, Any]:
        """The figures over all, and the counts of the kinds that the article has."""
        kinds = {kind: count.to_json() for kind, count in self.counts.items() if count.gold or count.found}
        return {**self.total.to_json(), "kinds": kinds}


@dataclass(frozen=True, slots=True)
class Report:
    """The comparison of all articles, in the order given; the totals weigh every slot the same.

    `unreadable` are articles that could not be read.
    """

    articles: tuple[ArticleReport, ...]
    unreadable: tuple[UnreadableError, ...] = ()
    counts: Mapping[Kind, Count] = field(init=False)

    def __post_init__(self) -> None:
        counts = {kind: _sum(article.counts[kind] for article in self.articles) for kind in KINDS}
        object.__setattr__(self, "counts", counts)

    @property
    def total(self) -> Count:
        return _sum(self.counts.values())

    @property
    def errors(self) -> tuple[Judgement, ...]:
        return tuple(error for article in self.articles for error in article.errors)

    @property
    def missing(self) -> tuple[str, ...]:
        """The articles without found facts; they count as if nothing was found in them."""
        return tuple(article.article for article in self.articles if article.missing)

    def to_json(self) -> dict[str, Any]:
        """Overall figures and F1 by kind as the guide's scorer prints them, and the counts behind them."""
        overall = self.total.to_json()
        return {
            "precision": overall["precision"],
            "recall": overall["recall"],
            "f1": overall["f1"],
            "kinds": {kind: round(count.f1, 4) for kind, count in self.counts.items()},
            "counts": {"all": overall, **{kind: count.to_json() for kind, count in self.counts.items()}},
            "missing": list(self.missing),
        }


def _sum(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())
