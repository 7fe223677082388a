"""Tables of results in the hands of somebody with JavaScript, and of somebody without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from site_map import KERR

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_tables_sort_and_filter_by_links_and_a_form(page: Page) -> None:
    page.goto(KERR)
    table = page.get_by_role("table").filter(has_text="Competition")
    table.get_by_role("link", name="Mark", exact=True).click()
    expect(table.get_by_role("columnheader", name="Mark")).to_have_attribute("aria-sort", "ascending")
    expect(table.locator("tbody tr").first).to_contain_text("3:27.79")
    page.get_by_label("Medal", exact=True).select_option("silver")
    if "medal=silver" not in page.url:
        page.get_by_role("button", name="Show").click()
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table.locator("tbody tr")).to_contain_text("Olympic Games 2024")
    assert "sort=mark" in page.url


def test_tables_change_in_place_and_keep_the_focus(scripted: Page) -> None:
    scripted.goto(KERR)
    scripted.evaluate("window.stayed = true")
    mark = scripted.get_by_role("link", name="Mark", exact=True)
    mark.focus()
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("columnheader", name="Mark")).to_have_attribute("aria-sort", "ascending")
    expect(mark).to_be_focused()
    assert scripted.evaluate("window.stayed")


def test_tables_open_the_sentences_of_a_row_below_it(scripted: Page) -> None:
    scripted.goto(f"{KERR}?competition=world-championships&year=2023")
    link = scripted.locator("a[data-evidence]")
    link.click()
    expect(scripted.locator("tr.opened")).to_contain_text("3:29.38")
    expect(link).to_have_attribute("aria-expanded", "true")
    link.click()
    expect(scripted.locator("tr.opened")).to_have_count(0)
