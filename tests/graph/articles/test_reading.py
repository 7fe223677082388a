"""Files, folders and standard input to articles; what cannot be read is an error and stops nothing."""

import io
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.articles import Input, Options, read, read_documents
from graph.errors import UnreadableError
from graph.model import Article

REPORT = """Lindqvist storms to gold in Torrevale

Marta Lindqvist won the 1500m in 3:58.41. Achieng Otiwa was second.
"""


def put(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def one(location: str, options: Options | None = None) -> Article:
    (found,) = read([location], options)
    assert isinstance(found, Article), found
    return found


def fault(location: str, options: Options | None = None) -> str:
    (found,) = read([location], options)
    assert isinstance(found, UnreadableError), found
    assert "\n" not in str(found)
    return str(found)


def test_reading_keeps_text_exactly(tmp_path: Path) -> None:
    written = "\ufeffLindqvist “wins”\r\n\r\nNordÃ¥s\u00a0 was third.\n\n"
    location = put(tmp_path / "report.txt", written)
    article = one(location)
    assert article.text == written[1:]
    assert article.sha256 == sha256(written.encode()).hexdigest()
    assert article.origin == location
    assert article.title == 'Lindqvist "wins"'


def test_reading_names_articles_after_their_files(tmp_path: Path) -> None:
    assert one(put(tmp_path / "Race Report.txt", REPORT)).id == "race-report"
    assert one(put(tmp_path / "000_3cb5a9de4a00c706.txt", REPORT)).id == "3cb5a9de4a00c706"
    assert one(put(tmp_path / "___.txt", REPORT)).id == sha256(REPORT.encode()).hexdigest()[:16]


def test_reading_names_articles_after_their_address(tmp_path: Path) -> None:
    location = put(tmp_path / "report.txt", REPORT)
    article = one(location, Options(url="https://news.example/sport/lindqvist-wins.html#top"))
    assert article.id.startswith("lindqvist-wins-")
    assert article.id == one(location, Options(url="https://news.example/sport/lindqvist-wins.html")).id
    assert article.id != one(location, Options(url="https://other.example/sport/lindqvist-wins.html")).id
    assert one(location, Options(url="https://news.example/results/2024")).id.startswith("results-2024-")
    assert one(location, Options(url="https://news.example/")).id.startswith("news-example-")


def test_reading_prefers_options_to_sidecar_to_document(tmp_path: Path) -> None:
    location = put(tmp_path / "report.txt", REPORT.replace("\n\n", "\n\n9 June 2024\n\n", 1))
    assert one(location).published == date(2024, 6, 9)
    sidecar = {
        "title": "Gold",
        "published": "2024-06-10T23:30:00-05:00",
        "source": "Post",
        "author": None,
        "id": "gold-1",
    }
    put(tmp_path / "report.meta.json", json.dumps(sidecar))
    article = one(location, Options(source="Gazette"))
    assert (article.id, article.title, article.published) == ("gold-1", "Gold", date(2024, 6, 10))
    assert (article.source, article.author, article.url) == ("Gazette", None, None)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published Nov 21, 2023", date(2023, 11, 21)),
        ("Sunday 9th June 2024", date(2024, 6, 9)),
        ("TORREVALE, 9 June 2024 - It rained.", date(2024, 6, 9)),
        ("EUGENE, Ore., Nov. 20, 2021 (AP) - It rained.", date(2021, 11, 20)),
        ("2024-06-09", date(2024, 6, 9)),
        ("Vane last won on 9 June 2021.", None),
        ("31 June 2024", None),
    ],
)
def test_reading_finds_the_dateline(tmp_path: Path, line: str, day: date | None) -> None:
    assert one(put(tmp_path / "report.txt", f"Lindqvist wins\n\n{line}\n\nShe won.")).published == day


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not valid JSON"),
        ("[]", "JSON object"),
        ('{"title": 5}', "'title' must be a text"),
        ('{"published": "yesterday"}', "'published' must be a date"),
        ('{"url": "ftp://x"}', "'url' must be an http"),
        ('{"id": "No Slug"}', "'id' may hold only"),
        (b'{"title": "\xff"}', "not valid JSON"),
        ("[" * 50_000, "not valid JSON"),
    ],
)
def test_reading_refuses_malformed_sidecars(tmp_path: Path, content: str | bytes, words: str) -> None:
    location = put(tmp_path / "report.txt", REPORT)
    sidecar = put(tmp_path / "report.meta.json", content)
    assert fault(location).startswith(sidecar)
    assert words in fault(location)


def test_reading_walks_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/y.htm.bak", ".hidden.txt", ".git/c.txt", "notes.md", "b.meta.json", "a/x.txt"):
        put(tmp_path / name, "{}" if name.endswith("json") else REPORT)
    found = [outcome for outcome in read([str(tmp_path)]) if isinstance(outcome, Article)]
    assert [Path(article.origin).relative_to(tmp_path).as_posix() for article in found] == [
        "b.txt",
        "a/x.txt",
        "a/z.TXT",
    ]


def test_reading_reads_each_file_once(tmp_path: Path) -> None:
    location = put(tmp_path / "report.txt", REPORT)
    put(tmp_path / "report.meta.json", "{}")
    assert len(list(read([location, str(tmp_path), location, str(tmp_path / "report.meta.json")]))) == 1


def test_reading_refuses_a_second_article_of_one_id(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a/report.txt", REPORT), put(tmp_path / "b/report.txt", "She lost.")
    article, taken = read([str(tmp_path)])
    assert isinstance(article, Article)
    assert str(taken).startswith(second)
    assert first in str(taken)


def test_reading_goes_on_after_errors(tmp_path: Path) -> None:
    locations = [put(tmp_path / f"{name}.txt", text) for name, text in (("a", REPORT), ("b", b"\0\1"), ("c", REPORT))]
    outcomes = list(read([*locations, str(tmp_path / "none.txt")]))
    assert [type(outcome) for outcome in outcomes] == [Article, UnreadableError, Article, UnreadableError]


def test_reading_takes_standard_input() -> None:
    (article,) = read(["-"], Options(published=date(2024, 6, 9)), io.BytesIO(REPORT.encode()))
    assert isinstance(article, Article)
    assert article.id == sha256(REPORT.encode()).hexdigest()[:16]
    assert article.published == date(2024, 6, 9)
    (empty,) = read(["-"], stdin=io.BytesIO())
    assert "standard input: is empty" in str(empty)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Sébastien Coe won.".encode("cp1252"), "Sébastien Coe won."),
        ("“Åse” won in Oslo.".encode("cp1252"), "“Åse” won in Oslo."),
        (b"\xff\xfe" + "Åse won.".encode("utf-16-le"), "Åse won."),
        (b"\xfe\xff" + "Åse won.".encode("utf-16-be"), "Åse won."),
        (b"\xef\xbb\xbf" + "Åse won.".encode(), "Åse won."),
    ],
)
def test_reading_decodes(tmp_path: Path, content: bytes, text: str) -> None:
    assert one(put(tmp_path / "report.txt", content)).text == text


def test_reading_says_when_it_took_text_for_windows_1252(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    location = put(tmp_path / "report.txt", "Åse won.".encode("cp1252"))
    one(location)
    assert location in caplog.text
    assert "Windows-1252" in caplog.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "holds only white space"),
        ("\ufeff\u00a0\n".encode(), "holds only white space"),
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG image"),
        (b"PK\x03\x04....", "ZIP or Office"),
        (b"Lindqvist\0won\0", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        ("Жаркая погода".encode("koi8-r"), "neither UTF-8 nor Windows-1252"),
        (b"Lindqvist \x81\x8d won.", "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfea", "breaks off"),
        (b"Lindqvist won. " * 350_000, "characters; an article may have 1,000,000"),
        (b"a" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_reading_refuses_what_is_no_text(tmp_path: Path, content: bytes, words: str) -> None:
    location = put(tmp_path / "report.txt", content)
    assert fault(location).startswith(location)
    assert words in fault(location)


def test_reading_refuses_what_is_not_there(tmp_path: Path) -> None:
    location = put(tmp_path / "report.txt", REPORT)
    assert "no such file or folder" in fault(str(tmp_path / "none.txt"))
    assert "no such file or folder" in fault(location + "/inner.txt")
    assert "NUL" in fault("a\0b")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert "cannot be read" in fault(str(tmp_path / "loop.txt"))
    assert "no articles in this folder" in fault(str((tmp_path / "empty").mkdir() or tmp_path / "empty"))
    assert "metadata without an article" in fault(put(tmp_path / "lost.meta.json", "{}"))
    assert "is JSON" in fault(put(tmp_path / "facts.json", "{}"))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, and a process without the rights of root while the test runs."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            os.seteuid(user)


def test_reading_refuses_what_it_may_not_read(open_folder: Path) -> None:
    report = Path(put(open_folder / "closed" / "report.txt", REPORT))
    put(open_folder / "open.txt", "She lost.")
    report.chmod(0)
    assert "no permission" in fault(str(report))
    report.parent.chmod(0)
    assert "no permission" in fault(str(report))
    article, closed = read([str(open_folder)])
    assert isinstance(article, Article)
    assert str(closed).startswith(str(report.parent))
    report.parent.chmod(0o700)


def test_reading_refuses_ids_that_are_no_slugs(tmp_path: Path) -> None:
    assert "id 'A b'" in fault(put(tmp_path / "report.txt", REPORT), Options(id="A b"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from([".txt", ".html", ".xml", ".rss", ""]))
def test_reading_never_fails(tmp_path: Path, content: bytes, suffix: str) -> None:
    location = put(tmp_path / f"report{suffix}", content)
    assert [type(outcome) for outcome in read([location])] in ([Article], [UnreadableError])


def test_reading_documents_takes_what_is_there_already() -> None:
    marked = "<p> is how she began. Marta Lindqvist won the 1500m."
    page = f"<html><body><article><h1>Gold</h1><p>{REPORT * 3}</p></article></body></html>"
    lost = UnreadableError("the wire", "broke off")
    documents = [
        Input("the wire", marked.encode(), plain=True, sidecar=Options(id="wire"), sha256="0" * 64),
        lost,
        Input("page.html", page.encode(), "page", ".html"),
    ]
    plain, error, read_page = read_documents(documents)
    assert isinstance(plain, Article)
    assert (plain.id, plain.text, plain.sha256) == ("wire", marked, "0" * 64)
    assert error is lost
    assert isinstance(read_page, Article)
    assert "<p>" not in read_page.text


def test_reading_refuses_metadata_with_half_a_character(tmp_path: Path) -> None:
    location = put(tmp_path / "report.txt", REPORT)
    put(tmp_path / "report.meta.json", '{"title": "a \\ud800 b"}')
    assert "'title'" in fault(location)
