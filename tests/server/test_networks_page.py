"""The page of central people and communities."""

import html
import re

import pytest


def test_networks_page_tells_who_is_central(harbour_app):
    page = harbour_app.get("/network?discipline=800m").text
    assert "2 people fit" in page
    assert "1 pair of them is tied" in page
    assert 'href="/person/mira-tovald"' in page
    assert "European Championships" in page[page.index("Communities</h2>") :]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Choose people by"),
        ("club=Nowhere+Runners", "nothing known is called “Nowhere Runners”"),
        ("year=soon", "four digits"),
        ("year=1999", "Nobody fits"),
    ],
)
def test_networks_page_helps_where_nothing_fits(harbour_app, asked, said):
    answer = harbour_app.get(f"/network?{asked}")
    assert answer.status_code == 200
    assert said in answer.text


@pytest.mark.parametrize("asked", ["discipline=800m", "country=GBR", "club=Harrow+Vale&year=2031", "club=Harrow+Vale"])
def test_networks_page_opens_as_a_query_for_the_people_it_counts(harbour_app, asked):
    page = harbour_app.get(f"/network?{asked}").text
    (fits,) = re.findall(r"(\d+) (?:person fits|people fit)", page)
    (query,) = re.findall(r'<a href="([^"]+)">Open as SPARQL', page)
    answer = harbour_app.get(html.unescape(query).replace("format=html", "format=json"))
    assert len(answer.json["results"]["bindings"]) == int(fits)
