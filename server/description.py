"""What the endpoint says of itself: the SPARQL 1.1 service description."""

from __future__ import annotations

import pyoxigraph as ox

from server.negotiation import GRAPH_FORMATS, RESULT_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def description(endpoint: str, rdf_format: ox.RdfFormat) -> bytes:
    """The description of the endpoint at a URL, serialised."""
    service, dataset = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset")
    formats = sorted({form.iri for form in (*RESULT_FORMATS, *GRAPH_FORMATS)})
    said = [
        (service, _RDF_TYPE, _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, _RDF_TYPE, _sd("Dataset")),
        *((service, _sd("resultFormat"), ox.NamedNode(iri)) for iri in formats),
    ]
    triples = [ox.Triple(*triple) for triple in said]
    return ox.serialize(triples, format=rdf_format, prefixes={"sd": _SD}) or b""


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
