import pytest
from fronting import fronting, plain

from server.front import clients
from server.front.budgets import Budgets
from server.settings import SettingError

MINUTE = 60.0


def test_budgets_run_out_and_fill_again():
    budgets = Budgets(requests=60, seconds=100)
    for _ in range(60):
        assert budgets.take("a", 0.0).wait == 0
    assert budgets.take("a", 0.0).wait == 1
    assert budgets.take("b", 0.0).wait == 0
    assert budgets.take("a", 1.5).wait == 0


def test_budgets_who_waits_as_told_is_let_in():
    budgets = Budgets(requests=10, seconds=6)
    budgets.take("a", 0.0)
    budgets.charge("a", 12.0)
    assert budgets.take("a", 0.0).wait == 60
    for moment in (10.0, 20.0, 30.0):
        assert budgets.take("a", moment).wait == 60 - moment
    assert budgets.take("a", 60.1).wait == 0


def test_budgets_are_shown_as_the_draft_has_it():
    budgets = Budgets(requests=100, seconds=50)
    purse = budgets.take("a", 0.0)
    budgets.charge("a", 25.0)
    assert budgets.shown(purse) == b'"requests";r=99;t=1, "time";r=25;t=30'
    assert budgets.policy == b'"requests";q=100;w=60, "time";q=50;w=60;qu="seconds"'


def test_budgets_forget_who_has_all_of_it_again():
    budgets = Budgets(requests=10, seconds=10)
    budgets.take("a", 0.0)
    budgets.take("b", 58.0)
    budgets.forget(59.0)
    assert set(budgets._purses) == {"b"}


def test_budgets_refuse_with_a_time_to_come_back_and_watchers_never():
    with fronting(plain(lambda _: [b"ok"]), rate=2) as front:
        answers = [front.ask() for _ in range(4)]
        health = front.ask("/health")
    assert [status for status, _, _ in answers] == [200, 200, 429, 429]
    _, fields, body = answers[2]
    assert (fields["content-type"], fields["retry-after"]) == ("application/problem+json", "30")
    assert b"30 s" in body
    assert fields["ratelimit"].startswith('"requests";r=0;t=')
    assert fields["ratelimit-policy"].startswith('"requests";q=2;w=60')
    assert health[0] == 200


def test_budgets_count_the_seconds_that_the_app_says_were_spent():
    def work(environ):
        environ["podium.log"]["seconds"] = 20.0
        return [b""]

    with fronting(plain(work), budget=10) as front:
        assert [front.ask()[0] for _ in range(2)] == [200, 429]


def test_clients_behind_proxies_are_told_apart():
    seen = []
    app = plain(lambda environ: seen.append((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"])) or [b""])
    with fronting(app, trust_proxy=("127.0.0.0/8", "10.0.0.0/8")) as front:
        front.ask("/", "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.1.1", "X-Forwarded-Proto: https")
        front.ask("/", "X-Forwarded-For: 192.0.2.8:555", "X-Forwarded-Proto: gopher")
        front.ask("/", "X-Forwarded-For: nonsense")
    assert seen == [("192.0.2.7", "https"), ("192.0.2.8", "http"), ("127.0.0.1", "http")]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_clients_of_one_ipv6_network_share_a_budget(address, key):
    assert clients.key(address) == key


def test_clients_a_proxy_that_is_none_is_named():
    with pytest.raises(SettingError, match=r"proxy\.example"):
        clients.networks(["proxy.example"])
