"""`/graph`: things and their ties as a picture and as a list; `/graph/neighbours`: what to add when more are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, render_template, request
from pyoxigraph import RdfFormat
from rdflib import URIRef

from graph import queries
from graph.browsing import between, find, graph_picture, kinds_asked, kinds_of_ties
from graph.browsing.values import Entity, plain
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.export import Scope
from ontology.iris import KINDS
from server.connections import chosen
from server.exports import exported
from server.rings import rings
from server.service import page_of, source

if TYPE_CHECKING:
    from graph.browsing.pictures import GraphPicture, Spot
    from graph.browsing.values import Step

blueprint = Blueprint("graphpictures", __name__)

_LONGEST_NAME = 200  # code points
_ROOM = 100  # things in one picture
_USUAL = tuple(bond.kind for bond in kinds_of_ties() if not bond.wide)


@blueprint.get("/graph")
def graph() -> str:
    """The picture around what is named as `focus`, once or several times."""
    asked = [word.strip()[:_LONGEST_NAME] for word in request.args.getlist("focus") if word.strip()]
    kinds, message = _USUAL, None
    candidates: tuple[Entity, ...] = ()
    opened: list[str] = []
    try:
        kinds = _kinds()
        opened = [_iri(word) for word in asked]
    except AmbiguousNameError as error:
        message = "That name may be any of these. Which one?"
        candidates = tuple(Entity(iri, "", name, text) for iri, name, text in error.candidates)
    except LookupFailedError as error:
        message = str(error)
    picture = graph_picture(source(), opened, kinds, room=_ROOM) if opened and not message else None
    return render_template(
        "graph.html",
        asked=asked[0] if asked else "",
        picture=picture,
        drawing=rings(picture) if picture else None,
        named={spot.entity.iri: spot.entity for spot in picture.spots} if picture else {},
        kinds=kinds_of_ties(),
        shown=kinds,
        message=message,
        candidates=candidates,
        room=_ROOM,
        opening=lambda iri: f"/graph?{_query([*opened, iri], kinds)}",
        query=_query(opened, kinds),
        short=short,
        sparql_query=queries.with_values(queries.load("page-ties"), "x", map(URIRef, opened)) if picture else None,
    )


@blueprint.get("/graph.ttl")
def graph_as_turtle() -> Response:
    """The facts of the picture with their claims and sentences."""
    picture = _picture(sentences=True)
    return exported(Scope("chosen", chosen=chosen(picture.ties)), RdfFormat.TURTLE)


@blueprint.get("/graph/neighbours")
def neighbours() -> Response:
    """What is next to several things (`of`), and the ties between them and what is `shown` already: one answer."""
    picture = _picture()
    return jsonify(
        nodes=[_node(spot) for spot in picture.spots],
        edges=[_edge(step) for step in picture.ties],
        hidden=picture.hidden,
    )


@blueprint.get("/graph/evidence")
def evidence() -> str:
    """The ties between two neighbours, with their sentences."""
    try:
        one, other = (_iri(request.args.get(name, "")) for name in ("from", "to"))
    except (AmbiguousNameError, LookupFailedError) as error:
        abort(404, str(error))
    steps = between(source(), one, other)
    if not steps:
        abort(404, "No article ties these two to each other directly; /connections tells how they are connected.")
    return render_template("tie.html", steps=steps)


def _picture(*, sentences: bool = False) -> GraphPicture:
    """What `of` or `focus` name; answers 400 or 404 where that is nothing."""
    named = request.args.getlist("of") or request.args.getlist("focus")
    if not named:
        abort(400, "Say of what: ?of=IRI, once or several times.")
    try:
        kinds = _kinds()
    except LookupFailedError as error:
        abort(400, str(error))
    try:
        opened = [_iri(word) for word in named]
    except (AmbiguousNameError, LookupFailedError) as error:
        abort(404, str(error))
    shown = [iri for word in request.args.getlist("shown")[:_ROOM] if (iri := _known(word))]
    return graph_picture(source(), opened, kinds, shown=shown, room=_ROOM, sentences=sentences)


def _kinds() -> tuple[str, ...]:
    return kinds_asked(word[:_LONGEST_NAME] for word in request.args.getlist("show") if word) or _USUAL


def _iri(word: str) -> str:
    """The IRI that a short form (`person/josh-kerr`), an IRI or a name means."""
    return find(source(), _known(word) or word[:_LONGEST_NAME]).iri


def _known(word: str) -> str | None:
    kind, _, slug = word.removeprefix(source().base).partition("/")
    plain_slug = slug.replace("-", "").replace("_", "").replace(".", "")
    return f"{source().base}{kind}/{slug}" if kind in KINDS.values() and plain_slug.isalnum() else None


def short(iri: str) -> str:
    """An IRI as the addresses of pictures have it."""
    return iri.removeprefix(source().base)


def _query(opened: list[str], kinds: tuple[str, ...]) -> str:
    pairs = [("focus", short(iri)) for iri in dict.fromkeys(opened)]
    pairs += [("show", kind) for kind in kinds] if kinds != _USUAL else []
    return urlencode(pairs, safe="/")


def _node(spot: Spot) -> dict[str, object]:
    entity = spot.entity
    return {
        "id": short(entity.iri),
        "label": entity.label,
        "kind": entity.kind,
        "description": entity.description,
        "href": page_of(entity.iri),
        "opened": spot.opened,
        "hidden": spot.hidden,
        "plain": [f"{name}: {value}" for name, value in spot.plain],
    }


def _edge(step: Step) -> dict[str, object]:
    return {
        "source": short(step.start),
        "target": short(step.end),
        "kind": step.kind,
        "label": plain(step.text),
        "former": step.former,
        "disputed": step.dispute is not None and not step.dispute.settled,
        "articles": step.articles,
    }
