"""Marks in the ways articles write them, and what looks like a mark but is none."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from told import results, tell

from graph.extraction.quantities import Mark, fitted, mark_at, mark_of, whole_length_at, wind_end
from graph.identity.marks import read_mark
from ontology.vocabulary import discipline

MARKS = {
    "14 minutes 32.93 seconds": ("14:32.93", 872.93, "time"),
    "14 mins 32.93 secs": ("14:32.93", 872.93, "time"),
    "10 minutes and 5 seconds": ("10:05", 605.0, "time"),
    "one minute, 47.96 seconds": ("1:47.96", 107.96, "time"),
    "twelve minutes 5 seconds": ("12:05", 725.0, "time"),
    "4min 5sec": ("4:05", 245.0, "time"),
    "two hours 18 minutes 15 seconds": ("2:18:15", 8295.0, "time"),
    "two hours and 18 minutes": ("2:18:00", 8280.0, "time"),
    "1 hour 0 minutes 5 seconds": ("1:00:05", 3605.0, "time"),
    "2hrs 04min 17sec": ("2:04:17", 7457.0, "time"),
    "2 Hours 6 Minutes": ("2:06:00", 7560.0, "time"),
    "3:29.38": ("3:29.38", 209.38, "time"),
    "3:29": ("3:29", 209.0, "time"),
    "3.29.38": ("3:29.38", 209.38, "time"),
    "13.02.7": ("13:02.7", 782.7, "time"),
    "2:06:32": ("2:06:32", 7592.0, "time"),
    "1:02:03.4": ("1:02:03.4", 3723.4, "time"),
    "0:45.52": ("45.52", 45.52, "time"),
    "9.58 seconds": ("9.58", 9.58, "time"),
    "9.58s": ("9.58", 9.58, "time"),
    "9.58-second": ("9.58", 9.58, "time"),
    "9.58": ("9.58", 9.58, "bare"),
    "8.31m": ("8.31m", 8.31, "length"),
    "8.3m": ("8.30m", 8.3, "length"),
    "61.20 metres": ("61.20m", 61.2, "length"),
    "61.20 meters": ("61.20m", 61.2, "length"),
    "6,952 points": ("6952 pts", 6952.0, "points"),
    "8402pts": ("8402 pts", 8402.0, "points"),
    "6952-point": ("6952 pts", 6952.0, "points"),
}

NO_MARKS = [
    "10.05pm",
    "10.05 pm",
    "7.30am",
    "7:30pm",
    "12.50%",
    "12.50 per cent",
    "2.05 million",
    "10.55bn",
    "£10.50",
    "$9.58m",
    "42.195km",
    "26.2 miles",
    "5.85 kg",
    "1500m",
    "1,500m",
    "9.5",
    "12",
    "2024",
    "1.2m/s",
    "4 minutes",
    "14m",
    "1500m 32s",
    "4m 32",
    "123:45",
    "9.581",
    "1:02:03:04",
    "x9.58",
    ".58",
]


@pytest.mark.parametrize("written", MARKS)
@pytest.mark.parametrize("after", ["", ".", ", then", ")", " in the rain"])
def test_quantities_reads_a_mark(written: str, after: str) -> None:
    mark, end = mark_at(written + after, 0) or pytest.fail("no mark")
    assert (mark.display, mark.value, mark.kind) == MARKS[written]
    assert end == len(written)


@pytest.mark.parametrize("written", MARKS)
def test_quantities_reads_a_mark_where_it_stands(written: str) -> None:
    text = f"She ran {written}!"
    mark, end = mark_at(text, 8) or pytest.fail("no mark")
    assert (mark.display, text[8:end]) == (MARKS[written][0], written)


@pytest.mark.parametrize(
    "written",
    [
        *NO_MARKS,
        "7:30 a.m.",
        "2:06.32am",
        "3:75",
        "59:60",
        "2:75:80",
        "5 minutes 75 seconds",
        "3:29.3812",
        "٣.٥٥",
    ],
)
def test_quantities_leaves_what_is_no_mark(written: str) -> None:
    assert mark_at(written, 0) is None


@pytest.mark.parametrize(
    ("written", "display"),
    [
        ("2h 06m 32s", "2:06:32"),
        ("2h06m", "2:06:00"),
        ("14m 32.5s", "14:32.5"),
        ("28-minutes, 37.2-seconds", "28:37.2"),
        ("19 minutes exactly", "19:00"),
        ("3 mins 29.38", "3:29.38"),
    ],
)
def test_quantities_reads_abbreviated_times(written: str, display: str) -> None:
    mark, end = mark_at(written, 0) or pytest.fail("no mark")
    assert (mark.display, end) == (display, len(written))


@given(st.integers(1, 59), st.integers(0, 59), st.integers(0, 99))
def test_quantities_reads_every_way_of_writing_minutes_alike(minutes: int, seconds: int, hundredths: int) -> None:
    tail = f"{seconds}.{hundredths:02}"
    canonical = f"{minutes}:{seconds:02}.{hundredths:02}"
    ways = [
        canonical,
        canonical.replace(":", "."),
        f"{minutes} minutes {tail} seconds",
        f"{minutes} mins {tail} secs",
        f"{minutes}min, {tail}s",
        f"{minutes} Minutes and {tail} Seconds",
    ]
    for way in ways:
        mark, end = mark_at(way, 0) or pytest.fail(way)
        assert (mark.display, end) == (canonical, len(way))
        assert mark.value == round(minutes * 60 + seconds + hundredths / 100, 2)


@given(st.integers(1, 9), st.integers(0, 59), st.integers(0, 59))
def test_quantities_reads_every_way_of_writing_hours_alike(hours: int, minutes: int, seconds: int) -> None:
    canonical = f"{hours}:{minutes:02}:{seconds:02}"
    for way in (
        canonical,
        f"{hours} hours {minutes} minutes {seconds} seconds",
        f"{hours}hr {minutes:02}min {seconds:02}sec",
        f"{hours} hours, {minutes} minutes and {seconds} seconds",
    ):
        mark, end = mark_at(way, 0) or pytest.fail(way)
        assert (mark.display, mark.value, end) == (canonical, 3600 * hours + 60 * minutes + seconds, len(way))


PIECES = [
    *"0123456789.:,- m%£",
    "12",
    "59",
    "00",
    "two",
    "one",
    " hours",
    " min",
    " seconds",
    "s",
    "pts",
    "pm",
    " points",
    "km",
    "/s",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
@example("one")
@example("twelve minute")
@example("²³½Ⅷ")
def test_quantities_reads_any_text_at_any_place(text: str) -> None:
    for place in range(len(text)):
        found = mark_at(text, place)
        if found is not None and found[0].display.isascii():
            mark, end = found
            assert place < end <= len(text)
            means = read_mark(mark.display)
            assert means is not None
            assert float(means.value) == pytest.approx(mark.value, abs=0.0005)
            assert means.unit == {"length": "metres", "points": "points"}.get(mark.kind, "seconds")
        whole = whole_length_at(text, place)
        assert whole is None or whole[1] > place
        wind = wind_end(text, place)
        assert wind is None or wind > place


@given(st.sampled_from(sorted(MARKS)))
def test_quantities_canonical_form_reads_as_itself(written: str) -> None:
    mark, _ = mark_at(written, 0) or pytest.fail("no mark")
    again, end = mark_at(mark.display, 0) or pytest.fail("no mark")
    assert (again.display, again.value, end) == (mark.display, mark.value, len(mark.display))


def test_quantities_whole_metres_are_read_apart() -> None:
    assert mark_at("6m", 0) is None
    assert whole_length_at("6m", 0) == (Mark("6.00m", 6.0, "length"), 2)
    assert whole_length_at("100m", 0) is None
    assert whole_length_at("2m/s", 0) is None


def test_quantities_wind() -> None:
    assert wind_end("+1.2m/s", 0) == 7
    assert wind_end("-0.8", 0) == 4
    assert wind_end("1.2 m/s)", 0) == 7
    assert wind_end("1.2", 0) is None


@pytest.mark.parametrize(
    ("written", "kind", "display"),
    [
        ("9.58", "time", "9.58"),
        ("6.82", "distance", "6.82m"),
        ("6.82", None, "6.82"),
        ("6.82m", "distance", "6.82m"),
        ("6.82m", "time", None),
        ("3:29.38", "time", "3:29.38"),
        ("3:29.38", "distance", None),
        ("6952 pts", "points", "6952 pts"),
        ("9.58", "points", None),
    ],
)
def test_quantities_fit_the_kind_of_their_discipline(written: str, kind: str | None, display: str | None) -> None:
    mark, _ = mark_at(written, 0) or pytest.fail("no mark")
    fitting = fitted(mark, kind)
    assert (fitting and fitting.display) == display


@pytest.mark.parametrize(
    ("written", "name", "display"),
    [
        ("1:07.36", "half marathon", "1:07:36"),
        ("2.06.32", "marathon", "2:06:32"),
        ("2:06", "marathon", "2:06:00"),
        ("14.32", "5000m", "14:32"),
        ("13.58", "cross country", "13:58"),
        ("14.75", "5000m", None),
        ("2:06.32", "800m", "2:06.32"),
        ("9.98", "100m", "9.98"),
        ("3.52", "long jump", "3.52m"),
    ],
)
def test_quantities_read_a_newspapers_notation_where_no_other_reading_is_possible(
    written: str, name: str, display: str | None
) -> None:
    mark, _ = mark_at(written, 0) or pytest.fail("no mark")
    reading = mark_of(mark, discipline(name))
    assert (reading and reading.display) == display


@pytest.mark.parametrize(
    "margin",
    [
        "by 2.31 seconds",
        "by just 0.27 seconds",
        "by over 3.10m",
        ", 2.31 seconds ahead of Ines Sorel",
        ", 2.31 seconds clear",
        "within 2.31 seconds of the lead",
    ],
)
def test_quantities_a_margin_is_no_mark(margin: str) -> None:
    assert {row[3] for row in results(tell(f"Marta Lindqvist won the long jump {margin}."))} == {None}


@pytest.mark.parametrize("words", ["at 10.05pm", "and £10.50", "with 12.50 per cent of the votes", "on 12.10.2023"])
def test_quantities_other_figures_are_no_marks(words: str) -> None:
    assert results(tell(f"Marta Lindqvist won the 200m {words}.")) == {("Marta Lindqvist", "200m", 1, None)}


@pytest.mark.parametrize(
    ("words", "discipline"),
    [("9.58", "mile"), ("3:29.38", "200m"), ("2:06:32", "1500m"), ("8.31m", "hammer"), ("3:29.38", "long jump")],
)
def test_quantities_a_mark_must_be_possible_in_the_discipline(words: str, discipline: str) -> None:
    assert results(tell(f"Marta Lindqvist won the {discipline} in {words}.")) == {
        ("Marta Lindqvist", discipline, 1, None)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane finished 11 seconds in front of Joao Brandt in the mile.",
        "Callum Vane beat Joao Brandt by a mere 0.02 seconds in the mile.",
    ],
)
def test_quantities_leads_are_no_marks(text: str) -> None:
    assert {result.mark for result in tell(text).results} == {None}
