"""Combined events and their parts: which part a mark belongs to, and of which whole a part is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.lexicons import lexicon
from graph.extraction.quantities import Mark, mark_of
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Sex
    from ontology.entries import Discipline


def is_combined(discipline: Discipline) -> bool:
    """Whether a discipline is told of in points, and its parts are known."""
    return discipline.name in lexicon("combined")


def contests(whole: Discipline, sex: Sex | None) -> bool:
    """Whether those of a sex contest a combined event: women have heptathlons, no decathlons."""
    return sex not in ("M", "F") or sex in lexicon("combined")[whole.name]


def part_of(whole: Discipline, mark: Mark, sex: Sex | None) -> Discipline | None:
    """The one part of a combined event in which a mark can have been achieved."""
    fitting = [part for part, low, high in _parts(whole, sex) if _lies(mark, part, low, high)]
    return fitting[0] if len(set(fitting)) == 1 else None


def has_part(whole: Discipline, part: Discipline) -> bool:
    """Whether a discipline is contested in a combined event."""
    return any(known.name == part.name for known, _, _ in _parts(whole, None))


def _parts(whole: Discipline, sex: Sex | None) -> Iterator[tuple[Discipline, float, float]]:
    for held, parts in lexicon("combined")[whole.name].items():
        for name, (low, high) in parts.items() if sex in (None, held) else ():
            part = vocabulary.discipline(name, held)
            if part is not None:
                yield part, low, high


def _lies(mark: Mark, part: Discipline, low: float, high: float) -> bool:
    fitting = mark_of(mark, part)
    return fitting is not None and low <= fitting.value <= high
