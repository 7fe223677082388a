import logging
import socket
import time
from contextlib import suppress

import pytest
from fronting import HOST, everything, fronting, parsed, plain
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException

from server.front.limits import HttpLimits

QUICK = HttpLimits(head_seconds=0.3, body_seconds=0.3, idle_seconds=0.3, send_seconds=0.6)
END = b"\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"


def echo(environ):
    return [environ["wsgi.input"].read()]


@pytest.fixture(scope="module")
def front():
    with fronting(plain(echo)) as running:
        yield running


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"garbage" + END,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /" + END,
        b"GET / HTTP/3.0\r\n" + HOST + b"\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET / HTTP/1.1" + END,
        b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: a b<>" + END,
        b"GET / HTTP/1.1\r\nHost : here" + END,
        b"GET / HTTP/1.1\r\n" + HOST + b"A: \x00" + END,
        b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n folded" + END,
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3, 3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: +3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: -3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcXX0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, identity\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_connection_refuses_what_is_not_http_or_may_mean_two_things(front, request_bytes):
    answer = front.raw(request_bytes + b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n")
    status, fields, _ = parsed(answer)
    assert status in {400, 501}
    assert fields["content-type"] == "application/problem+json"
    assert fields["connection"] == "close"
    assert fields["content-security-policy"].startswith("default-src 'self'")
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"FETCH / HTTP/1.1\r\n" + HOST + b"\r\n", 501),
        (b"CONNECT here:80 HTTP/1.1\r\n" + HOST + b"\r\n", 501),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Expect: miracles" + END, 417),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
        (b"GET /" + b"a" * 1_000_000, 414),
        (b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 70_000 + END, 431),
        (b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 1_000_000, 431),
        (b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"A%d: b\r\n" % n for n in range(200)) + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n" + b"a" * 100_000, 413),
        (CHUNKED + b"10000\r\n%s\r\n" % (b"a" * 65536) * 40, 413),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\nabc", 415),
        (CHUNKED + b"1;" + b"x" * 900_000, 400),
        (CHUNKED + b"1\r\nx\r\n0\r\nTrailer: " + b"x" * 900_000, 400),
    ],
)  # fmt: skip
def test_connection_says_which_bound_was_passed(front, request_bytes, status):
    assert parsed(front.raw(request_bytes))[0] == status


def test_connection_refuses_after_it_has_answered_what_came_before(front):
    good = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\nok"
    answer = front.raw(good + b"rubbish" + END)
    first, second = answer.split(b"HTTP/1.1 ")[1:]
    assert (first[:3], first[-2:], second[:3]) == (b"200", b"ok", b"400")


def test_connection_goes_on_in_http_1_where_another_protocol_was_asked_for(front):
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    request = b"POST / HTTP/1.1\r\n" + HOST + upgrade + b"Content-Length: 4\r\n\r\nbody"
    answer = front.raw(request * 2 + b"GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
    assert answer.count(b"HTTP/1.1 200") == 3
    assert answer.count(b"\r\n\r\nbody") == 2


def test_connection_tells_to_go_on_before_the_body_comes(front):
    head = b"POST / HTTP/1.1\r\nConnection: close\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    for size in (5, 600_000):
        with front.connect() as client:
            client.sendall(head % size)
            assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
            client.sendall(b"x" * size)
            assert parsed(everything(client))[2] == b"x" * size


def test_connection_refuses_before_the_body_comes(front):
    with front.connect() as client:
        client.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
        assert parsed(everything(client))[0] == 413


@pytest.mark.parametrize("chunk", [b"GET / HTTP/1.1\r\nHost: he", b"", b"GE"])
def test_connection_does_not_wait_for_ever_for_a_head(chunk):
    with fronting(plain(echo), http=QUICK) as front, front.connect() as client:
        client.sendall(chunk)
        started = time.monotonic()
        answer = everything(client)
        assert time.monotonic() - started < 5
        assert not answer if not chunk else parsed(answer)[0] == 408


@pytest.mark.parametrize("size", [10, 2_000_000])
def test_connection_does_not_wait_for_ever_for_a_body(size):
    def app(environ, start_response):
        try:
            return plain(echo)(environ, start_response)
        except HTTPException as error:
            return error(environ, start_response)

    with fronting(app, http=QUICK, max_body=1 << 24) as front, front.connect() as client:
        client.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % size + b"x" * (size // 6))
        assert parsed(everything(client))[0] == 408


def test_connection_ends_where_nothing_comes_any_more():
    with fronting(plain(echo), http=QUICK) as front:
        assert parsed(front.raw(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"))[0] == 200


def test_connection_ends_where_the_client_takes_nothing():
    with fronting(plain(lambda _: [bytes(50_000_000)]), http=QUICK) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        client.recv(10)
        until = time.monotonic() + 10
        while front.server.server_state.connections and time.monotonic() < until:
            time.sleep(0.05)
        assert not front.server.server_state.connections


def test_connection_ends_where_the_client_takes_next_to_nothing():
    app = plain(lambda _: (bytes(1 << 20) for _ in range(100)))
    with fronting(app, http=HttpLimits(send_seconds=1.0)) as front, front.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        until = time.monotonic() + 15
        with suppress(ConnectionResetError):
            while front.server.server_state.connections and time.monotonic() < until:
                client.recv(10)
                time.sleep(0.05)
        assert not front.server.server_state.connections


def test_connection_counts_what_is_under_way(front):
    for request in (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nabc", CHUNKED + b"zz\r\n", CHUNKED):
        front.raw(request, half_close=True)
    assert front.ask("/", "Content-Length: 99999999", method="POST")[0] == 413
    until = time.monotonic() + 5
    while front.gateway.figures()["requests_under_way"] and time.monotonic() < until:
        time.sleep(0.02)
    assert front.gateway.figures()["requests_under_way"] == 0


def test_connection_refuses_more_than_it_may_hold():
    with fronting(plain(echo), connections=2) as front:
        held = [front.connect() for _ in range(2)]
        for client in held:
            client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            assert client.recv(4096).startswith(b"HTTP/1.1 200")
        status, fields, _ = parsed(front.raw(b""))
        for client in held:
            client.close()
    assert (status, "retry-after" in fields) == (503, True)


def test_connection_an_answer_to_an_upload_is_read_before_the_upload_ends():
    app = plain(lambda _: [b"no need"], status="401 Unauthorized")
    with fronting(app, max_body=1 << 28) as front, front.connect() as client:
        client.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 100000000\r\n\r\n" + b"x" * 1_000_000)
        status, fields, body = parsed(everything(client))
    assert (status, fields["connection"], body) == (401, "close", b"no need")


_PIECES = st.sampled_from(
    [b"GET ", b"POST ", b"HEAD ", b"/", b"*", b"http://h/", b"?a=%", b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", b"Host: h\r\n",
     b"Content-Length: ", b"3", b"0", b"-1", b"Transfer-Encoding: chunked\r\n", b"\r\n", b"\n", b"\r", b"3\r\nabc\r\n",
     b"0\r\n\r\n", b"Expect: 100-continue\r\n", b"Connection: close\r\n", b"Connection: upgrade\r\nUpgrade: h2c\r\n",
     b"Content-Encoding: gzip\r\n", b"Accept-Encoding: gzip;q=x, zstd;q=\r\n", b'If-None-Match: "\r\n', b": ", b"\x00",
     b"\xff", b"abc", b"Range: bytes=0-1\r\n", b"X-Forwarded-For: ::::\r\n"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.binary(max_size=8)), max_size=20).map(b"".join))
def test_connection_no_bytes_make_it_fail(front, data):
    logged = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = logged.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        answer = front.raw(data, half_close=True)
    finally:
        logging.getLogger().removeHandler(handler)
    assert b"HTTP/1.1 500" not in answer
    assert not logged


def test_connection_bytes_may_come_one_by_one(front):
    with front.connect() as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"POST /x HTTP/1.1\r\n" + HOST + b"Connection: close\r\nContent-Length: 3\r\n\r\nabc":
            client.sendall(bytes([byte]))
        assert parsed(everything(client))[2] == b"abc"
