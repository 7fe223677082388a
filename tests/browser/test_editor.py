"""The editor of SPARQL queries: completes, warns, says what is wrong and where, runs in place, gives answers along."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from page_checks import assert_fits
from playwright.sync_api import Page, Route, expect

if TYPE_CHECKING:
    from conftest import Opened

pytestmark = pytest.mark.browser

COACHES = (
    "SELECT ?coach ?athlete WHERE { ?c ath:coaches ?a . ?c rdfs:label ?coach . ?a rdfs:label ?athlete } ORDER BY ?coach"
)

PAIRS = "SELECT ?coach ?athlete { ?coach ath:coaches ?athlete } ORDER BY ?coach LIMIT 20"


def write(page: Page, text: str, *, typed: str = "") -> None:
    """Puts a text into the editor in the place of what is there, the end of it by the keyboard."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.type(typed)


def test_editor_completes_terms_of_the_ontology(scripted: Page) -> None:
    scripted.goto("/sparql")
    write(scripted, "SELECT ?a WHERE { ?c ath:", typed="coac")
    hints = scripted.locator(".CodeMirror-hints")
    expect(hints.get_by_text("ath:coaches").first).to_be_visible()
    hints.locator("li", has_text="ath:coaches").first.click()
    expect(scripted.locator(".CodeMirror-code")).to_contain_text("?c ath:coaches")


def test_editor_completes_by_the_keyboard_alone(scripted: Page) -> None:
    scripted.goto("/sparql")
    write(scripted, "SELECT ?a WHERE { ?c ath:", typed="coac")
    hints = scripted.locator(".CodeMirror-hints")
    expect(hints.get_by_text("ath:coaches").first).to_be_visible()  # no list is yet to come, which Escape would miss
    scripted.keyboard.press("Escape")
    expect(hints).to_have_count(0)
    scripted.keyboard.press("Control+Space")
    expect(hints.get_by_text("ath:coaches").first).to_be_visible()
    chosen = hints.locator("[aria-selected=true], .CodeMirror-hint-active").first
    for _ in range(hints.locator("li").count()):
        if chosen.inner_text().startswith("ath:coaches"):
            break
        scripted.keyboard.press("ArrowDown")
    scripted.keyboard.press("Enter")
    expect(hints).to_have_count(0)
    expect(scripted.locator(".CodeMirror-code")).to_contain_text("?c ath:coaches")


def test_editor_is_not_left_by_escape_from_a_list_that_is_still_to_change(scripted: Page) -> None:
    scripted.goto("/sparql")
    write(scripted, "SELECT ?c WHERE { ?c ath:coaches person:", typed="ker")
    hints = scripted.locator(".CodeMirror-hints")
    expect(hints.get_by_text("Josh Kerr").first).to_be_visible()
    held: list[Route] = []
    scripted.route("**/suggest?*", lambda request: held.append(request))  # a builtin is not taken
    with scripted.expect_request("**/suggest?*"):
        scripted.keyboard.type("r")
    scripted.keyboard.press("Escape")
    expect(hints).to_have_count(0)
    scripted.keyboard.type(" }")
    expect(scripted.locator(".CodeMirror-code")).to_contain_text("person:kerr }")
    for request in held:
        request.continue_()
    expect(hints).to_have_count(0)
    scripted.keyboard.press("Escape")
    assert not scripted.evaluate("document.activeElement.closest('.CodeMirror') !== null")


def test_editor_runs_a_query_in_place_and_gives_the_answer_along(scripted: Page) -> None:
    scripted.goto("/sparql")
    write(scripted, COACHES)
    scripted.keyboard.press("Control+Enter")
    answer = scripted.get_by_role("region", name="Answer")
    expect(answer.get_by_role("row").filter(has_text="Narve Gilje Nordås")).to_contain_text("Gjert Ingebrigtsen")
    with scripted.expect_download() as download:
        answer.get_by_role("link", name="CSV").click(modifiers=["Alt"])
    assert b"Gjert Ingebrigtsen" in download.value.path().read_bytes()
    shown = scripted.url
    assert "query=" in shown
    scripted.goto("/")
    scripted.goto(shown)  # the address restores the query and its answer
    expect(scripted.locator(".CodeMirror-code")).to_contain_text("ath:coaches")
    expect(scripted.get_by_role("row").filter(has_text="Narve Gilje Nordås").first).to_be_visible()


def test_editor_says_what_is_wrong_and_where(page: Page) -> None:
    page.goto("/sparql?query=SELECT+*+WHERE+%7B+%3Fs+ath%3Acoaches+%7D&format=html")
    expect(page.locator("#complaint")).to_contain_text("line 1")
    assert_fits(page)


def test_editor_warns_of_what_costs_before_it_is_run(scripted: Page) -> None:
    scripted.goto("/sparql")
    write(scripted, "SELECT * WHERE { ?c a ath:Coach . ?r a ath:Race }")
    expect(scripted.get_by_role("list", name="Warnings")).to_be_visible()
    expect(scripted.locator(".lint-warning").first).to_be_visible()
    write(scripted, "SELECT * WHERE { ?c a ")
    expect(scripted.locator("#complaint")).to_be_visible()


def test_editor_is_no_trap_for_the_keyboard(scripted: Page) -> None:
    scripted.goto("/sparql")
    scripted.locator(".CodeMirror").click()
    scripted.keyboard.press("Tab")
    assert not scripted.evaluate("document.activeElement.closest('.CodeMirror') !== null")


def test_editor_without_javascript_is_a_form_with_an_answer(opened: Opened) -> None:
    with opened(script=False) as page:
        page.goto("/sparql")
        page.get_by_label("Query").fill(COACHES)
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("row").filter(has_text="Narve Gilje Nordås")).to_contain_text("Gjert Ingebrigtsen")
        expect(page.get_by_role("link", name="CSV").first).to_be_visible()


def test_editor_sorts_draws_and_hands_out_files(page: Page) -> None:
    """With and without JavaScript."""
    page.goto(f"/sparql?{urlencode({'query': PAIRS, 'format': 'html'})}")
    page.locator("table.rows").get_by_role("link", name="athlete", exact=True).click()
    expect(page.locator("[aria-sort=ascending]")).to_have_text("athlete")
    shown = page.locator("table.rows td:nth-child(2)").all_inner_texts()
    assert shown == sorted(shown)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "podium.csv"
    page.get_by_label("Articles behind each row").check()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("link", name="articles", exact=True)).to_be_visible()
    counted = "SELECT ?coach (COUNT(*) AS ?n) { ?coach ath:coaches ?athlete } GROUP BY ?coach ORDER BY DESC(?n)"
    page.goto(f"/sparql?{urlencode({'query': counted, 'format': 'html'})}")
    page.get_by_role("link", name="Chart").click()
    expect(page.locator(".bars li", has_text="Carys Pennant")).to_contain_text("3")


def test_editor_shows_what_was_constructed_as_a_graph(scripted: Page) -> None:
    query = "CONSTRUCT { ?c ath:coaches ?a } WHERE { ?c ath:coaches ?a } LIMIT 30"
    scripted.goto(f"/sparql?{urlencode({'query': query, 'format': 'html'})}")
    scripted.get_by_role("link", name="Graph", exact=True).last.click()
    expect(scripted.locator(".picture canvas").first).to_be_visible()
    expect(scripted.locator("table.rows")).to_be_visible()
