import csv
import io
import re

import pytest

_CHOSEN = {"series": "european-championships"}


def rows(page: str) -> list[list[str]]:
    """The lines of the medal table as texts."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    lines = []
    for line in body.split("<tr")[1:]:
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.DOTALL)
        bare = [re.sub(r'<span class="hidden">.*?</span>', "", cell) for cell in cells]
        lines.append([" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in bare])
    return lines


def test_medals_are_ranked_by_gold_then_silver_and_ties_share_a_rank(meet):
    assert rows(meet.get("/medals", query_string=_CHOSEN | {"year": "2022"}).text) == [
        ["1", "Germany", "2", "0", "0", "2"],
        ["2", "Great Britain", "1", "1", "0", "2"],
        ["3", "Sweden", "1", "0", "0", "1"],
        ["4", "Kenya", "0", "1", "0", "1"],
    ]
    tied = rows(meet.get("/medals", query_string={"by": "athlete", "discipline": "high-jump"}).text)
    assert [line[:2] for line in tied] == [["=1", "Callum Ferris Great Britain"], ["=1", "Otto Grau Germany"]]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ({"year": "2017"}, ["Kenya", "Sweden"]),
        ({"discipline": "4x100m"}, ["Germany", "Great Britain"]),
        ({"sex": "F", "year": "2022"}, ["Sweden", "Kenya"]),
        ({"country": "GER"}, ["Germany"]),
        ({"series": "olympic-games"}, []),
    ],
)
def test_medals_are_narrowed_down(meet, choice, names):
    assert [line[1] for line in rows(meet.get("/medals", query_string=choice).text)] == names


def test_medals_every_number_leads_to_its_medals_and_their_sentences(meet):
    page = meet.get("/medals", query_string=_CHOSEN).text
    links = re.findall(r'<a href="(/medals/list[^"]*)"><span class="hidden">([^<]*)</span>(\d+)</a>', page)
    assert len(links) == 11
    for href, _, number in links:
        listed = meet.get(href.replace("&amp;", "&")).text
        assert listed.count('<li class="') == int(number)
        assert listed.count("<blockquote") >= int(number)
    german = next(href for href, name, _ in links if name == "Germany, gold: ")
    listed = meet.get(german.replace("&amp;", "&")).text
    assert "Otto Grau shared the high jump title" in listed
    assert "2.31m" in listed
    assert 'href="/article/long-report"' in listed
    assert 'href="/race/european-championships_2022_4x100m_m_final"' in listed


def test_medals_say_what_is_not_known(meet):
    page = meet.get("/medals").text
    assert "8 medals of 4 contests" in page
    assert "Of 4 of these contests the articles do not give all three medals" in page
    assert "In 1 one colour went to several" in page
    assert "Of 1 final more they give no medal" in page


def test_medals_are_there_as_data(meet):
    lines = list(csv.DictReader(io.StringIO(meet.get("/medals.csv", query_string={"year": "2022"}).text)))
    assert [(line["rank"], line["country"], line["gold"], line["total"]) for line in lines][:2] == [
        ("1", "Germany", "2", "2"),
        ("2", "Great Britain", "1", "2"),
    ]
    data = meet.get("/medals.json", query_string={"by": "athlete", "sex": "F"}).json
    assert data["by"] == "athlete"
    assert {line["athlete"]: line["gold"] for line in data["lines"]} == {"Marta Lindqvist": 1, "Achieng Otiwa": 1}
    medals = meet.get("/medals/list.json", query_string={"country": "GBR"}).json["medals"]
    assert [(one["medal"], one["winner"], one["year"]) for one in medals] == [
        ("silver", "Great Britain", 2022),
        ("gold", "Callum Ferris", 2022),
    ]
    listed = csv.DictReader(io.StringIO(meet.get("/medals/list.csv", query_string={"who": "person/otto-grau"}).text))
    assert [one["race_iri"].rpartition("/")[2] for one in listed] == ["european-championships_2022_high-jump_m_final"]


@pytest.mark.parametrize("asked", ["year=2O31", "sex=Q", "by=club", "page=0", "page=x", "page=9", "colour=tin"])
def test_medals_refuse_what_cannot_be(meet, asked):
    answer = meet.get(f"/medals?{asked}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_medals_keep_hostile_values_as_text(meet):
    page = meet.get("/medals", query_string={"series": '"><script>alert(1)</script>', "country": "<b>"}).text
    assert "<script>alert" not in page
    assert "The articles tell of no such medals" in page


def test_medals_stand_for_a_query_that_gives_the_same(meet):
    page = meet.get("/medals", query_string=_CHOSEN | {"year": "2022", "sex": "M"}).text
    (href,) = re.findall(r'<a href="(/sparql\?[^"]+)">Open as SPARQL', page)
    address = href.replace("&amp;", "&").replace("format=html", "format=csv")
    with meet.get(address) as answer:
        assert answer.text.split("\r\n")[1:3] == ["Germany,2,0,0", "Great Britain,1,1,0"]
