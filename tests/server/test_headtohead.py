import csv
import html
import io
import re

import pytest
from careers import ACHIENG, CALLUM, MARTA

_BOTH = {"a": MARTA, "b": ACHIENG}


def rows(page: str) -> list[list[str]]:
    """The cells of the races, without their markup."""
    body = re.search(r'<table class="results duels"[^>]*>.*?<tbody[^>]*>(.*?)</tbody>', page, re.DOTALL)
    assert body
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body[1], re.DOTALL)
    ]


def test_headtohead_has_places_marks_and_margins_of_every_race(careers):
    page = careers.get("/head-to-head", query_string=_BOTH).get_data(as_text=True)
    found = rows(page)
    assert [row[2:4] + row[5:7] + row[8:] for row in found] == [
        ["6", "3:59.40", "2 or 7", "3:57.91", "1.49 s", "in dispute"],
        ["2", "3:58.37", "1", "3:58.10", "0.27 s", ACHIENG],
        ["1", "4:01.20", "3", "4:02.00", "0.80 s", MARTA],
    ]
    (sides,) = re.findall(r'<a href="(/conflict/[^"]+)">in dispute', page)
    assert "7" in careers.get(sides).get_data(as_text=True)
    assert "disputed" in found[0][1]
    assert page.count("data-evidence") == 6


def test_headtohead_counts_over_all_by_discipline_and_by_year(careers):
    page = careers.get("/head-to-head", query_string=_BOTH).get_data(as_text=True)
    assert re.findall(r"<p><b>(\d+)</b> <span>([^<]*)", page) == [
        ("1", f"{MARTA} ahead"),
        ("1", f"{ACHIENG} ahead"),
        ("1", "not known"),
    ]
    years = page.partition('id="years"')[2]
    assert re.findall(r'<th scope="row">(\d+)</th>', years) == ["2031", "2029", "2025"]


def test_headtohead_as_files_has_all_races(careers):
    text = careers.get("/head-to-head", query_string={**_BOTH, "format": "csv"}).get_data(as_text=True)
    found = list(csv.DictReader(io.StringIO(text)))
    assert [(row["year"], row["ahead"], row["margin"]) for row in found] == [
        ("2031", "", "1.49"),
        ("2029", "b", "0.27"),
        ("2025", "a", "0.80"),
    ]
    assert found[1]["b_articles"] == "day-2"
    assert careers.get("/head-to-head", query_string={**_BOTH, "format": "json"}).get_json()["races"] == found


def test_headtohead_form_takes_names_iris_and_says_what_is_wrong(careers):
    def ask(**parameters: str) -> str:
        return str(careers.get("/head-to-head", query_string=parameters).get_data(as_text=True))

    iri = "https://w3id.org/podium/id/person/"
    assert f"{MARTA}</a>" in ask(a="lindqvist", b=f"{iri}achieng-otiwa")
    assert "nothing is called" in ask(a="Zebedee Quux", b=ACHIENG)
    assert "two different people" in ask(a=MARTA, b=MARTA)
    assert "No article has" in ask(a=MARTA, b=CALLUM)
    assert 'name="a"' in ask()


@pytest.mark.parametrize("parameters", [{"format": "csv"}, {"format": "xml"}, {**_BOTH, "b": MARTA, "format": "json"}])
def test_headtohead_files_of_what_names_no_two_people_are_refused(careers, parameters):
    assert careers.get("/head-to-head", query_string=parameters).status_code == 400
