"""The parameters of a request are decoded as `urllib` decodes them, whatever escapes they hold."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from server.sparql.requests import fields

PIECE = st.sampled_from([*"%=&+;ab4E \n\r", "%41", "%c3%a9", "%0A", "%3D", "%zz", "%%", "\u00e9", "==", "=\n", "%\n"])


@given(text=st.lists(PIECE, max_size=12).map("".join))
@example(text="query=a%%41")
@example(text="query=%\n%41")
@example(text="a=%ff")
def test_fields_are_read_as_the_library_reads_them(text: str) -> None:
    try:
        expected = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(BadRequest, match="UTF-8"):
            fields(text.encode(), "form")
        return
    assert fields(text.encode(), "form") == expected


@given(pairs=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=30)), max_size=4))
def test_what_is_encoded_comes_back(pairs: list[tuple[str, str]]) -> None:
    try:
        encoded = urlencode(pairs).encode()
    except UnicodeEncodeError:  # lone surrogates
        return
    assert fields(encoded, "form") == pairs


def test_too_many_fields_and_what_is_not_utf_8_are_refused() -> None:
    with pytest.raises(BadRequest, match="1000 fields"):
        fields(b"a=1&" * 1000, "address")
    with pytest.raises(BadRequest, match="UTF-8"):
        fields(b"a=\xff", "address")
    with pytest.raises(BadRequest, match="UTF-8"):
        fields(b"a=\xc3%a9", "address")
