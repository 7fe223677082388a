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
    support = evidence.load(source, {iri, *(subject for tie in shown for subject in tie.subjects)})
    known = Known(iri, direct, shown, nodes, describe(source, wanted), support)
    won = _medals(source, iri)
    page = paged(won, asked.page("medals"), _MEDALS)
    colours = Counter(one.medals[0] for one in won if len(one.medals) == 1)
    return Club(
        entity=known.described[iri].entity,
        aliases=tuple(sorted({str(value) for predicate, value in direct if local(predicate) == "altLabel"})),
        facts=known.stated(lambda name: name not in _SILENT),
        groups=groups(parts, known),
        coaches=paged(_coaches(source, iri), asked.page("coaches"), _COACHES),
        medals=Page(sourced(source, page.items), page.number, page.pages, page.total),
        colours=tuple((colour, colours[colour]) for colour in ("gold", "silver", "bronze") if colours[colour]),
        articles=mentions(source, iri, asked.page("articles"), _ARTICLES),
    )


def _medals(source: Source, iri: str) -> tuple[Performance, ...]:
    """The medals of members in years in which articles call them members."""
    found = [str(row["node"]) for row in source.select(queries.load("club-medals"), {"x": URIRef(iri)})]
    return performances(source, results.these(source, found)) if found else ()


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
