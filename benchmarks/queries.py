"""How long queries take on a store of generated articles: those of the design, and what the pages ask for.

python benchmarks/queries.py STORE [--queries FOLDER]    (a store that `scale.py --keep` or `identity.py --keep` left)
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from corpus import machine

from graph.browsing import Wanted, article_list, card, conflicts, find, overview, path, related, search
from graph.errors import PodiumError
from graph.pipeline import check, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.store.base import Source

_FOLDER = Path(__file__).parents[1] / ".." / "shared" / "design" / "ontology" / "queries"
_REWRITTEN = Path(__file__).parent / "rewritten"
_ROUNDS = 5
_LONG = 10.0  # seconds: what takes longer is run once
_GIVEN_UP = 60  # seconds, for all rounds of one query
_SLOW = 1.0
_MOST_RESULTS = """SELECT ?athlete (COUNT(*) AS ?n) { ?r a ath:Result ; ath:athlete ?athlete }
  GROUP BY ?athlete ORDER BY DESC(?n) ?athlete LIMIT 1"""
_RIVAL = """SELECT ?other (COUNT(*) AS ?n) {
  ?r ath:athlete <%s> ; ath:race ?race . ?s ath:race ?race ; ath:athlete ?other
  FILTER(?other != <%s>) } GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 1"""
_COACH = """SELECT ?coach ?key (COUNT(DISTINCT ?a) AS ?n) { ?coach ath:coaches ?a ; ath:nameKey ?key }
  GROUP BY ?coach ?key ORDER BY DESC(?n) ?coach ?key LIMIT 1"""
_ARTICLE = """SELECT ?article (COUNT(*) AS ?n) { ?claim a ath:Claim ; ath:inArticle ?article }
  GROUP BY ?article ORDER BY DESC(?n) ?article LIMIT 1"""
_CLAIMED = """SELECT ?s { ?c a ath:Claim ; rdf:subject ?s ; rdf:predicate ath:medalColour ; rdf:object ath:Bronze }
  LIMIT 1"""
_DERIVED = """SELECT ?s { ?d a ath:DerivedClaim ; rdf:subject ?s ; rdf:predicate ath:medalColour ; rdf:object ath:Gold }
  LIMIT 1"""
_NODES = """SELECT ?race ?club ?country { <%s> ath:country ?country . ?r ath:athlete <%s> ; ath:race ?race
  OPTIONAL { <%s> ath:memberOf|ath:formerMemberOf ?club } } LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what the queries are about: IRIs of the store, and the folded name of the coach."""

    star: str
    rival: str
    coach: str
    key: str
    article: str
    claimed: str
    derived: str
    race: str
    country: str
    club: str | None


@dataclass(frozen=True, slots=True)
class Timed:
    name: str
    seconds: float
    rows: int
    bound: bool  # about something in particular, and not the whole graph


def known(source: Source) -> Known:
    """The person with the most results, who was met most often, and so on."""

    def first(query: str, name: str) -> str:
        rows = source.select(query).rows
        if not rows:
            raise SystemExit(f"the store has nothing for: {query}")
        return str(rows[0][name])

    star = first(_MOST_RESULTS, "athlete")
    nodes = source.select(_NODES % (star, star, star)).rows[0]
    club = nodes.get("club")
    return Known(
        star,
        first(_RIVAL % (star, star), "other"),
        first(_COACH, "coach"),
        first(_COACH, "key"),
        first(_ARTICLE, "article"),
        first(_CLAIMED, "s"),
        first(_DERIVED, "s"),
        str(nodes["race"]),
        str(nodes["country"]),
        str(club) if club else None,
    )


def bound(query: str, about: Known) -> str:
    """The query with the people, results and articles that it names exchanged for those of this store."""
    stars = iter((about.star, about.rival))
    people: dict[str, str] = {}

    def person(match: re.Match[str]) -> str:
        if match[2]:
            return f"<{about.coach}>{match[2]}"
        if match[1] not in people:
            people[match[1]] = next(stars)
        return f"<{people[match[1]]}>"

    result = about.derived if "DerivedClaim" in query else about.claimed
    query = re.sub(r'nameKey "[^"]*"', lambda _: f'nameKey "{about.key}"', query)
    query = re.sub(r"person:([\w-]+)(\s+ath:coaches)?", person, query)
    query = re.sub(r"result:[\w-]+", lambda _: f"<{result}>", query)
    return re.sub(r"<[^>]*/id/article/[^>]*>", lambda _: f"<{about.article}>", query)


def timed(name: str, work: Callable[[], int], *, about_one: bool) -> Timed:
    """The median of several rounds, or one that took long; `work` gives the number of rows."""
    took: list[float] = []
    rows = 0
    while len(took) < _ROUNDS:
        start = perf_counter()
        rows = work()
        took.append(perf_counter() - start)
        if took[-1] > _LONG:
            break
    return Timed(name, median(took), rows, about_one)


def of_the_design(store: Path, folder: Path) -> Iterator[Timed]:
    """Each in a process of its own, as one that takes too long can only be ended with its process."""
    for file in sorted(folder.glob("*.rq")):
        command = [sys.executable, __file__, str(store), "--only", str(file)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_GIVEN_UP)
            yield Timed(**json.loads(done.stdout))
        except subprocess.TimeoutExpired:
            yield Timed(file.stem, math.inf, 0, bound=_is_bound(_text(file)))


def of_one_file(source: Source, file: Path) -> Timed:
    query = bound(_text(file), known(source))
    return timed(file.stem, lambda: len(source.select(query)), about_one=_is_bound(_text(file)))


def _text(file: Path) -> str:
    return re.sub(r"^#.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)


def _is_bound(query: str) -> bool:
    """Whether it names a person, a result, an article or somebody's name."""
    return re.search(r'person:|result:\w|/id/article/|nameKey "', query) is not None


def of_the_pages(source: Source, about: Known) -> list[Timed]:
    name = card(source, about.star).entity.label
    work: dict[str, tuple[Callable[[], int], bool]] = {
        "front page": (lambda: len(overview(source).newest), False),
        "all articles": (lambda: article_list(source, Wanted(), limit=50).total, False),
        "page of a star": (lambda: len(card(source, about.star).sections), True),
        "page of a coach": (lambda: len(card(source, about.coach).sections), True),
        "page of a race": (lambda: len(card(source, about.race).sections), True),
        "page of a country": (lambda: len(card(source, about.country).sections), True),
        "page of an article": (lambda: len(card(source, about.article).sections), True),
        "relations of a star": (lambda: len(related(source, about.star)), True),
        "whom a star beat": (lambda: len(related(source, about.star, "beat")), True),
        "path to a rival": (lambda: len(path(source, about.star, about.rival)), True),
        "path to a coach": (lambda: len(path(source, about.star, about.coach)), True),
        "finding a name": (lambda: bool(find(source, name)), True),
        "searching for a name": (lambda: len(search(source, name[:-1])), False),
        "disagreements, first 50": (lambda: len(conflicts(source, limit=50).shown), False),
        "disagreements on a star": (lambda: len(conflicts(source, about.star).shown), True),
    }
    if about.club:
        work["page of a club"] = (lambda: len(card(source, str(about.club)).sections), True)
    found = []
    for title, (run, about_one) in work.items():
        try:
            found.append(timed(title, run, about_one=about_one))
        except PodiumError as error:
            print(f"  {title}: {error}")
    return found


def table(title: str, entries: Iterable[Timed]) -> None:
    print(f"\n{title:<34}{'ms':>10}{'rows':>9}")
    for entry in entries:
        slow = "" if entry.seconds < _SLOW else "  slow" if entry.bound else "  about the whole graph"
        took = "given up" if math.isinf(entry.seconds) else f"{entry.seconds * 1000:.1f}"
        print(f"  {entry.name:<32}{took:>10}{entry.rows:>9}{slow}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--queries", type=Path, default=_FOLDER)
    parser.add_argument("--check", action="store_true", help="times `podium check` as well")
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        with open_store(options.store) as store:
            print(json.dumps(asdict(of_one_file(store, options.only))))
        return
    with open_store(options.store) as store:
        number = store.select("SELECT (COUNT(*) AS ?n) { ?a a ath:Article }").rows[0]["n"]
        print(f"queries: {number} articles, median of {_ROUNDS}, {machine()}")
        table("asked by pages and commands", of_the_pages(store, known(store)))
        if options.check:
            start = perf_counter()
            problems = len(check(store).problems)
            print(f"\npodium check: {perf_counter() - start:.1f} s, {problems} problems")
    table("query of the design", of_the_design(options.store, options.queries))
    table("the slow ones, written for Oxigraph", of_the_design(options.store, _REWRITTEN))


if __name__ == "__main__":
    main()
