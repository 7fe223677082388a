"""Ties by sort, in pages, each a line with its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing.describing import local
from graph.browsing.paging import Page, paged
from graph.browsing.performances import labelled
from graph.browsing.profile import Asked, Group, Tied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.known import Known
    from graph.browsing.results import Node
    from graph.browsing.ties import Tie
    from graph.store.base import Source

Sort = tuple[str, str, str, tuple[str, ...]]  # name in addresses, part of the page, heading, properties


@dataclass(frozen=True, slots=True)
class Grouped:
    """The ties of one sort before they are put in words."""

    name: str
    part: str
    heading: str
    page: Page[Tie]


def grouped(
    source: Source, found: Iterable[Tie], sorts: Iterable[Sort], asked: Asked, size: int
) -> tuple[Grouped, ...]:
    """The page of each sort that is asked for, by name; sorts without ties are left out."""
    found = tuple(found)
    labels = labelled(source, {tie.object for tie in found})
    made = []
    for name, part, heading, properties in sorts:
        mine = [tie for tie in found if local(tie.predicate) in properties]
        mine.sort(key=lambda tie: (tie.predicate, labels.get(tie.object, tie.object)))
        if mine:
            made.append(Grouped(name, part, heading, paged(mine, asked.page(name), size)))
    return tuple(made)


def groups(parts: Iterable[Grouped], known: Known) -> tuple[Group, ...]:
    """The same with sentences and dates; `known` holds the ties and, for their dates, their nodes."""
    nodes = {node.iri: node for node in known.nodes}
    return tuple(
        Group(
            one.name,
            one.part,
            one.heading,
            Page(
                tuple(
                    Tied(known.described[tie.object].entity, known.of_tie(tie), when(nodes.get(tie.node or "")))
                    for tie in one.page.items
                ),
                one.page.number,
                one.page.pages,
                one.page.total,
            ),
        )
        for one in parts
    )


def when(node: Node | None) -> str:
    """Since when and until when a coaching or membership lasted, as far as known."""
    if node is None:
        return ""
    start = node.first("startDate") or node.first("startYear") or ""
    end = node.first("endDate") or node.first("endYear") or ""
    if start and end:
        return f"{start[:4]} to {end[:4]}"
    return f"since {start[:4]}" if start else f"until {end[:4]}" if end else ""
