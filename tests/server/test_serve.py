import shutil
import signal

import httpx
import pytest
from running_service import serving

from graph.pipeline import open_store
from server.errors import AddressError
from server.serve import serve
from server.settings import Settings


@pytest.fixture(scope="module")
def store(harbour, tmp_path_factory):
    copy = tmp_path_factory.mktemp("serve") / "store"
    shutil.copytree(harbour, copy)
    return copy


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_serve_ends_in_order_and_gives_the_store_back(store, with_signal):
    with serving(store) as running:
        assert httpx.get(f"{running.url}health").json()["status"] == "ok"
        assert running.stop(with_signal) == (0, "")
    with open_store(store) as found:  # which shows that the lock was released
        assert found.version


def test_serve_names_an_address_that_is_taken(store, taken_port):
    with pytest.raises(AddressError, match=str(taken_port)):
        serve(Settings(store=store, port=taken_port))


def test_serve_names_a_host_that_is_none(store):
    with pytest.raises(AddressError, match=r"256\.0\.0\.1"):
        serve(Settings(store=store, host="256.0.0.1", port=0))


def test_serve_makes_a_store_where_there_is_none(tmp_path):
    with serving(tmp_path / "new") as running:
        assert httpx.get(running.url).status_code == 200
    assert (tmp_path / "new" / "podium.json").exists()
