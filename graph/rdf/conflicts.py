"""What comparing articles shows (conflicts as nodes, copies), and how curators settled it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import PROV, RDF, XSD

from graph.facts import plain
from graph.rdf.evidence import claim_node
from graph.rdf.terms import Triple, key_node, node, plain_term, text
from ontology.iris import iri
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.facts import Claim
    from graph.identity.fusion import Conflict
    from graph.ledger.choosing import Choice
    from graph.ledger.verdicts import Verdict


def conflict_triples(conflicts: Iterable[Conflict], choices: Mapping[str, Choice], base: str) -> set[Triple]:
    """The triples of `graph:inferred` that say what articles disagree on; `choices` are those that count."""
    found: set[Triple] = set()
    for conflict in conflicts:
        subject = conflict.subject
        me = node(iri("conflict", _slug(plain(subject), conflict.predicate), base))
        found.add((me, str(RDF.type), node(str(ATH.Conflict))))
        found.add((me, str(ATH.conflictSubject), key_node(subject, base)))
        found.add((me, str(ATH.conflictProperty), node(conflict.predicate)))
        found.add((me, str(ATH.decidedBy), node(str(ATH[conflict.decided]))))
        choice = choices.get(conflict.chosen or "")
        if choice is not None:
            found.add((me, str(ATH.settledBy), choice_node(choice.subject, choice.predicate, base)))
        found |= {(me, str(ATH.conflictingClaim), claim_node(claim, base)) for claim in conflict.claims}
    return found


def copy_triples(copies: Mapping[str, str], base: str) -> set[Triple]:
    """The triples of `graph:inferred` that say which article repeats which."""
    return {
        (node(iri("article", one, base)), str(ATH.copyOf), node(iri("article", other, base)))
        for one, other in copies.items()
    }


def choice_triples(choice: Choice, base: str) -> set[Triple]:
    """The triples of `graph:meta` that say which value a curator chose, why and when."""
    me = choice_node(choice.subject, choice.predicate, base)
    subject = plain_term(choice.subject, base)
    return {
        (me, str(RDF.type), node(str(ATH.CuratorChoice))),
        (me, str(RDF.subject), subject),
        (me, str(RDF.predicate), node(choice.predicate)),
        (me, str(RDF.object), plain_term(choice.value, base)),
        (me, str(ATH.reason), text(choice.reason)),
        (me, str(PROV.generatedAtTime), ox.Literal(choice.decided, datatype=node(str(XSD.dateTime)))),
    }


def verdict_triples(verdict: Verdict, claim: Claim, base: str) -> list[Triple]:
    """The triples of `graph:meta` that say what a curator thinks of a claim, why and since when."""
    me = node(iri("verdict", claim.slug, base))
    kind = ATH.Rejection if verdict.verdict == "rejected" else ATH.Confirmation
    return [
        (me, str(RDF.type), node(str(kind))),
        (me, str(ATH.verdictOn), claim_node(claim, base)),
        (me, str(ATH.judgedIn), node(iri("article", claim.article, base))),
        (me, str(ATH.reason), text(verdict.reason)),
        (me, str(PROV.generatedAtTime), ox.Literal(verdict.decided, datatype=node(str(XSD.dateTime)))),
    ]


def choice_node(subject: str, predicate: str, base: str) -> ox.NamedNode:
    """The curator's choice on a property of a subject, given as `graph.facts.plain` has it."""
    return node(iri("choice", _slug(subject, predicate), base))


def _slug(subject: str, predicate: str) -> str:
    return f"{subject.replace('/', '_', 1)}_{predicate.rpartition('#')[2]}"
