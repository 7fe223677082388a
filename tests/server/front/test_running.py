import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from fronting import HOST, everything, fronting, plain

APP = """
import sys, threading, time
from server.front.gateway import Gateway
from server.front.running import Server, listening, address_of
from server.settings import Settings

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/slow":
        print("asked", flush=True)
        until = time.monotonic() + float(environ["QUERY_STRING"])
        while time.monotonic() < until and not environ["podium.gone"]():
            time.sleep(0.01)
    return [b"done"]

gateway = Gateway(app, Settings(stop=int(sys.argv[1])), version=lambda: None)
with listening(sys.argv[2], 0) as listener:
    Server(gateway, lambda: print(address_of(listener), flush=True)).run(sockets=[listener])
gateway.close(2)
"""


@pytest.fixture
def start():
    started = []

    def run(stop=10, host="127.0.0.1"):
        root = Path(__file__).parents[3]
        process = subprocess.Popen(
            [sys.executable, "-c", APP, str(stop), host],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(root)},
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield run
    for process in started:
        process.kill()
        process.communicate()


def ask_slowly(url, seconds):
    code = f"import httpx; print(httpx.get('{url}slow?{seconds}', timeout=30).text)"
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_running_finishes_what_is_under_way_and_takes_no_more(start, sign):
    process, url = start()
    client = ask_slowly(url, 1)
    assert process.stdout.readline() == "asked\n"
    process.send_signal(sign)
    time.sleep(0.4)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
    assert client.communicate(timeout=20)[0] == "done\n"
    assert process.wait(20) == 0


def test_running_ends_what_takes_longer_than_it_may(start):
    process, url = start(stop=1)
    client = ask_slowly(url, 20)
    assert process.stdout.readline() == "asked\n"
    started = time.monotonic()
    process.terminate()
    assert process.wait(20) == 0
    assert time.monotonic() - started < 6
    assert client.communicate(timeout=20)[0] == ""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_running_a_second_signal_ends_it_at_once(start, sign):
    process, url = start(stop=30)
    client = ask_slowly(url, 30)
    assert process.stdout.readline() == "asked\n"
    started = time.monotonic()
    process.send_signal(sign)
    time.sleep(0.3)
    process.send_signal(sign)
    assert process.wait(20) == 0
    assert time.monotonic() - started < 5
    client.communicate(timeout=20)


def test_running_idle_connections_do_not_hold_it_up(start):
    process, url = start(stop=30)
    with httpx.Client() as client:
        assert client.get(url).text == "done"
        started = time.monotonic()
        process.terminate()
        assert process.wait(20) == 0
        assert time.monotonic() - started < 5


def test_running_listens_on_ipv6(start):
    _, url = start(host="::1")
    assert url.startswith("http://[::1]:")
    assert httpx.get(url).text == "done"


def test_running_says_who_it_is_without_a_version():
    with fronting(plain(lambda _: [b""])) as front:
        fields = front.ask()[1]
    assert fields["server"] == "podium"
    assert "date" in fields


def test_running_answers_while_all_threads_are_busy():
    import threading

    going_on = threading.Event()
    entered = threading.Event()

    def app(environ):
        if environ["PATH_INFO"] == "/slow":
            entered.set()
            assert going_on.wait(20)
        return [b"ok"]

    with fronting(plain(app), threads=1) as front, front.connect() as client:
        client.sendall(b"GET /slow HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        assert entered.wait(5)
        assert front.ask("/health/live")[2] == b"ok"
        going_on.set()
        assert everything(client).endswith(b"ok")
