from pathlib import Path

import pytest

from server.settings import EndpointSettings, SettingError, Settings


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


ENDPOINT = {"PODIUM_ENDPOINT_URL": "http://127.0.0.1:9/v1", "PODIUM_ENDPOINT_MODEL": "tiny"}


def test_settings_of_the_endpoint_have_defaults_but_for_address_and_model():
    found = EndpointSettings.from_environment(ENDPOINT)
    assert found == EndpointSettings("http://127.0.0.1:9/v1", "tiny", None, 120.0, Path("podium-cache"))


def test_settings_of_the_endpoint_read_the_environment():
    more = {"PODIUM_ENDPOINT_KEY": "k\n", "PODIUM_ENDPOINT_SECONDS": "2.5", "PODIUM_CACHE": "here"}
    found = EndpointSettings.from_environment(ENDPOINT | more)
    assert (found.key, found.seconds, found.cache) == ("k", 2.5, Path("here"))
    assert "'k'" not in repr(found)


@pytest.mark.parametrize("name", sorted(ENDPOINT))
def test_settings_of_the_endpoint_that_are_missing_are_named(name):
    with pytest.raises(SettingError, match=name):
        EndpointSettings.from_environment({key: value for key, value in ENDPOINT.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PODIUM_ENDPOINT_URL", "http://me:hidden@127.0.0.1/v1"),
        ("PODIUM_ENDPOINT_URL", "http://127.0.0.1/v1?key=hidden"),
        ("PODIUM_ENDPOINT_KEY", "hidden\nkey"),
        ("PODIUM_ENDPOINT_KEY", "hidden key"),
        ("PODIUM_ENDPOINT_KEY", "hiddén"),
    ],
)
def test_settings_of_the_endpoint_refuse_secrets_that_would_get_out(name, value):
    with pytest.raises(SettingError, match=name) as caught:
        EndpointSettings.from_environment(ENDPOINT | {name: value})
    assert "hidd" not in str(caught.value)


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf", "3601"])
def test_settings_of_the_endpoint_refuse_times_that_are_none(seconds):
    with pytest.raises(SettingError, match="PODIUM_ENDPOINT_SECONDS"):
        EndpointSettings.from_environment(ENDPOINT | {"PODIUM_ENDPOINT_SECONDS": seconds})
