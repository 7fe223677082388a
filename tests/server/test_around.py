"""The pages of coaching trees and of what is around somebody."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest


def test_around_coaching_of_one_shows_both_ways_with_sentences(harbour_app):
    of_coach = harbour_app.get("/coaching?of=Brennvik").text
    assert '<h2 id="down">Coaches</h2>' in of_coach
    assert 'href="/person/mira-tovald"' in of_coach
    assert "Her coach, Ola Brennvik, watched" in of_coach
    of_athlete = harbour_app.get("/coaching?of=Tovald").text
    assert '<h2 id="up">Coached by</h2>' in of_athlete


def test_around_coaching_lists_coaches_with_links_to_sentences(harbour_app):
    page = harbour_app.get("/coaching").text
    assert "1 coaches" not in page
    assert 'href="/coaching/ola-brennvik_mira-tovald"' in page
    assert "Her coach" in harbour_app.get("/coaching/ola-brennvik_mira-tovald", headers={"Accept": "text/html"}).text


def test_around_coaching_of_an_empty_store(empty):
    assert "No article says who coaches whom" in empty.get("/coaching").text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"of": "Ines Calloway", "relation": "club", "steps": "2"}, "Dora Calloway"),
        ({"of": "Ines Calloway", "relation": "races", "steps": "2"}, "Mira Tøvald"),
        ({"of": "Ines Calloway"}, "Harrow Vale"),
        ({"of": "Ines Calloway", "relation": "family"}, "Nothing is one step away"),
        ({"of": "Ines Calloway", "page": "9"}, "on this page"),
    ],
)
def test_around_around_somebody(harbour_app, asked, expected):
    answer = harbour_app.get("/around", query_string=asked)
    assert answer.status_code == 200
    assert expected in answer.text[answer.text.index("</form>", answer.text.index('class="narrow"')) :]


def test_around_opens_ties_by_races_to_their_sentences(harbour_app):
    page = harbour_app.get("/around?of=Ines+Calloway&relation=races&steps=2").text
    links = re.findall(r'href="(/graph/evidence[^"]+)">\d articles?<', page)
    assert len(links) == 2
    said = [harbour_app.get(link.replace("&amp;", "&")).text for link in links]
    assert "come fifth" in said[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/around", 400),
        ("/around?of=nobody+at+all", 404),
        ("/around?of=Calloway", 404),
        ("/around?of=Brennvik&relation=envy", 400),
        ("/coaching?of=nobody+at+all", 404),
    ],
)
def test_around_say_what_cannot_be(harbour_app, path, status):
    answer = harbour_app.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json["detail"]


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ("/person/ines-calloway", ["Graph", "Coaching tree", "Clubmates", "Training partners", "Opponents"]),
        ("/club/harrow-vale", ["Graph", "Members", "Network"]),
    ],
)
def test_around_leads_on_from_pages_of_people_and_clubs(harbour_app, page, links):
    text = harbour_app.get(page, headers={"Accept": "text/html"}).text
    around = text[text.index(">Around ") :]
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', around[: around.index("</p>")])
    assert [name for _, name in found] == links
    for href, _ in found:
        assert harbour_app.get(href.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("/coaching", "text/csv"),
        ("/coaching?of=Brennvik", "text/csv"),
        ("/around?of=Ines+Calloway", "application/n-triples"),
        ("/graph?focus=Ines+Calloway", "application/n-triples"),
        ("/graph?focus=race:european-championships_2031_800m_f_final", "application/n-triples"),
        ("/connections?from=Brennvik&to=Ines+Calloway", "application/n-triples"),
    ],
)
def test_around_opens_as_sparql(harbour_app, page, form):
    text = harbour_app.get(page).text
    query = parse_qs(urlsplit(html.unescape(re.findall(r'href="([^"]+)">Open as SPARQL', text)[0])).query)["query"][0]
    answer = harbour_app.get("/sparql", query_string={"query": query}, headers={"Accept": form})
    assert answer.status_code == 200
    assert answer.text.count("\n") > 1
