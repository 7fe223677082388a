"""What holds for every kind of page, whatever is on it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from page_checks import BROKEN, DESK, LAID_OPEN, PHONE, assert_fits
from playwright.sync_api import expect
from site_map import FAMILIES, GONE, HOSTILE
from site_map import PAGES as SOUND

if TYPE_CHECKING:
    from conftest import Opened
    from playwright.sync_api import Response

pytestmark = pytest.mark.browser

PAGES = SOUND | HOSTILE
HTML, SCRIPTS = 150_000, 300_000  # bytes; of all scripts of a page together, gzipped


@pytest.mark.parametrize("name", PAGES)
def test_every_page_keeps_its_budget_and_fits_a_phone(opened: Opened, name: str) -> None:
    """With JavaScript: no error, nothing from elsewhere (what the fixture sees to), nor too much of it."""
    loaded: list[Response] = []
    with opened(viewport=PHONE) as page:
        page.on("response", lambda response: loaded.append(response))
        answer = page.goto(PAGES[name], wait_until="load")
        assert answer is not None
        assert answer.status == GONE.get(name, 200)
        assert len(answer.body()) < HTML
        scripts = [each.body() for each in loaded if each.request.resource_type == "script"]
        assert sum(len(gzip.compress(script)) for script in scripts) < SCRIPTS
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert_fits(page)
        page.set_viewport_size(DESK)
        assert_fits(page)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound_to_axe(opened: Opened, axe: str, name: str) -> None:
    """All rules at a desk and on a phone, in the light, and of one page of each family in the dark.

    Of the others, what stands out from its ground also in the dark.
    """
    with opened() as page:
        page.goto(PAGES[name], wait_until="load")
        page.evaluate(axe)
        page.evaluate(LAID_OPEN)
        assert page.evaluate(BROKEN, None) == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(BROKEN, None) == []
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(BROKEN, None if name in FAMILIES else ["color-contrast", "link-in-text-block"]) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_without_javascript(opened: Opened, name: str) -> None:
    with opened(script=False, viewport={"width": 390, "height": 844}) as page:
        page.goto(PAGES[name])
        for landmark in ("banner", "main", "contentinfo"):
            expect(page.get_by_role(landmark)).to_have_count(1)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert_fits(page)
