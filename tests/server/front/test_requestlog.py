import json
import threading

import pytest
from fronting import HOST, fronting, plain

from server.front.requestlog import RequestLog

KEEP = (("Cache-Control", "public"), ("ETag", '"1"'))


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def say(environ):
    environ["podium.log"].update(query_hash="abc", rows=3, query="SELECT secret", route="/sparql")
    return [b"answer"]


def test_requestlog_has_a_line_for_each_request(tmp_path):
    log = RequestLog(tmp_path / "log")
    with fronting(plain(say, headers=KEEP), log=log) as front:
        front.ask("/sparql?query=hidden", "Authorization: Bearer hidden")
        front.ask("/sparql?query=hidden")
        front.ask("/sparql?query=hidden")
        front.raw(b"rubbish\r\n\r\n")
    log.close()
    found = lines(tmp_path / "log")
    assert [line["outcome"] for line in found] == ["ok", "ok", "cached", "refused"]
    for line in found[:3]:
        assert (line["client"], line["method"], line["path"], line["status"]) == ("127.0.0.1", "GET", "/sparql", 200)
        assert (line["bytes"], line["query_hash"], line["rows"]) == (6, "abc", 3)
        assert 0 <= line["seconds"] < 10
        assert line["time"].endswith("Z")
    assert "hidden" not in (tmp_path / "log").read_text()
    assert "secret" not in (tmp_path / "log").read_text()


def test_requestlog_has_the_texts_of_queries_where_they_are_asked_for(tmp_path):
    log = RequestLog(tmp_path / "log", texts=True)
    with fronting(plain(say), log=log) as front:
        front.ask("/sparql?query=x")
    log.close()
    assert lines(tmp_path / "log")[0]["query"] == "SELECT secret"


def test_requestlog_says_how_it_ended_for_clients_that_left(tmp_path):
    entered = threading.Event()

    def wait(environ):
        entered.set()
        gone = threading.Event()
        while not environ["podium.gone"]():
            gone.wait(0.01)
        return [b""]

    log = RequestLog(tmp_path / "log")
    with fronting(plain(wait), log=log) as front, front.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert entered.wait(5)
        client.close()
    log.close()
    assert [(line["outcome"], line["status"]) for line in lines(tmp_path / "log")] == [("gone", 0)]


def test_requestlog_goes_on_in_a_new_file_where_the_old_one_was_moved(tmp_path):
    log = RequestLog(tmp_path / "log")
    with fronting(plain(say), log=log) as front:
        front.ask("/one")
        while not (tmp_path / "log").read_text():
            pass
        (tmp_path / "log").rename(tmp_path / "log.1")
        front.ask("/two")
    log.close()
    assert [line["path"] for name in ("log.1", "log") for line in lines(tmp_path / name)] == ["/one", "/two"]


def test_requestlog_to_standard_output(tmp_path, capfd):
    from pathlib import Path

    log = RequestLog(Path("-"))
    with fronting(plain(say), log=log) as front:
        front.ask("/one")
    log.close()
    assert json.loads(capfd.readouterr().out)["path"] == "/one"


def test_requestlog_a_file_that_cannot_be_written_is_an_error_at_the_start(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        RequestLog(tmp_path / "nowhere" / "log")
