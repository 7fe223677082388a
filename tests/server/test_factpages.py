import re
from html import unescape

import pytest


def told(page: str) -> dict[str, str]:
    """The details of a card: name -> value."""
    listed = page.partition('<dl class="details">')[2].partition("</dl>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", listed, re.DOTALL)
    return {name: unescape(" ".join(re.sub(r"<[^>]+>", " ", value).split())) for name, value in pairs}


def test_factpages_result_says_what_it_is_and_opens_to_sentences(meet):
    page = meet.get("/result/european-championships_2022_1500m_f_final_marta-lindqvist").text
    assert told(page) == {
        "athlete": "Marta Lindqvist",
        "race": "European Championships 2022, women's 1500m, final",
        "position": "1st",
        "mark": "3:57.10",
        "medal": "gold worked out",
    }
    assert "2 articles behind this" in page
    assert "took the 1500m in 3:57.1." in page
    assert "medal-from-position" in page


def test_factpages_medal_shows_the_result_that_brought_it(meet):
    page = meet.get("/medal/european-championships_2022_high-jump_m_final_otto-grau").text
    assert told(page)["medal"] == "gold"
    assert "shared the high jump title" in page
    assert 'href="/result/european-championships_2022_high-jump_m_final_otto-grau"' in page


def test_factpages_record_names_its_kind_and_holder(meet):
    page = meet.get("/best/nr_1500m_marta-lindqvist").text
    assert told(page) == {
        "athlete": "Marta Lindqvist",
        "kind": "national record",
        "discipline": "1500m",
        "mark": "3:57.10",
        "area": "Sweden",
    }
    assert "a Swedish record" in page


@pytest.mark.parametrize("path", ["/result/none", "/medal/none", "/best/none", "/coaching/none"])
def test_factpages_unknown_facts_are_404(meet, path):
    assert meet.get(path).status_code == 404
