import re

import pytest
from page_checks import FOREIGN_SCRIPT

_PAGES = [
    "/",
    "/articles",
    "/search?q=calloway",
    "/connections",
    "/conflicts",
    "/sparql",
    "/person/mira-tovald",
    "/nowhere",
]


def test_pages_start_shows_what_there_is(browser_like):
    page = browser_like.get("/").text
    counts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(?:<a [^>]+>)?([^<]+)<", page))
    assert counts["articles"] == "2"
    assert counts["races"] == "1"
    assert counts["results"] == "2"
    assert counts["medals"] == "1"
    assert "Tøvald storms to European gold</a>" in page
    assert 'action="/search"' in page
    assert 'href="/export.ttl"' in page
    assert re.search(r'href="/sparql\?query=', page)


def test_pages_start_of_an_empty_store_says_what_to_do(empty):
    assert "podium ingest" in empty.get("/", headers={"Accept": "text/html"}).text
    assert empty.get("/health").json == {"status": "ok", "empty": True, "base": "https://w3id.org/podium/id/"}


def test_pages_articles_lists_those_that_stand_newest_first(browser_like):
    page = browser_like.get("/articles").text
    assert page.index('href="/article/bay-post"') < page.index('href="/article/quay-news"')
    assert "old-rumour" not in page


def test_pages_connections_tell_the_steps_with_evidence(browser_like):
    page = browser_like.get("/connections", params={"from": "Brennvik", "to": "Ines Callowy"}).text
    assert "Ola Brennvik" in page
    assert "finished 5th" in page
    assert "Her coach, Ola Brennvik, watched" in page


def test_pages_connections_ask_which_one_is_meant(browser_like):
    page = browser_like.get("/connections", params={"from": "Calloway", "to": "Brennvik"}).text
    links = re.findall(r'href="(/connections\?[^"]*)"', page)
    assert len(links) == 2
    chosen = browser_like.get(links[0].replace("&amp;", "&")).text
    assert '<h2 id="path-1">' in chosen


@pytest.mark.parametrize(("one", "other"), [("Brennvik", "Brennvik"), ("Brennvik", "nobody at all"), ("", "Brennvik")])
def test_pages_connections_explain_what_cannot_be(browser_like, one, other):
    answer = browser_like.get("/connections", params={"from": one, "to": other})
    assert answer.status_code == 200
    assert '<h2 id="path-1">' not in answer.text


@pytest.mark.parametrize("path", _PAGES)
def test_pages_carry_the_headers_that_keep_foreign_scripts_and_frames_out(browser_like, path):
    headers = browser_like.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"]


@pytest.mark.parametrize("path", _PAGES)
def test_pages_have_landmarks_a_skip_link_and_no_script_of_others(browser_like, path):
    page = browser_like.get(path).text
    for part in ('<html lang="en">', '<main id="main"', 'href="#main"', "<nav aria-label", "<header", "<footer", "<h1"):
        assert part in page
    assert not FOREIGN_SCRIPT.search(page)
    assert "style=" not in page
    assert not re.search(r'(src|href)="https?://[^"]*\.(css|js)"', page)


def test_pages_labels_belong_to_fields(browser_like):
    for path in _PAGES:
        page = browser_like.get(path).text
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))
        identifiers = re.findall(r' id="([^"]+)"', page)
        assert len(identifiers) == len(set(identifiers))


def test_pages_small_files_are_there(web):
    assert "Disallow: /sparql" in web.get("/robots.txt").text
    assert web.get("/favicon.ico").headers["Location"] == "/static/favicon.svg"
    icon = web.get("/static/favicon.svg")
    assert icon.headers["Content-Type"].startswith("image/svg+xml")
    assert web.get("/static/css/base.css").status_code == 200
