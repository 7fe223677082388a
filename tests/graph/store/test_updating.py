from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.errors import ConflictError, QueryError, QueryRefusedError, QuerySyntaxError
from graph.store.base import GraphChoice
from graph.store.embedded import Store
from graph.store.updating import update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.base import Change

ANY = GraphChoice()
BASE = "https://a.example/sparql"
DATA = """INSERT DATA { <x:achieng> <x:club> <x:lions> .
  GRAPH <x:heat> { <x:marta> <x:place> 1 . <x:callum> <x:place> 2 }
  GRAPH <x:final> { <x:marta> <x:place> 3 } }"""


@pytest.fixture
def races() -> Iterator[Store]:
    with Store.memory() as store:
        update(store, DATA, ANY)
        yield store


def copied(store: Store) -> ox.Store:
    copy = ox.Store()
    copy.extend(store.quads())
    return copy


def follow(copy: ox.Store, change: Change | None) -> None:
    assert change is not None
    copy.extend(ox.parse(change.add, format=ox.RdfFormat.N_QUADS))
    if change.update:
        copy.update(change.update)


def graph(store: Store, name: str) -> set[str]:
    return {f"{quad.subject.value} {quad.object.value}" for quad in store.quads(graph=ox.NamedNode(name))}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { ath:x rdfs:label 'x', [] ; <y> _:z . GRAPH <g> { _:z <p> (1 2) } }",
        "INSERT DATA { <a> <b> _:c } ; INSERT DATA { GRAPH <g> { <a> <b> _:d } }",
        "DELETE DATA { GRAPH <x:heat> { <x:marta> <x:place> 1 } } ; CREATE GRAPH <x:empty>",
        "DELETE WHERE { GRAPH ?g { <x:marta> ?p ?o } }",
        """DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p ?n } }
           WHERE { GRAPH ?g { ?s ?p ?o } FILTER(isLiteral(?o)) BIND(?o + 1 AS ?n) }""",
        "WITH <x:heat> INSERT { ?s <seen> true } WHERE { ?s <x:place> [] }",
        "COPY <x:heat> TO <x:other> ; MOVE SILENT GRAPH <x:final> TO DEFAULT ; ADD DEFAULT TO GRAPH ath:g",
        "CLEAR ALL",
        "DROP NAMED ; INSERT DATA { <a> <b> 'x' }",
        "",
    ],
)
def test_updating_says_what_changed(races: Store, text: str) -> None:
    copy = copied(races)
    version = races.version
    change = update(races, text, ANY, base_iri=BASE)
    follow(copy, change)
    assert set(copy) == set(races.quads())
    assert set(copy.named_graphs()) == {ox.NamedNode(name) for name in races.graphs()}
    assert races.version != version


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { <a> <b> ?r } WHERE { BIND(rand() AS ?r) }",
        "INSERT { <a> <b> [] } WHERE {}",
        "INSERT { <a> <b> _:x } WHERE {}",
        "INSERT { <a> <b> (1) } WHERE {}",
        "INSERT { <a> <b> ?s } WHERE { { SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } }",
        "INSERT DATA { <a> <b> [] } ; DELETE WHERE { <a> <c> ?x }",
    ],
)
def test_updating_says_where_a_copy_could_not_follow(races: Store, text: str) -> None:
    assert update(races, text, ANY, base_iri=BASE) is None


def test_updating_sees_the_graphs_that_the_protocol_chooses(races: Store) -> None:
    text = """# WHERE { in a comment
    PREFIX x: <x:>
    DELETE WHERE { x:nobody ?p ?o } ;
    INSERT { GRAPH x:out { ?s x:at ?g } } # USING nothing of its own
    where{ { ?s x:place ?o BIND('as default } WHERE {' AS ?g) } UNION { GRAPH ?g { ?s x:place ?o } } }"""
    update(races, text, GraphChoice(("x:heat",), ("x:final",)))
    seen = {"x:marta as default } WHERE {", "x:callum as default } WHERE {", "x:marta x:final"}
    assert graph(races, "x:out") == seen


def test_updating_sees_nothing_as_default_graph_where_only_named_ones_are_chosen(races: Store) -> None:
    update(races, "INSERT { GRAPH <x:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }", GraphChoice((), ("x:heat",)))
    assert not graph(races, "x:out")


def test_updating_applies_the_choice_to_delete_where(races: Store) -> None:
    update(races, "DELETE WHERE { GRAPH <x:final> { ?s ?p ?o } } ; DELETE WHERE { ?s ?p ?o }", GraphChoice(("x:heat",)))
    assert graph(races, "x:final") == {"x:marta 3"}
    assert len(races) == 4  # what matched in the chosen graph is not in the unnamed one, from which it is deleted


@pytest.mark.parametrize(
    "text",
    [
        "WITH <x:heat> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { <x:a> ?p ?o } USING <x:heat> WHERE { ?s ?p ?o }",
        "INSERT DATA { <x:a> <x:b> 1 } ; DELETE { ?s ?p ?o } USINGNAMED<x:heat>WHERE { ?s ?p ?o }",
    ],
)
def test_updating_refuses_two_choices_of_graphs(races: Store, text: str) -> None:
    version = races.version
    with pytest.raises(QueryError, match="choose one"):
        update(races, text, GraphChoice(("x:heat",)))
    assert len(races) == 4
    assert races.version == version


def test_updating_refuses_what_it_cannot_tell_apart(races: Store) -> None:
    with pytest.raises(QueryRefusedError, match="put spaces"):
        update(races, "PREFIX x: <x:> WITHx:heat DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", GraphChoice(("x:heat",)))
    assert len(races) == 4


@pytest.mark.parametrize("using", [ANY, GraphChoice(("x:heat",))])
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("INSERT DATA { <x:a> <x:b> 1 } ;\nDELETE WHERE { ?s ?p }", 2, 22),
        ("PREFIX x: <x:>\nWITH x:heat DELETE { ?s ?p ?o }", 2, 32),
    ],
)
def test_updating_says_where_the_syntax_is_wrong(
    races: Store, text: str, line: int, column: int, using: GraphChoice
) -> None:
    version = races.version
    with pytest.raises(QuerySyntaxError) as caught:
        update(races, text, using)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert len(races) == 4
    assert races.version == version


def test_updating_does_all_or_nothing(races: Store) -> None:
    version = races.version
    with pytest.raises(QueryError, match="already exists"):
        update(races, "CLEAR ALL ; INSERT DATA { <x:a> <x:b> 1 } ; CREATE GRAPH <x:heat>", ANY)
    assert len(races) == 4
    assert races.version == version


def test_updating_resolves_against_the_base(races: Store) -> None:
    update(races, "CLEAR ALL ; INSERT DATA { <s> <#p> </o> }", ANY, base_iri=BASE)
    (quad,) = races.quads()
    assert [quad[place].value for place in range(3)] == [
        "https://a.example/s",
        f"{BASE}#p",
        "https://a.example/o",
    ]


def test_updating_leaves_a_store_alone_that_has_changed(races: Store) -> None:
    version = races.version
    update(races, "INSERT DATA { <x:a> <x:b> 1 }", ANY, if_version=version)
    with pytest.raises(ConflictError):
        update(races, "CLEAR ALL", ANY, if_version=version)
    assert len(races) == 5
