"""Which rules are behind what was right and wrong.

A slot counts for every rule whose sentence stands behind it (`Judgement.evidence` says which do), once for each: where
two rules read the same place, both were right, or both wrong, so the columns of a table may add up to more than the
slots. Missed slots belong to no rule. A rule's facts are all it supports, those that gold does not judge (rankings,
slots that gold leaves open) included; races and clubs are left out, as results and memberships already tell of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graph.evaluation.judgements import How, Judgement
    from graph.evaluation.report import ArticleReport, Report
    from graph.model import Evidence

_FACTS: Final = (
    "people", "coaching", "memberships", "family", "results", "bests", "rankings", "tallies", "did_not_reach",
    "trained_with",
)  # fmt: skip


_Place: TypeAlias = tuple[int, int, int, str]  # number of the article, start, end and text of the sentence


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sentence out of which a source read something wrong, and the slots that are wrong."""

    article: str
    quote: str
    start: int
    end: int
    slots: tuple[Judgement, ...]

    def to_json(self) -> dict[str, Any]:
        """The sentence, and each slot with its value and the row it stands in."""
        slots = [{"kind": slot.kind, "value": slot.value, "fact": dict(slot.fact)} for slot in self.slots]
        return {"article": self.article, "quote": self.quote, "start": self.start, "end": self.end, "slots": slots}


@dataclass(frozen=True, slots=True)
class Share:
    """What one source of facts, such as a rule, has part in: how many facts, and slots right and wrong."""

    source: str
    facts: int
    right: int
    wrong: int
    mistakes: tuple[Mistake, ...] = ()

    @property
    def precision(self) -> float | None:
        """The share of the judged slots that is right; None where gold judges none."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None

    def to_json(self, name: str) -> dict[str, Any]:
        """The figures and mistakes, the source under `name`."""
        return {
            name: self.source,
            "facts": self.facts,
            "right": self.right,
            "wrong": self.wrong,
            "precision": None if self.precision is None else round(self.precision, 4),
            "mistakes": [mistake.to_json() for mistake in self.mistakes],
        }


def by_rule(report: Report) -> tuple[Share, ...]:
    """The part of each rule that supports a fact, those with most wrong slots first."""
    return _shares(report, lambda evidence: evidence.rule)


def by_sieve(report: Report) -> tuple[Share, ...]:
    """The part of each way to settle whom a sentence means (full name, surname, pronoun), the worst first."""
    return _shares(report, lambda evidence: evidence.sieve)


def _shares(report: Report, source_of: Callable[[Evidence], str | None]) -> tuple[Share, ...]:
    """The part of each source; evidence of which `source_of` gives None counts for none."""
    facts: Counter[str] = Counter()
    slots: Counter[tuple[str, How]] = Counter()
    wrong: defaultdict[str, defaultdict[_Place, list[Judgement]]] = defaultdict(lambda: defaultdict(list))
    for number, article in enumerate(report.articles):
        for fact in _facts(article):
            facts.update(_by_source(fact.evidence, source_of).keys())
        for judgement in article.judgements:
            for source, items in _by_source(judgement.evidence, source_of).items():
                slots[source, judgement.how] += 1
                for place in {(number, item.start, item.end, item.quote) for item in items}:
                    if judgement.how == "wrong":
                        wrong[source][place].append(judgement)
    shares = [
        Share(source, number, slots[source, "right"], slots[source, "wrong"], tuple(_mistakes(wrong[source])))
        for source, number in facts.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.wrong, share.source)))


def _by_source(evidence: Iterable[Evidence], source_of: Callable[[Evidence], str | None]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for item in evidence:
        if source := source_of(item):
            found.setdefault(source, []).append(item)
    return found


def _facts(article: ArticleReport) -> Iterator[Any]:
    for name in _FACTS:
        yield from getattr(article.found, name)


def _mistakes(wrong: Mapping[_Place, list[Judgement]]) -> Iterator[Mistake]:
    """One for each sentence, in the order of articles and sentences."""
    for place, judgements in sorted(wrong.items(), key=lambda item: item[0]):
        _, start, end, quote = place
        yield Mistake(judgements[0].article, quote, start, end, tuple(judgements))
