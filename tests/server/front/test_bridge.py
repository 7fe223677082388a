import socket
import struct
import threading
import time

import pytest
from fronting import HOST, everything, fronting, parsed, plain

from graph.errors import ClientGoneError, QueryTimeoutError
from server.front.requestlog import RequestLog

MEGABYTE = b"0123456789abcdef" * (1 << 16)


def test_bridge_answers_with_a_length_what_is_short():
    with fronting(plain(lambda _: [b"one ", b"two"])) as front:
        status, fields, body = front.ask()
    assert (status, body, fields["content-length"]) == (200, b"one two", "7")
    assert "transfer-encoding" not in fields


def test_bridge_keeps_the_connection_for_more_requests():
    with fronting(plain(lambda environ: [environ["PATH_INFO"].encode()])) as front, front.connect() as client:
        for number in (1, 2):
            client.sendall(b"GET /%d HTTP/1.1\r\n" % number + HOST + b"\r\n")
            assert client.recv(4096).endswith(b"\r\n\r\n/%d" % number)
        client.sendall(b"GET /3 HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        assert everything(client).endswith(b"/3")


def test_bridge_answers_requests_that_came_together_in_their_order():
    def slow_first(environ):
        if environ["PATH_INFO"] == "/a":
            time.sleep(0.1)
        return [environ["PATH_INFO"].encode()]

    with fronting(plain(slow_first)) as front:
        requests = b"".join(b"GET /%s HTTP/1.1\r\n" % name + HOST + b"\r\n" for name in (b"a", b"b"))
        answer = front.raw(requests + b"POST /c HTTP/1.0\r\nContent-Length: 2\r\n\r\nxy")
    assert [part.rpartition(b"\r\n\r\n")[2] for part in answer.split(b"HTTP/1.1 200 OK")[1:]] == [b"/a", b"/b", b"/c"]


def test_bridge_hands_over_the_request_as_wsgi_has_it():
    seen = {}
    with fronting(plain(lambda environ: seen.update(environ) or [b""])) as front:
        front.ask("/p%20%C3%A9?q=%41", "X-One: 1", "X-One: 2", "X_Under: no", "X-Forwarded-For: 9.9.9.9", "Proxy: evil")
    assert (seen["PATH_INFO"], seen["QUERY_STRING"]) == ("/p \xc3\xa9", "q=%41")
    assert (seen["HTTP_X_ONE"], seen["HTTP_HOST"], seen["REMOTE_ADDR"]) == ("1, 2", "here", "127.0.0.1")
    assert not {"HTTP_X_UNDER", "HTTP_X_FORWARDED_FOR", "HTTP_PROXY"} & set(seen)
    assert (seen["podium.client"], seen["podium.log"]) == ("127.0.0.1", {})


def test_bridge_streams_what_is_long():
    with fronting(plain(lambda _: (MEGABYTE for _ in range(16)))) as front:
        status, fields, body = front.ask()
    assert (status, fields["transfer-encoding"]) == (200, "chunked")
    assert body == MEGABYTE * 16


def test_bridge_sends_the_first_bytes_before_the_last_are_made():
    going_on = threading.Event()

    def chunks(_):
        yield MEGABYTE
        assert going_on.wait(20)
        yield b"end"

    with fronting(plain(chunks)) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        first = client.recv(4096)
        going_on.set()
        assert first.startswith(b"HTTP/1.1 200")
        assert parsed(first + everything(client))[2] == MEGABYTE + b"end"


def test_bridge_waits_for_a_client_that_reads_slowly():
    made = []

    def chunks(_):
        for number in range(200):
            made.append(number)
            yield MEGABYTE

    with fronting(plain(chunks)) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        client.recv(100)
        time.sleep(0.5)
        assert len(made) < 30  # what the sockets and the few chunks under way hold


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_bridge_breaks_the_connection_where_an_answer_fails_in_its_middle(version, caplog):
    closed = threading.Event()

    class Failing:
        left = 3

        def __iter__(self):
            return self

        def __next__(self):
            self.left -= 1
            if self.left < 0:
                raise ValueError("in the middle")
            return MEGABYTE

        def close(self):
            closed.set()

    with fronting(plain(lambda _: Failing())) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/%s\r\n" % version + HOST + b"\r\n")
        with pytest.raises(ConnectionResetError):
            everything(client)
        assert closed.wait(5)
    assert "in the middle" in caplog.text


@pytest.mark.parametrize("announced", [2 << 20, 100])
def test_bridge_breaks_the_connection_where_other_bytes_come_than_were_announced(announced, caplog):
    headers = (("Content-Length", str(announced)), ("Content-Type", "image/png"))
    with fronting(plain(lambda _: iter([MEGABYTE]), headers=headers)) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        with pytest.raises(ConnectionResetError):
            everything(client)


def test_bridge_answers_500_where_the_app_fails_before_its_answer(caplog):
    def fail(_):
        raise ValueError("early")

    with fronting(plain(fail)) as front:
        status, fields, body = front.ask()
    assert (status, fields["content-type"]) == (500, "application/problem+json")
    assert b"early" not in body
    assert "early" in caplog.text


def test_bridge_gives_old_clients_no_chunks():
    with fronting(plain(lambda _: (MEGABYTE for _ in range(2)))) as front:
        answer = front.raw(b"GET / HTTP/1.0\r\n\r\n")
    assert answer.partition(b"\r\n\r\n")[2] == MEGABYTE * 2
    assert b"transfer-encoding" not in answer[:2000].lower()


@pytest.mark.parametrize("chunks", [lambda _: [b"body"], lambda _: iter([MEGABYTE, MEGABYTE])])
def test_bridge_sends_no_body_to_head(chunks):
    with fronting(plain(chunks)) as front:
        status, _, body = front.ask(method="HEAD")
    assert (status, body) == (200, b"")


def test_bridge_header_values_are_never_its_undoing():
    headers = (("X-Name", "Łukasz"), ("X-Line", "a\nb"), ("X-Latin", "Zoë"))
    with fronting(plain(lambda _: [b""], headers=headers)) as front:
        status, fields, _ = front.ask()
    assert (status, fields["x-name"], fields["x-line"], fields["x-latin"]) == (200, "?ukasz", "a b", "Zoë")


@pytest.mark.parametrize("farewell", ["close", "reset"])
def test_bridge_tells_the_app_that_the_client_has_gone(farewell):
    entered, noticed, closed = threading.Event(), threading.Event(), threading.Event()

    class Closing:
        def __iter__(self):
            return iter([b"for nobody"])

        def close(self):
            closed.set()

    def wait(environ):
        entered.set()
        until = time.monotonic() + 10
        while not environ["podium.gone"]() and time.monotonic() < until:
            time.sleep(0.01)
        if environ["podium.gone"]():
            noticed.set()
        return Closing()

    with fronting(plain(wait)) as front:
        client = front.connect()
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert entered.wait(5)
        if farewell == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        assert noticed.wait(2)
        assert closed.wait(2)


def test_bridge_stops_an_iterator_whose_client_has_gone():
    closed = threading.Event()

    def chunks(_):
        try:
            while True:
                yield MEGABYTE
        finally:
            closed.set()

    with fronting(plain(chunks)) as front:
        with front.connect() as client:
            client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            client.recv(1000)
        assert closed.wait(5)


def test_bridge_answers_who_has_only_closed_its_own_side():
    with fronting(plain(lambda _: [b"still here"])) as front:
        answer = front.raw(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", half_close=True)
    assert answer.endswith(b"still here")


def test_bridge_does_not_ask_the_app_for_a_client_that_went_while_it_waited():
    entered, going_on = threading.Event(), threading.Event()
    asked = []

    def app(environ):
        asked.append(environ["PATH_INFO"])
        entered.set()
        assert going_on.wait(20)
        return [b""]

    with fronting(plain(app), threads=1) as front:
        with front.connect() as first:
            first.sendall(b"GET /first HTTP/1.1\r\n" + HOST + b"\r\n")
            assert entered.wait(5)
            with front.connect() as second:
                second.sendall(b"GET /second HTTP/1.1\r\n" + HOST + b"\r\n")
                time.sleep(0.1)
                second.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            time.sleep(0.2)
            going_on.set()
            assert first.recv(1000)
        front.ask("/third")
    assert asked == ["/first", "/third"]


def test_bridge_a_body_whose_client_goes_away_ends_the_reading():
    done = threading.Event()

    def read(environ):
        try:
            environ["wsgi.input"].read()
        except ClientGoneError:
            done.set()
            raise
        return [b""]

    with fronting(plain(read), max_body=1 << 30) as front:
        with front.connect() as client:
            client.sendall(b"POST / HTTP/1.1\r\nContent-Length: 10000000\r\n" + HOST + b"\r\n" + MEGABYTE)
        assert done.wait(5)


def test_bridge_an_answer_that_passes_a_limit_when_part_of_it_has_left_is_broken_off(tmp_path, caplog):
    def chunks(_):
        yield MEGABYTE
        raise QueryTimeoutError("took longer than 30 s", 30.0)

    log = RequestLog(tmp_path / "log")
    with fronting(plain(chunks), log=log) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        with pytest.raises(ConnectionResetError):
            everything(client)
    log.close()
    assert '"outcome": "timeout"' in (tmp_path / "log").read_text()
    assert "took longer" in caplog.text
    assert "Traceback" not in caplog.text


def test_bridge_a_thousand_connections_are_kept_and_answered():
    with fronting(plain(lambda _: [b"ok"])) as front:
        clients = [front.connect() for _ in range(1000)]
        try:
            for _ in range(2):
                for client in clients:
                    client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
                assert all(client.recv(4096).endswith(b"ok") for client in clients)
        finally:
            for client in clients:
                client.close()
