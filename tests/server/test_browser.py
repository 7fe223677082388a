"""What a reader does, in a real browser without JavaScript, at desk and in the hand."""

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

_WIDTHS = {"desktop": 1280, "phone": 390}
_PATHS = (
    "/",
    "/articles",
    "/article/bay-post",
    "/person/mira-tovald",
    "/race/european-championships_2031_800m_f_final",
    "/result/european-championships_2031_800m_f_final_mira-tovald",
    "/search?q=calloway",
    "/connections?from=brennvik&to=ines+calloway",
    "/sparql?query=SELECT * { ?s ?p ?o } LIMIT 50&format=html",
    "/nowhere",
)
# Every text against the nearest background behind it, by the formula of WCAG 2.
_LOW_CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [one, other] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${walk.currentNode.data.trim()}`);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=_WIDTHS)
def page(request, browser: Browser, service):
    size = {"width": _WIDTHS[request.param], "height": 900}
    context = browser.new_context(base_url=service, viewport=size, java_script_enabled=False)
    yield context.new_page()
    context.close()


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the right: the page as drawn in full is no wider than the window."""
    width = int.from_bytes(page.screenshot(full_page=True)[16:20])  # the width in a PNG's header
    assert page.viewport_size is not None
    assert width == page.viewport_size["width"]


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
        assert page.evaluate(_LOW_CONTRAST) == [], path
    context.close()
