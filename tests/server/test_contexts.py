import html
import re

import pytest

from server.app import create_app
from server.settings import Settings

_RESULT = "/result/european-championships_2022_1500m_f_final_achieng-otiwa"


@pytest.fixture(scope="module")
def whole(meet):
    """The same app for an operator who lets texts be shown."""
    store = meet.application.extensions["podium.source"]
    return create_app(store, Settings(store=store.path, article_text="full")).test_client()


def quote(page: str) -> str:
    found = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_contexts_highlight_a_quote_in_what_stands_around_it(whole):
    shown = quote(whole.get(_RESULT).get_data(as_text=True))
    before, _, rest = shown.partition("<mark>")
    marked, _, after = rest.partition("</mark>")
    assert marked == "Achieng Otiwa was second in 3:58.02 and Dora Calloway fifth in 4:01.5."
    assert before.startswith('<span class="around">Marta Lindqvist won')
    assert "It rained all evening. " in before
    assert " Ines Calloway started too, but " in after
    assert after.endswith(" …</span>")


def test_contexts_are_not_shown_unless_texts_may_be(meet):
    assert "around" not in quote(meet.get(_RESULT).get_data(as_text=True))
    assert "It rained" not in meet.get(_RESULT).get_data(as_text=True)
