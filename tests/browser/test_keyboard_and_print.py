"""By the keyboard alone, with less motion, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from site_map import KERR, PAGES

if TYPE_CHECKING:
    from conftest import Opened

pytestmark = pytest.mark.browser

MANY = 400  # stops of the keyboard on a page, at most
# What the focus is on, whether one sees that it is, and whether it is hidden below something.
_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const ringed = element => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
  };
  const frame = at.closest('.CodeMirror-focused');
  return {what: at.outerHTML.slice(0, 120), seen: ringed(at) || (frame && ringed(frame))};
}"""

_MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
  const {transitionDuration, animationDuration} = getComputedStyle(element);
  return `${transitionDuration},${animationDuration}`.split(',').some(each => parseFloat(each) > 0.01);
}).map(element => element.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", ["start", "athlete", "race", "medal table", "connection", "rows"])
def test_keyboard_reaches_the_end_of_a_page_and_is_seen_all_the_way(opened: Opened, name: str) -> None:
    with opened() as page:
        page.goto(PAGES[name], wait_until="load")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        if name != "start":
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport()
        stops, unseen = 0, []
        while (focus := page.evaluate(_FOCUS)) and stops < MANY:
            stops += 1
            unseen += [] if focus["seen"] else [focus["what"]]
            page.keyboard.press("Tab")
        assert 5 < stops < MANY
        assert unseen == []


def test_keyboard_skips_to_the_content(opened: Opened) -> None:
    with opened() as page:
        page.goto(KERR)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**#main")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_motion_stops_where_less_is_wished_for(opened: Opened) -> None:
    with opened(reduced_motion="reduce") as page:
        for name in ("athlete", "connection", "editor"):
            page.goto(PAGES[name], wait_until="load")
            moving = page.evaluate(_MOVING)
            assert moving == []


@pytest.mark.parametrize("name", ["athlete", "race", "article"])
def test_print_leaves_out_what_paper_cannot_do(opened: Opened, name: str) -> None:
    with opened() as page:
        page.goto(PAGES[name])
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for gone in (page.get_by_role("navigation", name="Main"), page.get_by_role("search")):
            expect(gone.first).to_be_hidden()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
