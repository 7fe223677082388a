"""A club or training group with all that a page shows: members, who coaches them, and their medals."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, results, ties
from graph.browsing.describing import describe, local
from graph.browsing.grouping import grouped, groups
from graph.browsing.known import Known
from graph.browsing.mentions import mentions
from graph.browsing.paging import Page, paged
from graph.browsing.performances import labelled, performances, sourced
from graph.browsing.profile import Asked, Club, ClubCoach
from graph.browsing.values import Piece
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from graph.browsing.performances import Performance
    from graph.store.base import Source

_GROUPS = (
    ("members", "Members", "Now", ("hasMember",)),
    ("former-members", "Members", "Formerly", ("hadMember",)),
)
_MEMBERS = 24  # on one page
_COACHES = 12
_MEDALS = 15
_ARTICLES = 8
_SILENT = frozenset({"hasMember", "hadMember"})


def club(source: Source, iri: str, asked: Asked) -> Club:
    """A club as a page shows it. Some fifteen queries, however many members.

    Raises LookupFailedError if the source says nothing of the IRI.
    """
    direct = tuple((str(row["p"]), row["o"]) for row in source.select(queries.load("statements"), {"x": URIRef(iri)}))
    if not direct:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    found = ties.load(source, [iri])
    parts = grouped(source, found, _GROUPS, asked, _MEMBERS)
    shown = tuple(tie for part in parts for tie in part.page.items)
    held = [tie.node for tie in shown if tie.node]
    nodes = results.these(source, held) if held else ()
    wanted = {
        iri,
        *(str(value) for name, value in direct if local(name) not in _SILENT and isinstance(value, URIRef)),
        *(tie.object for tie in shown),
    }
    support = evidence.sample(source, {iri, *(subject for tie in shown for subject in tie.subjects)})
    known = Known(iri, direct, shown, nodes, describe(source, wanted), support)
    medals, colours = _medals(source, iri, asked.page("medals"))
    return Club(
        entity=known.described[iri].entity,
        aliases=tuple(sorted({str(value) for predicate, value in direct if local(predicate) == "altLabel"})),
        facts=known.stated(lambda name: name not in _SILENT),
        groups=groups(parts, known),
        coaches=paged(_coaches(source, iri), asked.page("coaches"), _COACHES),
        medals=medals,
        colours=colours,
        articles=mentions(source, iri, asked.page("articles"), _ARTICLES),
    )


def _medals(source: Source, iri: str, number: int) -> tuple[Page[Performance], tuple[tuple[str, int], ...]]:
    """A page of the medals of members in years in which articles call them so, the newest first; all by colour."""
    query = queries.with_values(queries.load("club-years"), "x", [URIRef(iri)])
    years = {
        str(row["who"]): range(int(str(row["first"])[:4]), int(str(row["last"])[:4]) + 1)
        for row in source.select(query)
        if "who" in row
    }
    won: dict[str, tuple[int, set[str]]] = {}
    if years:
        query = queries.with_values(queries.load("medals-of"), "who", [URIRef(who) for who in years])
        for row in source.select(query):
            if int(str(row["year"])) in years[str(row["who"])]:
                won.setdefault(str(row["node"]), (int(str(row["year"])), set()))[1].add(
                    local(str(row["colour"])).lower()
                )
    page = paged(sorted(won, key=lambda node: (-won[node][0], node)), number, _MEDALS)
    shown = performances(source, results.these(source, page.items)) if page.items else ()
    counted = Counter(next(iter(held)) for _, held in won.values() if len(held) == 1)
    totals = tuple((colour, counted[colour]) for colour in ("gold", "silver", "bronze") if counted[colour])
    return Page(sourced(source, shown), page.number, page.pages, page.total), totals


def _coaches(source: Source, iri: str) -> tuple[ClubCoach, ...]:
    """Who coaches members, those with the most first."""
    coached: dict[str, set[str]] = defaultdict(set)
    for row in source.select(queries.load("club-coaches"), {"x": URIRef(iri)}):
        coached[str(row["coach"])].add(str(row["member"]))
    labels = labelled(source, {*coached, *(member for members in coached.values() for member in members)})

    def name(one: str) -> str:
        return labels.get(one, local(one))

    ordered = sorted(coached, key=lambda coach: (-len(coached[coach]), name(coach)))
    return tuple(
        ClubCoach(Piece(name(coach), coach), tuple(Piece(name(member), member) for member in sorted(coached[coach])))
        for coach in ordered
    )
