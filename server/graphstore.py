"""`/store`: the SPARQL 1.1 Graph Store Protocol, for graphs named in the address or by it.

`/store?graph=IRI` and `/store?default` name a graph from without; every address below `/store/` is the IRI of a graph
of its own. Anyone may read; writing needs a token with the scope `update`. What depends on what a client has seen goes
by entity tags, which are made from the version of the whole dataset.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urljoin

import pyoxigraph as ox
from flask import Blueprint, Response, abort, request
from pyoxigraph import QueryResultsFormat, RdfFormat
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from server import audit, evaluating, negotiation, validators
from server.auth import require
from server.service import source
from server.sparql.formats import acceptable
from server.writing import writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.graphs import Part
    from server.negotiation import Offer

blueprint = Blueprint("graphstore", __name__)

_ACCEPTED: Final = ", ".join(
    [*(negotiation.bare_type(form) for form in negotiation.GRAPH_FORMATS), "multipart/form-data"]
)
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_IN_MEMORY: Final = 1 << 20  # bytes of a document that goes on as it is; a longer one goes to a file
_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class _Graph:
    """A graph by its IRI; None is the unnamed one, which is always there."""

    iri: str | None

    @property
    def name(self) -> str:
        return self.iri or "the unnamed graph"

    @property
    def query(self) -> str:
        """What gives all its triples, where the unnamed graph is the default one."""
        pattern = "?s ?p ?o" if self.iri is None else f"GRAPH {ox.NamedNode(self.iri)} {{ ?s ?p ?o }}"
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"

    def is_there(self) -> bool:
        return self.iri is None or source().ask(f"ASK {{ GRAPH {ox.NamedNode(self.iri)} {{}} }}")


@blueprint.route("/store", methods=["GET"], strict_slashes=False)
@blueprint.route("/store/<path:below>", methods=["GET"])
def get(below: str = "") -> Response:
    """A graph's triples; HEAD says the same without them."""
    graph = _existing(_addressed(below))
    offer = _offer()
    tag = validators.tag(graph.iri, offer.media_type)
    if validators.unchanged(tag):
        return validators.not_modified(tag)
    answer = evaluating.answer(
        graph.query, results=QueryResultsFormat.JSON, graphs=offer.format or RdfFormat.TURTLE, union=False
    )
    response = evaluating.written(answer, negotiation.content_type(offer.media_type))
    response.vary.add("Accept")
    return validators.label(response, tag, weak=False)


@blueprint.route("/store", methods=["PUT"], strict_slashes=False)
@blueprint.route("/store/<path:below>", methods=["PUT"])
def put(below: str = "") -> Response:
    """Replaces a graph, or makes it: 201 where there was none (the unnamed one: where it was empty), else 204."""
    token = require("update")
    graph = _addressed(below)
    with audit.recorded(token, "put graph", graph.name):
        created = _put(graph, append=False)
    return evaluating.done(HTTPStatus.CREATED if created else HTTPStatus.NO_CONTENT)


@blueprint.route("/store", methods=["POST"], strict_slashes=False)
@blueprint.route("/store/<path:below>", methods=["POST"])
def post(below: str = "") -> Response:
    """Adds to a graph (201 where there was none, else 200), or makes one under a new address where none is named."""
    token = require("update")
    if not below and not {"graph", "default"} & request.args.keys():
        graph = _Graph(f"{request.base_url.rstrip('/')}/{uuid.uuid4()}")
    else:
        graph = _addressed(below)
    with audit.recorded(token, "post graph", graph.name):
        created = _put(graph, append=True)
    if not created or graph.iri is None:
        return evaluating.done(HTTPStatus.OK)
    return evaluating.done(HTTPStatus.CREATED, Location=graph.iri)


@blueprint.route("/store", methods=["DELETE"], strict_slashes=False)
@blueprint.route("/store/<path:below>", methods=["DELETE"])
def delete(below: str = "") -> Response:
    """Deletes a graph, or empties the unnamed one."""
    token = require("update")
    graph = _addressed(below)
    with audit.recorded(token, "delete graph", graph.name):
        version = _expected_version(graph)
        if not writer().delete_graph(graph.iri, if_version=version):
            _missing(graph)
    return evaluating.done(HTTPStatus.OK)


@blueprint.after_request
def _what_is_taken(response: Response) -> Response:
    if request.method == "OPTIONS" or response.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        response.headers["Accept-Post"] = _ACCEPTED
    return response


def _addressed(below: str) -> _Graph:
    """The graph that the address means; raises BadRequest where it means none or several."""
    named, default = request.args.getlist("graph"), "default" in request.args
    if below and (named or default):
        raise BadRequest("This address is a graph itself; use 'graph' and 'default' with /store alone.")
    if below:
        return _Graph(_absolute(request.base_url))
    if len(named) + default != 1:
        raise BadRequest("Name one graph: /store?graph=IRI, or /store?default for the unnamed one.")
    return _Graph(None if default else _absolute(named[0]))


def _absolute(iri: str) -> str:
    """The IRI, resolved against the address asked where it is relative."""
    try:
        return ox.NamedNode(iri if _ABSOLUTE.match(iri) else urljoin(request.base_url, iri)).value
    except ValueError as error:
        raise BadRequest(f"'{iri}' is no IRI: {error}") from error


def _existing(graph: _Graph) -> _Graph:
    if not graph.is_there():
        _missing(graph)
    return graph


def _missing(graph: _Graph) -> None:
    abort(HTTPStatus.NOT_FOUND, f"There is no graph <{graph.name}> in this store.")


def _offer() -> Offer[RdfFormat]:
    found = negotiation.best(request.accept_mimetypes, negotiation.GRAPH_OFFERS)
    if found is None:
        raise NotAcceptable(acceptable(RdfFormat.TURTLE))
    return found


def _expected_version(graph: _Graph) -> str | None:
    """The version that a write depends on, by If-Match and If-None-Match; None where it depends on none.

    Ends the request with 412 where the graph is not as expected.
    """
    wanted, unwanted = request.if_match, request.if_none_match
    if "If-Match" not in request.headers and "If-None-Match" not in request.headers:
        return None
    version = source().version
    held = True
    if "If-Match" in request.headers:
        held = graph.is_there() if wanted.star_tag else version in validators.based_on(wanted) and graph.is_there()
    if held and "If-None-Match" in request.headers:
        held = not ((unwanted.star_tag or version in validators.based_on(unwanted)) and graph.is_there())
    if not held:
        abort(HTTPStatus.PRECONDITION_FAILED, "The graph is not as the request expects it; read it again.")
    return version


def _put(graph: _Graph, *, append: bool) -> bool:
    """Whether the graph is a new one."""
    version = _expected_version(graph)
    base = graph.iri or request.base_url
    with _parts() as parts:
        return writer().put_graph(graph.iri, parts, base, append=append, if_version=version)


@contextmanager
def _parts() -> Iterator[tuple[Part, ...]]:
    """The documents of the body, long ones in files that go with the request."""
    with tempfile.TemporaryDirectory(prefix="podium-") as folder:
        if request.mimetype == "multipart/form-data":
            files = [file for _, file in request.files.items(multi=True)]
            given = [(file.stream, file.mimetype, file.mimetype_params) for file in files]
            if not given or request.form:
                raise BadRequest("Send each document as a file of the form, with a file name and a Content-Type.")
        else:
            given = [(request.stream, request.mimetype, request.mimetype_params)]
        yield tuple(
            (_kept(stream, Path(folder) / str(number)), _format(kind, parameters))
            for number, (stream, kind, parameters) in enumerate(given)
        )


def _kept(stream: IO[bytes], path: Path) -> bytes | Path:
    """What a stream holds, in a file where that is much."""
    beginning = b""
    while piece := stream.read(_PIECE):
        beginning += piece
        if len(beginning) >= _IN_MEMORY:
            break
    else:
        return beginning
    with path.open("wb") as file:
        file.write(beginning)
        shutil.copyfileobj(stream, file)
    return path


def _format(kind: str, parameters: dict[str, str]) -> RdfFormat:
    found = RdfFormat.from_media_type(kind) if kind else None
    if found is None:
        sent = f"as '{kind}'" if kind else "without a Content-Type"
        raise UnsupportedMediaType(f"The triples came {sent}; send them as one of {_ACCEPTED}.")
    if parameters.get("charset", "utf-8").strip("\"' ").lower() not in ("utf-8", "utf8", "us-ascii"):
        raise BadRequest(f"The triples are in '{parameters['charset']}'; send them in UTF-8.")
    return RdfFormat.TURTLE if found == RdfFormat.N3 else found  # what of N3 is no Turtle is no RDF
