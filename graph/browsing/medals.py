"""Medal tables by country and by athlete, and the medals behind each of their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from graph.browsing import evidence, results
from graph.browsing.almanac import COLOURS, almanac, discipline_order, named
from graph.browsing.describing import describe
from graph.browsing.values import Piece
from ontology.iris import iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.almanac import Almanac, Won
    from graph.browsing.values import ResultRow
    from graph.store.base import Source

By = Literal["country", "athlete"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which medals: of a series, year, country, discipline (slugs), sex (M, F or X), winner (IRI); None takes all.

    `country` may be `unknown`: the medals of those whose country no article tells. `partial` takes, instead of the
    others, medals of contests that articles do not name in full: each may be the same as one of a contest in full.
    """

    series: str | None = None
    year: int | None = None
    country: str | None = None
    discipline: str | None = None
    sex: str | None = None
    who: str | None = None
    colour: str | None = None
    partial: bool = False


UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """A line of a medal table. Lines with the same medals have one `rank`, and are `tied`."""

    rank: int
    tied: bool
    name: Piece
    gold: int
    silver: int
    bronze: int
    country: Piece | None = None

    @property
    def total(self) -> int:
        return self.gold + self.silver + self.bronze

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Colour and number, in the order of the columns."""
        return tuple(zip(COLOURS, (self.gold, self.silver, self.bronze), strict=True))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the medals stand on: contests of which medals are told, those of them `partly` told, those with several
    winners of one colour (`crowded`: ties or disputes), and finals that should have medals of which none is told
    (`untold`). `disputed` medals have several colours, or winners with several countries.
    `partial` medals are not counted, as their contests are not named in full.
    """

    contests: int = 0
    partly: int = 0
    crowded: int = 0
    untold: int = 0
    disputed: int = 0
    partial: int = 0


@dataclass(frozen=True, slots=True)
class MedalTable:
    """`total` counts all lines; `lines` are those of the page. `without_country` is a line without rank."""

    by: By
    lines: tuple[Tally, ...]
    total: int
    medals: int
    coverage: Coverage
    without_country: Tally | None = None


@dataclass(frozen=True, slots=True)
class MedalList:
    """Medals one by one: those of the page, and how many there are."""

    rows: tuple[ResultRow, ...]
    countries: dict[str, tuple[Piece, ...]]
    total: int


@dataclass(frozen=True, slots=True)
class Options:
    """What there are medals of, to choose from: (slug, label) in the order of a list."""

    series: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    countries: tuple[tuple[str, str], ...]
    disciplines: tuple[tuple[str, str], ...]


def medal_table(
    source: Source, choice: Choice, by: By = "country", *, limit: int | None = None, offset: int = 0
) -> MedalTable:
    """The table of the chosen medals, by gold, then silver, then bronze; all lines without `limit`."""
    book = almanac(source)
    chosen = _chosen(book, choice, source.base)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    lost: Counter[str] = Counter()
    for won in chosen:
        for key in _keys(won, by, choice, source.base):
            counted[key][won.colour] += 1
        if by == "country" and not won.countries:
            lost[won.colour] += 1
    ordered = sorted(counted, key=lambda key: (*(-counted[key][colour] for colour in COLOURS), key))
    ranks = _ranks([tuple(counted[key][colour] for colour in COLOURS) for key in ordered])
    end = None if limit is None else offset + limit
    shown = ordered[offset:end]
    nations = {won.who: won.countries for won in chosen} if by == "athlete" else {}
    names = named(source, {*shown, *(nation for key in shown for nation in nations.get(key, ())[:1])})
    lines = []
    for key, (rank, tied) in list(zip(ordered, ranks, strict=True))[offset:end]:
        country = next((names[nation] for nation in nations.get(key, ()) if nation != key), None)
        lines.append(_tally(rank, names[key], counted[key], country, tied=tied))
    return MedalTable(
        by,
        tuple(lines),
        len(ordered),
        len({won.result for won in chosen}),
        _coverage(book, chosen, choice, source.base),
        _tally(0, Piece("Country not reported"), lost, tied=False) if lost else None,
    )


def medal_list(source: Source, choice: Choice, *, limit: int | None = None, offset: int = 0) -> MedalList:
    """The chosen medals, the newest first, each with the facts and sentences behind it."""
    chosen: dict[str, Won] = {}
    for won in sorted(_chosen(almanac(source), choice, source.base), key=_list_order):
        chosen.setdefault(won.result, won)
    shown = list(chosen)[offset : None if limit is None else offset + limit]
    if not shown:
        return MedalList((), {}, len(chosen))
    nodes = {node.iri: node for node in results.these(source, shown)}
    wanted = {*shown, *(value for node in nodes.values() for value in node.named)}
    wanted |= {nation for result in shown for nation in chosen[result].countries}
    described = describe(source, wanted)
    support = evidence.load(source, shown)
    rows = tuple(results.result_row(nodes[result], described, support) for result in shown)
    countries = {
        result: tuple(Piece(described[nation].label, nation) for nation in chosen[result].countries) for result in shown
    }
    return MedalList(rows, countries, len(chosen))


def chosen_medals(source: Source, choice: Choice) -> tuple[Won, ...]:
    """The chosen medals alone, the newest first."""
    return tuple(sorted(_chosen(almanac(source), choice, source.base), key=_list_order))


def options(source: Source) -> Options:
    """What the medals of the source can be narrowed down to."""
    medals = almanac(source).medals
    contests = {won.contest for won in medals}
    series = {contest.series for contest in contests if contest.series}
    disciplines = {contest.discipline for contest in contests if contest.discipline}
    countries = {nation for won in medals for nation in won.countries}
    names = named(source, series | disciplines | countries)

    def listed(iris: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((one.rpartition("/")[2], names[one].text) for one in iris)

    return Options(
        listed(sorted(series, key=lambda one: names[one].text)),
        tuple(sorted({contest.year for contest in contests if contest.year is not None}, reverse=True)),
        listed(sorted(countries, key=lambda one: names[one].text)),
        listed(sorted(disciplines, key=discipline_order)),
    )


def _list_order(won: Won) -> tuple[int, str, tuple[int, str], str, int, str]:
    contest = won.contest
    return (
        -(contest.year or 0),
        contest.series or "~",
        discipline_order(contest.discipline),
        contest.sex or "",
        COLOURS.index(won.colour),
        won.result,
    )


def _chosen(book: Almanac, choice: Choice, base: str) -> list[Won]:
    wanted = _contest_test(choice, base)
    country = iri("country", choice.country, base) if choice.country and choice.country != UNKNOWN else None
    return [
        won
        for won in book.medals
        if won.contest.partial == choice.partial
        and all(getattr(won.contest, slot) == value for slot, value in wanted)
        and (country is None or country in won.countries)
        and (choice.country != UNKNOWN or not won.countries)
        and choice.who in (None, won.who)
        and choice.colour in (None, won.colour)
    ]


def _contest_test(choice: Choice, base: str) -> list[tuple[str, object]]:
    """The slots of a contest that must have these values."""
    series = iri("series", choice.series, base) if choice.series else None
    discipline = iri("discipline", choice.discipline, base) if choice.discipline else None
    slots = (("series", series), ("year", choice.year), ("discipline", discipline), ("sex", choice.sex))
    return [(slot, value) for slot, value in slots if value is not None]


def _keys(won: Won, by: By, choice: Choice, base: str) -> tuple[str, ...]:
    if by == "athlete":
        return (won.who,)
    if choice.country and choice.country != UNKNOWN:
        return (iri("country", choice.country, base),)
    return won.countries


def _ranks(medals: list[tuple[int, ...]]) -> list[tuple[int, bool]]:
    """For lines in order the rank of each, and whether it shares it: 1, 2, 2, 4."""
    many = Counter(medals)
    first: dict[tuple[int, ...], int] = {}
    for place, one in enumerate(medals, 1):
        first.setdefault(one, place)
    return [(first[one], many[one] > 1) for one in medals]


def _tally(rank: int, name: Piece, counts: Counter[str], country: Piece | None = None, *, tied: bool) -> Tally:
    return Tally(rank, tied, name, counts["gold"], counts["silver"], counts["bronze"], country)


def _coverage(book: Almanac, chosen: list[Won], choice: Choice, base: str) -> Coverage:
    """How well the contests of the chosen medals are told, whoever won the others."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for won in _chosen(book, replace(choice, country=None, who=None, colour=None), base):
        told[won.contest.race][won.colour] += 1
    mine = {won.contest.race for won in chosen} if choice.country or choice.who or choice.colour else set(told)
    colours: dict[str, set[str]] = defaultdict(set)
    for won in chosen:
        colours[won.result].add(won.colour)
    return Coverage(
        len(mine),
        sum(len(told[race]) < len(COLOURS) for race in mine),
        sum(max(told[race].values()) > 1 for race in mine),
        _untold(book, set(told), choice, base),
        len({won.result for won in chosen if len(won.countries) > 1 or len(colours[won.result]) > 1}),
        len({won.result for won in _chosen(book, replace(choice, partial=True), base)}),
    )


def _untold(book: Almanac, told: set[str], choice: Choice, base: str) -> int:
    wanted = _contest_test(choice, base)
    return sum(
        contest.final
        and contest.series in book.awarding
        and contest.race not in told
        and all(getattr(contest, slot) == value for slot, value in wanted)
        for contest in book.contests.values()
    )
