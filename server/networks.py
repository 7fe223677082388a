"""`/network`: the central people of a selection, and the communities they fall into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template, request
from rdflib import Literal, URIRef

from graph import queries
from graph.browsing import find, network
from graph.browsing.networks import Selection
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.store.binding import bound
from server.service import source

if TYPE_CHECKING:
    from rdflib.term import Node

    from graph.browsing.values import Entity

blueprint = Blueprint("networks", __name__)

_FIELDS: Final = (
    ("club", "Club"),
    ("country", "Country"),
    ("discipline", "Event"),
    ("series", "Competition"),
)
_LONGEST_NAME = 200  # code points


@blueprint.get("/network")
def people() -> str:
    """The form, and the network of what was chosen."""
    chosen: dict[str, Entity] = {}
    messages: list[str] = []
    for field, label in _FIELDS:
        if asked := request.args.get(field, "").strip()[:_LONGEST_NAME]:
            try:
                chosen[field] = find(source(), asked, (field,))
            except AmbiguousNameError as error:
                named = ", ".join(name for _, name, _ in error.candidates)
                messages.append(f"{label}: “{asked}” may be any of {named}. Say more of the name.")
            except LookupFailedError:
                messages.append(f"{label}: nothing known is called “{asked}”.")
    year = request.args.get("year", "").strip()
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        messages.append("Year: four digits, such as 2019.")
    selection = Selection(
        **{field: entity.iri for field, entity in chosen.items()}, year=int(year) if year and not messages else None
    )
    ready = not messages and selection != Selection()
    return render_template(
        "network.html",
        fields=[(field, label, _written(field, chosen)) for field, label in _FIELDS],
        year=year[:4],
        messages=messages,
        title=" · ".join([*(entity.label for entity in chosen.values()), *([year] if year else [])]),
        net=network(source(), selection) if ready else None,
        sparql_query=_query(selection) if ready else None,
    )


def _written(field: str, chosen: dict[str, Entity]) -> str:
    return chosen[field].label if field in chosen else request.args.get(field, "").strip()[:_LONGEST_NAME]


def _query(selection: Selection) -> str:
    """Who is in the selection, as a query."""
    fixed: dict[str, Node] = {
        field: URIRef(iri) for field, _ in _FIELDS if (iri := getattr(selection, field)) is not None
    }
    if selection.year is not None:
        fixed["year"] = Literal(selection.year)
    return bound(queries.load("page-network-races" if selection.by_race else "page-network-people"), fixed)
