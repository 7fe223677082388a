import csv
import io
import re
from xml.etree.ElementTree import fromstring

import pyoxigraph as ox
import pytest
from careers import ACHIENG, BEFORE, CALLUM, CLUB, COACH, MARTA

_PATH = "/person/marta-lindqvist"


@pytest.fixture
def page(careers):
    """The text of a page."""

    def get(path: str = _PATH, **parameters: str) -> str:
        response = careers.get(path, query_string=parameters)
        assert response.status_code == 200, path
        return response.get_data(as_text=True)

    return get


def section(page: str, heading: str) -> str:
    found = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)</section>", page, re.DOTALL)
    assert found, heading
    return found[1]


def group(page: str, heading: str) -> str:
    found = re.search(rf"<h3[^>]*>{heading}.*?</h3>(.*?)</ul>\s*(?=<h3|<nav|</section)", page, re.DOTALL)
    assert found, heading
    return found[1]


def marks(page: str) -> list[str]:
    """The marks of the table of results in their order."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", section(page, "Results"), re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [row[5] for row in cells if row]


def test_personpages_head_tells_who_it_is_at_a_glance(page):
    head = page().partition('<div class="profile">')[0]
    for told in ("Sweden", "1500m", CLUB, COACH, "2 gold", "1 silver", "3:58.37", "PB"):
        assert told in head, told


def test_personpages_relations_are_grouped_and_open_to_sentences(page):
    text = page()
    assert COACH in group(text, "Coached by")
    assert BEFORE in group(text, "Used to be coached by")
    assert BEFORE not in group(text, "Coached by").partition("<details>")[0]
    assert CLUB in group(text, "Club")
    assert f"{MARTA} of {CLUB} has been coached by {COACH}" in group(text, "Coached by")
    other = page("/person/torvald-emms")
    assert MARTA in group(other, "Coaches")
    assert CALLUM in group(other, "Coaches")


def test_personpages_rivals_lead_to_head_to_head(page, careers):
    rivals = section(page(), "Rivals")
    assert ACHIENG in rivals
    row = re.search(r"<tr>\s*<th scope=\"row\">.*?Achieng.*?</tr>", rivals, re.DOTALL)
    assert row
    assert re.findall(r"<td class=\"number\">(?:<a [^>]*>)?([^<]*)", row[0]) == ["3", "1", "1", "1"]
    link = re.search(r'href="(/head-to-head[^"]*)"', row[0])
    assert link
    assert careers.get(link[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["3:59.40", "15:01.12", "3:58.37", "4:03.55", "4:01.20"]),
        ({"sort": "-date"}, ["4:01.20", "4:03.55", "3:58.37", "15:01.12", "3:59.40"]),
        ({"sort": "mark"}, ["3:58.37", "3:59.40", "4:01.20", "4:03.55", "15:01.12"]),
        ({"sort": "place", "discipline": "1500m"}, ["4:01.20", "3:58.37", "4:03.55", "3:59.40"]),
        ({"medal": "gold"}, ["15:01.12", "4:01.20"]),
        ({"medal": "any", "competition": "world-championships"}, ["3:58.37", "4:01.20"]),
        ({"year": "2028"}, ["4:03.55"]),
        ({"sort": "nonsense"}, ["3:59.40", "15:01.12", "3:58.37", "4:03.55", "4:01.20"]),
    ],
)
def test_personpages_results_are_sorted_and_filtered_by_the_address(page, parameters, expected):
    assert marks(page(**parameters)) == expected


def test_personpages_say_how_many_results_a_filter_leaves(page):
    assert "1 of 5 results" in page(year="2028")
    assert "0 of 5 results" in page(year="1999")
    assert "5 results" in page()


def test_personpages_headings_sort_and_say_how_it_is_sorted(page):
    assert re.search(r'aria-sort="descending"[^>]*><a class="sort" href="[^"]*sort=-date#results"', page())
    sorted_by_mark = page(sort="mark", year="2031")
    assert re.search(r'aria-sort="ascending"[^>]*><a class="sort" href="[^"]*sort=-mark#results"', sorted_by_mark)
    assert "year=2031&amp;sort=competition" in sorted_by_mark


def test_personpages_rows_lead_to_the_sentences_of_the_result(page, careers):
    row = re.search(r'<a class="sources" href="([^"]+)"[^>]*>1<', section(page(), "Results"))
    assert row
    text = careers.get(row[1]).get_data(as_text=True)
    assert f"{MARTA} came in place" in text.partition("data-sentences")[2]


def test_personpages_chart_draws_the_better_mark_higher(page):
    drawn = re.search(r"<svg.*?</svg>", section(page(), "Progress"), re.DOTALL)
    assert drawn
    svg = fromstring(drawn[0])  # noqa: S314  # our own
    heights = {}
    for link in svg.iter("a"):
        circle = link.find("circle")
        assert circle is not None
        heights[link.attrib["aria-label"].partition(",")[0]] = (float(circle.attrib["cy"]), circle.attrib["class"])
        assert link.attrib["href"].startswith("/race/")
    assert [mark for mark, _ in sorted(heights.items(), key=lambda pair: pair[1])] == [
        "3:58.37",
        "3:59.40",
        "4:01.20",
        "4:03.55",
    ]
    assert heights["3:58.37"][1] == "best"
    assert "Best 3:58.37, World Championships 2029, 2029." in (svg.findtext("desc") or "")


def test_personpages_timeline_has_medals_and_changes_by_year(page):
    timeline = section(page(), "Timeline")
    assert re.findall(r"<h3>(\d+)</h3>", timeline) == ["2030", "2029", "2025"]
    assert "gold, 5000m, " in timeline
    for told in ("coached by ", "no longer coached by ", "member of "):
        assert told in timeline
    assert 'href="/coaching/torvald-emms_marta-lindqvist"' in timeline


def test_personpages_results_can_be_taken_along(careers):
    text = careers.get(f"{_PATH}/results.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["mark"] for row in rows] == ["3:59.40", "15:01.12", "3:58.37", "4:03.55", "4:01.20"]
    assert rows[0] == rows[0] | {
        "athlete": "https://w3id.org/podium/id/person/marta-lindqvist",
        "competition": "World Championships 2031",
        "value": "239.4",
        "unit": "s",
        "position": "6",
        "articles": "day-4",
    }
    assert careers.get(f"{_PATH}/results.json").get_json()["results"] == rows
    graph = ox.parse(careers.get(f"{_PATH}/results.ttl").data, format=ox.RdfFormat.TURTLE)
    assert {row["result"] for row in rows} <= {str(triple.subject)[1:-1] for triple in graph}


def test_personpages_results_of_other_kinds_can_be_taken_along(careers):
    race = "/race/world-championships_2031_1500m_f_final/results.json"
    found = {row["athlete_name"]: row for row in careers.get(race).get_json()["results"]}
    assert set(found) == {MARTA, ACHIENG}
    assert found[ACHIENG]["disputed"] == "true"
    for path, number in (
        ("/edition/world-championships_2025", 2),
        ("/series/european-championships", 2),
        ("/discipline/5000m", 1),
        ("/country/KEN", 3),
        ("/club/skerry-vale-harriers", 5),
    ):
        assert len(careers.get(f"{path}/results.json").get_json()["results"]) == number, path
    assert careers.get("/person/nobody-at-all/results.csv").status_code == 404


def test_personpages_season_has_its_results_in_order(page, careers):
    text = page(f"{_PATH}/season/2029")
    assert "3:58.37" in text
    assert "best of all" in text
    assert "1 silver" in text
    assert "1 × 2nd" in text
    assert 'href="/person/marta-lindqvist/season/2028" rel="prev"' in text
    assert 'href="/person/marta-lindqvist/season/2030" rel="next"' in text
    assert careers.get(f"{_PATH}/season/1999").status_code == 404


def test_clubpages_tell_members_now_and_formerly_with_coaches_and_medals(page):
    text = page("/club/skerry-vale-harriers")
    assert MARTA in group(text, "Now")
    assert CALLUM in group(text, "Formerly")
    assert CALLUM not in group(text, "Now").partition("<details>")[0]
    assert COACH in section(text, "Coaches")
    medals = section(text, "Medals of members")
    assert "15:01.12" in medals  # of 2030, when an article calls her a member
    assert "4:01.20" not in medals


def test_personpages_show_the_newest_and_the_first_sentence_and_lead_to_all(page, careers):
    country = re.search(r"competes for .*?</details>", page("/person/achieng-otiwa"), re.DOTALL)
    assert country
    assert "4 articles" in country[0]
    assert country[0].count("<blockquote") == 2
    link = re.search(r'href="([^"]*/facts/country)"', country[0])
    assert link
    everything = page(link[1])
    assert everything.count("<blockquote") == 4
    assert "Every sentence on country" in everything
    assert careers.get("/person/achieng-otiwa/facts/spouseOf").status_code == 404
    assert careers.get("/person/achieng-otiwa/facts/no-such").status_code == 404


def test_personpages_are_without_inline_style_or_script(page):
    for path in (_PATH, "/club/skerry-vale-harriers", f"{_PATH}/season/2029", "/head-to-head"):
        text = page(path)
        assert " style=" not in text
        assert "<script>" not in text
