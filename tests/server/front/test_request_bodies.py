import gzip
import threading
import zlib
from contextlib import suppress

import pytest
import zstandard
from fronting import fronting, plain
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from server.front.bodies import Body, opened

TEXT = b"The heats began in the rain. " * 5000


def bare(data):
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


PACKED = {
    "gzip": gzip.compress,
    "x-gzip": lambda data: gzip.compress(data[:1000]) + gzip.compress(data[1000:]),
    "deflate": zlib.compress,
    "zstd": zstandard.compress,
}


def read(data, encoding, limit=1 << 24):
    body = Body(1 << 24, lambda: None)
    for start in range(0, len(data), 777):
        body.feed(data[start : start + 777])
    body.end()
    return opened(body, encoding, limit).read()


@pytest.mark.parametrize("encoding", PACKED)
def test_bodies_are_decompressed(encoding):
    assert read(PACKED[encoding](TEXT), encoding) == TEXT


def test_bodies_deflate_may_lack_its_header():
    assert read(bare(TEXT), "deflate") == TEXT


def test_bodies_zstd_may_have_several_frames():
    assert read(zstandard.compress(TEXT) + zstandard.compress(b"more"), "zstd") == TEXT + b"more"


@pytest.mark.parametrize("encoding", PACKED)
def test_bodies_that_are_cut_or_no_compression_are_refused(encoding):
    for broken in (PACKED[encoding](TEXT)[:-6], b"plain text", PACKED[encoding](TEXT) + b"trailing"):
        with pytest.raises(BadRequest):
            read(broken, encoding)


@pytest.mark.parametrize("encoding", PACKED)
def test_bodies_bombs_are_bounded_by_what_comes_out(encoding):
    bomb = PACKED[encoding](bytes(1 << 26))
    with pytest.raises(RequestEntityTooLarge):
        read(bomb, encoding, limit=1 << 20)


@given(st.binary(max_size=300), st.sampled_from(sorted(PACKED)))
def test_bodies_any_bytes_are_data_or_refused(data, encoding):
    with suppress(BadRequest, RequestEntityTooLarge):
        read(data, encoding)


@given(st.binary(max_size=5000), st.sampled_from(sorted(PACKED)))
def test_bodies_come_back_as_they_were(data, encoding):
    assert read(PACKED[encoding](data), encoding) == data


def test_bodies_reading_waits_for_what_is_to_come():
    asked = threading.Event()
    body = Body(100, asked.set)
    found = []
    reader = threading.Thread(target=lambda: found.append(opened(body, "", 100).read()))
    reader.start()
    assert asked.wait(5)
    body.feed(b"late")
    body.end()
    reader.join(5)
    assert found == [b"late"]


def test_bodies_reach_the_app_decompressed_and_without_the_sign_of_it():
    seen = {}

    def look(environ):
        seen.update(environ)
        return [environ["wsgi.input"].read()]

    with fronting(plain(look)) as front:
        answer = front.ask("/", "Content-Encoding: zstd", method="POST", body=zstandard.compress(TEXT))
    assert answer[2] == TEXT
    assert not {"HTTP_CONTENT_ENCODING", "CONTENT_LENGTH"} & set(seen)
