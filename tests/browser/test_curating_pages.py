"""A curator at work in a browser: what is decided shows at once, and can be taken back, also without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_checks import BROKEN, LAID_OPEN, PHONE, assert_fits
from playwright.sync_api import Page, expect
from served_command import TOKEN

if TYPE_CHECKING:
    from conftest import Opened
    from served_command import Service

pytestmark = pytest.mark.browser


def sign_in(page: Page) -> None:
    page.goto("/curation")
    page.get_by_label("A token with the scope").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_curating_pages_settle_a_conflict_and_undo_it(opened: Opened, desk: Service, script: bool) -> None:
    with opened(at=desk.url, script=script) as page:
        sign_in(page)
        page.get_by_role("navigation", name="Curation").get_by_role("link", name="Disagreements").click()
        conflict = page.get_by_role("region", name="Megan Astley").first
        conflict.get_by_label("2:05.28").check()
        conflict.get_by_label("Why?").first.fill("the timekeeper's sheet")
        conflict.get_by_role("button", name="Let it stand").click()
        assert_fits(page)
        settled = page.get_by_role("region", name="Megan Astley").first
        expect(settled).to_contain_text("the timekeeper's sheet")
        expect(settled.get_by_role("group").filter(has_text="2:05.28")).to_contain_text("stands")
        page.get_by_role("navigation", name="Curation").get_by_role("link", name="Log").click()
        page.get_by_text("Take it back").first.click()
        entry = page.locator("li.entry").first
        entry.get_by_label("Why?").fill("the sheet was of another race")
        entry.get_by_role("button", name="Take it back").click()
        page.goto("/conflicts?about=megan+astley")
        expect(page.get_by_role("main")).not_to_contain_text("the timekeeper's sheet")


@pytest.mark.parametrize("script", [True, False])
def test_curating_pages_make_two_names_one_and_two_again(opened: Opened, desk: Service, script: bool) -> None:
    pair = "/curation/names?one=person:ines-calloway&other=person:dora-calloway"
    with opened(at=desk.url, script=script) as page:
        sign_in(page)
        page.get_by_role("navigation", name="Curation").get_by_role("link", name="Names").click()
        page.get_by_label("A person, club or competition").fill("Ines Calloway")
        page.get_by_label("and another").fill("Dora Calloway")
        page.get_by_role("button", name="Compare").click()
        rule(page, "They are one", "one runner, spelt twice")
        expect(page.get_by_role("main")).to_contain_text("a curator said so: one runner, spelt twice")
        assert len(names_of_cards(page)) == 1
        expect(page.get_by_text("Also written")).to_contain_text("Calloway")

        page.goto(pair)
        expect(page.get_by_role("button", name="They are one", exact=True)).to_have_count(0)
        rule(page, "They are never one", "two sisters")
        assert names_of_cards(page) == {"Ines Calloway", "Dora Calloway"}

        for cards in (1, 2):  # the split taken back, then the merge
            page.goto("/curation/log")
            entry = page.locator("li.entry").filter(has=page.get_by_role("group")).filter(has_text="Calloway").first
            entry.get_by_text("Take it back").first.click()
            entry.get_by_label("Why?").fill("only tried")
            entry.get_by_role("button", name="Take it back").click()
            expect(page.get_by_role("main").get_by_role("status")).to_be_visible()
            assert len(names_of_cards(page)) == cards


def rule(page: Page, verdict: str, why: str) -> None:
    page.get_by_role("region", name="Ruling").get_by_label("Why?").fill(why)
    page.get_by_role("button", name=verdict, exact=True).click()
    expect(page.get_by_role("main").get_by_role("status")).to_be_visible()
    assert_fits(page)


def names_of_cards(page: Page) -> set[str]:
    """What the cards at both addresses are headed."""
    found = set()
    for slug in ("dora-calloway", "ines-calloway"):
        page.goto(f"/person/{slug}")
        found.add(page.get_by_role("heading", level=1).inner_text())
    return found


def test_curating_pages_are_closed_to_others(opened: Opened, desk: Service) -> None:
    with opened(at=desk.url) as page:
        page.goto("/curation/conflicts")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        page.get_by_label("A token with the scope").fill("not-the-token-of-anybody")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/conflicts", "/names", "/review", "/withdraw", "/log"])
def test_curating_pages_fit_a_phone_and_are_sound_to_axe(opened: Opened, desk: Service, axe: str, path: str) -> None:
    with opened(at=desk.url, viewport=PHONE) as page:
        sign_in(page)
        page.goto(f"/curation{path}")
        assert_fits(page)
        page.evaluate(axe)
        page.evaluate(LAID_OPEN)
        assert page.evaluate(BROKEN, None) == []
