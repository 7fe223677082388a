"""Floors under the figures of an evaluation, which only rise: a change that makes the extraction worse is seen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from graph.errors import UnreadableError
from graph.evaluation.folders import fact_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.evaluation.report import Report

_SLACK: Final = 0.002  # floors lie this much below the figures: less than one slot of most kinds


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor."""

    name: str
    figure: float
    floor: float


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors of `precision` and `f1` over all, and of F1 by kind; `gold` is the digest of their gold facts."""

    gold: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Floors:
        """From a file as `dumps` gives it; UnreadableError where it is none."""
        try:
            data: Any = json.loads(path.read_text("utf-8"))
            return cls(str(data["gold"]), {str(name): float(floor) for name, floor in data["floors"].items()})
        except OSError as error:
            raise UnreadableError(
                str(path), f"cannot be read: {error.strerror}; --update-floors makes the file"
            ) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnreadableError(str(path), "holds no floors; --update-floors makes such a file anew") from error

    def dumps(self) -> str:
        """As JSON text, the same for equal floors."""
        return json.dumps({"gold": self.gold, "floors": dict(self.figures)}, indent=1) + "\n"

    def fallen(self, report: Report) -> tuple[Fall, ...]:
        """The figures that are below their floors; one that is no longer there counts as 0."""
        present = _figures(report)
        falls = (Fall(name, present.get(name, 0.0), floor) for name, floor in self.figures.items())
        return tuple(fall for fall in falls if fall.figure < fall.floor)

    def raised(self, report: Report, gold: str) -> Floors:
        """Each floor lifted to the present figure, less a hair's breadth; those of other gold facts do not count."""
        before = self.figures if self.gold == gold else {}
        lifted = {
            name: max(before.get(name, 0.0), round(figure - _SLACK, 4), 0.0)
            for name, figure in _figures(report).items()
        }
        return Floors(gold, lifted)


def digest(gold: Path) -> str:
    """Of the gold facts in a folder: changes when they do."""
    found = sha256()
    for path in fact_files(gold).values():
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _figures(report: Report) -> dict[str, float]:
    """The figures that have floors; a kind has one where gold has slots of it."""
    kinds: dict[str, float] = {kind: count.f1 for kind, count in report.counts.items() if count.gold}
    return {"precision": report.total.precision, "f1": report.total.f1, **kinds}
