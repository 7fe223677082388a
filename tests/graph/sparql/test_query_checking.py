from __future__ import annotations

from contextlib import suppress
from time import process_time

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError, QueryRefusedError, QuerySyntaxError
from graph.sparql.checking import check_query, check_update
from graph.sparql.choice import GraphChoice
from graph.sparql.linting import lint
from graph.store.embedded import Store
from ontology.iris import prefixes

NOWHERE = "<http://127.0.0.1:9/sparql>"
PREFIXES = {"graph": "https://w3id.org/podium/id/graph/"}


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {NOWHERE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service#x\n{NOWHERE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE {NOWHERE} {{ ?s ?p ?o }} }} }} }} }}",
        f"ASK {{ FILTER EXISTS {{ SERVICE {NOWHERE} {{ ?s ?p ?o }} }} }}",
        f"CONSTRUCT WHERE {{ ?s ?p ?o }} #\r SERVICE {NOWHERE}",
        f"SELECT * {{ ?s ?p ?o #\rSERVICE {NOWHERE} {{ ?s ?p ?o }}\n}}",
        f'SELECT * {{ ?s ?p ?o FILTER(?o != "\\u0022) #") SERVICE {NOWHERE} {{ ?s ?p ?o }}\n}}',
        f"SELECT * {{ \\u0053ERVICE {NOWHERE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o LATERAL {{ SERVICE {NOWHERE} {{ ?s ?p ?o }} }} }}",
    ],
)
def test_checking_lets_no_request_out(query: str, store: Store) -> None:
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        store.answer(query)


@pytest.mark.parametrize(
    "query",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "INSERT DATA { <a:a> <b:b> <c:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "PREFIX a: <a:> INSERT { ?s a:x 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_checking_refuses_updates_as_such(query: str, store: Store) -> None:
    version = store.version
    with pytest.raises(QueryRefusedError, match="an update"):
        store.select(query)
    assert store.version == version


@pytest.mark.parametrize(
    "iri", ["file:///etc/passwd", "http://127.0.0.1:9/x.ttl", "https://w3id.org/podium/id/graph/x"]
)
@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED", "from"])
def test_checking_refuses_graphs_that_are_not_in_the_store(iri: str, clause: str, store: Store) -> None:
    with pytest.raises(QueryRefusedError, match="no such graph"):
        store.select(f"SELECT * {clause} <{iri}> {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?from }",
        "SELECT * { ?s ?p 'from the service' } # FROM <x> SERVICE",
        "SELECT * { ?s <http://example.org/service#from> ?o }",
    ],
)
def test_checking_lets_words_pass_that_only_look_like_it(query: str, store: Store) -> None:
    store.select(query)


def test_checking_reads_from_with_base_and_prefixes() -> None:
    query = "BASE <http://a.example/> PREFIX b: <http://b.example/> SELECT * FROM <g> FROM b:h FROM NAMED graph:i {}"
    expected = GraphChoice(("http://a.example/g", "http://b.example/h"), ("https://w3id.org/podium/id/graph/i",))
    assert check_query(query, PREFIXES).choice == expected


def test_checking_has_no_opinion_on_queries_without_from() -> None:
    assert check_query("SELECT * { ?s ?p ?o }", PREFIXES).choice is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "ASK " + "{" * 5000,
        "ASK { FILTER(" + "!" * 9000 + "?x) }",
    ],
)
def test_checking_refuses_what_would_overflow_the_parser(query: str, store: Store) -> None:
    with pytest.raises(QueryRefusedError):
        store.ask(query)


_CHAINS = {
    "sum": "ASK {{ FILTER({} 1 = 2) }}".format("1 +" * 30_000),
    "and": "ASK {{ FILTER({} ?x) }}".format("?x && " * 30_000),
    "patterns": "ASK {{ {} }}".format("?s ?p ?o . " * 30_000),
    "objects": "ASK {{ ?s ?p ?o {} }}".format(", ?o " * 30_000),
    "path": "ASK {{ ?s {} <p:p> ?o }}".format("<p:p>/" * 30_000),
    "union": "ASK {{ {} {{}} }}".format("{} UNION " * 30_000),
    "optional": "ASK {{ {} }}".format("OPTIONAL { ?s ?p ?o } " * 5_000),
    "bind": "ASK {{ {} }}".format("".join(f"BIND({n} AS ?x{n}) " for n in range(5_000))),
    "hidden in what looks like an IRI": "ASK {{ FILTER((?x<a:a{})&&(2>1)) }}".format("+a:a" * 30_000),
    "hidden behind an escaped sign": "ASK {{ FILTER(ex:a\\#b = 1 + {} 1) }}".format("1 + " * 30_000),
}


@pytest.mark.parametrize("chain", _CHAINS)
def test_checking_refuses_chains_that_would_overflow_the_engine(chain: str, store: Store) -> None:
    with pytest.raises(QueryRefusedError, match="patterns and operators"):
        store.ask(_CHAINS[chain])


def test_checking_takes_long_tables_of_values(store: Store) -> None:
    rows = " ".join(f'(<http://a.example/{number}> "a. b; c, d" 1.5)' for number in range(5_000))
    assert store.ask(f"ASK {{ VALUES (?a ?b ?c) {{ {rows} }} }}")


def test_checking_refuses_queries_of_a_size_that_is_data(store: Store) -> None:
    with pytest.raises(QueryRefusedError, match="longer"):
        store.ask("ASK { } #" + "x" * 1_000_001)


@pytest.mark.parametrize(
    "query", ["", "   ", "SELECT", "SELECT * { ?s ?p", "SELECT * WHERE ?s", "ASK { ?x foaf:name 1 }"]
)
def test_checking_names_syntax_errors_in_one_line(query: str, store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.ask(query)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.text(alphabet="SERVICEFROM service<>{}?spo#\n\r\\u0053\"' .", max_size=60))
def test_checking_never_fails_otherwise_than_by_a_query_error(text: str) -> None:
    with Store.memory() as store, suppress(QueryError):
        b"".join(store.answer(text).chunks)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "PREFIX l: <http://127.0.0.1:9/> INSERT DATA { <a:a> <b:b> 'x' } ; LOADl:x",
        "load#x\n<http://127.0.0.1:9/x> into graph <g:g>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {NOWHERE} {{ ?s ?p ?o }} }}",
        f"DELETE {{ ?s ?p ?o }} WHERE {{ FILTER EXISTS {{ service {NOWHERE} {{ ?s ?p ?o }} }} ?s ?p ?o }}",
        "INSERT DATA { <a:a> <b:b> '\\u0027 } ; LOAD <http://127.0.0.1:9/x> #' }",
    ],
)
def test_checking_lets_no_update_connect(update: str) -> None:
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        check_update(update, PREFIXES)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <b:b> 'The service loads from caf\\u00e9s' , 'download' }",
        "PREFIX e: <e:> DELETE WHERE { ?load e:p ?service }",
        "INSERT DATA {" + "<a:a> <b:b> 'x; y' , [ <c:c> ( 1 2 ) ] . " * 5000 + "}",
    ],
)
def test_checking_lets_updates_pass_as_they_are(update: str) -> None:
    assert check_update(update, PREFIXES).text == update


QUERIES = [
    "SELECT ?s (COUNT(?o) AS ?n) { ?s ath:x/rdfs:label ?o FILTER(?o != 'x' && ?s != person:y) } GROUP BY ?s LIMIT 9",
    "PREFIX e: <urn:e> ASK { { ?s e:a* [ e:b 1, 2.5 ] } UNION { ?s ^e:c ( 1 'x'@en ) } OPTIONAL { ?s a e:D } }",
    "CONSTRUCT { ?s ?p ?o } { VALUES (?s ?p) { (<urn:a> UNDEF) } ?s ?p ?o BIND(STR(?o) AS ?t) MINUS { ?s ?t ?o } }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } { SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s } FILTER EXISTS { ?o ?p 1 } }",
]
PIECES = [
    "{",
    "}",
    "(",
    ")",
    ".",
    ";",
    "?x",
    "SERVICE",
    "FROM",
    "<http://127.0.0.1:9/x>",
    "OPTIONAL",
    "UNION",
    "'",
    "#",
    "\n",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(QUERIES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 12)))
        text = text[:at] + draw(st.sampled_from(["", text[at:end] * 3, *PIECES])) + text[end:]
    return text


@settings(max_examples=300, deadline=1000)
@given(mutated())
def test_checking_takes_mutated_queries_as_oxigraph_does(text: str) -> None:
    lint(text)
    try:
        checked = check_query(text, PREFIXES)
    except QueryError:
        return
    if "service" in text.lower() or "from" in text.lower():
        return
    assert checked.text == text
    with Store.memory() as store:
        try:
            ox.Store().query(text, prefixes=prefixes(store.base))
        except SyntaxError:
            with pytest.raises(QueryError):
                store.answer(text)
        except (RuntimeError, ValueError):
            return
        else:
            b"".join(store.answer(text).chunks)


@settings(max_examples=200, deadline=1000)
@given(mutated())
def test_checking_takes_mutated_updates(text: str) -> None:
    update = text.replace("SELECT", "INSERT { ?s ?p ?o } WHERE").replace("FROM", "LOAD")
    with suppress(QueryError):
        check_update(update, PREFIXES)


_DEEP = {
    "brackets": "FILTER({}1{})",
    "functions": "BIND(<f:f>({}1{}) AS ?y)",
    "paths": "?a ({}<p:p>{}) ?b",
    "nodes": "?a ?b {}1{}",
    "lists": "?a ?b {}1{}",
    "groups": "{}{}",
    "conditions": "{}?a ?b{}",
    "subqueries": "{}?a ?b ?c{}",
}
_HALVES = {
    "brackets": ("(1+", ")"),
    "functions": ("IF(", ",1,1)"),
    "paths": ("(^", ")*"),
    "nodes": ("[ ?c ", "]"),
    "lists": ("(", ")"),
    "groups": ("{ {} UNION ", "}"),
    "conditions": ("FILTER EXISTS { ", "}"),
    "subqueries": ("{ SELECT * { ", "} }"),
}


@pytest.mark.parametrize("name", _DEEP)
@pytest.mark.parametrize("depth", [10, 40])
def test_checking_takes_deep_texts_in_time(name: str, depth: int) -> None:
    opening, closing = _HALVES[name]
    inner = _DEEP[name].replace("{}", opening * depth, 1).replace("{}", closing * depth) if name != "groups" else ""
    inner = inner or opening * depth + closing * depth
    began = process_time()
    for text in (f"ASK {{ {inner} }}", f"ASK {{ SERVICE SILENT <urn:x> {{ }} {inner} }}"):
        with suppress(QueryError):
            check_query(text, PREFIXES)
        lint(text)
    assert process_time() - began < 3  # some milliseconds each; what is exponential takes for ever
