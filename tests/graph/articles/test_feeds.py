"""RSS and Atom feeds to articles."""

from datetime import date
from pathlib import Path

import pytest

from graph.articles import Options, prepare, read
from graph.errors import UnreadableError
from graph.model import Article

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Torrevale Post</title>{items}</channel></rss>"""
FULL = """<item><title>Lindqvist wins &amp; smiles</title><link>https://post.example/lindqvist-wins</link>
<pubDate>Sun, 09 Jun 2024 23:30:00 -0500</pubDate><dc:creator>Ida Vane</dc:creator><description>In short.</description>
<content:encoded><![CDATA[<p>Marta Lindqvist won the <b>mile</b> in 4:18.41.</p><script>x()</script>
<ul><li>Åse Brekke was second.</li><li>Ines Sorel<br>was third.</li></ul>]]></content:encoded></item>"""
BRIEF = """<item><title>Vane retires</title><guid>tag:post.example,2024:7</guid>
<description>Ida Vane is 33.</description></item>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Vale Running</title><id>urn:x</id>
<entry><id>urn:x:1</id><title>Relay gold</title><link href="https://vale.example/relay"/>
<updated>2024-06-09T10:00:00Z</updated>
<author><name>J. Vane</name></author>
<content type="html">&lt;p&gt;Norway won the relay.&lt;/p&gt;</content></entry></feed>"""


def outcomes(path: Path, content: str, options: Options | None = None) -> list[Article | UnreadableError]:
    path.write_text(content, encoding="utf-8")
    return list(read([str(path)], options))


def articles(path: Path, content: str, options: Options | None = None) -> list[Article]:
    found = outcomes(path, content, options)
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def rss(*items: str) -> str:
    return RSS.format(encoding="UTF-8", items="".join(items))


def test_feeds_give_an_article_for_each_entry(tmp_path: Path) -> None:
    first, second = articles(tmp_path / "feed.xml", rss(FULL, BRIEF))
    assert first.text == (
        "Lindqvist wins & smiles\n\nMarta Lindqvist won the mile in 4:18.41.\n\n"
        "- Åse Brekke was second.\n\n- Ines Sorel\n\nwas third."
    )
    assert first.id.startswith("lindqvist-wins-")
    assert (first.title, first.url) == ("Lindqvist wins & smiles", "https://post.example/lindqvist-wins")
    assert (first.published, first.author, first.source) == (date(2024, 6, 9), "Ida Vane", "The Torrevale Post")
    assert second.text == "Vane retires\n\nIda Vane is 33."
    assert (second.url, second.published) == (None, None)
    assert first.sha256 != second.sha256
    assert [block.kind for block in prepare(first).blocks] == ["title", "paragraph", "list", "list", "paragraph"]


def test_feeds_in_atom_are_read(tmp_path: Path) -> None:
    (article,) = articles(tmp_path / "feed.atom", ATOM)
    assert article.text == "Relay gold\n\nNorway won the relay."
    assert (article.url, article.author, article.source) == ("https://vale.example/relay", "J. Vane", "Vale Running")
    assert article.published == date(2024, 6, 9)


def test_feeds_are_known_by_their_content(tmp_path: Path) -> None:
    assert len(articles(tmp_path / "feed.txt", rss(FULL, BRIEF))) == 2


def test_feeds_in_other_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS.format(encoding="ISO-8859-1", items=FULL).encode("latin-1"))
    (article,) = read([str(path)])
    assert isinstance(article, Article)
    assert "Åse Brekke" in article.text


def test_feeds_give_distinct_ids(tmp_path: Path) -> None:
    other = FULL.replace("4:18.41", "4:18.42")
    found = articles(tmp_path / "feed.xml", rss(FULL, other, FULL, BRIEF, BRIEF.replace(":7<", ":8<")))
    assert len({article.id for article in found}) == len(found) == 4


def test_feeds_take_only_what_fits_all_entries_from_options(tmp_path: Path) -> None:
    options = Options(title="No", url="https://no.example/", id="no", source="Wire", published=date(2024, 1, 1))
    first, second = articles(tmp_path / "feed.xml", rss(FULL, BRIEF), options)
    assert (first.title, first.source, first.published) == ("Lindqvist wins & smiles", "Wire", date(2024, 1, 1))
    assert "no" not in (first.id, second.id)


def test_feeds_report_entries_without_text(tmp_path: Path) -> None:
    empty, article = outcomes(tmp_path / "feed.xml", rss("<item><title>Later more</title></item>", BRIEF))
    assert "entry 'Later more' has no text" in str(empty)
    assert isinstance(article, Article)


def test_feeds_that_break_off_give_what_they_have_and_an_error(tmp_path: Path) -> None:
    article, fault = outcomes(tmp_path / "feed.xml", rss(FULL, BRIEF)[:-150])
    assert isinstance(article, Article)
    assert isinstance(fault, UnreadableError)
    assert "others may be missing" in str(fault)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (rss(), "has no entries"),
        ("<rss><channel><title>x</wrong>", "is not well-formed"),
        ('<?xml version="1.0"?><results><race/></results>', "neither an RSS nor an Atom feed"),
        ("Just words.", "neither an RSS nor an Atom feed"),
    ],
)
def test_feeds_that_are_none_are_refused(tmp_path: Path, content: str, words: str) -> None:
    (fault,) = outcomes(tmp_path / "feed.rss", content)
    assert isinstance(fault, UnreadableError)
    assert words in str(fault)
