import re
from pathlib import Path

import pytest

from server.knobs import KNOBS
from server.settings import EndpointSettings, SettingError, Settings


def test_settings_defaults_listen_on_loopback_only():
    assert Settings.from_environment({}) == Settings()
    assert Settings().host == "127.0.0.1"


def test_settings_read_the_environment():
    found = Settings.from_environment({"PODIUM_STORE": "here", "PODIUM_HOST": "::1", "PODIUM_PORT": "0"})
    assert (found.store, found.host, found.port) == (Path("here"), "::1", 0)


def test_settings_empty_variables_count_as_unset():
    assert Settings.from_environment({"PODIUM_STORE": "", "PODIUM_PORT": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "wrong"),
    [
        ("PODIUM_PORT", ["http", "-1", "65536", "８０", "8.0"]),
        ("PODIUM_TIMEOUT", ["0", "soon", "nan", "inf", "-1", "3601", "１"]),
        ("PODIUM_MEMORY", ["maybe", "ON"]),
        ("PODIUM_DEFAULT_GRAPH", ["both"]),
        ("PODIUM_ALLOW_HOST", ["http://data.example", "data.example:99999", "*", "a b", "-x.example"]),
        ("PODIUM_MEMORY_LIMIT", ["1K", "12X", "-5M", "1.5G"]),
        ("PODIUM_TRUST_PROXY", ["proxy.example", "10.0.0.0/99"]),
        ("PODIUM_RATE", ["0", "many"]),
        ("PODIUM_ARTICLE_TEXT", ["all", "FULL"]),
    ],
)
def test_settings_that_cannot_be_used_are_named_with_what_can(variable, wrong):
    for written in wrong:
        with pytest.raises(SettingError, match=f"{variable} is .*; give "):
            Settings.from_environment({variable: written})


def test_settings_of_the_engine_read_the_environment():
    found = Settings.from_environment(
        {"PODIUM_TIMEOUT": "2.5", "PODIUM_MEMORY_LIMIT": "1G", "PODIUM_OUTPUT_LIMIT": "64 MiB", "PODIUM_MEMORY": "off"}
        | {"PODIUM_DEFAULT_GRAPH": "own", "PODIUM_READERS": "3", "PODIUM_QUEUE": "0"}
    ).engine
    assert (found.limits.seconds, found.limits.memory, found.limits.output) == (2.5, 1 << 30, 64 << 20)
    assert (found.memory, found.default_graph, found.heavy, found.queue) == ("off", "own", 3, 0)


def test_settings_that_are_repeated_have_commas_in_their_variable():
    hosts = Settings.from_environment({"PODIUM_ALLOW_HOST": "Data.Example, [::1]:81,,10.0.0.1:80"}).allow_hosts
    assert hosts == ("data.example", "[::1]:81", "10.0.0.1:80")
    proxies = Settings.from_environment({"PODIUM_TRUST_PROXY": "10.1.2.3/8,::1"}).trust_proxy
    assert proxies == ("10.0.0.0/8", "::1/128")


def test_settings_given_go_before_the_environment():
    found = Settings.from_environment({"PODIUM_PORT": "1", "PODIUM_RATE": "7"}, port=2, rate=None)
    assert (found.port, found.rate) == (2, 7)


def test_settings_tell_the_token_to_nobody():
    found = Settings.from_environment({"PODIUM_TOKEN": " hidden\n"})
    assert found.token == "hidden"  # noqa: S105
    assert "hidden" not in repr(found)
    with pytest.raises(SettingError, match="PODIUM_TOKEN") as caught:
        Settings.from_environment({"PODIUM_TOKEN": "hidd en"})
    assert "hidd" not in str(caught.value)


def test_settings_defaults_stand_in_the_help_of_the_command():
    """The table tells the defaults in words; here they are read from these words and set as if given."""
    told = {knob.name: re.search(r"Default: ([\w.-]+[\w])[;,.]", knob.help) for knob in KNOBS}
    written = {name: match[1] for name, match in told.items() if match and match[1] not in {"none", "8"}}
    assert len(written) > len(KNOBS) / 2
    values = {knob.name: knob.read(written[knob.name]) for knob in KNOBS if knob.name in written}
    assert Settings.from_environment({}, **values) == Settings()


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
