"""Pages open as the query that they stand for."""

import csv
import html
import io
import re

import pytest
from flask.testing import FlaskClient

CONFLICT = "/conflict/result_european-championships_2031_800m_f_final_mira-tovald_mark"


def rows(client: FlaskClient, path: str) -> list[list[str]]:
    """What the query of a page answers."""
    page = client.get(path, headers={"Accept": "text/html"})
    (address,) = re.findall(r'<a href="(/sparql\?[^"]+)">Open as SPARQL', page.text)
    address = html.unescape(address)
    form = "ntriples" if "CONSTRUCT" in address else "csv"
    answer = client.get(address.replace("format=html", f"format={form}"))
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.text)))[form == "csv" :]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/articles", 2),
        ("/articles?month=2031-06&source=The+Bay+Post", 1),
        ("/articles?month=undated", 0),
        ("/articles?about=Mira+Tøvald", 2),
        ("/articles?about=Dora+Calloway", 1),
        ("/conflicts", 2),  # a line for each side
        ("/conflicts?about=Mira+Tøvald", 2),
        ("/conflicts?about=Ola+Brennvik", 0),
        (CONFLICT, 2),
        ("/medals/list", 1),
        ("/medals/list?colour=gold&country=NOR&year=2031&sex=F&discipline=800m&series=european-championships", 1),
        ("/medals/list?who=person/mira-tovald", 1),
        ("/medals/list?who=country/GBR", 0),
        ("/race/european-championships_2031_800m_f_final", 3),  # a line for each mark in dispute
        ("/search?q=Calloway&page=1", 2),
    ],
)
def test_open_as_sparql_gives_what_the_page_lists(harbour_app: FlaskClient, path: str, found: int) -> None:
    assert len(rows(harbour_app, path)) == found


@pytest.mark.parametrize("path", ["/", "/trust", "/country/NOR", "/person/ola-brennvik", "/place/chicago"])
def test_open_as_sparql_is_on_pages_of_other_things(harbour_app: FlaskClient, path: str) -> None:
    assert rows(harbour_app, path)


def test_open_as_sparql_says_all_of_a_claim(harbour_app: FlaskClient) -> None:
    claim = re.findall(r'href="(/claim/[^"]+)"', harbour_app.get("/person/mira-tovald").text)[0]
    assert any(line[0].endswith("#object") for line in rows(harbour_app, claim))
