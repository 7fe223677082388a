import re

import pytest
from harbour import RACE, WINNER

from graph.articles import read
from graph.pipeline import ingest, memory_store
from server.app import create_app
from server.settings import Settings

NORWAY = (
    "Marta Lindqvist of Norway won the women's 800m at the Bislett Games in Oslo on Thursday.",
    "Norway's Marta Lindqvist took the 800m at the Bislett Games in 1:58.20.",
    "Marta Lindqvist (NOR) was the winner of the 800m in Oslo.",
    "The Norwegian Marta Lindqvist won over 800m at the Bislett Games in Oslo.",
)
SWEDEN = "Marta Lindqvist of Sweden won the women's 800m at the Bislett Games in Oslo."


def test_disagreements_stand_side_by_side(browser_like):
    page = browser_like.get("/conflicts").text
    assert "1 disagreement:" in page
    assert re.findall(r'<p class="value"><b>.*?>([^<]+)</a></b>', page) == ["1:58.20", "1:58.91"]
    assert page.count('<span class="tag stands">') == 2
    assert "Mira Tøvald won the European 800m title" in page
    assert "was timed at &lt;b&gt;1:58.91" in page
    assert "undecided" in page


@pytest.mark.parametrize("about", ["Mira Tovald", "race:european-championships_2031_800m_f_final", "quay-news"])
def test_disagreements_are_found_by_what_they_concern(browser_like, about):
    page = browser_like.get("/conflicts", params={"about": about}).text
    assert page.count('<div class="sides">') == 1
    assert "All disagreements" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"about": "Ola Brennvik"}, "do not disagree on anything here"),
        ({"about": "Calloway"}, "Several are called"),
        ({"about": "nobody <b>"}, "nothing is called"),
        ({"property": "date"}, "they do on: mark (1)"),
    ],
)
def test_disagreements_say_what_there_is_not(browser_like, query, told):
    answer = browser_like.get("/conflicts", params=query)
    assert answer.status_code == 200
    assert told in answer.text
    assert "<b>'" not in answer.text


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "९", "1" * 50])
def test_disagreements_have_no_other_pages(browser_like, page):
    assert browser_like.get("/conflicts", params={"page": page}).status_code == 404


def test_disagreements_are_linked_from_the_start_and_from_what_is_disputed(browser_like):
    assert 'href="/conflicts"' in browser_like.get("/").text
    conflict = f"/conflict/{WINNER.replace('/', '_')}_mark"
    for path in (f"/{RACE}", f"/{WINNER}"):
        assert f'href="{conflict}" title="The sides of it">disputed</a>' in browser_like.get(path).text
    assert browser_like.get(conflict).text.count('<section class="side') == 2


def test_disagreements_of_many_sentences_lead_to_all_of_them(tmp_path):
    for number, sentence in enumerate((*NORWAY, SWEDEN)):
        (tmp_path / f"{number}.txt").write_text(f"Lindqvist wins, report {number}\n\n{sentence}\n")
    with memory_store() as store:
        list(ingest(store, read([str(tmp_path)])))
        web = create_app(store, Settings()).test_client()
        page = web.get("/conflicts").text
        assert page.count("<blockquote") == 4  # three of the one side, one of the other
        ((href, count),) = re.findall(r'<a href="([^"]+)">All (\d+) sentences</a>', page)
        assert web.get(href).text.count("<blockquote") == int(count) + 1 == 5
