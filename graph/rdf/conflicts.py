"""What comparing articles shows: conflicts as nodes (what about, which property, which claims), and copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF

from graph.rdf.evidence import claim_node
from graph.rdf.terms import Triple, key_node, node
from ontology.iris import iri
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.identity.fusion import Conflict


def conflict_triples(conflicts: Iterable[Conflict], base: str) -> set[Triple]:
    """The triples of `graph:inferred` that say what articles disagree on."""
    found: set[Triple] = set()
    for conflict in conflicts:
        subject, local = conflict.subject, conflict.predicate.rpartition("#")[2]
        me = node(iri("conflict", f"{subject.kind}_{subject.slug}_{local}", base))
        found.add((me, str(RDF.type), node(str(ATH.Conflict))))
        found.add((me, str(ATH.conflictSubject), key_node(subject, base)))
        found.add((me, str(ATH.conflictProperty), node(conflict.predicate)))
        found |= {(me, str(ATH.conflictingClaim), claim_node(claim, base)) for claim in conflict.claims}
    return found


def copy_triples(copies: Mapping[str, str], base: str) -> set[Triple]:
    """The triples of `graph:inferred` that say which article repeats which."""
    return {
        (node(iri("article", one, base)), str(ATH.copyOf), node(iri("article", other, base)))
        for one, other in copies.items()
    }
