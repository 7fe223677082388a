"""Articles page by page, the newest first, by month, publisher and what they are about.

A page reads the counts of all months and then only the months that it shows, so that no list of all articles is ever
sorted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import XSD, Literal, URIRef

from graph import queries
from graph.browsing.describing import as_date
from graph.browsing.keeping import kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.store.base import Row, Source

UNDATED = "undated"
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles: of a month (`2023-08`, or `undated`), of a publisher, about a thing (IRI); None takes all."""

    month: str | None = None
    publisher: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """An article in a list."""

    iri: str
    headline: str
    date: date | None = None
    publisher: str = ""
    copy: bool = False


@dataclass(frozen=True, slots=True)
class ArticleList:
    """The articles of one page, and how many there are in all; `months` (the newest first) and `publishers` with how
    many articles each has.
    """

    shown: tuple[Head, ...]
    total: int
    months: tuple[tuple[str, int], ...]
    publishers: tuple[tuple[str, int], ...]


def article_list(source: Source, wanted: Wanted, *, limit: int, offset: int = 0) -> ArticleList:
    """One page of the articles that are wanted."""
    if wanted.about is None:
        months = _all_months(source) if wanted.publisher is None else _months_of(source, wanted.publisher)
        rows = _rows_of(source, wanted, months, limit, offset)
    else:
        found = _about(source, wanted.about)
        rows = [row for row in found if wanted.publisher in (None, _publisher(row))]
        months = Counter(_month(row) for row in rows)
        rows = _newest(row for row in rows if wanted.month in (None, _month(row)))[offset : offset + limit]
    total = months[wanted.month] if wanted.month else months.total()
    return ArticleList(
        _heads(source, [str(row["article"]) for row in rows]),
        total,
        tuple((month, months[month]) for month in _in_order(months) if months[month]),
        _publishers(source),
    )


@kept
def _all_months(source: Source) -> Counter[str]:
    found = _by_month(source.select(queries.load("article-months")))
    (count,) = source.select(queries.load("article-count"))
    found[UNDATED] = int(str(count["n"])) - found.total()
    return found


def _months_of(source: Source, publisher: str) -> Counter[str]:
    return _by_month(source.select(queries.load("article-months-of-source"), {"source": Literal(publisher)}))


def _by_month(rows: Iterable[Row]) -> Counter[str]:
    return Counter({str(row["month"]): int(str(row["n"])) for row in rows if "month" in row})


def _rows_of(source: Source, wanted: Wanted, months: Counter[str], limit: int, offset: int) -> list[Row]:
    """The rows of one page: those of the months that it reaches into."""
    reached: list[str] = []
    passed = skipped = 0
    for month in _in_order(months):
        if wanted.month not in (None, month) or not months[month]:
            continue
        if passed + months[month] <= offset:
            skipped = passed + months[month]
        elif passed < offset + limit:
            reached.append(month)
        passed += months[month]
    dated = [month for month in reached if month != UNDATED]
    rows = list(_between(source, dated[-1], dated[0])) if dated else []
    ordered = _newest(row for row in rows if wanted.publisher in (None, _publisher(row)))
    if UNDATED in reached:
        undated = source.select(queries.load("articles-undated"))
        ordered += _newest(row for row in undated if wanted.publisher in (None, _publisher(row)))
    return ordered[offset - skipped : offset - skipped + limit]


def _in_order(months: Iterable[str]) -> list[str]:
    """The newest first, those without a date last."""
    return sorted(months, key=lambda one: (one != UNDATED, one), reverse=True)


def _between(source: Source, first: str, last: str) -> Iterable[Row]:
    """The articles from one month to another, both included."""
    year, number = int(last[:4]), int(last[5:])
    after = f"{year + 1}-01" if number == _DECEMBER else f"{year:04}-{number + 1:02}"
    bounds = {"from": f"{first}-01", "until": f"{after}-01"}
    days = {name: Literal(day, datatype=XSD.date) for name, day in bounds.items()}
    return source.select(queries.load("articles-between"), days)


def _about(source: Source, about: str) -> tuple[Row, ...]:
    return source.select(queries.with_values(queries.load("articles-about"), "x", [URIRef(about)])).rows


def _newest(rows: Iterable[Row]) -> list[Row]:
    """The rows, each article once, the newest first."""
    distinct = {str(row["article"]): row for row in rows}
    by_name = sorted(distinct)
    return [distinct[iri] for iri in sorted(by_name, key=lambda iri: str(distinct[iri].get("date", "")), reverse=True)]


def _month(row: Row) -> str:
    return str(row["date"])[:7] if "date" in row else UNDATED


def _publisher(row: Row) -> str | None:
    return str(row["source"]) if "source" in row else None


@kept
def _publishers(source: Source) -> tuple[tuple[str, int], ...]:
    rows = source.select(queries.load("article-sources"))
    return tuple(sorted((str(row["source"]), int(str(row["n"]))) for row in rows if "source" in row))


def _heads(source: Source, iris: list[str]) -> tuple[Head, ...]:
    if not iris:
        return ()
    found: dict[str, Head] = {}
    for row in source.select(queries.with_values(queries.load("article-heads"), "article", map(URIRef, iris))):
        iri = str(row["article"])
        day = as_date(str(row["date"])) if "date" in row else None
        found[iri] = Head(iri, str(row["headline"]), day, _publisher(row) or "", "original" in row)
    return tuple(found[iri] for iri in iris if iri in found)
