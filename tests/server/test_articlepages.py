import re

import pytest
from meet import HEADLINE, LONG

from server.app import create_app
from server.settings import Settings


@pytest.fixture(scope="module")
def whole(meet):
    """The same app for an operator who lets texts be shown."""
    store = meet.application.extensions["podium.source"]
    return create_app(store, Settings(store=store.path, article_text="full")).test_client()


def text_of(page: str) -> str:
    """The text or the sentences as a reader sees them."""
    shown = page.partition('<section class="text"')[2].partition("</section>")[0]
    shown = re.sub(r"<sup>.*?</sup>|<span class=\"gap\">.*?</span></span> |<h2.*?</h2>", "", shown)
    return " ".join(re.sub(r"<[^>]+>", "", shown).replace("&#39;", "'").split()[2:])


def test_articlepages_show_only_quoted_sentences_by_default(meet):
    page = meet.get("/article/long-report").text
    assert "Marta Lindqvist</a>" in page
    assert "It rained all evening" not in page
    assert "Only the sentences that something was read from are shown" in page
    assert page.count('<span class="gap">') == 1
    assert HEADLINE in page


def test_articlepages_show_the_text_where_the_operator_lets_them(whole):
    page = whole.get("/article/long-report").text
    assert " ".join(LONG.split()).endswith(text_of(page))
    assert "It rained all evening." in page
    assert '<span class="gap">' not in page


def test_articlepages_never_give_the_text_otherwise(meet):
    for path in ("/article/long-report", "/article/long-report.ttl", "/articles", "/articles?about=long-report"):
        with meet.get(path, headers={"Accept": "*/*"}) as answer:
            assert answer.status_code == 200
            assert "rained" not in answer.text


@pytest.mark.parametrize("app", ["meet", "whole"])
def test_articlepages_highlight_every_claim_and_link_it_with_what_was_read(app, request):
    page = request.getfixturevalue(app).get("/article/long-report").text
    facts = re.findall(r'<li id="fact-(\d+)">', page)
    assert facts == ["1", "2", "3", "4", "5"]
    for number in facts:
        assert page.count(f'<mark id="sentence-{number}">') == 1
        assert page.count(f'href="#fact-{number}"') == 1
        assert page.count(f'href="#sentence-{number}"') == 1
    said = page.partition('id="fact-4"')[2].partition("</ul>")[0]
    assert "Otto Grau</a> recorded" in said
    assert 'href="/claim/long-report_' in said


def test_articlepages_link_who_is_mentioned(meet):
    page = meet.get("/article/long-report").text
    mentioned = page.partition('id="mentioned"')[2]
    assert 'href="/person/otto-grau">Otto Grau</a>' in mentioned
    assert '<a href="/person/marta-lindqvist">Marta Lindqvist</a>' in page.partition('<section class="text"')[2]


def test_articlepages_list_the_newest_first_and_narrow_down(meet):
    def heads(query: str) -> list[str]:
        listed = meet.get(f"/articles{query}").text.partition('<ol class="headlines"')[2].partition("</ol>")[0]
        return re.findall(r'href="/article/([^"]+)"', listed)

    assert heads("") == ["long-report", "before", "short-report"]
    assert heads("?month=2022-08") == ["long-report", "before"]
    assert heads("?month=2022-07") == ["short-report"]
    assert heads("?source=Quay+News") == ["before", "short-report"]
    assert heads("?source=Quay+News&month=2022-08") == ["before"]
    assert heads("?about=Otto+Grau") == ["long-report"]
    assert heads("?about=edition/european-championships_2022") == ["long-report", "short-report"]
    assert heads("?about=race/european-championships_2022_1500m_f_final&month=2022-07") == ["short-report"]
    assert heads("?month=1999-01") == []


@pytest.mark.parametrize("query", ["month=2022-13", "month=x", "page=0", "page=2", "page=x"])
def test_articlepages_refuse_what_cannot_be(meet, query):
    assert meet.get(f"/articles?{query}").status_code == 404


def test_articlepages_say_who_may_be_meant(meet):
    page = meet.get("/articles?about=Calloway").text
    assert "Several are called" in page
    assert "Ines Calloway</a>" in page
    assert "nothing is called" in meet.get("/articles?about=nobody+at+all").text
