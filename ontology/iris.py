"""The two namespaces of Podium and the prefixes that go with them, as plain strings."""

from __future__ import annotations

from typing import Final

NS: Final = "https://w3id.org/podium/ns#"
DEFAULT_BASE: Final = "https://w3id.org/podium/id/"

# prefix -> the kind that stands in data IRIs, BASE + kind + "/" + slug
KINDS: Final[dict[str, str]] = {
    "person": "person",
    "club": "club",
    "country": "country",
    "place": "place",
    "series": "series",
    "edition": "edition",
    "race": "race",
    "disc": "discipline",
    "result": "result",
    "medal": "medal",
    "mark": "mark",
    "coaching": "coaching",
    "membership": "membership",
    "best": "best",
    "ranking": "ranking",
    "tally": "tally",
    "article": "article",
    "sent": "sentence",
    "mention": "mention",
    "claim": "claim",
    "dclaim": "derived",
    "conflict": "conflict",
    "run": "run",
    "extractor": "extractor",
    "choice": "choice",
    "verdict": "verdict",
    "graph": "graph",
}

VOCABULARIES: Final[dict[str, str]] = {
    "ath": NS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
}


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefix -> namespace, for the vocabularies and for every kind of data IRI under `base`."""
    return VOCABULARIES | {prefix: f"{base}{kind}/" for prefix, kind in KINDS.items()}


def sparql_prologue(base: str = DEFAULT_BASE) -> str:
    """The PREFIX lines, each ended by a newline, that let every query and rule of Podium be written without IRIs."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes(base).items())


def iri(kind: str, slug: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a thing; `kind` is a value of `KINDS`."""
    return f"{base}{kind}/{slug}"


def kind_and_slug(iri: str, base: str = DEFAULT_BASE) -> tuple[str, str] | None:
    """What `iri` put together; None if the IRI does not lie under `base`."""
    if not iri.startswith(base):
        return None
    kind, _, slug = iri[len(base) :].partition("/")
    return kind, slug
