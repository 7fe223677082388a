"""Which nodes are looked at, what is known of the others, and what of SHACL is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from judged import TURTLE_PREFIXES, triples

from graph.problems import Problem
from graph.validation import Shapes
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.rdf.terms import Triple

SHACL = f"@prefix sh: <http://www.w3.org/ns/shacl#> . {TURTLE_PREFIXES}"
ONTOLOGY = triples("ath:Athlete rdfs:subClassOf ath:Person . ath:TimeMark rdfs:subClassOf ath:Mark .")

SHAPE = "ath:S a sh:NodeShape"


def of(path: str, constraint: str) -> str:
    """A property shape."""
    return f"sh:property [ sh:path {path} ; sh:message 'no' ; {constraint} ]"


def shapes(turtle: str) -> Shapes:
    return Shapes(ONTOLOGY, (SHACL + turtle).encode())


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(DEFAULT_BASE + name)


class Elsewhere:
    """Surroundings that are a list of triples."""

    def __init__(self, turtle: str) -> None:
        self._triples = triples(turtle)

    def about(self, node: ox.NamedNode) -> Iterable[Triple]:
        return [triple for triple in self._triples if triple[0] == node]

    def leading(self, predicate: str, node: ox.NamedNode) -> Iterable[ox.NamedNode]:
        return [one for one, name, value in self._triples if (name, value) == (predicate, node)]


RESULT = triples(
    "result:a a ath:Result ; ath:race race:r ; ath:athlete person:marta ; ath:position 2 ; ath:mark mark:t-2 ."
)
MARKED = """
race:r a ath:Race ; rdfs:label "r" .
mark:t-2 a ath:TimeMark ; ath:sortKey 200.0 ; ath:resolution 0.1 .
mark:t-3 a ath:TimeMark ; ath:sortKey 300.0 ; ath:resolution 0.1 .
result:b a ath:Result ; ath:race race:r ; ath:athlete person:ines ; ath:position 1 ; ath:mark mark:t-3 .
"""


def test_validation_knows_the_things_that_are_referred_to_from_the_surroundings() -> None:
    alone = Shapes(ONTOLOGY).problems(RESULT)
    assert {problem.message.partition(" (")[0] for problem in alone} == {
        "race: a result belongs to one race",
        "mark: a result's mark is a mark",
    }
    among = Shapes(ONTOLOGY).problems(RESULT, None, Elsewhere(MARKED))
    assert among == [
        Problem("warning", "shape", f"{DEFAULT_BASE}result/a", "a better mark than that of a better position")
    ]


def test_validation_looks_only_at_the_nodes_in_focus() -> None:
    both = [*RESULT, *triples("result:b a ath:Result .")]
    found = Shapes(ONTOLOGY).problems(both, {node("result/b")})
    assert found
    assert {problem.about for problem in found} == {f"{DEFAULT_BASE}result/b"}


def test_validation_sees_subclasses_as_their_classes() -> None:
    named = shapes(f"{SHAPE} ; sh:targetClass ath:Person ; {of('rdfs:label', 'sh:minCount 1')} .")
    assert [problem.message for problem in named.problems(triples("person:marta a ath:Athlete ."))] == ["label: no"]


@pytest.mark.parametrize(
    ("shape", "refusal"),
    [
        (f"{SHAPE} ; {of('ath:mark', 'sh:maxLength 3')} .", "sh:maxLength"),
        (f"{SHAPE} ; {of('ath:mark', 'sh:datatype xsd:gYear')} .", "gYear"),
        (f"{SHAPE} ; {of('ath:mark', 'sh:minInclusive true')} .", "numbers only"),
        (f"{SHAPE} ; {of('[ sh:inversePath ath:mark ]', 'sh:minCount 1')} .", "sh:inversePath"),
        (f"{SHAPE} ; {of('ath:mark', 'sh:minCount 1')} , [ sh:path ath:mark ; sh:maxCount 1 ] .", "no sh:message"),
        (f"{SHAPE} ; sh:closed true .", "sh:closed"),
        (f"{SHAPE} ; sh:targetObjectsOf ath:mark .", "sh:targetObjectsOf"),
        (f"{SHAPE} , rdfs:Class .", "a shape and more"),
        (f"{SHAPE} ; sh:nodeKind sh:IRI .", "no sh:message"),
        (f"{SHAPE} ; sh:or ( [ sh:severity sh:Warning ] ) .", "sh:severity"),
        (f"{SHAPE} ; sh:sparql [ sh:select 'SELECT $this {{ $this a ath:Mark }}' ] .", "no sh:message"),
        (f"{SHAPE} ; sh:sparql [ sh:message 'm' ; sh:select 'SELECT $this {{ $this ?p 1 }}' ] .", "any property"),
        (f"{SHAPE} ; sh:sparql [ sh:message 'm' ; sh:ask 'ASK {{}}' ] .", "sh:ask"),
        ("ath:S sh:targetClass ath:Mark .", "no sh:NodeShape leads to"),
    ],
)
def test_validation_refuses_shapes_that_it_would_not_heed(shape: str, refusal: str) -> None:
    with pytest.raises(ValueError, match=refusal):
        shapes(shape)


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        ("sh:class ath:Person", "person:marta", "race:r"),
        ("sh:datatype xsd:integer", "1", '"1"'),
        ("sh:datatype xsd:integer", "-2", '"two"^^xsd:integer'),
        ("sh:datatype xsd:date", '"2024-08-06"^^xsd:date', '"2024-13-06"^^xsd:date'),
        ("sh:in ( ath:Gold 3 )", "3", "ath:Silver"),
        ('sh:pattern "^a"', '"abc"', '"bca"'),
        ("sh:nodeKind sh:IRI", "race:r", '"r"'),
        ("sh:minInclusive 1", "1", "0"),
        ("sh:maxExclusive 2", "1.5", "2"),
        ("sh:maxExclusive 2", "1.5", '"1"'),
        ("sh:lessThan ath:other", "1", "2"),
        ("sh:lessThan ath:other", "-5", '"1"'),
        ("sh:disjoint ath:other", "1", "2"),
        ("sh:equals ath:other", "2", "3"),
        ("sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:integer ] )", "1", '"1"'),
        ("sh:xone ( [ sh:nodeKind sh:Literal ] [ sh:datatype xsd:integer ] )", '"1"', "1"),
        ("sh:and ( [ sh:nodeKind sh:Literal ] [ sh:datatype xsd:integer ] )", "1", '"1"'),
    ],
)
def test_validation_holds_values_against_constraints(constraint: str, good: str, bad: str) -> None:
    shape = shapes(f"{SHAPE} ; sh:targetSubjectsOf ath:value ; {of('ath:value', constraint)} .")
    about = "person:marta a ath:Athlete . result:a ath:other 2 ; ath:value "
    assert shape.problems(triples(f"{about} {good} .")) == []
    assert shape.problems(triples(f"{about} {bad} .")) != []


def test_validation_says_where_something_is_wrong_and_what() -> None:
    shape = shapes(f"{SHAPE} ; sh:targetSubjectsOf ath:position ; {of('ath:position', 'sh:minInclusive 1')} .")
    assert shape.problems(triples("result:a ath:position 0 .")) == [
        Problem("violation", "shape", f"{DEFAULT_BASE}result/a", "position: no (found 0)")
    ]
