"""Suggestions and the search of sentences, over names held in memory and over the index of a ledger."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.browsing import search, search_page, search_sentences
from graph.model import Article
from graph.pipeline import ingest, memory_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.embedded import Store

TEXTS = {
    "mile": "Marta Lindqvist of Sweden won the women's 1500m at the Oslo Diamond League meeting in 4:01.10. "
    "Åsa Sørbråten of Norway was second in 4:02.30.\n",
    "return": "Marta Lindqvist won the women's 1500m at the Oslo Diamond League meeting in 4:03.10.\n",
    "hurdles": "Callum Ferris of Great Britain won the men's 110m hurdles in Torrevale in 13.40. "
    "Marten Lindgren of Sweden was second in 13.52.\n",
}
NAMES = ("Marta Lindqvist", "Åsa Sørbråten", "Callum Ferris", "Marten Lindgren")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HOSTILE = (
    '"', "'", "a*", "NEAR(a b, 3)", "a AND", "key : a", "^a", "-a", "a + b", "{a b}", "(", ")", "\0", "a\0b",
    "🏃", "\ud83d", "x" * 10_000, "a " * 5_000, "%", "_person", "' OR 1=1 --", "\u202eabc", "Å" * 300,
    "1 2 3 4 5 6 7 8 9 10 11 12", "“", '"a',
)  # fmt: skip


@pytest.fixture(scope="module")
def kept() -> Iterator[Store]:
    """A store of three articles; not to be written to."""
    with memory_store() as store:
        articles = [
            Article(name, text, hashlib.sha256(text.encode()).hexdigest(), f"{name}.txt", published=date(2024, 5, day))
            for day, (name, text) in enumerate(TEXTS.items(), 1)
        ]
        assert [report.outcome for report in ingest(store, articles)] == ["added"] * 3
        yield store


def labels(store: Store, text: str) -> list[str]:
    return [hit.entity.label for hit in search(store, text)]


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """A name and what it becomes by one error in one of its words."""
    name = draw(st.sampled_from(NAMES))
    words = name.split()
    which = draw(st.integers(0, len(words) - 1))
    word, letter = words[which], draw(st.sampled_from(LETTERS))
    place = draw(st.integers(0, len(word) - 2))
    words[which] = draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    return name, " ".join(words)


@given(mistyped())
def test_suggesting_forgives_one_error_in_any_word(kept: Store, typed: tuple[str, str]) -> None:
    name, text = typed
    assert name in labels(kept, text)


@given(st.sampled_from(NAMES), st.data())
def test_suggesting_finds_a_name_whose_surname_is_typed_in_part(kept: Store, name: str, data: st.DataObject) -> None:
    surname = name.split()[1]
    assert name in labels(kept, surname[: data.draw(st.integers(2, len(surname)))])


def test_suggesting_forgives_a_space_more_or_less(kept: Store) -> None:
    assert labels(kept, "martalindqvist")[0] == "Marta Lindqvist"
    assert labels(kept, "lind qvist")[0] == "Marta Lindqvist"


def test_suggesting_gives_first_of_whom_more_is_written(kept: Store) -> None:
    assert labels(kept, "lind")[:2] == ["Marta Lindqvist", "Marten Lindgren"]
    assert labels(kept, "mart")[:2] == ["Marta Lindqvist", "Marten Lindgren"]


def test_suggesting_ranks_exact_before_begun_before_mistyped_and_people_before_races(kept: Store) -> None:
    hits = search(kept, "marta lindqvist", 20)
    assert hits[0].score == 100
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    kinds = [hit.entity.kind for hit in search(kept, "110m", 20)]
    assert kinds.index("discipline") < kinds.index("race")


def test_suggesting_shows_the_other_name_that_fitted(kept: Store) -> None:
    hit = search(kept, "great britian")[0]
    assert (hit.entity.label, hit.entity.kind) == ("Great Britain", "country")
    assert search(kept, "SWE")[0].matched == "SWE"


def test_suggesting_counts_and_gives_page_by_page(kept: Store) -> None:
    first = search_page(kept, "sw", 3)
    assert first.total > 3
    rest = search_page(kept, "sw", first.total, offset=3)
    iris = [hit.entity.iri for hit in (*first.hits, *rest.hits)]
    assert len(iris) == len(set(iris)) == first.total


@pytest.mark.parametrize("source", ["kept", "small"])
@given(text=st.text(max_size=60) | st.sampled_from(HOSTILE))
@example(text="a\ud800")
def test_suggesting_no_text_is_an_error(request: pytest.FixtureRequest, source: str, text: str) -> None:
    store: Store = request.getfixturevalue(source)
    for hit in search(store, text):
        assert 0 < hit.score <= 100
    assert search_sentences(store, text).total >= 0


def test_sentences_are_found_newest_first_with_the_words_marked(kept: Store) -> None:
    found = search_sentences(kept, "lindqvist WON")
    assert [passage.article.iri.rpartition("/")[2] for passage in found.shown] == ["return", "mile"]
    marked = [piece.text for piece in found.shown[0].pieces if piece.marked]
    assert marked == ["Lindqvist", "won"]
    assert "".join(piece.text for piece in found.shown[0].pieces) in TEXTS["return"]


@pytest.mark.parametrize("text", ["asa sorbraten", "Sørbråten", "sorbratten", "secnod sorbråten"])
def test_sentences_are_found_without_accents_and_with_errors(kept: Store, text: str) -> None:
    (passage,) = search_sentences(kept, text).shown
    assert "".join(piece.text for piece in passage.pieces).startswith("Åsa Sørbråten of Norway")
    assert passage.date == date(2024, 5, 1)
    text = TEXTS["mile"][passage.start : passage.end]
    assert text == "".join(piece.text for piece in passage.pieces)


def test_sentences_hold_quoted_words_in_their_order(kept: Store) -> None:
    assert search_sentences(kept, '"won the men\'s"').total == 1
    assert search_sentences(kept, '"the won"').total == 0


def test_names_that_others_give_are_found_and_forgotten(kept: Store) -> None:
    with memory_store() as store:
        list(ingest(store, [Article("mile", TEXTS["mile"], hashlib.sha256(TEXTS["mile"].encode()).hexdigest(), "m")]))
        assert labels(store, "nordic rocket") == []
        nick = '<https://w3id.org/podium/id/person/marta-lindqvist> skos:altLabel "The Nordic Rocket"'
        store.apply(f"INSERT DATA {{ GRAPH <urn:nicknames> {{ {nick} }} }}")
        assert search(store, "nordic rokcet")[0].entity.label == "Marta Lindqvist"
        assert search(store, "nordic rocket")[0].matched == "The Nordic Rocket"
        store.apply("DROP GRAPH <urn:nicknames>")
        assert labels(store, "nordic rocket") == []
        store.apply(f"INSERT DATA {{ {nick} }}")
        assert labels(store, "nordic rocket")[:1] == ["Marta Lindqvist"]
