"""`/.well-known/void`: what the dataset is and holds, in VoID and DCAT, with counts."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotAcceptable

from graph import queries
from graph.errors import LimitError
from graph.export import FORMATS
from ontology.iris import VOCABULARIES
from server import evaluating, negotiation
from server.description import declare, show_examples
from server.service import source
from server.sparql.formats import acceptable
from server.statements import Statements, named

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

    from graph.store.base import Source

blueprint = Blueprint("wellknown", __name__)

_TITLE: Final = "Podium"
_ABOUT: Final = "Facts about athletes, races, results and coaches, each with the sentences of the articles that say it."
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: triples, distinct subjects, members of each class, triples with each property."""

    triples: int
    entities: int
    classes: dict[str, int]
    properties: dict[str, int]


class _Counter:
    """Counts once for each version of the dataset, however many ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version: str | None = None
        self._counts: Counts | None = None

    def counts(self, found: Source) -> Counts:
        """The counts; raises LimitError where they take longer than a query may."""
        with self._lock:
            version = found.version
            if self._counts is None or version is None or version != self._version:
                self._counts, self._version = _counted(found), version
            return self._counts

    def lately(self, found: Source) -> Counts:
        """The counts of some version, for who only wants to know what is common; raises LimitError as `counts` does."""
        return self._counts or self.counts(found)


@blueprint.record
def _attach(state: BlueprintSetupState) -> None:
    state.app.extensions["podium.counter"] = _Counter()


def counts_lately() -> Counts:
    """How much there is, or was a while ago; raises LimitError where it was never counted and takes too long."""
    counter: _Counter = current_app.extensions["podium.counter"]
    return counter.lately(source())


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The description of the dataset; without counts, and saying so, where these take too long."""
    offer = negotiation.best(request.accept_mimetypes, negotiation.GRAPH_OFFERS)
    if offer is None or offer.format is None:
        raise NotAcceptable(acceptable(ox.RdfFormat.TURTLE))
    said = Statements()
    dataset = ox.NamedNode(f"{request.base_url}#dataset")
    _describe(said, dataset, request.root_url)
    warnings = []
    try:
        _count(said, dataset, current_app.extensions["podium.counter"].counts(source()))
    except LimitError as error:
        warnings.append(f"without counts, which take too long: {error}")
    response = Response(said.written(offer.format), content_type=negotiation.content_type(offer.media_type))
    response.vary.add("Accept")
    if warnings:
        response.headers["Cache-Control"] = "no-store"
        evaluating.warn(response, warnings)
    return response


def _describe(said: Statements, dataset: ox.NamedNode, root: str) -> None:
    endpoint, document = ox.NamedNode(f"{root}sparql"), ox.NamedNode(dataset.value.partition("#")[0])
    said.say(document, "rdf:type", named("void:DatasetDescription"))
    said.say(document, "foaf:primaryTopic", dataset)
    said.say(dataset, "rdf:type", named("void:Dataset"), named("dcat:Dataset"))
    said.say(dataset, "dcterms:title", ox.Literal(_TITLE, language="en"))
    said.say(dataset, "dcterms:description", ox.Literal(_ABOUT, language="en"))
    said.say(dataset, "foaf:homepage", ox.NamedNode(root))
    said.say(dataset, "dcat:landingPage", ox.NamedNode(root))
    said.say(dataset, "void:sparqlEndpoint", endpoint)
    said.say(dataset, "void:uriSpace", source().base)
    said.say(dataset, "void:vocabulary", *map(ox.NamedNode, VOCABULARIES.values()))
    said.say(dataset, "void:feature", *(ox.NamedNode(form.iri) for form in negotiation.GRAPH_FORMATS))
    version = source().version
    if version is not None:
        said.say(dataset, "dcat:version", version)
    service = said.new("dcat:DataService", dcat_endpointURL=endpoint, dcat_endpointDescription=endpoint)
    said.say(service, "dcat:servesDataset", dataset)
    said.say(service, "dcterms:conformsTo", ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    said.say(dataset, "dcat:accessService", service)
    for form in FORMATS.values():
        dump = ox.NamedNode(f"{root}export.{form.file_extension}")
        media_type = ox.NamedNode(_MEDIA_TYPES + negotiation.bare_type(form))
        said.say(dataset, "void:dataDump", dump)
        distribution = said.new("dcat:Distribution", dcat_downloadURL=dump, dcat_mediaType=media_type)
        said.say(dataset, "dcat:distribution", distribution)
    declare(said, dataset, source().base)
    show_examples(said, dataset, endpoint)


def _count(said: Statements, dataset: ox.NamedNode, counts: Counts) -> None:
    said.say(dataset, "void:triples", counts.triples)
    said.say(dataset, "void:entities", counts.entities)
    said.say(dataset, "void:distinctSubjects", counts.entities)
    said.say(dataset, "void:classes", len(counts.classes))
    said.say(dataset, "void:properties", len(counts.properties))
    for iri, number in counts.classes.items():
        part = said.new("void:Dataset", void_class=ox.NamedNode(iri), void_entities=number)
        said.say(dataset, "void:classPartition", part)
    for iri, number in counts.properties.items():
        part = said.new("void:Dataset", void_property=ox.NamedNode(iri), void_triples=number)
        said.say(dataset, "void:propertyPartition", part)


def _counted(found: Source) -> Counts:
    properties = {str(row["property"]): int(str(row["n"])) for row in found.select(queries.load("void-properties"))}
    classes = {str(row["class"]): int(str(row["n"])) for row in found.select(queries.load("void-classes"))}
    (subjects,) = found.select(queries.load("void-subjects"))
    return Counts(sum(properties.values()), int(str(subjects["n"])), classes, properties)
