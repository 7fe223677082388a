import json
import re

import httpx
import pyoxigraph as ox
import pytest
from page_checks import FOREIGN_SCRIPT
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from server.examples import examples

_SELECT = "SELECT ?athlete ?place WHERE { ?r ath:athlete ?athlete ; ath:position ?place } ORDER BY ?place"
_ASK = "ASK { person:mira-tovald a ath:Athlete }"
_CONSTRUCT = "CONSTRUCT { ?a ath:country ?c } WHERE { ?a a ath:Athlete ; ath:country ?c }"
# SPARQLWrapper still builds rdflib's old class.
_OLD_GRAPH = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
_DATA = "https://w3id.org/podium/id/"


@pytest.fixture
def wrapper(service):
    """The real client, with the prefixes it needs; the service itself would know them."""
    client = SPARQLWrapper(f"{service}sparql")
    client.setTimeout(20)
    return client


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparql_select_answers_the_real_client(wrapper, method):
    wrapper.setMethod(method)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(_SELECT)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["place"]["value"] for row in rows] == ["1", "5"]
    assert rows[0]["athlete"]["value"] == f"{_DATA}person/mira-tovald"


def test_sparql_direct_post_answers_the_real_client(wrapper):
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setReturnFormat(XML)
    wrapper.setQuery(_SELECT)
    found = wrapper.queryAndConvert()
    assert len(found.getElementsByTagName("result")) == 2


@pytest.mark.parametrize("form", [CSV, TSV])
def test_sparql_tables_of_text_answer_the_real_client(wrapper, form):
    wrapper.setReturnFormat(form)
    wrapper.setQuery(_SELECT)
    lines = wrapper.queryAndConvert().decode().splitlines()
    assert len(lines) == 3
    assert "mira-tovald" in lines[1]


def test_sparql_ask_answers_the_real_client(wrapper):
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(_ASK)
    assert wrapper.queryAndConvert()["boolean"] is True


@_OLD_GRAPH
@pytest.mark.parametrize("form", [RDFXML, JSONLD])
def test_sparql_graphs_answer_the_real_client(wrapper, form):
    wrapper.setReturnFormat(form)
    wrapper.setQuery(_CONSTRUCT)
    assert len(wrapper.queryAndConvert()) == 2


@pytest.mark.parametrize("form", [TURTLE, N3])
def test_sparql_turtle_answers_the_real_client(wrapper, form):
    wrapper.setReturnFormat(form)
    wrapper.setQuery(_CONSTRUCT)
    assert len(list(ox.parse(wrapper.query().response.read(), format=ox.RdfFormat.TURTLE))) == 2


@_OLD_GRAPH
def test_sparql_default_settings_of_the_real_client_work(wrapper):
    wrapper.setQuery(_CONSTRUCT)
    assert len(wrapper.queryAndConvert()) == 2


def test_sparql_lets_the_real_client_choose_graphs(wrapper):
    wrapper.setReturnFormat(JSON)
    wrapper.addDefaultGraph(f"{_DATA}graph/registry")
    wrapper.setQuery("ASK { ?c a ath:Claim }")
    assert wrapper.queryAndConvert()["boolean"] is False


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_sparql_takes_the_choice_of_graphs_from_where_the_protocol_puts_it(web, way):
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    named = {"named-graph-uri": f"{_DATA}graph/facts"}
    if way == "get":
        answer = web.get("/sparql", params={"query": query, **named})
    elif way == "form":
        answer = web.post("/sparql", data={"query": query, **named})
    else:
        headers = {"Content-Type": "application/sparql-query"}
        answer = web.post("/sparql", params=named, content=query, headers=headers)
    assert [row["g"]["value"] for row in answer.json()["results"]["bindings"]] == [f"{_DATA}graph/facts"]


def test_sparql_refuses_graphs_that_would_have_to_be_fetched(web):
    answer = web.get("/sparql", params={"query": "ASK {}", "default-graph-uri": "http://127.0.0.1:9/x"})
    assert answer.status_code == 403
    assert "http://127.0.0.1:9/x" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/xml", "text/xml; charset=utf-8"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
@pytest.mark.parametrize("query", [_SELECT, _ASK])
def test_sparql_negotiates_tables(web, query, accept, content_type):
    answer = web.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "form",
    [
        ox.RdfFormat.TURTLE,
        ox.RdfFormat.N_TRIPLES,
        ox.RdfFormat.JSON_LD,
        ox.RdfFormat.RDF_XML,
        ox.RdfFormat.TRIG,
        ox.RdfFormat.N_QUADS,
    ],
    ids=lambda form: form.name,
)
def test_sparql_negotiates_graphs(web, form):
    answer = web.get("/sparql", params={"query": _CONSTRUCT}, headers={"Accept": form.media_type})
    assert answer.headers["Content-Type"].partition(";")[0] == form.media_type
    assert len(list(ox.parse(answer.content, format=form))) == 2


@pytest.mark.parametrize(
    ("name", "query", "content_type"),
    [
        ("csv", _SELECT, "text/csv"),
        ("json", _SELECT, "application/sparql-results+json"),
        ("json", _CONSTRUCT, "application/ld+json"),
        ("xml", _CONSTRUCT, "application/rdf+xml"),
        ("turtle", _CONSTRUCT, "text/turtle"),
        ("application/n-triples", _CONSTRUCT, "application/n-triples"),
        ("html", _SELECT, "text/html"),
    ],
)
def test_sparql_format_goes_before_accept(web, name, query, content_type):
    answer = web.get("/sparql", params={"query": query, "format": name}, headers={"Accept": "image/png"})
    assert answer.headers["Content-Type"].partition(";")[0] == content_type


@pytest.mark.parametrize(("query", "accept"), [(_SELECT, "text/turtle"), (_CONSTRUCT, "text/csv"), (_ASK, "image/png")])
def test_sparql_says_406_where_nothing_fits(web, query, accept):
    answer = web.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_sparql_names_the_formats_where_one_is_unknown(web):
    answer = web.get("/sparql", params={"query": _ASK, "format": "docx"})
    assert answer.status_code == 400
    assert "turtle" in answer.json()["detail"]


def test_sparql_says_where_a_query_is_wrong(web):
    answer = web.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["line"] == 2
    assert problem["column"] > 1
    assert "line 2" in problem["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE#x\n<http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "LOAD <http://127.0.0.1:9/x>",
    ],
)
def test_sparql_refuses_what_reaches_out_or_writes(web, query):
    assert web.get("/sparql", params={"query": query}).status_code in {400, 403}


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"update": "CLEAR ALL"}},
        {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
    ],
)
def test_sparql_takes_no_updates_without_a_token(web, request_):
    answer = web.post("/sparql", **request_)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert web.get("/sparql", params={"query": _ASK}).json()["boolean"] is True


def test_sparql_refuses_other_bodies(web):
    answer = web.post("/sparql", content="{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == 415
    assert "application/sparql-query" in answer.json()["detail"]


def test_sparql_refuses_bodies_that_are_not_utf8(web):
    headers = {"Content-Type": "application/sparql-query"}
    answer = web.post("/sparql", content=b"ASK { ?s ?p '\xff' }", headers=headers)
    assert answer.status_code == 400
    assert "byte 13" in answer.json()["detail"]


def test_sparql_refuses_no_query_and_two(web):
    assert web.post("/sparql", data={"format": "json"}).status_code == 400
    two = httpx.QueryParams([("query", _ASK), ("query", _ASK)])
    assert web.get("/sparql", params=two).status_code == 400


def test_sparql_refuses_bodies_beyond_the_limit(web):
    headers = {"Content-Type": "application/sparql-query"}
    assert web.post("/sparql", content=b"#" * 1_100_000, headers=headers).status_code == 413


def test_sparql_decodes_a_form_once(web):
    answer = web.post("/sparql", data={"query": 'SELECT ("a%2Bb+c ø" AS ?x) {}'})
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "a%2Bb+c ø"


def test_sparql_counts_a_triple_once_over_all_graphs(web):
    query = "SELECT (COUNT(*) AS ?n) { person:mira-tovald rdfs:label ?l ; a ath:Athlete }"
    answer = web.get("/sparql", params={"query": query})
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "1"


def test_sparql_describes_itself(web):
    answer = web.get("/sparql", headers={"Accept": "text/turtle"})
    triples = {(str(t.predicate), str(t.object)) for t in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (f"<{sd}endpoint>", f"<{answer.url}>") in triples
    assert (f"<{sd}feature>", f"<{sd}UnionDefaultGraph>") in triples
    assert web.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_sparql_lets_scripts_of_other_sites_read(web):
    assert web.get("/sparql", params={"query": _ASK}).headers["Access-Control-Allow-Origin"] == "*"
    preflight = web.options("/sparql")
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_sparql_shows_browsers_a_form(browser_like):
    page = browser_like.get("/sparql").text
    assert '<textarea id="query"' in page
    assert examples()[0].title in page


@pytest.mark.parametrize("way", ["get", "post"])
def test_sparql_shows_browsers_a_table_with_labels_and_links(browser_like, way):
    if way == "get":
        page = browser_like.get("/sparql", params={"query": _SELECT}).text
    else:
        page = browser_like.post("/sparql", data={"query": _SELECT}).text
    assert 'href="/person/mira-tovald"' in page
    assert ">Mira Tøvald</a>" in page
    assert "2 rows" in page


def test_sparql_shows_browsers_verdicts_and_graphs(browser_like):
    assert '<p class="verdict">Yes</p>' in browser_like.get("/sparql", params={"query": _ASK}).text
    page = browser_like.get("/sparql", params={"query": _CONSTRUCT}).text
    assert ">Mira Tøvald</a>" in page
    page = browser_like.get("/sparql", params={"query": _CONSTRUCT, "view": "turtle"}).text
    assert "person:mira-tovald" in page


def test_sparql_shows_long_answers_in_pages_with_their_true_count(browser_like):
    many = "SELECT ?a ?b { { SELECT ?a { ?a ?p ?o } LIMIT 30 } { SELECT ?b { ?b ?p ?o } LIMIT 20 } }"
    page = browser_like.get("/sparql", params={"query": many}).text
    assert "<b>600 rows</b>" in page
    assert page.count("<tr>") == 201
    assert "page=3" in page
    assert len(page) < 150_000
    last = browser_like.get("/sparql", params={"query": many, "page": "99"}).text
    assert '<span aria-current="page">3</span>' in last


def test_sparql_sorts_the_rows_of_all_pages(browser_like):
    numbers = " ".join(str(number * 7919 % 1000) for number in range(1000))
    query = f'SELECT ?n (STR(?n) AS ?text) {{ VALUES ?n {{ {numbers} UNDEF "none" }} }}'

    def first(sort: str) -> str:
        page = browser_like.get("/sparql", params={"query": query, "sort": sort}).text
        assert 'aria-sort="' in page
        return re.findall(r"<td[^>]*>([^<]*)</td>", page)[0]

    assert [first(sort) for sort in ("n", "-text", "text")] == ["0", "none", "0"]


def test_sparql_links_carry_the_version_and_say_when_the_data_has_changed(browser_like):
    page = browser_like.get("/sparql", params={"query": _SELECT}).text
    link = re.search(r'href="(/sparql\?[^"]*version=(\w+)[^"]*)">Link to this answer', page)
    assert link
    same = browser_like.get(link[1].replace("&amp;", "&")).text
    assert "has changed since" not in same
    old = browser_like.get(link[1].replace("&amp;", "&").replace(link[2], "0" * 16)).text
    assert "has changed since this link was made" in old
    assert ">Mira Tøvald</a>" in old


def test_sparql_draws_numbers_of_names_as_bars_and_numbers_of_years_as_a_line(browser_like):
    bars = "SELECT ?who ?n { VALUES (?who ?n) { (person:mira-tovald 4) (person:ola-brennvik 1) } }"
    page = browser_like.get("/sparql", params={"query": bars, "view": "chart"}).text
    assert '<rect width="100.0%"' in page
    assert '<rect width="25.0%"' in page
    assert ">Mira Tøvald</a>" in page
    line = "SELECT ?year ?n { VALUES (?year ?n) { (2030 7) (2028 3) (2029 5) } }"
    page = browser_like.get("/sparql", params={"query": line, "view": "chart"}).text
    assert 'points="0.0,100.0 50.0,50.0 100.0,0.0 "' in page
    text = 'SELECT ?a ?b { VALUES (?a ?b) { ("x" "y") ("z" "w") } }'
    page = browser_like.get("/sparql", params={"query": text, "view": "chart"}).text
    assert "Chart</a>" not in page
    assert "2 rows" in page


def test_sparql_explains_on_the_page(browser_like):
    page = browser_like.get("/sparql", params={"query": _SELECT, "explain": "1"}).text
    assert "What the query means" in page
    wrong = browser_like.get("/sparql", params={"query": "SELECT nothing", "explain": "1"})
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text


def test_sparql_shows_browsers_what_is_wrong_beside_the_query(browser_like):
    answer = browser_like.get("/sparql", params={"query": "SELECT * {"})
    assert answer.status_code == 400
    assert "SELECT * {</textarea>" in answer.text
    assert 'role="alert"' in answer.text


def test_sparql_pages_escape_what_they_show(browser_like):
    query = 'SELECT ("<script>alert(9)</script>" AS ?x) ?y { VALUES ?y { <javascript:alert(8)> } }'
    page = browser_like.get("/sparql", params={"query": query}).text
    assert not FOREIGN_SCRIPT.search(page)
    assert 'href="javascript' not in page


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.title)
def test_sparql_examples_run_and_find_something(web, example):
    answer = web.post("/sparql", data={"query": example.query})
    assert answer.status_code == 200, answer.text
    assert json.loads(answer.text)["results"]["bindings"]
