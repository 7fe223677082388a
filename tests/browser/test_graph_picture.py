"""The graph as a picture: more is opened by the mouse and by the keyboard, the list says the same, all can be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from page_checks import assert_fits
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from conftest import Opened

pytestmark = pytest.mark.browser

AROUND_KERR = "/graph?focus=person:josh-kerr"
OLYMPICS = "race/olympic-games_2024_1500m_m_final"
MORE = "more around Olympic Games 2024, men's 1500m, final"
# Where a thing is drawn, within the canvas.
_PLACE = "(canvas, id) => canvas._cyreg.cy.getElementById(id).renderedPosition()"


def things(page: Page) -> int:
    return page.locator("[data-things] > li").count()


def drawn(page: Page) -> int:
    return int(page.evaluate("document.querySelector('[data-canvas]')._cyreg.cy.nodes().length"))


def assert_opened(page: Page, before: int, asked: list[str]) -> None:
    """The race is open in the list and in the picture, for one request; the address restores it."""
    expect(page.locator("[data-things]").get_by_role("link", name="Cole Hocker", exact=True)).to_be_visible()
    assert len([url for url in asked if "/graph/neighbours" in url]) == 1
    count = things(page)
    assert count > before
    assert drawn(page) == count
    page.goto(page.get_by_role("link", name="Link to this view").get_attribute("href") or "")
    expect(page.locator("[data-things] > li")).to_have_count(count)


def test_graph_opens_more_by_the_mouse(scripted: Page) -> None:
    asked: list[str] = []
    scripted.goto(AROUND_KERR)
    scripted.on("request", lambda request: asked.append(request.url))
    before = things(scripted)
    canvas = scripted.locator("[data-canvas]")
    place, box = canvas.evaluate(_PLACE, OLYMPICS), canvas.bounding_box()
    assert box is not None
    scripted.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
    expect(scripted.locator("[data-about]")).to_contain_text("Olympic Games 2024")
    scripted.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    assert_opened(scripted, before, asked)


def test_graph_opens_more_by_the_keyboard(scripted: Page) -> None:
    asked: list[str] = []
    scripted.goto(AROUND_KERR)
    scripted.on("request", lambda request: asked.append(request.url))
    before = things(scripted)
    scripted.get_by_role("link", name=MORE).focus()
    expect(scripted.locator("[data-things] > li[aria-current]")).to_contain_text("Olympic Games 2024")
    scripted.keyboard.press("Enter")
    assert_opened(scripted, before, asked)


def test_graph_opens_more_without_javascript(opened: Opened) -> None:
    with opened(script=False) as page:
        page.goto(AROUND_KERR)
        before = things(page)
        page.get_by_role("link", name=MORE).click()
        expect(page.locator("[data-things]").get_by_role("link", name="Cole Hocker", exact=True)).to_be_visible()
        assert things(page) > before
        assert_fits(page)


def test_graph_tells_the_sentences_of_a_tie_and_leaves_out_what_is_not_wished_for(page: Page) -> None:
    page.goto(AROUND_KERR)
    page.locator("[data-ties]").get_by_role("link", name="Brooks Beasts").click()
    expect(page.get_by_text("These days he belongs to the Brooks Beasts").first).to_be_visible()
    page.goto(AROUND_KERR)
    expect(page.locator("[data-ties]")).to_contain_text("World Championships 2023")
    page.get_by_label("races").uncheck()
    show = page.get_by_role("button", name="Show these")
    if show.is_visible():
        show.click()
    expect(page.locator("[data-ties]")).not_to_contain_text("World Championships 2023")
    expect(page.locator("[data-ties]")).to_contain_text("Brooks Beasts")


def test_graph_can_be_saved(scripted: Page) -> None:
    scripted.goto(AROUND_KERR)
    with scripted.expect_download() as drawing:
        scripted.get_by_role("button", name="Save as SVG").click()
    assert "Josh Kerr" in "".join(ET.parse(drawing.value.path()).getroot().itertext())  # noqa: S314  # our own
    with scripted.expect_download() as picture:
        scripted.get_by_role("button", name="Save as PNG").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    turtle = scripted.request.get(scripted.get_by_role("link", name="Turtle").first.get_attribute("href") or "")
    assert turtle.ok
    assert "josh-kerr" in turtle.text()
