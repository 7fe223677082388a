"""What is told of a career in passing: titles with their year that somebody owns, races won more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.extraction.contests import Contest, competition_of_series
from graph.extraction.events import Event
from graph.extraction.nounphrases import Noun
from graph.extraction.quantities import SPELT
from graph.extraction.references import possessive
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause

PERFECT: Final = frozenset({"has", "have", "had"})
"""Auxiliaries of what happened at some time up to now."""
_POSSESSIVE = ("his", "her")
_TIMES = ("times", "occasions")
# Whose gold is meant by a town and a year alone, in the order in which they are thought of.
_BY_TOWN: Final = ("olympic-games", "world-championships", "commonwealth-games", "european-championships")


def is_often(clause: Clause) -> bool:
    """ "has won the race twice", "won it four times": a count over a career, not what happened now."""
    said = [c.text.lower() for c in clause.chunks]
    place = next((i for i, word in enumerate(said) if i and word in _TIMES), None)
    before = said[place - 1] if place is not None else ""
    count = SPELT.get(before) or (int(before) if before.isdecimal() else 0)
    if count == 0 and "twice" in said:
        count = 2
    return count > 2 or (count == 2 and not PERFECT.isdisjoint(clause.auxiliaries))


def is_bygone(clause: Clause) -> bool:
    """ "who once cleared 5.80m": at some time long ago, at nothing that is being told of."""
    return bool(clause.before) and clause.before[-1].lemma == "once"


def owned_titles(chunks: list[Chunk]) -> Iterator[Event]:
    """ "his 2003 world title", "Otiwa's 2012 London gold": won then, whatever the clause says of it now."""
    for chunk in chunks:
        noun = chunk.value if chunk.kind in ("crown", "medal") and isinstance(chunk.value, Noun) else None
        if noun is None or noun.owner is None or (noun.owner.kind != "person" and noun.owner.lemma not in _POSSESSIVE):
            continue
        who = noun.owner if noun.owner.kind == "person" else possessive(noun.owner)
        medal = noun.data if chunk.kind == "medal" else None
        for contest in noun.contests:
            held = _held(contest)
            if held is not None and not chunk.lemma.endswith("s"):
                yield Event("result", who, "title.owned", held, position=None if medal else 1, medal=medal)


def _held(contest: Contest) -> Contest | None:
    """The contest, if its year and its competition or town say which it was."""
    if contest.year is None:
        return None
    if contest.competition is not None:
        return contest._replace(round="final")
    for slug in _BY_TOWN if contest.place else ():
        edition, series = vocabulary.edition(slug, contest.year), vocabulary.series_named(slug)
        if series is not None and edition is not None and edition in vocabulary.editions_at(slug, contest.place or ""):
            return contest._replace(competition=competition_of_series(series), round="final")
    return None
