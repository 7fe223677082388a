"""Podium's own reading of the shapes gives what pyshacl gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from judged import SHAPES, by_podium, by_pyshacl, triples, vocabulary
from rdflib import SH

from graph.articles import Options, read
from graph.pipeline import ingest, memory_store
from graph.pipeline.shipped import shipped_triples
from ontology.iris import DEFAULT_BASE, VOCABULARIES

if TYPE_CHECKING:
    from graph.problems import Problem
    from graph.rdf.terms import Triple

CASES = Path(__file__).parents[2] / "ontology" / "cases"
SOUND = triples((CASES / "sound.ttl").read_text(encoding="utf-8"))
DEFECTS = yaml.safe_load((CASES / "defects.yaml").read_text(encoding="utf-8"))
KNOWN = vocabulary(SOUND)
TYPE = VOCABULARIES["rdf"] + "type"
CLASSES = sorted({value for _, predicate, value in SOUND if predicate == TYPE}, key=str)
ODD = [ox.Literal(value) for value in ("", "x", 0, 1, -1)]


def sort_of(value: ox.NamedNode | ox.Literal) -> ox.NamedNode | None:
    return value.datatype if isinstance(value, ox.Literal) else None


PLACES = st.integers(0, len(SOUND) - 1)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "subject", "predicate", "object", "retype", "odd"]), PLACES, PLACES),
    min_size=1,
    max_size=12,
)


SORTS = {(predicate, sort_of(value)) for _, predicate, value in SOUND}
QUERIES = {str(message) for query in SHAPES.objects(None, SH.sparql) for message in SHAPES.objects(query, SH.message)}


def comparable(data: list[Triple], problems: set[Problem]) -> set[Problem]:
    """Without what queries found where they compare values of other datatypes: rdflib puts a text before a date."""
    if all((predicate, sort_of(value)) in SORTS for _, predicate, value in data):
        return problems
    return {problem for problem in problems if problem.message not in QUERIES}


def changed(kind: str, place: int, other: int, data: list[Triple]) -> Triple | None:
    """What a change puts in the place of a triple; parts of another triple, or nothing."""
    subject, predicate, value = data[place]
    match kind:
        case "subject":
            return data[other][0], predicate, value
        case "predicate":
            return subject, data[other][1], value
        case "object":
            alike = [triple[2] for triple in data if sort_of(triple[2]) == sort_of(value)]
            return subject, predicate, alike[other % len(alike)]
        case "retype":
            return subject, TYPE, CLASSES[other % len(CLASSES)]
        case "odd":
            return subject, predicate, ODD[other % len(ODD)]
        case _:
            return None


@pytest.mark.parametrize("severity", ["Violation", "Warning"])
def test_podium_and_pyshacl_agree_on_the_defects(severity: str) -> None:
    data = SOUND + triples("\n".join(DEFECTS[severity].values()))
    known = vocabulary(data)
    found = by_podium(data, known)
    assert found == by_pyshacl(data, known)
    assert not [message for message in DEFECTS[severity] if not any(message in problem.message for problem in found)]


def test_podium_and_pyshacl_agree_on_sound_facts() -> None:
    assert by_podium(SOUND, KNOWN) == by_pyshacl(SOUND, KNOWN) == set()


@settings(max_examples=10)  # pyshacl takes half a second for each
@given(CHANGES, st.booleans())
def test_podium_and_pyshacl_agree_on_facts_that_were_tampered_with(
    changes: list[tuple[str, int, int]], keep: bool
) -> None:
    data = list(SOUND)
    for kind, place, other in changes:
        new = changed(kind, place, other, SOUND)
        data = [triple for triple in data if keep or triple != SOUND[place]] + ([] if new is None else [new])
    assert comparable(data, by_podium(data, KNOWN)) == comparable(data, by_pyshacl(data, KNOWN))


def test_podium_and_pyshacl_agree_on_an_article_as_it_is_stored(root: Path) -> None:
    shipped = shipped_triples(DEFAULT_BASE)
    with memory_store() as store:
        list(ingest(store, read([str(root / "seeds" / "club-round-up.txt")], Options())))
        quads = [(quad.subject, quad.predicate.value, quad.object) for quad in store.quads()]
    data = [triple for triple in quads if isinstance(triple[0], ox.NamedNode) and triple not in shipped]
    data.append((data[0][0], VOCABULARIES["rdfs"] + "label", ox.Literal("a second label")))
    known = vocabulary(data)
    assert by_podium(data, known) == by_pyshacl(data, known)
