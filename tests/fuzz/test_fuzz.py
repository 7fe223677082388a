"""The promises of `promises.py` on some hundred odd texts; `make fuzz` tries as many as one likes."""

from random import Random

import pytest
from fuzz import case, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import PIECES, mutated
from promises import hold, hold_bytes

SOURCES = texts()
NAMES = [
    "Marta Lindqvist",
    "Callum Vane",
    "Otiwa",
    "Per Haugland",
    "the Norwegian",
    "she",
    "Norbridge Harriers",
    "Torrevale",
]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_fuzz_mutated_articles_break_no_promise(seed: int) -> None:
    hold(mutated(Random(seed), SOURCES))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(NAMES), st.text(max_size=8)), max_size=60),
    st.booleans(),
)
def test_fuzz_words_in_any_order_break_no_promise(pieces: list[str], dated: bool) -> None:
    if dated:
        hold("".join(pieces))
    else:
        hold("".join(pieces), published=None)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_fuzz_any_text_breaks_no_promise(text: str) -> None:
    hold(text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_fuzz_any_bytes_break_no_promise(data: bytes) -> None:
    hold_bytes(data)


def test_fuzz_a_case_is_the_same_whenever_it_is_made() -> None:
    assert [case(7, number, SOURCES) for number in range(20)] == [case(7, number, SOURCES) for number in range(20)]


@pytest.mark.parametrize(
    "text",
    [
        "1. ³ M. Lindqvist (NOR) 3:58.41; ² A. Otiwa (KEN) 3:59.10",  # digits that are no numbers
        "Marta Lindqvist were training partners and rivals teenagers.",
        "Marta Lindqvist, ², won the 1500m in Torrevale.",
        "Marta Lindqvist beat Ëº in the 1500m.",  # a name without a letter when its encoding is mended
    ],
)
def test_fuzz_what_broke_a_promise_once_keeps_it(text: str) -> None:
    hold(text)
