"""`/coaching`: who coaches whom. `/around`: who and what is one or two steps away by chosen ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request
from rdflib import URIRef

from graph import queries
from graph.browsing import around, coach_tree, coaches, find, kinds_asked, kinds_of_ties, squads
from graph.errors import AmbiguousNameError, LookupFailedError
from server.service import source

if TYPE_CHECKING:
    from graph.browsing.values import Entity

blueprint = Blueprint("circles", __name__)

_LONGEST_NAME = 200  # code points
_SQUADS = 12  # coaches on a page
_NEAR = 20  # things on a page, each with its sentences
_PRESETS = (
    ("Clubmates", ("club",), 2),
    ("Training partners", ("training", "coaching"), 2),
    ("Opponents", ("races",), 2),
    ("Family", ("family",), 1),
    ("Coaching", ("coaching",), 1),
)


@blueprint.get("/coaching")
def coaching() -> str:
    """The tree around one person, or all coaches with whom they coach."""
    if asked := request.args.get("of", "").strip()[:_LONGEST_NAME]:
        found = one_thing(asked, ("person",))
        query = queries.with_values(queries.load("page-coaching"), "x", [URIRef(found.iri)])
        return render_template("coaching.html", tree=coach_tree(source(), found.iri), sparql_query=query)
    every = coaches(source())
    pages = max(1, -(-len(every) // _SQUADS))
    page = min(_page(), pages)
    shown = every[(page - 1) * _SQUADS : page * _SQUADS]
    trees = squads(source(), [coach.iri for coach in shown])
    query = queries.with_values(queries.load("page-coaching"), "x", [URIRef(coach.iri) for coach in shown])
    return render_template(
        "coaching.html", sparql_query=query if shown else None, trees=trees, page=page, pages=pages, total=len(every)
    )


@blueprint.get("/around")
def neighbourhood() -> str:
    """What is one or two steps from a person or club by the ties chosen."""
    found = one_thing(request.args.get("of", "").strip()[:_LONGEST_NAME], ())
    try:
        kinds = kinds_asked(word[:_LONGEST_NAME] for word in request.args.getlist("relation") if word)
    except LookupFailedError as error:
        abort(400, str(error))
    kinds = kinds or ("coaching", "club", "family", "training")
    steps = 2 if request.args.get("steps") == "2" else 1
    page = _page()
    # Results have several sentences each, and a page of them would be heavy: they are a link away.
    circle = around(source(), found.iri, kinds, steps, page, _NEAR, sentences="races" not in kinds)
    return render_template(
        "around.html",
        circle=circle,
        asked=kinds,
        steps=steps,
        page=page,
        pages=max(1, -(-circle.total // _NEAR)),
        kinds=kinds_of_ties(),
        presets=_PRESETS,
        size=_NEAR,
        sparql_query=queries.with_values(queries.load("page-ties"), "x", [URIRef(found.iri)]),
    )


def one_thing(asked: str, kinds: tuple[str, ...]) -> Entity:
    """What a name or IRI means; answers 400 without one, 404 where nothing or several things bear it."""
    if not asked:
        abort(400, "Say of whom: ?of=NAME or an IRI.")
    try:
        return find(source(), asked, kinds) if kinds else find(source(), asked)
    except AmbiguousNameError as error:
        several = "; ".join(f"{name} ({text}): {iri}" for iri, name, text in error.candidates)
        abort(404, f"“{asked}” may be any of these, ask by IRI: {several}")
    except LookupFailedError as error:
        abort(404, str(error))


def _page() -> int:
    return max(1, request.args.get("page", 1, type=int))
