"""Records as articles tell them, in lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing.almanac import SEXES, discipline_order
from graph.browsing.describing import local
from graph.browsing.values import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Row


@dataclass(frozen=True, slots=True)
class Record:
    """A record: `name` is its kind with whose it is (`national record, Sweden`) and leads to its page."""

    name: Piece
    who: Piece
    sex: str | None
    discipline: Piece
    mark: str


def records(rows: Iterable[Row]) -> tuple[Record, ...]:
    """The rows of `records-in.rq` or `records-of-country.rq`, by discipline and kind; disputed marks side by side."""
    found: dict[str, Record] = {}
    marks: dict[str, set[str]] = {}
    for row in rows:
        best = str(row["best"])
        marks.setdefault(best, set()).update({str(row["shown"])} if "shown" in row else set())
        name = ", ".join(str(row[slot]) for slot in ("kindName", "area") if slot in row)
        discipline = Piece(str(row.get("disciplineName", "")), str(row["discipline"]) if "discipline" in row else None)
        sex = SEXES.get(local(str(row["sex"]))) if "sex" in row else None
        mark = " or ".join(sorted(marks[best]))
        found[best] = Record(Piece(name, best), Piece(str(row["name"]), str(row["who"])), sex, discipline, mark)
    return tuple(
        sorted(found.values(), key=lambda one: (discipline_order(one.discipline.iri), one.name.text, one.mark))
    )
