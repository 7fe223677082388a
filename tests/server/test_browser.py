"""What a reader does, in a real browser without JavaScript, at desk and in the hand."""

import pytest
from page_checks import LOW_CONTRAST, WIDTHS, assert_fits
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

_PATHS = (
    "/",
    "/articles",
    "/article/bay-post",
    "/person/mira-tovald",
    "/race/european-championships_2031_800m_f_final",
    "/result/european-championships_2031_800m_f_final_mira-tovald",
    "/search?q=calloway",
    "/conflicts",
    "/connections?from=brennvik&to=ines+calloway",
    "/sparql?query=SELECT * { ?s ?p ?o } LIMIT 50&format=html",
    "/nowhere",
)


@pytest.fixture(params=WIDTHS)
def page(request, browser: Browser, service):
    size = {"width": WIDTHS[request.param], "height": 900}
    context = browser.new_context(base_url=service, viewport=size, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_browser_from_a_misspelt_name_to_the_article(page: Page):
    page.goto("/")
    page.get_by_role("searchbox").fill("mira tovalt")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira Tøvald")
    assert_fits(page)
    coaching = page.get_by_role("region", name="Coaching")
    sentence = coaching.get_by_text("Her coach, Ola Brennvik, watched")
    expect(sentence).to_be_hidden()
    coaching.get_by_text("1 article").click()
    expect(sentence).to_be_visible()
    assert_fits(page)
    coaching.get_by_role("link", name="Tøvald storms to European gold").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tøvald storms to European gold")
    expect(page.get_by_text("Her coach, Ola Brennvik, watched")).to_be_visible()


def test_browser_opens_a_result_to_its_sentences(page: Page):
    page.goto("/race/european-championships_2031_800m_f_final")
    table = page.get_by_role("region", name="Results").last
    table.get_by_text("2 articles").click()
    expect(table.get_by_text("Mira Tøvald won the European")).to_be_visible()
    box = table.get_by_text("Mira Tøvald won the European").bounding_box()
    assert box is not None
    assert page.viewport_size is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= page.viewport_size["width"]


def test_browser_shows_the_sides_of_a_disagreement_next_to_each_other(page: Page):
    page.goto("/race/european-championships_2031_800m_f_final")
    page.get_by_role("region", name="Results").last.get_by_text("2 articles").click()
    page.get_by_role("link", name="disputed").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Disagreement on the mark")
    boxes = [page.get_by_role("region", name=f"Side {number}").bounding_box() for number in (1, 2)]
    one, other = [box for box in boxes if box is not None]
    assert page.viewport_size is not None
    beside = one["y"] == other["y"] and one["x"] + one["width"] <= other["x"]
    below = one["x"] == other["x"] and one["y"] + one["height"] <= other["y"]
    assert beside if page.viewport_size["width"] > 1000 else below
    assert_fits(page)


@pytest.mark.parametrize("path", _PATHS)
def test_browser_pages_do_not_scroll_sideways(page: Page, path):
    page.goto(path)
    assert_fits(page)


def test_browser_runs_an_example_query(page: Page):
    page.goto("/sparql")
    page.get_by_role("link", name="Who coaches whom").click()
    expect(page.get_by_role("cell", name="Ola Brennvik").first).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("cell", name="Ola Brennvik").first).to_be_visible()


def test_browser_skip_link_is_the_first_stop_of_the_keyboard(page: Page):
    page.goto("/person/mira-tovald")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_text_stands_out_from_its_ground(browser: Browser, service, scheme):
    context = browser.new_context(base_url=service, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in _PATHS:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        assert page.evaluate(LOW_CONTRAST) == [], path
    context.close()
