"""Words, numbers and punctuation with their places."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.tokens import tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O'Brien won.", ["O'Brien", "won", "."]),
        ("O’Sullivan’s club", ["O’Sullivan", "’s", "club"]),
        ("the U.S. team", ["the", "U.S.", "team"]),
        ("Vane's mile", ["Vane", "'s", "mile"]),
        ("men's race", ["men", "'s", "race"]),
        ("athletes' village", ["athletes", "'", "village"]),
        ("J. Vane won", ["J.", "Vane", "won"]),
        ("she didn't", ["she", "didn't"]),
        ("1,500-meter", ["1,500", "-", "meter"]),
        ("Ennis-Hill", ["Ennis", "-", "Hill"]),
        ("3:29.38.", ["3:29.38", "."]),
        ("8.29m. It", ["8.29", "m", ".", "It"]),
        ("wait...", ["wait", "..."]),
        ("d'Ivoire", ["d'Ivoire"]),
        ("we're", ["we", "'", "re"]),
        ("Åse Nordås", ["Åse", "Nordås"]),
        ("", []),
    ],
)
def test_tokens_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


TRICKY = "aBs'’.-,:1 0\n‘éß½²"


@given(st.one_of(st.text(), st.text(alphabet=TRICKY)), st.data())
def test_tokens_slice_back_and_lose_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tokens = tokenize(text, start, end)
    for token in tokens:
        assert token.text == text[token.start : token.end] != ""
        assert token.lower == token.text.lower()
    places = [start, *(place for token in tokens for place in (token.start, token.end)), end]
    assert places == sorted(places)
    for before, after in zip(places[::2], places[1::2], strict=True):
        assert not text[before:after].strip()


def test_tokens_know_whether_a_space_stands_before() -> None:
    tokens = tokenize("Ennis-Hill's 1,500 m", 0, 20)
    assert [token.text for token in tokens if token.glued] == ["Ennis", "-", "Hill", "'s"]
    assert all(a.end == b.start for a, b in pairwise(tokens) if b.glued)
