from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.browsing.margins import Value, behind, clock


def value(kind: str, key: str, resolution: str = "0.01") -> Value:
    return Value(kind, Decimal(key), Decimal(resolution))


@pytest.mark.parametrize(
    ("mark", "best", "expected"),
    [
        (value("t", "209.65"), value("t", "209.38"), "+0.27"),
        (value("t", "209.6", "0.1"), value("t", "209.38"), "+0.2"),
        (value("t", "7592", "1"), value("t", "7500", "1"), "+1:32"),
        (value("t", "11200", "1"), value("t", "7500", "1"), "+1:01:40"),
        (value("t", "905.01"), value("t", "840"), "+1:05.01"),
        (value("l", "-4.89"), value("l", "-5.01"), "−0.12 m"),
        (value("p", "-6700", "1"), value("p", "-6952", "1"), "−252 pts"),
        (value("t", "9.8"), value("t", "9.8"), "same"),
        (value("t", "9.7"), value("t", "9.8"), ""),
        (value("t", "9.8"), value("l", "-4.89"), ""),
    ],
)
def test_margins_are_written_as_result_lists_do(mark, best, expected):
    assert behind(mark, best) == expected


@given(st.integers(0, 400_000), st.sampled_from([0, 1, 2]))
def test_margins_clock_gives_the_seconds_back(hundredths, digits):
    seconds = Decimal(hundredths).scaleb(-digits)
    parts = clock(seconds).split(":")
    back = sum(Decimal(part) * 60**power for power, part in enumerate(reversed(parts)))
    assert back == seconds
    assert all(len(part.partition(".")[0]) == 2 for part in parts[1:])
