"""A person with all that a page shows: relations, rivals, medals, records, results, progress, and a timeline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import contests, evidence, results, ties
from graph.browsing.describing import Described, describe, local
from graph.browsing.glance import glance
from graph.browsing.grouping import Grouped, grouped, groups
from graph.browsing.known import Known
from graph.browsing.mentions import mentions
from graph.browsing.paging import Page, paged
from graph.browsing.performances import performances, sourced
from graph.browsing.profile import Asked, Person, Rival
from graph.browsing.progress import progressions
from graph.browsing.sifting import choices, sifted
from graph.browsing.timeline import by_year, events
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node as Term

    from graph.browsing.contests import Meeting
    from graph.browsing.results import Node
    from graph.store.base import Source

# Sections of ties: name in addresses, part of the page, heading, and properties.
GROUPS = (
    ("coaches", "Coaching", "Coaches", ("coaches",)),
    ("coached", "Coaching", "Used to coach", ("formerlyCoached",)),
    ("coached-by", "Coaching", "Coached by", ("coachedBy",)),
    ("formerly-coached-by", "Coaching", "Used to be coached by", ("formerlyCoachedBy",)),
    ("clubs", "Clubs and training", "Club", ("memberOf",)),
    ("former-clubs", "Clubs and training", "Former club", ("formerMemberOf",)),
    ("training", "Clubs and training", "Trained with", ("trainedWith",)),
    ("family", "Family", "", ("parentOf", "childOf", "siblingOf", "spouseOf")),
)
_TIES = 12  # on one page of a section
_RIVALS = 8
_RESULTS = 20
_EVENTS = 20
_ARTICLES = 8
_MEDALS = 8  # with their sentences; the table of results has all
_NODES = 20  # bests, rankings and tallies of each class with their sentences
_HONOURS = ("Best", "Ranking", "Tally")
_SILENT = frozenset(
    {"wonMedal", "didNotReach", "hasMember", "hadMember", *(name for _, _, _, names in GROUPS for name in names)}
)


def person(source: Source, iri: str, asked: Asked) -> Person:
    """A person as a page shows them. Some fifteen queries, however many results.

    Raises LookupFailedError if the source says nothing of the IRI.
    """
    direct = tuple((str(row["p"]), row["o"]) for row in source.select(queries.load("statements"), {"x": URIRef(iri)}))
    if not direct:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    nodes = results.nodes(source, [iri])
    mine = tuple(node for node in nodes if iri in (*node.values.get("athlete", ()), *node.values.get("team", ())))
    career = performances(source, mine)
    parts = grouped(source, ties.load(source, [iri]), GROUPS, asked, _TIES)
    rivals = paged(contests.opponents(source, iri) if career else (), asked.page("rivals"), _RIVALS)
    met = contests.meetings(source, iri, [one.iri for one in rivals.items]) if rivals.items else {}
    known = _known(source, iri, direct, nodes, parts, {*met})
    passing = sifted(career, asked.sift)
    shown = paged(passing, asked.page("results"), _RESULTS)
    progress = progressions(career)
    facts = known.stated(lambda name: name not in _SILENT)
    timeline = paged(events(known, career), asked.page("timeline"), _EVENTS)
    return Person(
        entity=known.described[iri].entity,
        aliases=tuple(sorted({str(value) for predicate, value in direct if local(predicate) == "altLabel"})),
        glance=glance(known, career, progress),
        facts=facts,
        groups=groups(parts, known),
        rivals=_rivals(rivals, met, known.described),
        medals=known.medals(),
        medals_total=sum(1 for name, _ in direct if local(name) == "wonMedal"),
        bests=known.noded("Best", ("mark", "status")),
        rankings=(*known.noded("Ranking", ("rank",)), *known.noded("Tally", ("total",))),
        absences=known.stated(lambda name: name == "didNotReach"),
        choices=choices(career),
        career=len(career),
        results=Page(sourced(source, shown.items), shown.number, shown.pages, shown.total),
        progressions=progress,
        timeline=by_year(timeline.items),
        timeline_page=timeline,
        seasons=tuple(sorted({one.season for one in career if one.season}, reverse=True)),
        articles=mentions(source, iri, asked.page("articles"), _ARTICLES),
    )


def _known(
    source: Source,
    iri: str,
    direct: tuple[tuple[str, Term], ...],
    nodes: tuple[Node, ...],
    parts: tuple[Grouped, ...],
    others: set[str],
) -> Known:
    """What is shown with its sentences, and the names of all that is shown."""
    shown_ties = tuple(tie for part in parts for tie in part.page.items)
    honours = _first_honours(nodes)
    medallists = [node for node in nodes if iri in node.values.get("athlete", ()) and "medal" in node.values][:_MEDALS]
    won = {medal for node in medallists for medal in node.values["medal"]}
    said = tuple((name, value) for name, value in direct if local(name) != "wonMedal" or str(value) in won)
    held = {tie.node for tie in shown_ties if tie.node}
    wanted = {iri, *others, *won, *(str(value) for _, value in said if isinstance(value, URIRef))}
    wanted |= {end for tie in shown_ties for end in (tie.subject, tie.object)}
    for node in honours:
        wanted |= {node.iri} | node.named
    subjects = {iri, *(node.iri for node in honours)} | {subject for tie in shown_ties for subject in tie.subjects}
    # A rule may have worked the colour of a medal out.
    support = evidence.sample(source, subjects, [node.iri for node in medallists])
    kept = (*honours, *medallists, *(node for node in nodes if node.iri in held))
    return Known(iri, said, shown_ties, kept, describe(source, wanted), support)


def _first_honours(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(node for name in _HONOURS for node in [one for one in nodes if name in one.types][:_NODES])


def _rivals(
    page: Page[contests.Opponent], met: Mapping[str, tuple[Meeting, ...]], described: Mapping[str, Described]
) -> Page[Rival]:
    made = []
    for opponent in page.items:
        orders = Counter(meeting.order for meeting in met.get(opponent.iri, ()))
        other = described[opponent.iri].entity
        made.append(Rival(other, opponent.races, orders["ahead"], orders["behind"], orders["unknown"]))
    return Page(tuple(made), page.number, page.pages, page.total)
