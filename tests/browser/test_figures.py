"""Tables and comparisons: rivals, medals and results, down to the sentences, with and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_checks import PHONE, assert_fits
from playwright.sync_api import Page, expect
from site_map import KERR, PAGES

if TYPE_CHECKING:
    from conftest import Opened

pytestmark = pytest.mark.browser


def test_figures_of_two_rivals_with_places_margins_and_the_sentences(page: Page) -> None:
    page.goto(KERR)
    rivals = page.get_by_role("region", name="Rivals")
    rivals.get_by_role("row").filter(has_text="Jakob Ingebrigtsen").get_by_role(
        "link", name="4", exact=False
    ).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Josh Kerr v Jakob Ingebrigtsen")
    row = page.get_by_role("row").filter(has_text="World Championships 2023")
    for text in ("3:29.38", "3:29.65", "0.27 s"):
        expect(row).to_contain_text(text)
    assert_fits(page)
    row.get_by_role("link", name="5 articles").click()
    expect(page.get_by_text("would not be shaken off").first).to_be_attached()


def test_figures_of_two_rivals_are_side_by_side_on_a_phone(opened: Opened) -> None:
    with opened(viewport=PHONE) as page:
        page.goto(PAGES["head-to-head"])
        table = page.get_by_role("region", name="Races").get_by_role("table")
        row = table.get_by_role("row").filter(has_text="World Championships 2023")
        for text in ("3:29.38", "3:29.65", "0.27 s"):
            expect(row.get_by_role("cell").filter(has_text=text)).to_be_visible()
        row.get_by_role("link", name="5 articles").click()
        expect(table.get_by_text("would not be shaken off").first).to_be_visible()
        box = table.locator("..")
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_figures_of_a_medal_table_lead_to_the_medals_and_their_articles(page: Page) -> None:
    page.goto("/medals")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Norway", exact=True))
    cell = row.get_by_role("cell").nth(1)
    count = int(cell.inner_text().split()[-1])
    cell.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Norway: gold")
    medals = page.get_by_role("main").get_by_role("list").first.locator("> li")
    expect(medals).to_have_count(count)
    rooth = medals.filter(has_text="Markus Rooth")
    rooth.get_by_text("1 sentence").click()
    rooth.get_by_role("link", name="Rooth and Thiam, by very different margins").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rooth and Thiam, by very different margins")


def test_figures_of_a_medal_table_narrowed_to_a_year_and_a_country(page: Page) -> None:
    page.goto("/medals")
    page.get_by_label("Year").select_option(label="2024")
    page.get_by_label("Country").select_option(label="Norway")
    page.get_by_role("main").get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Great Britain", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Norway", exact=True).first).to_be_visible()


def test_figures_of_an_athlete_narrowed_and_sorted(page: Page) -> None:
    page.goto(KERR)
    results = page.get_by_role("region", name="Results")
    results.get_by_label("Discipline").select_option(value="1500m")
    results.get_by_role("button", name="Show").click()
    expect(results.get_by_text("7:42.98")).to_have_count(0)
    results.get_by_role("columnheader", name="Place").get_by_role("link").or_(
        results.get_by_role("columnheader", name="Place").get_by_role("button")
    ).click()
    expect(results.locator("th[aria-sort]")).to_contain_text("Place")
    places = [int(text) for text in results.locator("tbody td.place, tbody td:nth-child(5)").all_inner_texts() if text]
    assert places
    assert places in (sorted(places), sorted(places, reverse=True))


def test_figures_can_be_taken_along(opened: Opened) -> None:
    with opened() as page:
        page.goto(KERR)
        for form, begins in (("CSV", b"result,"), ("JSON", b"{"), ("Turtle", b"@prefix")):
            href = page.get_by_role("region", name="Results").get_by_role("link", name=form).get_attribute("href")
            assert href is not None
            answer = page.request.get(href)
            assert answer.ok
            assert answer.body().startswith(begins)
            assert b"3:27.79" in answer.body()


def test_figures_of_a_season_and_who_coaches_whom(page: Page) -> None:
    page.goto(PAGES["season"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("2023")
    expect(page.get_by_role("main")).to_contain_text("3:29.38")
    page.goto("/coaching")
    tree = page.get_by_role("region", name="Gjert Ingebrigtsen")
    expect(tree.get_by_role("link", name="Narve Gilje Nordås", exact=True)).to_be_visible()
    tree.get_by_role("link", name="sentences on Gjert Ingebrigtsen coaches Narve Gilje Nordås").click()
    expect(page.get_by_text("Nordas trains under Gjert Ingebrigtsen").first).to_be_attached()
