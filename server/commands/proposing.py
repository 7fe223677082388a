"""`--with` and `--verbose`: optional extractors beside the rules, and what became of what they proposed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from server.commands.output import complain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.errors import ProposerError
    from graph.proposals import Choice, Proposer, Verdict

_Function = TypeVar("_Function", bound="Callable[..., Any]")

_with_option = click.option(
    "--with", "extractors", multiple=True, metavar="spacy:MODEL|endpoint",
    help="Also ask a spaCy pipeline for people, or a language model's endpoint for facts. May be given twice.",
)  # fmt: skip
_verbose_option = click.option(
    "--verbose",
    is_flag=True,
    help="List what was proposed and not accepted, and what articles that are replaced changed.",
)


def proposer_options(function: _Function) -> _Function:
    """The options `--with` and `--verbose`."""
    return _with_option(_verbose_option(function))


def choices(extractors: Iterable[str]) -> tuple[Choice, ...]:
    """The extractors that `--with` names, each once; raises, before any article is read, where one is not usable."""
    found = tuple(dict.fromkeys(map(_choice, extractors)))
    open_proposers(found)
    return found


def open_proposers(chosen: Iterable[Choice]) -> list[Proposer]:
    """The extractors themselves; nothing is imported where none is chosen."""
    found = []
    for choice in chosen:
        from graph.proposals import open_proposer

        found.append(open_proposer(choice))
    return found


def _choice(name: str) -> Choice:
    from graph.proposals import EndpointChoice, SpacyChoice
    from server.settings import EndpointSettings

    kind, mark, model = name.partition(":")
    if kind == "spacy" and model:
        return SpacyChoice(model)
    if kind == "endpoint" and not mark:
        found = EndpointSettings.from_environment()
        return EndpointChoice(found.url, found.model, found.cache, found.key, found.seconds)
    raise click.UsageError(f"--with takes spacy:MODEL or endpoint, not '{name}'")


_GOOD = ("accepted", "known")


class Tally:
    """Counts what became of proposals, by extractor and reason."""

    def __init__(self, *, verbose: bool) -> None:
        self._verbose = verbose
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.failures = 0

    def add(self, article: str, verdicts: Iterable[Verdict], failures: Iterable[ProposerError]) -> None:
        """Count those of an article; what failed is told at once."""
        for verdict in verdicts:
            self._counts[verdict.proposer][verdict.reason] += 1
            if self._verbose and verdict.rejected:
                complain(f"{article}: rejected ({_words(verdict.reason)}): {verdict.detail}")
        for error in failures:
            self.failures += 1
            complain(f"{article}: {error}; the article's facts are those of the rules")

    @property
    def counted(self) -> bool:
        """Whether anything was proposed."""
        return bool(self._counts)

    def close(self) -> None:
        """Tell the counts."""
        for proposer, counts in sorted(self._counts.items()):
            rejected = {reason: count for reason, count in sorted(counts.items()) if reason not in _GOOD}
            figures = f"{counts.total()} proposed, {counts['accepted']} accepted, {counts['known']} already known"
            reasons = ", ".join(f"{count} {_words(reason)}" for reason, count in rejected.items())
            complain(f"{proposer}: {figures}, {sum(rejected.values())} rejected" + (f" ({reasons})" if reasons else ""))

    def to_json(self) -> dict[str, dict[str, int]]:
        """The counts by extractor and reason."""
        return {proposer: dict(sorted(counts.items())) for proposer, counts in sorted(self._counts.items())}


def _words(reason: str) -> str:
    from graph.proposals import REASONS

    return {str(key): words for key, words in REASONS.items()}[reason]
