"""HTML pages to articles."""

from datetime import date
from pathlib import Path

import pytest

from graph.articles import Options, prepare, read
from graph.errors import UnreadableError
from graph.model import Article

HEAD = """<!doctype html><html lang="en"><head><meta charset="{charset}">
<title>Lindqvist wins mile | Torrevale Post</title>
<meta property="og:title" content="Lindqvist wins mile"><meta property="og:site_name" content="Torrevale Post">
<link rel="canonical" href="https://post.example/sport/lindqvist-wins"><meta name="author" content="Ida Vane">
<meta property="article:published_time" content="2024-06-09T20:15:00Z"></head>"""
BODY = """<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article>{heading}
<p>Marta Lindqvist won the mile in Torrevale on Sunday in 4:18.41, well clear of Åse Brekke of Norway.</p>
<p>Brekke was second in <b>4:19.02</b>, and Ines Sorel of France came third after a fall at the bell.</p>
<script>track("visit")</script></article><footer>Copyright Torrevale Post</footer></body></html>"""


def page(charset: str = "utf-8", heading: str = "<h1>Lindqvist wins mile</h1>") -> str:
    return HEAD.format(charset=charset) + BODY.format(heading=heading)


def outcome(path: Path, content: bytes, options: Options | None = None) -> Article | UnreadableError:
    path.write_bytes(content)
    (found,) = read([str(path)], options)
    return found


def article(path: Path, content: bytes, options: Options | None = None) -> Article:
    found = outcome(path, content, options)
    assert isinstance(found, Article), found
    return found


def test_pages_give_text_and_metadata(tmp_path: Path) -> None:
    found = article(tmp_path / "page.html", page().encode())
    assert found.id.startswith("lindqvist-wins-")
    assert (found.title, found.source, found.author) == ("Lindqvist wins mile", "Torrevale Post", "Ida Vane")
    assert (found.published, found.url) == (date(2024, 6, 9), "https://post.example/sport/lindqvist-wins")
    assert "in 4:18.41, well clear of Åse Brekke of Norway." in found.text
    for noise in ("Home", "Copyright", "track", "<"):
        assert noise not in found.text
    assert [block.kind for block in prepare(found).blocks] == ["title", "paragraph", "paragraph"]


def test_pages_are_known_by_their_content(tmp_path: Path) -> None:
    assert article(tmp_path / "page.txt", page().encode()).title == "Lindqvist wins mile"


def test_pages_yield_to_options(tmp_path: Path) -> None:
    found = article(tmp_path / "page.html", page().encode(), Options(title="Gold", id="gold"))
    assert (found.id, found.title, found.author) == ("gold", "Gold", "Ida Vane")


def test_pages_begin_with_their_headline(tmp_path: Path) -> None:
    assert article(tmp_path / "page.html", page(heading="").encode()).text.startswith("Lindqvist wins mile\n\n")
    assert article(tmp_path / "page.html", page().encode()).text.count("Lindqvist wins mile") == 1


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8-sig"),
        ("punycode", "utf-8"),
    ],
)
def test_pages_are_decoded_as_they_declare(tmp_path: Path, declared: str, encoding: str) -> None:
    assert "Åse Brekke" in article(tmp_path / "page.html", page(declared).encode(encoding)).text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><head><title>Lindqvist wins</title></head><body><nav><a>Home</a><a>Sport</a></nav></body></html>",
        "<!doctype html><html><body><script>var a = 'Lindqvist won the mile in Torrevale.'</script></body></html>",
        "<html>",
    ],
)
def test_pages_without_an_article_are_refused(tmp_path: Path, markup: str) -> None:
    found = outcome(tmp_path / "page.html", markup.encode())
    assert isinstance(found, UnreadableError)
    assert "no article found" in str(found)
