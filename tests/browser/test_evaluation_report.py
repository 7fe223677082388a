"""The report of `podium evaluate --html`, in a real browser without JavaScript, at desk and in the hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_checks import LOW_CONTRAST, WIDTHS, assert_fits
from playwright.sync_api import Browser, Page, expect

from server.cli import run

pytestmark = pytest.mark.browser

TEXTS = {
    "harbour": "Mara Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday. It rained.\n\n"
    "She is coached by Tor Akesson.\n",
    "bay": "Ana Ferreira won the women's 1500m at the Harbour Games in 4:01.22 on Sunday.\n",
}


def facts(athlete: str, discipline: str, mark: str) -> dict[str, Any]:
    return {
        "people": [{"name": athlete, "roles": ["athlete"]}],
        "races": [{"id": "r1", "competition": "Harbour Games", "year": 2024, "discipline": discipline}],
        "results": [{"race": "r1", "athlete": athlete, "position": 1, "mark": mark}],
    }


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of two articles: in one the gold mark is another, the coaching is not gold, and a club is missed."""
    folder = tmp_path_factory.mktemp("evaluation")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
        (folder / f"{name}.meta.json").write_text(
            json.dumps({"title": f"News of the {name}", "published": "2024-06-10"})
        )
    gold = folder / "gold"
    gold.mkdir()
    club = {"athlete": "Mara Lindqvist", "club": "Norbridge Harriers", "status": "current"}
    harbour = {"article": "harbour", "memberships": [club], **facts("Mara Lindqvist", "800m", "1:57.11")}
    harbour["people"].append({"name": "Tor Akesson", "roles": ["coach"]})
    (gold / "harbour.json").write_text(json.dumps(harbour))
    (gold / "bay.json").write_text(json.dumps({"article": "bay", **facts("Ana Ferreira", "1500m", "4:01.22")}))
    assert run(["evaluate", str(gold), "--articles", str(folder), "--html", str(folder / "report.html")]) == 0
    return folder / "report.html"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, tab: Page, report: Path) -> Page:
    """The report, loaded anew."""
    tab.set_viewport_size({"width": WIDTHS[request.param], "height": 900})
    tab.goto(report.as_uri())
    return tab


def test_browser_report_tells_figures_and_shows_the_articles(page: Page) -> None:
    row = page.get_by_role("region", name="By kind of fact").get_by_role("row", name=re.compile("^mark"))
    expect(row.get_by_role("cell").nth(3)).to_have_text("0.500")  # after the bar, precision and recall
    expect(page.get_by_role("heading", name="News of the harbour")).to_be_visible()
    assert_fits(page)


def test_browser_report_leads_from_a_rule_to_its_sentence_and_to_what_was_read_there(page: Page) -> None:
    rules = page.get_by_role("region", name="By rule")
    quote = rules.get_by_text("Mara Lindqvist won the women's 800m")
    expect(quote).to_be_hidden()
    rules.get_by_text("1 sentence read wrong by result.win").click()
    expect(quote).to_be_visible()
    rules.get_by_role("listitem").filter(has_text="Mara Lindqvist won").get_by_role("link", name="harbour").click()
    note = page.locator("li:target")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("mark 1:57.10, gold: 1:57.11")
    expect(note).to_contain_text("result.win")
    note.get_by_role("link", name="Sentence 1").click()
    expect(page.locator("sup a:target")).to_be_in_viewport()
    assert_fits(page)


def test_browser_report_marks_sentences_and_labels_them(page: Page) -> None:
    article = page.get_by_role("region", name="News of the harbour")
    marked = article.locator("mark.wrong")
    expect(marked).to_have_count(2)
    hint = marked.first.get_attribute("title")
    assert hint is not None
    assert "✗ mark 1:57.10, gold: 1:57.11" in hint
    assert "– result.win (full-name)" in hint
    expect(article.locator("mark", has_text="It rained")).to_have_count(0)
    expect(article.get_by_role("listitem").filter(has_text="Norbridge Harriers")).to_be_visible()
    bay = page.get_by_role("region", name="News of the bay")
    expect(bay.locator("mark.right")).to_have_count(1)
    expect(bay.get_by_role("heading", name="Missed")).to_have_count(0)


def test_browser_report_opens_what_was_read_right_by_its_number(page: Page) -> None:
    bay = page.get_by_role("region", name="News of the bay")
    expect(bay.get_by_text("mark 4:01.22")).to_be_hidden()
    bay.get_by_role("link", name="1, right").click()
    expect(bay.get_by_text("mark 4:01.22")).to_be_visible()


def test_browser_report_leads_to_the_sieves(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Sieves").click()
    sieves = page.get_by_role("region", name="By sieve")
    expect(sieves.get_by_role("row", name=re.compile("^full-name"))).to_be_in_viewport()
    sieves.get_by_text("read wrong by pronoun-subject").click()
    expect(sieves.get_by_text("She is coached by Tor Akesson.")).to_be_visible()


def test_browser_report_can_be_narrowed_to_articles_with_errors_by_the_keyboard(page: Page) -> None:
    only = page.get_by_role("checkbox", name="Only articles with errors")
    only.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="News of the bay")).to_be_hidden()
    expect(page.get_by_role("heading", name="News of the harbour")).to_be_visible()
    expect(page.get_by_role("region", name="Articles").get_by_role("link")).to_have_count(1)
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="News of the bay")).to_be_visible()


def test_browser_report_skip_link_is_the_first_stop_of_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_report_stands_out_from_its_ground_and_asks_for_no_other_file(
    browser: Browser, report: Path, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate(LOW_CONTRAST) == []
    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]
    context.close()
