"""Ways between pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.pipeline import memory_store
from server.app import create_app
from server.navigation import HEADER, here, page_numbers
from server.settings import Settings


@given(st.integers(1, 400).flatmap(lambda pages: st.tuples(st.integers(1, pages), st.just(pages))))
def test_navigation_a_pager_names_the_ends_and_what_is_near(case):
    page, pages = case
    numbers = page_numbers(page, pages)
    named = [number for number in numbers if number]
    assert named == sorted(set(named))
    assert {1, page, pages} <= set(named) <= set(range(1, pages + 1))
    assert len(numbers) <= 9
    for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if gap is None:  # it stands for two pages or more
            assert (after or 0) - (before or 0) > 2


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/articles", "/articles?page="),
        ("/articles?page=3", "/articles?page="),
        ("/articles?q=a%26b&page=3&q=c", "/articles?q=a%26b&q=c&page="),
    ],
)
def test_navigation_here_keeps_the_other_parameters(address, expected):
    with memory_store() as store, create_app(store, Settings()).test_request_context(address):
        assert here("page") == expected


def test_navigation_the_header_marks_where_one_is_and_leads_to_pages_that_are_there(empty):
    page = empty.get("/articles").text
    assert '<a href="/articles" aria-current="page">' in page
    assert page.count("aria-current") == 1
    for _, path in HEADER:
        assert f'<a href="{path}"' in page
        assert empty.get(path, headers={"Accept": "text/html"}).status_code == 200


def test_navigation_the_ways_of_the_start_page_lead_to_pages_that_are_there(empty):
    ways = re.search(r'<section class="ways".*?</section>', empty.get("/").text, re.DOTALL)
    assert ways
    paths = re.findall(r'href="([^"]+)"', ways[0])
    assert len(paths) > 5
    for path in paths:
        assert empty.get(path, headers={"Accept": "text/html"}).status_code == 200
