"""The pages of connections over the harbour's articles."""

import re

import pyoxigraph as ox
import pytest

from graph.articles import read
from graph.pipeline import ingest, memory_store
from server.app import create_app
from server.settings import Settings

_PAIR = {"from": "Brennvik", "to": "Ines Calloway"}


@pytest.fixture(scope="module")
def page(harbour_app):
    return lambda **asked: harbour_app.get("/connections", query_string=asked)


def test_connections_draw_each_step_with_a_link_to_its_sentences(page):
    text = page(**_PAIR).text
    (picture,) = re.findall(r"<svg viewBox.*?</svg>", text[text.index('class="chains"') :], re.DOTALL)[:1]
    targets = re.findall(r'href="#(step-\d+-\d+)"', picture)
    assert targets == ["step-1-1", "step-1-2", "step-1-3"]
    assert set(targets) <= set(re.findall(r'id="(step-\d+-\d+)"', text))
    assert 'href="/person/mira-tovald"' in picture
    assert "style=" not in text


def test_connections_keep_to_the_chosen_ties_and_years(page):
    assert '<h2 id="path-1">' in page(**_PAIR, relation=["coaching", "races"]).text
    answer = page(**_PAIR, relation="coaching").text
    assert "by the ties and years chosen" in answer
    assert re.search(r'value="coaching" checked', answer)
    assert '<h2 id="path-1">' not in page(**_PAIR, until="2030").text
    assert '<h2 id="path-1">' in page(**_PAIR, since="2031", until="2031").text


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"relation": "friendship"}, "is no kind of tie; say one of: coaching"),
        ({"since": "last year"}, "A year has four digits"),
        ({"since": "2020", "until": "2010"}, "There is no year from 2020 to 2010"),
    ],
)
def test_connections_say_what_cannot_be_understood(page, asked, complaint):
    assert complaint in page(**_PAIR, **asked).text


def test_connections_as_turtle_are_the_facts_with_claims_and_sentences(harbour_app):
    found = ox.Store()
    with harbour_app.get("/connections.ttl", query_string=_PAIR) as answer:
        assert answer.content_type.startswith("text/turtle")
        found.load(answer.data, ox.RdfFormat.TURTLE)
    asked = """PREFIX ath: <https://w3id.org/podium/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
      PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?coach ?quote {
        ?node ath:coach/rdfs:label ?coach . ?claim rdf:subject ?node ; ath:evidence/oa:exact ?quote
      }"""
    (row,) = found.query(asked)
    assert row["coach"].value == "Ola Brennvik"
    assert row["quote"].value.startswith("Her coach, Ola Brennvik")
    assert found.query("ASK { ?r <https://w3id.org/podium/ns#position> 5 }")


def test_connections_as_json_have_the_steps(harbour_app):
    found = harbour_app.get("/connections.json", query_string=_PAIR | {"k": "1"}).json
    assert (found["from"]["label"], found["to"]["label"]) == ("Ola Brennvik", "Ines Calloway")
    (way,) = found["paths"]
    assert [step["kind"] for step in way["steps"]] == ["coaching", "races", "races"]
    assert way["steps"][0]["evidence"][0]["quote"].startswith("Her coach")


@pytest.mark.parametrize("asked", [{}, {"from": "Calloway", "to": "Brennvik"}, {"from": "Brennvik", "to": "Brennvik"}])
@pytest.mark.parametrize("form", ["ttl", "json"])
def test_connections_as_data_need_two_different_things(harbour_app, form, asked):
    answer = harbour_app.get(f"/connections.{form}", query_string=asked)
    assert answer.status_code == 400
    assert answer.json["detail"]


def test_connections_show_five_sentences_of_a_step_and_lead_to_all(tmp_path):
    said = (
        "Marta Lindqvist is coached by Ola Brennvik.",
        "Coach Ola Brennvik guides Marta Lindqvist.",
        "Ola Brennvik coaches Marta Lindqvist.",
        "Marta Lindqvist trains under coach Ola Brennvik.",
        "Her coach is Ola Brennvik, says Marta Lindqvist.",
        "Ola Brennvik, who coaches Marta Lindqvist, was pleased.",
        "Marta Lindqvist, coached by Ola Brennvik, ran the 800m.",
        "Ola Brennvik is the coach of Marta Lindqvist.",
    )
    for number, sentence in enumerate(said):
        (tmp_path / f"{number}.txt").write_text(f"Lindqvist in form, report {number}\n\n{sentence}\n")
    with memory_store() as store:
        list(ingest(store, read([str(tmp_path)])))
        web = create_app(store, Settings()).test_client()
        page = web.get("/connections", query_string={"from": "Marta Lindqvist", "to": "Ola Brennvik"}).text
        assert page.count("<blockquote") == 5
        ((href, count),) = re.findall(r'<a href="([^"]+)">All (\d+) sentences</a>', page)
        assert web.get(href).text.count("<blockquote") == int(count) > 5
