"""What the endpoint says of itself: the SPARQL 1.1 service description, with prefixes and examples for editors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology.iris import prefixes
from server.examples import examples
from server.negotiation import GRAPH_FORMATS, RESULT_FORMATS
from server.statements import Statements, named

if TYPE_CHECKING:
    from graph.store.base import Source
    from server.settings import Settings
    from server.statements import Node

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
# Casts that Oxigraph has beyond those of SPARQL 1.1.
EXTENSIONS: Final = tuple(
    _XSD + name
    for name in (
        *("date", "time", "duration", "dayTimeDuration", "yearMonthDuration"),
        *("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
    )
)
_FORM: Final = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)


def description(endpoint: str, root: str, rdf_format: ox.RdfFormat, source: Source, settings: Settings) -> bytes:
    """The description of the endpoint at a URL, serialised; `root` is the address of the service, with its slash."""
    said = Statements()
    service, dataset = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset")
    said.say(service, "rdf:type", named("sd:Service"))
    said.say(service, "rdfs:label", "Podium: what articles say about athletics")
    said.say(service, "sd:endpoint", service)
    said.say(service, "sd:supportedLanguage", named("sd:SPARQL11Query"), named("sd:SPARQL11Update"))
    said.say(service, "sd:feature", named("sd:EmptyGraphs"))
    if settings.engine.union:
        said.say(service, "sd:feature", named("sd:UnionDefaultGraph"))
    if settings.allow_hosts:
        said.say(service, "sd:feature", named("sd:BasicFederatedQuery"), named("sd:DereferencesURIs"))
    formats = sorted({form.iri for form in (*RESULT_FORMATS, *GRAPH_FORMATS)})
    said.say(service, "sd:resultFormat", *map(ox.NamedNode, formats))
    said.say(service, "sd:inputFormat", *(ox.NamedNode(form.iri) for form in GRAPH_FORMATS))
    said.say(service, "sd:extensionFunction", *map(ox.NamedNode, EXTENSIONS))
    said.say(service, "sd:defaultEntailmentRegime", named("ent:Simple"))
    said.say(service, "sd:defaultDataset", dataset)
    said.say(dataset, "rdf:type", named("sd:Dataset"))
    said.say(dataset, "rdfs:seeAlso", ox.NamedNode(f"{root}.well-known/void"))
    said.say(dataset, "sd:defaultGraph", said.new("sd:Graph"))
    for kind in ("facts", "registry", "inferred"):
        name = ox.NamedNode(f"{source.base}graph/{kind}")
        said.say(dataset, "sd:namedGraph", said.new("sd:NamedGraph", sd_name=name, sd_graph=said.new("sd:Graph")))
    declare(said, dataset, source.base)
    show_examples(said, dataset, service)
    return said.written(rdf_format)


def declare(said: Statements, about: Node, base: str) -> None:
    """The prefixes that queries may use without declaring them, as editors look for them."""
    for prefix, namespace in prefixes(base).items():
        literal = ox.Literal(namespace, datatype=ox.NamedNode(_XSD + "anyURI"))
        said.say(about, "sh:declare", said.new("sh:PrefixDeclaration", sh_prefix=prefix, sh_namespace=literal))


def show_examples(said: Statements, dataset: Node, endpoint: ox.NamedNode) -> None:
    """The example queries, as editors look for them."""
    for number, example in enumerate(examples(), 1):
        form = _FORM.search(example.query)
        name = form[1].lower() if form else "select"
        node = ox.NamedNode(f"{endpoint.value}#example-{number}")
        kind = named(f"sh:SPARQL{name.capitalize()}Executable")
        said.say(node, "rdf:type", named("sh:SPARQLExecutable"), kind)
        said.say(node, "rdfs:label", example.title)
        said.say(node, "rdfs:comment", example.title)
        said.say(node, f"sh:{name}", example.query)
        said.say(node, "sh:prefixes", dataset)
        said.say(node, "schema:target", endpoint)
