"""Articles from a web server."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from graph.articles import fetching, read
from graph.errors import UnreadableError
from graph.model import Article

TEXT = "Lindqvist wins\n\nMarta Lindqvist won the mile in 4:18.41, ahead of Åse Brekke.\n"
PROSE = TEXT.splitlines()[2]
HTML = f"<html><head><title>Lindqvist wins</title></head><body><article><p>{PROSE}</p></article></body></html>"
FEED = "<rss><channel><item><title>A</title><description>She won.</description></item></channel></rss>"
ANSWERS = {
    "/text": ("text/plain; charset=iso-8859-1", TEXT.encode("latin-1")),
    "/page": ("text/html; charset=utf-8", HTML.encode()),
    "/feed": ("application/xml", FEED.encode()),
    "/large": ("text/plain", b"a" * 20_000_001),
    "/image": ("image/png", b"\x89PNG\r\n\x1a\n"),
}


class Handler(BaseHTTPRequestHandler):
    release = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.release.wait(10)
        if self.path == "/loop" or self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/loop" if self.path == "/loop" else "/text")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        kind, body = ANSWERS.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on a page that is too large is what these tests are about."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with QuietServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        Handler.release.set()
        running.shutdown()
        thread.join()


def outcome(url: str) -> Article | UnreadableError:
    (found,) = read([url])
    return found


def article(url: str) -> Article:
    found = outcome(url)
    assert isinstance(found, Article), found
    return found


def test_fetching_reads_text_in_the_charset_of_the_header(server: str) -> None:
    found = article(f"{server}/text")
    assert found.text == TEXT
    assert (found.title, found.url, found.origin) == ("Lindqvist wins", f"{server}/text", f"{server}/text")
    assert found.id.startswith("text-")


def test_fetching_reads_pages_and_feeds(server: str) -> None:
    page = article(f"{server}/page")
    assert "Åse Brekke" in page.text
    assert page.url == f"{server}/page"
    assert article(f"{server}/feed").text == "A\n\nShe won."


def test_fetching_follows_redirects(server: str) -> None:
    assert article(f"{server}/moved").url == f"{server}/text"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "404 Not Found"),
        ("/loop", "more than 5 redirects"),
        ("/large", "larger than 20 MB"),
        ("/image", "PNG image"),
    ],
)
def test_fetching_refuses(server: str, path: str, words: str) -> None:
    found = outcome(f"{server}{path}")
    assert isinstance(found, UnreadableError)
    assert str(found).startswith(f"{server}{path}: ")
    assert words in str(found)


def test_fetching_gives_up_on_slow_servers(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "READ_SECONDS", 0.2)
    assert "did not answer in time" in str(outcome(f"{server}/slow"))


def test_fetching_says_what_cannot_be_reached() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can answer there
        found = outcome(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert isinstance(found, UnreadableError)
    assert "cannot be reached" in str(found)


@pytest.mark.parametrize("url", ["ftp://post.example/a", "file:///etc/hosts", "http://", "http://[x/", "https://a b/"])
def test_fetching_refuses_other_addresses(url: str) -> None:
    found = outcome(url)
    assert isinstance(found, UnreadableError)
    assert "\n" not in str(found)
