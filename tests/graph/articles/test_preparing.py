"""Documents: offsets into the stored text, and that no text is lost between blocks and sentences."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.articles import prepare
from graph.model import Article, Document

# Letters, stops, quotes, line ends, marks of broken encodings, accents, entities, invisible characters.
TRICKY = "aB.\n\r \t\"'(1Ã¥â€™é\u0301\u00a0…;&amp;J?!-•\u200b\u00adﬁ\ud800:|>"

PIECES = [
    *TRICKY,
    "Kerr won. ",
    "It is wrapped\nhere, as\nlines are",
    "\n\n",
    "1. A B (C) 1.2; ",
    "Photo: A",
    "U.S. ",
    '." ',
]


def document(text: str, title: str | None = None) -> Document:
    return prepare(Article(id="a", text=text, sha256="0" * 64, origin="a.txt", title=title))


def stored(doc: Document, words: str) -> str:
    """What the stored text has for words of the mended text."""
    start = doc.text.index(words)
    span = doc.stored(start, start + len(words))
    return doc.article.text[span.start : span.end]


@given(st.one_of(st.text(), st.text(alphabet=TRICKY), st.lists(st.sampled_from(PIECES)).map("".join)))
@example("")
@example("Ã…se\r\n\r\nNordÃ¥s â€œwon.â€\x9d")
def test_preparing_loses_no_text(text: str) -> None:
    doc = document(text)
    at = 0
    for block in doc.blocks:
        assert not doc.text[at : block.start].strip()
        assert (block.start, block.end) == (block.sentences[0].start, block.sentences[-1].end)
        at = block.start
        for sentence in block.sentences:
            assert not doc.text[at : sentence.start].strip()
            assert doc.text[sentence.start : sentence.end].strip() == doc.text[sentence.start : sentence.end] != ""
            at = sentence.end
    assert not doc.text[at:].strip()


@given(st.one_of(st.text(), st.text(alphabet=TRICKY)))
def test_preparing_maps_every_place_to_the_stored_text(text: str) -> None:
    doc = document(text)
    assert len(doc.offsets) == len(doc.text) + 1
    assert doc.offsets[len(doc.text)] == len(text)
    places = list(doc.offsets)
    assert places == sorted(places)


@given(st.lists(st.sampled_from(["Nordås", "Kerr’s", "“so”", "Øyvind", "10.21", "–", "café", "Sørlie"]), min_size=1))
def test_preparing_mends_mojibake_word_by_word(words: list[str]) -> None:
    sound = document(" ".join(words))
    broken = document(" ".join(word.encode().decode("sloppy-windows-1252") for word in words))
    assert broken.text == sound.text
    at = 0
    for word in sound.text.split():
        start = sound.text.index(word, at)
        at = start + len(word)
        span, span_broken = sound.stored(start, at), broken.stored(start, at)
        written = broken.article.text[span_broken.start : span_broken.end]
        assert written.encode("sloppy-windows-1252").decode() == sound.article.text[span.start : span.end]


@pytest.mark.parametrize(
    ("written", "mended", "words", "as_stored"),
    [
        ("Narve Gilje NordÃ¥s won", "Narve Gilje Nordås won", "Nordås", "NordÃ¥s"),
        ("Kerrâ€™s gold, NordÃ¥s third", "Kerr's gold, Nordås third", "Kerr's", "Kerrâ€™s"),
        ("Ã…se Brekke won", "Åse Brekke won", "Åse", "Ã…se"),
        ("Kenya’s\u00a0 Abel Kipsang", "Kenya's  Abel Kipsang", "Kenya's", "Kenya’s"),
        ("“I won,” he said", '"I won," he said', '"I won,"', "“I won,”"),
        ("Epsom &amp; Ewell&#8217;s Rowden", "Epsom & Ewell's Rowden", "Ewell's", "Ewell&#8217;s"),
        ("Epsom & Ewell", "Epsom & Ewell", "Epsom & Ewell", "Epsom & Ewell"),
        ("Jose\u0301 Lund won", "José Lund won", "José", "Jose\u0301"),
        ("Ingebrigt\u00adsen won", "Ingebrigtsen won", "Ingebrigtsen", "Ingebrigt\u00adsen"),
        ("ﬁnal won", "final won", "final", "ﬁnal"),
        ("Asher\u2011Smith won – twice — so", "Asher-Smith won – twice — so", "Asher-Smith", "Asher\u2011Smith"),
        ("one\r\n\r\ntwo won", "one\n\ntwo won", "two", "two"),
        ("in 3:58.41 (São Paulo)", "in 3:58.41 (São Paulo)", "São Paulo", "São Paulo"),
    ],
)
def test_preparing_keeps_the_stored_spelling(written: str, mended: str, words: str, as_stored: str) -> None:
    doc = document(written)
    assert doc.text == mended
    assert stored(doc, words) == as_stored


def test_preparing_needs_no_map_for_sound_text() -> None:
    assert document("Lindqvist won in 3:58.41.").offsets == range(26)
    assert document("“Kerr’s gold”").offsets == range(14)


@pytest.mark.parametrize(
    "text",
    [
        "Lindqvist won in 3:58.41. ",
        "é",
        "NordÃ¥s ",
        ".",
        '"',
        ". A ",
        "&",
        "aaaa\n",
        "e\u0301",
        "1. A 3.2; ",
        "a > ",
        "\t1",
    ],
)
def test_preparing_takes_linear_time(text: str) -> None:
    long = document(text * (300_000 // len(text)))
    started = time.perf_counter()
    document(long.article.text)
    assert time.perf_counter() - started < 10  # a second at most; quadratic would be minutes


@pytest.mark.shared
def test_preparing_reads_the_real_articles(shared: Path) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}
    first = document(texts["000_3cb5a9de4a00c706"])
    kinds = [block.kind for block in first.blocks]
    assert kinds[:2] == ["caption", "title"]
    assert kinds.count("caption") == 8  # a crumb, two pictures with a description each, a tag, three lines of adverts
    assert "Narve Gilje Nordås" in first.text
    assert stored(first, "Nordås") == "NordÃ¥s"
    second = document(texts["001_174d612accb6403e"])
    assert [block.kind for block in second.blocks][:3] == ["caption", "caption", "title"]
    lost = [
        block for block in second.blocks if block.kind != "caption" and "Photo" in second.text[block.start : block.end]
    ]
    assert lost == []
