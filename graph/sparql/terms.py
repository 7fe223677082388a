"""Terms of vocabularies that are not there: `ath:coach` where there is `ath:coaches`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, DefinedNamespace

from graph.sparql.patterns import Finding, Mark
from graph.sparql.suggestions import nearest
from graph.sparql.tokens import tokens
from ontology.iris import NS, prefixes
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOCABULARIES: Final[tuple[type[DefinedNamespace], ...]] = (ATH, RDF, RDFS, OWL, SKOS, PROV, DCTERMS)
NAMESPACES: Final = frozenset(str(one._NS) for one in _VOCABULARIES)  # noqa: SLF001  # rdflib has no other way


@cache
def _names(namespace: str) -> frozenset[str]:
    found = next(one for one in _VOCABULARIES if str(one._NS) == namespace)  # noqa: SLF001
    return frozenset(str(term).removeprefix(namespace) for term in dir(found) if str(term).startswith(namespace))


def unknown_terms(query: str) -> Iterator[Finding]:
    """The terms of known vocabularies in a query that these do not have, each once."""
    known = prefixes()
    told: set[str] = set()
    before = ""
    for token in tokens(query):
        word = token.group()
        if token.lastgroup == "iri":
            if before.endswith(":") and before[:-1] in known:
                known[before[:-1]] = word[1:-1]  # a PREFIX declares it, maybe anew
            namespace, name = _split(word[1:-1])
        elif token.lastgroup == "word" and word[0] not in "?$":
            prefix, _, name = word.partition(":")
            namespace = known.get(prefix, "")
        else:
            namespace = name = ""
        if namespace in NAMESPACES and name and name not in _names(namespace) and word not in told and not _other(name):
            told.add(word)
            yield _finding(word, namespace, name)
        before = word if token.lastgroup is not None else before


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def _other(name: str) -> bool:
    """Members of containers (`rdf:_1`) and escaped names, which no list has."""
    return name[0] == "_" or "\\" in name or "%" in name


def _finding(word: str, namespace: str, name: str) -> Finding:
    near = nearest(name, _names(namespace))
    shown = word.removesuffix(f"{name}>").removesuffix(name) + near + (">" if word[0] == "<" else "") if near else ""
    where = "Podium's vocabulary" if namespace == NS else "its vocabulary"
    hint = f"did you mean {shown}?" if near else "see the vocabulary for those there are"
    return Finding(
        "unknown-term", f"{word} is no term of {where}, so it matches nothing", hint, Mark(word, within=False)
    )
