"""Names as keys."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ontology.names import fold, name_key, slug

NAMES = st.text(min_size=1, max_size=40)
ACCENTED = st.text(st.sampled_from("abcdefxyz åäöøæéèêçñüßšžłđ"), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Narve Gilje Nordås", "narve-gilje-nordas"),
        ("Narve Gilje Nordas", "narve-gilje-nordas"),
        ("Narve Gilje NordÃ¥s", "narve-gilje-nordas"),
        ("Łukasz Żółtek", "lukasz-zoltek"),
        ("Sonia O’Sullivan", "sonia-o-sullivan"),
        ("Sonia O'Sullivan", "sonia-o-sullivan"),
        ("Þórdís Þrastardóttir", "thordis-thrastardottir"),
        ("4×400m", "4x400m"),
        ("  Brooks -- Beasts_TC ", "brooks-beasts-tc"),
        ("Håkan Úšovský", "hakan-usovsky"),
        ("HÃ¥kan", "hakan"),
        ("SSš", "sss"),
        ("王军霞", "u738bu519bu971e"),
    ],
)
def test_names_slug_gives(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name", ["", " ", "—", "'.'"])
def test_names_slug_refuses_a_name_without_letters(name: str) -> None:
    with pytest.raises(ValueError, match="no letter or digit"):
        slug(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Narve Gilje NordÃ¥s", "narve gilje nordas"),
        ("Sonia  O’Sullivan", "sonia o'sullivan"),
        ("“Josh” Kerr", "josh kerr"),
        ("Jean-Marc St. Clair", "jean-marc st. clair"),
        ("?", ""),
    ],
)
def test_names_name_key_gives(name: str, expected: str) -> None:
    assert name_key(name) == expected


@given(NAMES)
def test_names_fold_is_ascii_and_idempotent(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded


@given(NAMES)
def test_names_slug_has_its_characters_only_and_is_idempotent(text: str) -> None:
    assume(re.search(r"[a-z0-9]", fold(text)))
    result = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", result)
    assert slug(result) == result


@given(NAMES)
def test_names_name_key_matches_the_shape_and_is_idempotent(text: str) -> None:
    key = name_key(text)
    assert key == "" or re.fullmatch(r"[a-z0-9][a-z0-9 .'-]*", key)
    assert name_key(key) == key


@given(ACCENTED)
def test_names_ignore_case(text: str) -> None:
    assert name_key(text.upper()) == name_key(text.lower())


@given(ACCENTED)
def test_names_do_not_depend_on_the_normal_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(
    st.sampled_from(["Nordås", "Müller", "Pérez", "Grøvdal", "Håkan", "Šárka", "Jiří", "Zoë"]),
    st.sampled_from(["Ida", "Karl"]),
)
def test_names_mend_what_was_decoded_wrongly(surname: str, first: str) -> None:
    broken = f"{first} {surname}".encode().decode("cp1252", errors="replace")
    assume("\ufffd" not in broken)
    assert slug(broken) == slug(f"{first} {surname}")
