"""The graph page without scripts, and what it asks for."""

import re

import pyoxigraph as ox
import pytest


def test_graphpictures_draw_and_list_the_same(harbour_app):
    page = harbour_app.get("/graph?focus=Ines+Calloway").text
    assert "<h1>Around Ines Calloway</h1>" in page
    listed = re.findall(r'<li class="kind-(\w+)" data-id="([^"]+)"', page)
    assert ("club", "club/harrow-vale") in listed
    drawing = page[page.index('<svg class="rings"') :]
    drawing = drawing[: drawing.index("</svg>")]
    assert all(f'href="/{name}"' in drawing for _, name in listed)
    assert drawing.count("<line") == page.count("<li data-source=")
    assert "style=" not in page


def test_graphpictures_lead_on_without_a_script(harbour_app):
    page = harbour_app.get("/graph?focus=person/ines-calloway").text
    (more,) = re.findall(
        r'class="expand" href="([^"]+)"><[^>]+>\+1</span><span class="hidden">Show 1 more around Harrow', page
    )
    assert 'data-id="person/dora-calloway"' not in page
    assert 'data-id="person/dora-calloway"' in harbour_app.get(more.replace("&amp;", "&")).text
    tie = re.search(r'href="(/graph/evidence\?from=person/ines-calloway&amp;to=club/harrow-vale)"', page)
    assert tie is not None
    said = harbour_app.get(tie[1].replace("&amp;", "&")).text
    assert "watched Ines Calloway of Harrow Vale" in said


def test_graphpictures_keep_to_the_chosen_ties(harbour_app):
    page = harbour_app.get("/graph?focus=person/ines-calloway&show=club").text
    assert 'data-id="club/harrow-vale"' in page
    assert 'data-kind="race"' not in page
    assert re.findall(r'name="show" value="(\w+)" checked', page) == ["club"]
    assert "/graph.ttl?focus=person/ines-calloway&amp;show=club" in page


def test_graphpictures_answer_several_in_one_request(harbour_app):
    asked = "/graph/neighbours?of=club/harrow-vale&of=person/mira-tovald&shown=person/ines-calloway"
    answer = harbour_app.get(asked).json
    assert {node["id"] for node in answer["nodes"]} >= {
        "club/harrow-vale",
        "person/mira-tovald",
        "person/dora-calloway",
    }
    assert "person/ines-calloway" not in {node["id"] for node in answer["nodes"]}
    ties = {frozenset({edge["source"], edge["target"]}): edge for edge in answer["edges"]}
    assert ties[frozenset({"club/harrow-vale", "person/ines-calloway"})]["articles"] == 1
    assert ties[frozenset({"club/harrow-vale", "person/dora-calloway"})]["former"]


def test_graphpictures_as_turtle_have_their_sentences(harbour_app):
    found = ox.Store()
    with harbour_app.get("/graph.ttl?focus=person/ines-calloway&show=club") as answer:
        found.load(answer.data, ox.RdfFormat.TURTLE)
    assert found.query("ASK { ?m <https://w3id.org/podium/ns#club> ?c . ?s <http://www.w3.org/ns/oa#exact> ?q }")
    assert not found.query("ASK { ?m <https://w3id.org/podium/ns#race> ?c }")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graph/neighbours", 400),
        ("/graph/neighbours?of=person/nobody-at-all", 404),
        ("/graph/neighbours?of=club/harrow-vale&show=envy", 400),
        ("/graph/evidence?from=person/mira-tovald&to=club/harrow-vale", 404),
        ("/graph/evidence", 404),
        ("/graph.ttl", 400),
    ],
)
def test_graphpictures_say_what_cannot_be(harbour_app, path, status):
    answer = harbour_app.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json["detail"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [("", "Type a name"), ("Calloway", "Which one?"), ("zzqqxx", "zzqqxx"), ("Brennvik&show=envy", "no kind of tie")],
)
def test_graphpictures_help_where_the_name_does_not(harbour_app, asked, said):
    answer = harbour_app.get(f"/graph?focus={asked}")
    assert answer.status_code == 200
    assert said in answer.text
    assert "data-graph" not in answer.text
