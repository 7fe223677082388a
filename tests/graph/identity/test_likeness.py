from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.likeness import keys, likeness, surnames, weak


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("jean-luc-sorel", "jeanluc-sorel", "spacing"),
        ("ines-de-sorel", "ines-sorel", "particle"),
        ("yusuf-otiwa", "youssouf-otiwa", "transliteration"),
        ("marta-lindqvist", "marta-lindkvist", "transliteration"),
        ("callum-feris", "callum-ferris", "transliteration"),
        ("li-wenfang", "wenfang-li", "order"),
        ("jo-wightman", "jo-weightman", "misprint"),
        ("joao-brandt", "joao-pedro-brandt", "middle"),
        ("joao-p-brandt", "joao-pedro-brandt", "middle"),
        ("kate-sorel", "katarina-sorel", "nickname"),
        ("bill-sorel", "william-sorel", "nickname"),
        ("jess-sorel", "jessica-sorel-berg", "double"),
        ("j-ferris", "josh-ferris", "initial"),
        ("j-k-ferris", "josh-kit-ferris", "initial"),
        ("ferris", "josh-ferris", "near"),
        ("de-sorel", "ines-de-sorel", "near"),
        ("marta-berglund", "maria-berglund", "slip"),
        ("anna-hall", "anna-ball", "near"),
        ("martin-solberg", "martina-solberg", "slip"),
        ("marta-lindqvist", "callum-ferris", None),
        ("j-ferris", "callum-ferris", None),
        ("john-ferris", "jane-ferris", None),
        ("josh-ferris-berg", "anna-ferris-berg", None),
    ],
)
def test_likeness_tells_in_what_way_names_are_alike(one: str, other: str, way: str | None) -> None:
    assert likeness(one, other) == likeness(other, one) == way


def test_likeness_knows_names_that_are_less_than_full() -> None:
    assert [name for name in ("ferris", "j-ferris", "van-berg", "josh-ferris", "jo-van-berg") if weak(name)] == [
        "ferris",
        "j-ferris",
        "van-berg",
    ]
    assert surnames("jo-van-der-berg") == ("berg", "der-berg", "van-der-berg")


_PARTS = st.sampled_from(
    ["jo", "joe", "joseph", "k", "van", "berg", "bergh", "brandt", "lindqvist", "lindkvist", "sorel"]
)


@given(st.lists(_PARTS, min_size=1, max_size=4), st.lists(_PARTS, min_size=1, max_size=4))
def test_likeness_is_found_by_keys_but_for_near_names(left: list[str], right: list[str]) -> None:
    one, other = "-".join(left), "-".join(right)
    way = likeness(one, other)
    assert way == likeness(other, one)
    assert way in (None, "near") or keys(one) & keys(other)
