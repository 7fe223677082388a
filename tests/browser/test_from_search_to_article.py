"""What a reader does, in a real browser, with and without JavaScript, at desk and in the hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_checks import assert_fits
from playwright.sync_api import Page, expect
from site_map import GJERT, WORLD_FINAL

if TYPE_CHECKING:
    from conftest import Opened

pytestmark = pytest.mark.browser

HARBOUR_FINAL = "/race/european-championships_2031_800m_f_final"


def test_reading_from_a_misspelt_name_to_the_card_the_sentence_and_the_article(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("searchbox").or_(page.get_by_role("main").get_by_role("combobox")).fill(
        "mira tovalt"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira Tøvald")
    coaching = page.get_by_role("region", name="Coaching")
    sentence = coaching.get_by_text("Her coach, Ola Brennvik, watched")
    expect(sentence).to_be_hidden()
    coaching.get_by_text("1 article").click()
    expect(sentence).to_be_visible()
    assert_fits(page)
    coaching.get_by_role("link", name="Tøvald storms to European gold").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tøvald storms to European gold")
    expect(page.locator("mark").get_by_text("Her coach, Ola Brennvik, watched")).to_be_visible()


def test_reading_a_coachs_page_lists_whom_he_coaches_with_the_sentences_of_all_articles(page: Page) -> None:
    page.goto(GJERT)
    coaching = page.get_by_role("region", name="Coaching")
    for son in ("Henrik", "Filip", "Jakob"):
        expect(coaching.get_by_role("link", name=f"{son} Ingebrigtsen").first).to_be_visible()
    coached = coaching.get_by_role("listitem").filter(has=page.get_by_role("link", name="Narve Gilje Nordås"))
    coached.get_by_text("3 articles").first.click()
    expect(coached.get_by_text("He still coaches")).to_be_visible()
    assert_fits(page)
    coached.get_by_role("link", name="Every sentence of 3 articles").click()
    for sentence in (
        "He still coaches",
        "who is coached by Jakob's father, Gjert Ingebrigtsen",
        "Nordas trains under Gjert Ingebrigtsen, who is Jakob's father",
    ):
        expect(page.get_by_text(sentence).first).to_be_visible()
    for title in (
        "Kerr reels in Ingebrigtsen to become world 1500m champion",
        "Same story, different Scot: Kerr takes the world title",
    ):
        expect(page.get_by_role("link", name=title).first).to_be_visible()
    assert_fits(page)


def test_reading_a_race_opens_to_the_sentences_of_a_result(page: Page) -> None:
    page.goto(HARBOUR_FINAL)
    table = page.get_by_role("region", name="Results")
    table.get_by_text("2 articles").click()
    expect(table.get_by_text("Mira Tøvald won the European")).to_be_visible()
    expect(table.get_by_text("Mira Tøvald won the European")).to_be_in_viewport(ratio=1)


def test_reading_the_sides_of_a_disagreement_next_to_each_other(opened: Opened) -> None:
    for width in (1280, 390):
        with opened(script=False, viewport={"width": width, "height": 900}) as page:
            page.goto(HARBOUR_FINAL)
            page.get_by_role("region", name="Results").get_by_text("2 articles").click()
            page.get_by_role("link", name="disputed").first.click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Disagreement on the mark")
            boxes = [page.get_by_role("group", name=f"Side {number}").bounding_box() for number in (1, 2)]
            one, other = [box for box in boxes if box is not None]
            beside = one["y"] == other["y"] and one["x"] + one["width"] <= other["x"]
            below = one["x"] == other["x"] and one["y"] + one["height"] <= other["y"]
            assert beside if width > 1000 else below
            assert_fits(page)


def test_reading_how_two_people_are_connected(page: Page) -> None:
    page.goto("/connections")
    page.locator("#from").fill("josh kerr")
    page.locator("#to").fill("gjert ingebrigtsen")
    page.get_by_role("main").get_by_role("button").first.click()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Narve Gilje Nordås").first).to_be_visible()
    expect(main).to_contain_text("Gjert Ingebrigtsen")
    assert_fits(page)


def test_reading_the_answer_of_an_example_query(opened: Opened) -> None:
    with opened(script=False) as page:
        page.goto("/sparql")
        page.get_by_role("link", name="Who coaches whom").click()
        expect(page.get_by_role("cell", name="Ola Brennvik").first).to_be_visible()
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("cell", name="Ola Brennvik").first).to_be_visible()


def test_reading_what_articles_put_into_names_and_titles_is_shown_and_not_run(scripted: Page) -> None:
    asked: list[str] = []
    scripted.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    scripted.goto("/article/quay-news")
    expect(scripted.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(2)>")
    expect(scripted.locator('a[href^="javascript:"]')).to_have_count(0)
    scripted.get_by_role("link", name="<script>alert(1)</script>").first.click()
    expect(scripted.get_by_role("heading", level=1)).to_have_text("<script>alert(1)</script>")
    assert not asked


def test_reading_a_race_lists_who_ran_and_leads_to_them(page: Page) -> None:
    page.goto(WORLD_FINAL)
    results = page.get_by_role("region", name="Results")
    expect(results.get_by_role("row").filter(has_text="Josh Kerr").first).to_contain_text("3:29.38")
    results.get_by_role("link", name="Josh Kerr").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Josh Kerr")


def test_reading_what_is_suggested_as_one_types_leads_there_by_the_keyboard(scripted: Page) -> None:
    scripted.goto("/articles")
    box = scripted.get_by_role("combobox", name="Find a person")
    box.press_sequentially("ingebritsen gj")
    expect(scripted.get_by_role("option").filter(has_text="Gjert Ingebrigtsen").first).to_be_visible()
    box.press("ArrowDown")
    suggested = scripted.get_by_role("listbox", name="Suggestions")
    expect(suggested.get_by_role("option", selected=True)).to_contain_text("Gjert Ingebrigtsen")
    box.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_have_text("Gjert Ingebrigtsen")


def test_reading_a_sentence_found_by_its_words(page: Page) -> None:
    page.goto("/search?q=shaken+off+the+last+bend")
    hit = page.get_by_role("main").get_by_text("would not be shaken off").first
    expect(hit).to_be_visible()
    assert_fits(page)


def test_reading_the_feed_of_a_person(page: Page) -> None:
    page.goto(GJERT)
    href = page.get_by_role("link", name="What changed here").get_attribute("href")
    assert href == f"{GJERT}/feed.atom"
    feed = page.request.get(href)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "Kerr reels in Ingebrigtsen to become world 1500m champion" in feed.text()
    assert page.request.get(href.replace(".atom", ".json")).json()["items"]
