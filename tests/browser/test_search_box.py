"""The search box: suggestions as one types, by mouse and by keyboard, and the plain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Opened
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_search_box_suggests_by_kind_and_is_led_by_the_keyboard(scripted: Page) -> None:
    scripted.goto("/articles")
    box = scripted.get_by_role("combobox", name="Find a person, club, race or article")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("ingebr")
    expect(box).to_have_attribute("aria-expanded", "true")
    people = scripted.get_by_role("group", name="People")
    expect(people.get_by_role("option", name="Gjert Ingebrigtsen")).to_contain_text("coach")
    box.press("ArrowDown")
    first = scripted.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ingebr")
    box.press("ArrowDown")
    name = scripted.locator("[role=option][aria-selected=true] .name").inner_text()
    box.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_have_text(name)


def test_search_box_is_led_by_the_mouse_and_forgives(scripted: Page) -> None:
    scripted.goto("/")
    scripted.get_by_role("combobox").press_sequentially("ingebritsen")
    scripted.get_by_role("option", name="Gjert").click()
    expect(scripted.get_by_role("heading", level=1)).to_have_text("Gjert Ingebrigtsen")


def test_search_box_without_suggestions_leads_to_the_page_of_results(opened: Opened) -> None:
    for script in (True, False):
        with opened(script=script) as page:
            page.goto("/articles")
            page.get_by_label("Find a person, club, race or article").fill("ingebrigtsen")
            page.get_by_role("button", name="Find").click()
            expect(page).to_have_url("/search?q=ingebrigtsen")
