"""RDF documents of other hosts, for LOAD and remote FROM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.errors import EndpointError

if TYPE_CHECKING:
    from graph.sparql.remote import RemotePolicy

_ACCEPT: Final = (
    "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8, "
    "application/trig;q=0.7, application/n-quads;q=0.7"
)
_ALIASES: Final = {"application/x-turtle": "text/turtle", "text/rdf+n3": "text/turtle", "application/xml": None}
_UNTYPED: Final = {"", "text/plain", "application/octet-stream", "application/xml", "text/xml", "binary/octet-stream"}


def fetch_triples(iri: str, remote: RemotePolicy) -> bytes:
    """The triples of a document as N-Triples, its blank nodes renamed so that they meet no others.

    A document of several graphs gives the triples of all. Raises QueryRefusedError where the policy forbids it and
    EndpointError where it cannot be had, or is no RDF.
    """
    document = remote.fetch(iri, accept=_ACCEPT)
    found = _format(document.iri, document.media_type)
    try:
        quads = ox.parse(document.data, format=found, base_iri=document.iri, rename_blank_nodes=True)
        triples = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise EndpointError(f"<{iri}> is not {found.name}: {' '.join(str(error).split())[:200]}") from error
    return triples or b""


def _format(iri: str, media_type: str) -> ox.RdfFormat:
    """By the type it was sent as; by its name where that says nothing."""
    found = ox.RdfFormat.from_media_type(_ALIASES.get(media_type) or media_type) if media_type else None
    if found is None and media_type in _UNTYPED:
        found = ox.RdfFormat.from_extension(iri.partition("?")[0].partition("#")[0].rpartition(".")[2])
    if found is None:
        raise EndpointError(f"<{iri}> is sent as '{media_type}', which is no RDF that is known")
    return found
