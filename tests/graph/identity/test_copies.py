"""Copies of one text, and texts that only have something in common."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity.copies import runs_of
from graph.ledger import copying
from graph.ledger.database import connect

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

WORDS = [
    f"{start}{end}" for start in "bcdfghklmnprstvw" for end in ("alo", "erin", "ust", "ond", "ima", "ek", "ory", "int")
]
DAY = date(2024, 8, 10)


def story(seed: int, words: int = 300) -> str:
    random = Random(seed)  # noqa: S311
    return " ".join(random.choice(WORDS) for _ in range(words))


class Text(NamedTuple):
    article: str
    published: date | None
    runs: array[int]


def copies(texts: Iterable[Text]) -> dict[str, str]:
    """Article -> the article that it repeats."""
    with closing(connect(":memory:")) as database:
        for n, text in enumerate(texts, start=1):
            row = (n, text.article, text.published and text.published.isoformat())
            database.execute("INSERT INTO articles (n, id, published, record, ended) VALUES (?, ?, ?, '', '')", row)
            copying.put(database, n, text.runs)
            copying.settle(database, [n])
        return dict(
            database.execute("SELECT one.id, other.id FROM articles one JOIN articles other ON other.n = one.original")
        )


def found(*texts: str) -> dict[str, str]:
    return copies(Text(f"a{number}", DAY, runs_of(text)) for number, text in enumerate(texts))


def test_copies_are_told_whatever_their_case_and_stops() -> None:
    text = story(1)
    assert found(text, text.upper().replace(" ", ", ")) == {"a1": "a0"}


def test_copies_may_be_cut_and_have_another_head() -> None:
    text = story(1)
    assert found(text, f"By Our Reporter in Torrevale {text[: len(text) // 2]}") == {"a1": "a0"}


def test_copies_may_be_cut_to_four_tenths_here_and_there() -> None:
    told = 0
    for seed in range(40):
        words = story(seed).split()
        told += bool(found(story(seed), " ".join([*words[:50], *words[120:160], *words[200:230]])))
    assert told >= 36


def test_copies_may_be_retouched() -> None:
    words = story(1).split()
    words[::20] = ["other"] * len(words[::20])
    assert found(story(1), " ".join(words)) == {"a1": "a0"}


def test_copies_are_not_texts_that_share_some_sentences() -> None:
    shared = story(9, 90)
    assert found(f"{story(1, 210)} {shared}", f"{shared} {story(2, 210)}") == {}


def test_copies_are_not_long_texts_that_quote_a_note() -> None:
    note = story(1, 60)
    assert found(note, f"{story(2, 300)} {note}") == {}


def test_copies_are_not_short_notes_even_of_the_same_words() -> None:
    assert found(story(1, 20), story(1, 20)) == {}


def test_copies_of_copies_are_copies_of_the_first() -> None:
    words = story(1).split()
    first, second, third = " ".join(words[:200]), " ".join(words[50:250]), " ".join(words[100:300])
    assert found(first, third) == {}
    assert found(first, second, third) == {"a1": "a0", "a2": "a0"}


def test_copies_are_of_the_earliest_and_of_the_first_by_id_of_a_day() -> None:
    runs = runs_of(story(1))
    texts = [Text("c", DAY, runs), Text("a", None, runs), Text("d", date(2024, 8, 9), runs), Text("b", DAY, runs)]
    assert copies(texts) == {"a": "d", "b": "d", "c": "d"}
    assert copies(text for text in texts if text.article != "d") == {"a": "b", "c": "b"}


@settings(max_examples=20)
@given(st.permutations(range(7)))
def test_copies_do_not_depend_on_the_order_of_the_texts(order: list[int]) -> None:
    whole = story(1)
    texts = [story(2), whole, whole[:900], story(3), f"New {whole}", story(2, 250), "short note"]
    entries = [Text(f"a{number}", DAY, runs_of(text)) for number, text in enumerate(texts)]
    expected = {"a2": "a1", "a4": "a1", "a5": "a0"}
    assert copies([entries[number] for number in order]) == expected


def test_copies_runs_of_a_text_are_the_same_in_every_process() -> None:
    assert list(runs_of("Callum Vane won the 1500m")) == [814703781, 3256200346]
