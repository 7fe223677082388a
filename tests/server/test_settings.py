from pathlib import Path

import pytest

from server.settings import SettingError, Settings


def test_settings_defaults_listen_on_loopback_only():
    assert Settings.from_environment({}) == Settings()
    assert Settings().host == "127.0.0.1"


def test_settings_read_the_environment():
    found = Settings.from_environment({"PODIUM_STORE": "here", "PODIUM_HOST": "::1", "PODIUM_PORT": "0"})
    assert (found.store, found.host, found.port) == (Path("here"), "::1", 0)


def test_settings_empty_variables_count_as_unset():
    assert Settings.from_environment({"PODIUM_STORE": "", "PODIUM_PORT": ""}) == Settings()


@pytest.mark.parametrize("port", ["http", "-1", "65536", "８０", "8.0"])
def test_settings_refuse_a_port_that_is_none(port):
    with pytest.raises(SettingError, match="PODIUM_PORT"):
        Settings.from_environment({"PODIUM_PORT": port})
