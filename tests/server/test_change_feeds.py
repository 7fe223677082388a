"""What changed, as feeds that readers of feeds understand, overall and of each thing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from harbour import make_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.browsing import conflicts, side_of
from graph.ledger import history
from graph.ledger.database import transaction
from graph.pipeline import choose, memory_store, merge, open_store, retract, undo
from graph.store.embedded import Store
from server.app import create_app
from server.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
PERSON = "/person/mira-tovald"
WORDS = st.lists(
    st.tuples(st.text(max_size=20), st.sampled_from([None, "https://w3id.org/podium/id/person/x", "javascript:x", "<"]))
)
KINDS = st.sampled_from(history.Kind.__args__)  # type: ignore[attr-defined]  # a literal's
EVENTS = st.builds(
    history.Event,
    KINDS,
    st.sampled_from(["article/one", "person/x", "claim/one_0123", "conflict/a", ""]),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ")),  # noqa: DTZ001
    st.fixed_dictionaries(
        {},
        optional={
            "text": WORDS,
            "facts": st.fixed_dictionaries({}, optional={"lost": st.lists(WORDS), "more": st.integers(0, 9)}),
        },
    ),
    st.just(frozenset({"person/x"})),
    st.none(),
    st.none() | st.text(max_size=20),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("feeds") / "store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def web(store: Store) -> FlaskClient:
    return create_app(store, Settings(store=store.path)).test_client()


def atom(client: FlaskClient, path: str) -> ET.Element:
    """A feed, held against what RFC 4287 asks of one."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.data)  # noqa: S314  # our own
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{path}"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text is not None or name == "title"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated", ""))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None  # of all entries
    ids = [entry.findtext(f"{ATOM}id", "") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        UUID(entry.findtext(f"{ATOM}id", ""))
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("href", "").startswith("http://localhost/")
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
        assert "javascript:" not in re.sub(r">[^<]*<", "><", content.text or "")
    return feed


def jsonfeed(client: FlaskClient, path: str) -> dict[str, Any]:
    """A feed, held against what JSON Feed 1.1 asks of one."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/feed+json; charset=utf-8"
    feed: dict[str, Any] = answer.get_json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    for item in feed["items"]:
        assert item["id"]
        assert isinstance(item["content_html"], str)
        datetime.fromisoformat(item["date_published"])
    return feed


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.findall(f"{ATOM}entry")]


@given(st.lists(EVENTS, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_feeds_are_valid_whatever_is_in_them(blank: tuple[Store, FlaskClient], events: list[history.Event]) -> None:
    store, client = blank
    with transaction(store.ledger):
        store.ledger.execute("DELETE FROM history")
        for event in events:
            history.add(store.ledger, event)
    assert len(titles(atom(client, "/feed.atom"))) == len(events)
    assert len(jsonfeed(client, "/feed.json")["items"]) == len(events)


@pytest.fixture(scope="module")
def blank() -> Iterator[tuple[Store, FlaskClient]]:
    with memory_store() as store:
        yield store, create_app(store, Settings()).test_client()


def test_feeds_of_an_empty_store_are_valid(empty: FlaskClient) -> None:
    assert not titles(atom(empty, "/feed.atom"))
    assert jsonfeed(empty, "/feed.json")["items"] == []


def test_feeds_tell_what_came_and_went_with_its_facts(web: FlaskClient) -> None:
    said = titles(atom(web, "/feed.atom"))
    assert "Article withdrawn: Brennvik takes on Calloway" in said
    assert "New article: Tøvald storms to European gold" in said
    assert any(title.startswith("Articles disagree: Mira Tøvald") for title in said)
    items = {item["title"]: item for item in jsonfeed(web, "/feed.json")["items"]}
    gone = items["Article withdrawn: Brennvik takes on Calloway"]
    assert "Reason: “The paper took it back.”" in gone["content_html"]
    assert (
        '<a href="http://localhost/person/ola-brennvik">Ola Brennvik</a> is the current coach' in gone["content_html"]
    )
    came = items["New article: Tøvald storms to European gold"]
    assert came["url"] == "http://localhost/article/bay-post"
    assert "finished 1st" in came["content_html"]
    assert "and 6 more" in came["content_html"]
    assert not any("<script>" in item["content_html"] for item in items.values())


def test_feeds_of_a_thing_tell_of_that_alone(web: FlaskClient) -> None:
    assert titles(atom(web, f"{PERSON}/feed.atom")) == [
        "Articles disagree: Mira Tøvald in European Championships 2031, women's 800m, final: mark",
        "New article: <img src=x onerror=alert(2)> Norway's day",
        "New article: Tøvald storms to European gold",
    ]
    assert titles(atom(web, "/person/dora-calloway/feed.atom")) == ["New article: Tøvald storms to European gold"]
    assert "Article withdrawn: Brennvik takes on Calloway" in titles(atom(web, "/person/ines-calloway/feed.atom"))
    assert titles(atom(web, "/article/quay-news/feed.atom")) == [
        "New article: <img src=x onerror=alert(2)> Norway's day"
    ]
    for path in (
        "/country/NOR",
        "/race/european-championships_2031_800m_f_final",
        "/club/harrow-vale",
        "/discipline/800m",
    ):
        assert titles(atom(web, f"{path}/feed.atom"))
    assert web.get("/person/nobody-atall/feed.atom").status_code == 404
    assert web.get("/sentence/x/feed.atom").status_code == 404
    assert web.get("/person/a b>/feed.atom").status_code == 404


def test_feeds_tell_what_curators_decide(web: FlaskClient, store: Store) -> None:
    (item,) = conflicts(store).shown
    side = side_of(item, "2")
    choose(store, item.about.iri, side.predicate, side.object, "the film")
    undo(store, history.newest(store.ledger, 1)[0].seq, "not so clear")
    merge(store, "Ines Calloway", "Dora Calloway", "one and the same")
    undo(store, history.newest(store.ledger, 1)[0].seq, "two sisters")
    assert [title.partition(":")[0] for title in titles(atom(web, "/feed.atom"))[:4]] == [
        "Taken back",
        "Ruled to be one",
        "Taken back",
        "Disagreement settled",
    ]
    assert titles(atom(web, "/person/dora-calloway/feed.atom"))[1] == "Ruled to be one: Ines Calloway and Dora Calloway"


def test_feeds_are_asked_for_again_cheaply(web: FlaskClient) -> None:
    first = web.get("/feed.atom")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = web.get("/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_feeds_begin_when_they_are_told_to(web: FlaskClient) -> None:
    assert not titles(atom(web, "/feed.atom?since=2999-01-01"))
    assert titles(atom(web, "/feed.atom?since=2000-01-01T00:00:00%2B02:00"))
    for wrong in ("since=yesterday", "since=", "before=x", "before=-1", "unknown=1"):
        assert web.get(f"/feed.atom?{wrong}").status_code == 400


def test_feeds_are_read_page_by_page(blank: tuple[Store, FlaskClient]) -> None:
    store, client = blank
    at = datetime(2031, 1, 1, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with transaction(store.ledger):
        store.ledger.execute("DELETE FROM history")
        history.arrived(store.ledger, (f"a-{number}" for number in range(70)), at)
    found: list[str] = []
    path: str | None = "/feed.json?since=2030-01-01"
    while path:
        feed = jsonfeed(client, path)
        found += [item["url"] for item in feed["items"]]
        path = feed.get("next_url", "").removeprefix("http://localhost")
    assert found == [f"http://localhost/article/a-{number}" for number in reversed(range(70))]


def test_feeds_are_named_by_the_pages_they_belong_to(web: FlaskClient) -> None:
    for page, feed in (("/", "/feed."), ("/conflicts", "/feed."), (PERSON, f"{PERSON}/feed.")):
        text = web.get(page, headers={"Accept": "text/html"}).text
        for form, media in (("atom", r"atom\+xml"), ("json", r"feed\+json")):
            (link,) = re.findall(rf'<link rel="alternate" type="application/{media}"[^>]* href="([^"]+)">', text)
            assert link == f"{feed}{form}"


def test_feeds_follow_who_was_found_to_be_another(web: FlaskClient, store: Store) -> None:
    merge(store, "Ines Calloway", "Dora Calloway", "one and the same")
    moved = [web.get(f"/person/{slug}/feed.json").status_code for slug in ("ines-calloway", "dora-calloway")]
    assert sorted(moved) == [200, 308]


def test_history_forgets_what_is_old_but_no_decision(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_store(make_store(tmp_path_factory.mktemp("old") / "store")) as store:
        store.history = 2
        retract(store, "quay-news", "wrong")
        entries = history.newest(store.ledger, 99)
        assert [entry.kind for entry in entries] == ["closed", "withdrawn", "withdrawn"]
        (left,) = store.ledger.execute("SELECT count(DISTINCT seq) FROM history_about").fetchone()
        assert left == 3
