import gzip
import zlib

import pytest
import zstandard
from fronting import fronting, plain
from hypothesis import given
from hypothesis import strategies as st

from server.front.compression import chosen, compressed, worthwhile

LONG = b"lane four, wind +0.3 " * 5000


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("zstd;q=0, *", "gzip"),
        ("*", "zstd"),
        ("*;q=0", "identity"),
        ("br", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=0", "identity"),
        ("GZIP", "gzip"),
        (";;;q=,,", "identity"),
    ],
)
def test_compression_chooses_what_the_client_likes_best(accepted, encoding):
    assert chosen(accepted.encode()) == encoding


@given(st.binary(max_size=60))
def test_compression_any_header_chooses_something(accepted):
    assert chosen(accepted) in {"identity", "gzip", "zstd"}


def test_compression_leaves_alone_what_is_small_or_packed():
    assert worthwhile("application/sparql-results+json", 5000)
    assert worthwhile("text/turtle; charset=utf-8", None)
    assert not worthwhile("text/turtle", 1000)
    assert not worthwhile("image/png", 5000)


@pytest.mark.parametrize("chunks", [lambda _: [LONG], lambda _: iter([LONG, LONG, b"end"])])
@pytest.mark.parametrize("encoding", ["gzip", "zstd", "identity"])
def test_compression_comes_out_as_it_went_in(chunks, encoding):
    unpack = {"gzip": gzip.decompress, "identity": bytes, "zstd": _unzstd}[encoding]
    headers = (("ETag", '"strong"'), ("Vary", "Accept"))
    with fronting(plain(chunks, headers=headers)) as front:
        status, fields, body = front.ask("/", f"Accept-Encoding: {encoding}")
    assert (status, unpack(body)) == (200, b"".join(chunks(None)))
    assert fields["vary"] == "Accept, Accept-Encoding"
    assert fields.get("content-encoding", "identity") == encoding
    assert fields["etag"] == ('"strong"' if encoding == "identity" else 'W/"strong"')


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compression_lets_the_first_chunk_be_read_at_once(encoding):
    coming = compressed(iter([LONG, LONG]), encoding)
    unpacker = zlib.decompressobj(31) if encoding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    assert unpacker.decompress(next(coming)) == LONG


def _unzstd(data):
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)
