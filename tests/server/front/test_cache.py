import gzip

import pytest
import zstandard
from fronting import HOST, fronting, plain

from server.front.answer import Answer, Keepable, head_of
from server.front.cache import Cache, matches

KEEP = (("Cache-Control", "public, no-cache"), ("ETag", 'W/"1-a"'), ("Vary", "Accept"))
LONG = b"result " * 1000


class Counting:
    """An app that says how often it was asked."""

    def __init__(self, headers=KEEP, body=b"", status="200 OK"):
        self.asked = 0
        self._app = plain(self._answer, headers=headers, status=status)
        self._body = body

    def _answer(self, environ):
        self.asked += 1
        environ["wsgi.input"].read()
        environ["podium.log"]["query_hash"] = "abc"
        return [b"%d " % self.asked, self._body]

    def __call__(self, environ, start_response):
        return self._app(environ, start_response)


def test_cache_gives_an_answer_again_until_something_is_written():
    app = Counting()
    with fronting(app) as front:
        assert [front.ask("/sparql?query=x")[2] for _ in range(3)] == [b"1 "] * 3
        assert front.ask("/sparql?query=y")[2] == b"2 "
        front.version[0] = "2"
        assert front.ask("/sparql?query=x")[2] == b"3 "
    assert app.asked == 3


def test_cache_answers_head_from_what_get_left():
    app = Counting(body=LONG)
    with fronting(app) as front:
        _, got, _ = front.ask("/x")
        status, fields, body = front.ask("/x", method="HEAD")
    assert (status, body, app.asked) == (200, b"", 1)
    assert fields["content-length"] == got["content-length"]


@pytest.mark.parametrize(
    "other", ["Accept: text/csv", "Host: elsewhere", "Authorization: Bearer x", "Accept-Encoding: gzip"]
)
def test_cache_tells_apart_what_shapes_an_answer(other):
    app = Counting()
    with fronting(app) as front:
        front.ask("/x")
        head = f"GET /x HTTP/1.1\r\n{other}\r\nConnection: close\r\n"
        front.raw(head.encode() + (b"" if other.startswith("Host") else HOST) + b"\r\n")
    assert app.asked == 2


@pytest.mark.parametrize(
    "headers",
    [
        (("ETag", 'W/"1"'),),
        (("Cache-Control", "public"),),
        (("Cache-Control", "private"), ("ETag", 'W/"1"')),
        (("Cache-Control", "no-store"), ("ETag", 'W/"1"')),
        (*KEEP, ("Set-Cookie", "a=b")),
    ],
)
def test_cache_takes_only_what_may_be_kept(headers):
    app = Counting(headers)
    with fronting(app) as front:
        front.ask()
        front.ask()
    assert app.asked == 2


@pytest.mark.parametrize("status", ["404 Not Found", "503 Service Unavailable", "201 Created"])
def test_cache_takes_no_failures(status):
    app = Counting(status=status)
    with fronting(app) as front:
        front.ask()
        front.ask()
    assert app.asked == 2


def test_cache_does_not_keep_what_a_write_came_into():
    def write(environ):
        front.version[0] += "1"
        return [b"old or new"]

    with fronting(plain(write, headers=KEEP)) as front:
        front.ask()
        assert len(front.gateway.cache) == 0


def test_cache_answers_304_to_who_has_the_answer():
    app = Counting()
    with fronting(app) as front:
        front.ask("/x")
        status, fields, body = front.ask("/x", 'If-None-Match: "0", "1-a"')
        assert (status, body, fields["etag"], fields["vary"]) == (304, b"", 'W/"1-a"', "Accept")
        assert not {"content-length", "content-type"} & set(fields)
        assert front.ask("/x", 'If-None-Match: "other"')[0] == 200
    assert app.asked == 1


def test_cache_keeps_queries_that_were_sent_by_post():
    app = Counting()
    with fronting(app) as front:
        typed = "Content-Type: application/sparql-query"
        ask = [front.ask("/sparql", typed, method="POST", body=body)[2] for body in (b"A", b"A", b"B")]
        front.ask("/else", typed, method="POST", body=b"A")
        front.ask("/else", typed, method="POST", body=b"A")
    assert ask == [b"1 ", b"1 ", b"2 "]
    assert app.asked == 4


def test_cache_keeps_each_encoding():
    app = Counting(body=LONG)
    with fronting(app) as front:
        for _ in range(2):
            plainly, packed, other = (
                front.ask("/", f"Accept-Encoding: {name}") for name in ("identity", "gzip", "zstd, gzip")
            )
    assert gzip.decompress(packed[2]).endswith(LONG)
    assert zstandard.decompress(other[2]).endswith(LONG)
    assert plainly[2].endswith(LONG)
    assert app.asked == 3


def test_cache_keeps_also_what_was_streamed():
    asked = []

    def chunks(_):
        asked.append(1)
        return (LONG for _ in range(40))

    with fronting(plain(chunks, headers=KEEP)) as front:
        first, second = front.ask(), front.ask()
    assert first[2] == second[2] == LONG * 40
    assert ("transfer-encoding" in first[1], second[1]["content-length"], len(asked)) == (True, "280000", 1)


def test_cache_has_bounds():
    cache = Cache(10_000)
    for number in range(100):
        answer = Answer(200, head_of(200, ()), bytes(1000), Keepable('"1"', "/"))
        cache.keep((b"%d" % number,), "1", answer)
        cache.find((b"0",), "1")
    assert cache.size <= 10_000
    assert cache.find((b"0",), "1") is not None
    assert cache.find((b"1",), "1") is None
    cache.keep((b"big",), "1", Answer(200, b"", bytes(20_000), Keepable('"1"', "/")))
    assert cache.find((b"big",), "1") is None
    assert cache.find((b"0",), "2") is None
    assert (b"0",) not in cache._entries


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (b'"a"', True),
        (b'W/"a"', True),
        (b'"b", W/"a"', True),
        (b"*", True),
        (b'"b"', False),
        (b"", False),
    ],
)
def test_cache_compares_tags_weakly(condition, found):
    assert matches(condition, 'W/"a"') is found


def test_cache_keeps_no_page_of_those_who_are_signed_in_whatever_it_says():
    app = Counting()
    with fronting(app) as front:
        assert [front.ask(path)[2] for path in ("/curation", "/curation", "/curation/log", "/curation/log")] == [
            b"1 ",
            b"2 ",
            b"3 ",
            b"4 ",
        ]
