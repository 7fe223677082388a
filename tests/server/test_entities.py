import re

import httpx
import pyoxigraph as ox
import pytest
from harbour import RACE, WINNER, make_store
from page_checks import FOREIGN_SCRIPT
from running_service import serving

from graph.pipeline import memory_store
from graph.rdf.terms import graph_name
from graph.store.embedded import Store
from ontology.iris import iri as iri_of
from server.app import create_app
from server.settings import Settings

_DATA = "https://w3id.org/podium/id/"
_PARSED = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}


@pytest.fixture
def path_of(web):
    """The path of the first thing that fits a pattern for `?x`."""

    def path(pattern: str) -> str:
        rows = web.get("/sparql", params={"query": f"SELECT ?x {{ {pattern} }}"}).json()["results"]["bindings"]
        assert rows, pattern
        return "/" + rows[0]["x"]["value"].removeprefix(_DATA)

    return path


def section(page: str, heading: str) -> str:
    """The part of a page under a heading."""
    found = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)</section>", page, re.DOTALL)
    assert found, heading
    return found[1]


def test_entities_all_kinds_have_a_page_and_data(browser_like, harbour):
    with Store.open(harbour) as store:
        subjects = {q.subject.value for q in store.quads() if isinstance(q.subject, ox.NamedNode)}
    kinds: dict[str, list[str]] = {}
    for iri in sorted(subjects):
        if iri.startswith(_DATA) and "old-rumour" not in iri:
            kinds.setdefault(iri.removeprefix(_DATA).partition("/")[0], []).append(iri.removeprefix(_DATA))
    assert {"person", "club", "race", "result", "medal", "claim", "derived", "conflict", "sentence", "run"} <= set(
        kinds
    )
    for path in (path for paths in kinds.values() for path in paths[:2]):
        page = browser_like.get(f"/{path}")
        assert page.status_code == 200, path
        assert page.text.count("<h1>") == 1
        data = browser_like.get(f"/{path}.ttl")
        found = {str(triple.subject) for triple in ox.parse(data.content, format=ox.RdfFormat.TURTLE)}
        assert f"<{_DATA}{path}>" in found


def test_entities_person_page_tells_who_it_is(browser_like):
    page = browser_like.get("/person/mira-tovald").text
    assert "<h1>Mira Tøvald</h1>" in page
    assert "Norway</a>" in section(page, "Person")
    assert "Ola Brennvik</a>" in section(page, "Coaching")
    assert "European Championships 2031</a>" in section(page, "Results")
    assert "1:58.20" in section(page, "Results")
    assert "1:58.19" in section(page, "Records and bests")
    assert "gold, European Championships 2031" in section(page, "Medals")


def test_entities_every_fact_opens_to_its_sentence(browser_like):
    coaching = section(browser_like.get("/person/mira-tovald").text, "Coaching")
    assert "<details>" in coaching
    assert "Her coach, Ola Brennvik, watched" in coaching
    assert 'href="/article/bay-post"' in coaching
    assert "The Bay Post" in coaching
    assert "15 June 2031" in coaching
    assert "rule her-coach" in coaching
    assert "confidence 0.90" in coaching


def test_entities_derived_facts_open_to_the_sentences_below_them(browser_like):
    medals = section(browser_like.get("/person/mira-tovald").text, "Medals")
    assert "medal-from-position" in medals
    assert "Mira Tøvald won the European" in medals


def test_entities_disputed_facts_are_marked_and_show_both_sides(browser_like, path_of):
    results = section(browser_like.get(f"/{RACE}").text, "Results")
    assert "disputed" in results
    assert "1:58.20 or 1:58.91" in results
    assert "timed at" in results
    conflict = browser_like.get(path_of("?x a ath:Conflict ; ath:conflictProperty ath:mark")).text
    assert "Disagreement on the mark" in conflict
    assert conflict.count("<blockquote") == 2


def test_entities_race_page_shows_places_in_order_with_the_gap(browser_like):
    results = section(browser_like.get(f"/{RACE}").text, "Results")
    texts = ("Mira Tøvald</a>", "Places 2 to 4 are not in the articles", "Ines Calloway</a>")
    order = [results.index(text) for text in texts]
    assert order == sorted(order)


def test_entities_club_page_lists_members_now_and_before(browser_like):
    members = section(browser_like.get("/club/harrow-vale").text, "Members")
    assert "Ines Calloway</a>" in members
    assert "Dora Calloway</a>" in members
    assert "former" in members


def test_entities_article_page_shows_each_sentence_with_what_it_says(browser_like):
    page = browser_like.get("/article/bay-post").text
    assert "Tøvald storms to European gold" in page
    assert "The Bay Post" in page
    said = section(page, "What it says")
    assert said.count('<li id="fact-') == 4
    assert said.index("won the European") < said.index("Her coach")
    assert said.count('href="/claim/bay-post_') >= 10


def test_entities_claim_page_says_what_is_claimed(browser_like, path_of):
    page = browser_like.get(path_of("?x a ath:Claim ; rdf:subject/ath:coach person:ola-brennvik")).text
    assert "<h1>Ola Brennvik is the current coach of Mira Tøvald</h1>" in page


def test_entities_pages_escape_hostile_text(browser_like):
    for path in (
        "/person/script-alert-1-script",
        "/article/quay-news",
        f"/{WINNER}",
        "/articles",
        "/search?q=script+alert",
    ):
        page = browser_like.get(path).text
        assert not FOREIGN_SCRIPT.search(page)
        assert "<img" not in page
        assert "<b>1:58.91" not in page
        assert "javascript:alert(3)" not in re.findall(r'href="([^"]*)"', page)
    assert "&lt;script&gt;alert(1)" in browser_like.get("/person/script-alert-1-script").text


def test_entities_article_links_to_the_web_page_it_came_from(browser_like):
    assert 'href="https://news.example/tovald"' in browser_like.get("/article/bay-post").text


@pytest.mark.parametrize("extension", _PARSED)
def test_entities_data_holds_the_description_with_what_points_at_it_and_labels(web, extension):
    answer = web.get(f"/person/mira-tovald.{extension}")
    assert answer.headers["Content-Type"].partition(";")[0] == _PARSED[extension].media_type
    triples = {f"{t.subject} {t.predicate} {t.object}" for t in ox.parse(answer.content, format=_PARSED[extension])}
    ath, rdfs = "https://w3id.org/podium/ns#", "http://www.w3.org/2000/01/rdf-schema#"
    assert f"<{_DATA}person/mira-tovald> <{ath}country> <{_DATA}country/NOR>" in triples
    assert f"<{_DATA}person/ola-brennvik> <{ath}coaches> <{_DATA}person/mira-tovald>" in triples
    assert f'<{_DATA}country/NOR> <{rdfs}label> "Norway"' in triples


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, ""),
        ("*/*", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml, text/turtle;q=0.5", ".rdf"),
    ],
)
def test_entities_iris_redirect_to_page_or_data(service, accept, suffix):
    with httpx.Client(base_url=service) as client:
        del client.headers["Accept"]
        answer = client.get("/id/person/mira-tovald", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/person/mira-tovald{suffix}"
    assert answer.headers["Vary"] == "Accept"


def test_entities_pages_send_programs_to_the_data(web):
    answer = web.get("/person/mira-tovald", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/person/mira-tovald.ttl")
    assert web.get("/person/mira-tovald", headers={"Accept": "image/png"}).status_code == 406


def test_entities_iris_dereference_where_the_base_is_the_service(tmp_path_factory, free_port):
    base = f"http://127.0.0.1:{free_port}/id/"
    store = make_store(tmp_path_factory.mktemp("own") / "store", base)
    with serving(store, free_port):
        answer = httpx.get(f"{base}person/mira-tovald", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert f"<{base}person/mira-tovald>" in {
        str(triple.subject) for triple in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
    }


def test_entities_suffix_is_only_what_follows_the_last_dot(web):
    answer = web.get("/mark/t-118.20.nt")
    assert f"<{_DATA}mark/t-118.20>" in answer.text
    assert web.get("/mark/t-118.20", headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/person/nobody",
        "/person/nobody.ttl",
        "/nokind/x",
        "/id/nokind/x",
        "/person/a b",
        "/person/<x>",
        "/person/a'b.ttl",
        "/person/",
    ],
)
def test_entities_unknown_things_are_404(web, path):
    assert web.get(path, headers={"Accept": "*/*"}).status_code == 404


def test_entities_withdrawn_articles_leave_a_tombstone(browser_like):
    answer = browser_like.get("/article/old-rumour")
    assert answer.status_code == 410
    assert "The paper took it back." in answer.text
    assert re.search(r"<code>archive/old-rumour_\d{8}T\d{6}Z\.trig</code>", answer.text)
    assert "withdrawn" in answer.text


def test_entities_another_spelling_leads_to_whom_it_means():
    with memory_store() as store:
        one, other = (ox.NamedNode(iri_of("person", slug, store.base)) for slug in ("mira-tovalt", "mira-tovald"))
        replaced = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
        store.write([ox.Quad(one, replaced, other, graph_name("registry", store.base))])
        client = create_app(store, Settings()).test_client()
        for suffix in ("", ".ttl"):
            answer = client.get(f"/person/mira-tovalt{suffix}", headers={"Accept": "text/html"})
            assert answer.status_code == 308
            assert answer.headers["Location"].endswith(f"/person/mira-tovald{suffix}")
            assert "no-cache" in answer.headers["Cache-Control"]  # it may be taken back
