"""`POST /articles?url=` without a body: what lies at an address of an allowed host."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from loopback import listening
from werkzeug.test import TestResponse

from graph.engine.settings import EngineSettings
from graph.pipeline import memory_store
from graph.sparql.remote import RemotePolicy
from server.app import create_app
from server.settings import Settings

SECRET = "a-secret-of-the-test"  # noqa: S105
REPORT = "Märta Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday."
PAGES = {
    "/report": ("text/html; charset=iso-8859-1", f"<article><h1>First</h1><p>{REPORT * 4}</p></article>"),
    "/plain": ("text/plain; charset=iso-8859-1", REPORT),
    "/picture": ("image/png", "PNG"),
    "/long": ("text/plain", "a" * 5000),
    "/feed": (
        "application/rss+xml; charset=iso-8859-1",
        (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title><item><title>First day</title>'
            f"<link>https://news.example/a</link><description>{REPORT}</description></item></channel></rss>"
        ),
    ),
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/inner")
            self.end_headers()
        elif self.path in PAGES:
            kind, text = PAGES[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode("iso-8859-1"))
        else:
            self.send_error(404)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with listening(_Site) as url:
        yield url


@pytest.fixture
def web(site: str, tmp_path: Path) -> Iterator[FlaskClient]:
    remote = RemotePolicy(frozenset({site.removeprefix("http://")}), seconds=5.0, max_bytes=4000)
    with memory_store() as store:
        settings = Settings(store=tmp_path, token=SECRET, engine=EngineSettings(remote=remote))
        yield create_app(store, settings).test_client()


def fetch(web: FlaskClient, url: str, **query: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {SECRET}"}
    return web.post("/articles", query_string={"url": url, **query}, headers=headers)


@pytest.mark.parametrize("path", ["/report", "/plain"])
def test_fetched_page_is_read_as_if_it_had_been_sent(web: FlaskClient, site: str, path: str) -> None:
    done = fetch(web, site + path, id="first-day", published="2024-06-08")
    assert (done.status_code, done.get_json()["outcome"]) == (201, "added")
    page = web.get("/article/first-day").text
    assert "Märta Lindqvist" in page
    assert site + path in page
    assert fetch(web, site + path, id="first-day", published="2024-06-08").get_json()["outcome"] == "unchanged"


def test_fetched_feed_is_a_list(web: FlaskClient, site: str) -> None:
    done = fetch(web, f"{site}/feed")
    assert done.status_code == 207
    assert [report["status"] for report in done.get_json()["articles"]] == [201]


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("http://127.0.0.1:9/inner", 403, "--allow-host"),
        ("https://news.example/a", 403, "PODIUM_ALLOW_HOST"),
        ("file:///etc/passwd", 400, "url"),
        ("SITE/away", 403, "127.0.0.1:9"),
        ("SITE/none", 502, "404"),
        ("SITE/long", 502, "4,000 bytes"),
        ("SITE/picture", 422, "image/png"),
    ],
)
def test_fetching_says_why_it_came_to_nothing(web: FlaskClient, site: str, url: str, status: int, said: str) -> None:
    done = fetch(web, url.replace("SITE", site))
    assert (done.status_code, done.content_type) == (status, "application/problem+json")
    assert said in done.get_json()["detail"]


def test_fetching_needs_the_scope(web: FlaskClient, site: str) -> None:
    assert web.post("/articles", query_string={"url": f"{site}/report"}).status_code == 401
