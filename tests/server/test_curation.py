"""What curators do in the browser, without a script: signing in, deciding, taking back."""

import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from harbour import make_store
from page_checks import FOREIGN_SCRIPT
from werkzeug.test import TestResponse

from graph.browsing import conflicts
from graph.pipeline import open_store
from graph.store.embedded import Store
from server.app import create_app
from server.sessions import IDLE, Sessions
from server.settings import Settings
from server.tokens import Tokens

SECRET = "a-secret-of-the-test"  # noqa: S105
PAGES = (
    "/curation",
    "/curation/conflicts",
    "/curation/names",
    "/curation/names?which=one",
    "/curation/names?one=Ines+Calloway&other=Dora+Calloway",
    "/curation/names?one=Ines+Calloway&other=Nobody+Atall",
    "/curation/review",
    "/curation/review?why=one+source&kind=person&rule=her-coach",
    "/curation/withdraw",
    "/curation/withdraw?article=bay-post",
    "/curation/withdraw?article=old-rumour",
    "/curation/log",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that every test leaves as it was, but for its history."""
    with open_store(make_store(tmp_path_factory.mktemp("curation") / "store")) as opened:
        yield opened


@pytest.fixture
def stranger(store: Store) -> FlaskClient:
    (store.path / "audit.jsonl").unlink(missing_ok=True)
    return create_app(store, Settings(store=store.path, token=SECRET)).test_client()


@pytest.fixture
def desk(stranger: FlaskClient) -> FlaskClient:
    assert sign_in(stranger, SECRET).status_code == 303
    return stranger


def hidden(page: TestResponse) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def sign_in(client: FlaskClient, token: str, onward: str = "") -> TestResponse:
    form = {"form": hidden(client.get("/curation")), "token": token, "next": onward}
    return client.post("/curation/sign-in", data=form)


def send(client: FlaskClient, action: str, **fields: object) -> TestResponse:
    """Sends a form as the page that has it would, and follows to where that leads."""
    done = client.post(
        f"/curation/{action}", data={"form": hidden(client.get("/curation")), "reason": "so it is", **fields}
    )
    assert done.status_code == 303, done.text
    return client.get(done.headers["Location"])


def undo_last(client: FlaskClient) -> None:
    log = client.get("/curation/log")
    entry = re.search(r'name="entry" value="(\d+)"', log.text)
    assert entry is not None, log.text
    assert "is taken back" in send(client, "undo", entry=entry[1]).text


def test_curation_asks_who_it_is_and_leads_back(stranger: FlaskClient) -> None:
    asked = stranger.get("/curation/review?why=one+source")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/curation?next=%2Fcuration%2Freview%3Fwhy%3Done%2Bsource"
    form = stranger.get(asked.headers["Location"])
    assert 'value="/curation/review?why=one+source"' in form.text
    done = sign_in(stranger, SECRET, "/curation/review?why=one+source")
    assert done.headers["Location"] == "/curation/review?why=one+source"
    for elsewhere in ("https://example.org/", "//example.org", "/curation//example.org", "/curation\\x", "/articles"):
        assert sign_in(create_like(stranger), SECRET, elsewhere).headers["Location"] == "/curation"


def create_like(client: FlaskClient) -> FlaskClient:
    return client.application.test_client()


def test_curation_keeps_the_secret_of_a_session_in_a_cookie_of_its_own_pages(stranger: FlaskClient) -> None:
    done = sign_in(stranger, SECRET)
    (cookie,) = [one for one in done.headers.getlist("Set-Cookie") if one.startswith("podium_session=")]
    assert {"HttpOnly", "Path=/curation", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    secure = create_like(stranger)
    form = {"form": hidden(secure.get("/curation", base_url="https://localhost")), "token": SECRET}
    done = secure.post("/curation/sign-in", data=form, base_url="https://localhost")
    assert all("Secure" in one for one in done.headers.getlist("Set-Cookie") if "podium_session" in one)
    assert "podium_session" not in stranger.get("/").headers.get("Set-Cookie", "")


@pytest.mark.parametrize("path", PAGES)
def test_curation_pages_are_whole_and_are_kept_nowhere(desk: FlaskClient, path: str) -> None:
    page = desk.get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in page.headers["Vary"]
    assert "ETag" not in page.headers
    assert SECRET not in page.text
    assert not FOREIGN_SCRIPT.search(page.text)
    assert " style=" not in page.text
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', page.text)) <= set(ids)
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page.text, re.DOTALL)
    assert forms
    assert all('name="form"' in form for form in forms)


def test_curation_refuses_forms_of_others(desk: FlaskClient, store: Store) -> None:
    (item,) = conflicts(store).shown
    asked = {"conflict": item.iri, "side": "2", "reason": "x"}
    own = hidden(desk.get("/curation"))
    for form, headers in (
        ("", {}),
        ("guess", {}),
        (own, {"Sec-Fetch-Site": "cross-site"}),
        (own, {"Sec-Fetch-Site": "same-site"}),
    ):
        refused = desk.post("/curation/choose", data=asked | {"form": form}, headers=headers)
        assert refused.status_code == 403
        assert refused.headers["Cache-Control"] == "private, no-store"
    other = create_like(desk)
    sign_in(other, SECRET)
    assert other.post("/curation/choose", data=asked | {"form": own}).status_code == 403
    assert create_like(desk).post("/curation/choose", data=asked | {"form": own}).status_code == 403
    assert conflicts(store).shown == (item,)
    no_cookie = create_like(desk)
    assert no_cookie.post("/curation/sign-in", data={"form": own, "token": SECRET}).status_code == 403


def test_curation_takes_only_tokens_with_the_scope_while_they_are_good(stranger: FlaskClient, store: Store) -> None:
    tokens = Tokens(store.path)
    _, without = tokens.create("desk", ["ingest", "update"])
    refused = sign_in(stranger, without)
    assert refused.status_code == 403
    assert "no scope" in refused.text
    assert without not in refused.text
    assert sign_in(stranger, "podium_00000000_" + "x" * 43).status_code == 403
    made, good = tokens.create("sports desk", ["curate"])
    assert sign_in(stranger, good).status_code == 303
    assert "sports desk" in stranger.get("/curation").text
    tokens.revoke(made.id)
    assert stranger.get("/curation/log").status_code == 303
    assert sign_in(stranger, good).status_code == 403


def test_curation_bounds_how_often_signing_in_is_tried(stranger: FlaskClient) -> None:
    answers = [sign_in(stranger, f"guess {number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert sign_in(stranger, SECRET).status_code == 429


def test_curation_signs_out(desk: FlaskClient) -> None:
    cookie = desk.get_cookie("podium_session", path="/curation")
    assert cookie is not None
    desk.post("/curation/sign-out", data={"form": hidden(desk.get("/curation"))})
    desk.set_cookie("podium_session", cookie.value, path="/curation")  # the secret is good for nothing any more
    assert desk.get("/curation/log").status_code == 303
    assert "Sign in" in desk.get("/curation").text


def test_sessions_end_when_they_are_not_used_or_too_old() -> None:
    now = 0.0
    sessions = Sessions(lambda: now)
    secret, begun = sessions.begin("token")
    for now in range(0, 36_000, IDLE):  # noqa: B007  # the clock of the sessions
        assert sessions.find(secret) is begun
    now = 36_001
    assert sessions.find(secret) is None
    idle, _ = sessions.begin("token")
    now += IDLE + 1
    assert sessions.find(idle) is None
    first, _ = sessions.begin("token")
    for _ in range(1000):
        sessions.begin("token")
    assert sessions.find(first) is None


def test_curation_settles_a_conflict_and_undoes_it(desk: FlaskClient, store: Store) -> None:
    (item,) = conflicts(store).shown
    told = send(desk, "choose", conflict=item.iri, side="2", back="/curation/conflicts")
    assert "1:58.91 stands" in told.text
    assert 'role="status"' in told.text
    assert "stands</div>" not in desk.get("/curation/conflicts").text  # told once
    (now,) = conflicts(store).shown
    assert now.settlement is not None
    assert now.settlement.reason == "so it is"
    assert "Let the articles decide again" in desk.get(f"/curation/conflicts?number={item.number}").text
    send(desk, "choose", conflict=item.iri, undo="1")
    assert conflicts(store).shown == (item,)
    send(desk, "choose", conflict=item.iri, side="2")
    undo_last(desk)
    assert conflicts(store).shown == (item,)
    lines = [json.loads(line) for line in (store.path / "audit.jsonl").read_text().splitlines()]
    assert [line["action"] for line in lines] == ["sign in", "choose", "unchoose", "choose", "undo"]
    assert all(line["outcome"] == "done" for line in lines)
    assert SECRET not in (store.path / "audit.jsonl").read_text()


def test_curation_merges_and_splits_and_undoes_both(desk: FlaskClient, store: Store) -> None:
    one = "ASK { person:ines-calloway dcterms:isReplacedBy ?x } "
    other = "ASK { person:dora-calloway dcterms:isReplacedBy ?x }"
    told = send(desk, "merge", one="person:ines-calloway", other="person:dora-calloway")
    assert "one now" in told.text
    assert store.ask(one) or store.ask(other)
    undo_last(desk)
    assert not store.ask(one)
    assert not store.ask(other)
    assert "2 now" in send(desk, "split", one="person:ines-calloway", other="person:dora-calloway").text
    undo_last(desk)
    assert "2 now" in send(desk, "split", one="person:mira-tovald", article="quay-news").text
    undo_last(desk)
    assert "cannot be one" in send(desk, "merge", one="person:ines-calloway", other="club:harrow-vale").text


def test_curation_confirms_and_rejects_weak_facts(desk: FlaskClient, store: Store) -> None:
    coached = "ASK { person:ola-brennvik ath:coaches person:mira-tovald }"
    assert store.ask(coached)
    review = desk.get("/curation/review?kind=coaching")
    claims = re.findall(r'name="claim" value="([^"]+)"', review.text)
    assert claims
    assert "Ola Brennvik" in review.text
    assert "went" in send(desk, "judge", claim=claims, verdict="reject").text
    assert not store.ask(coached)
    assert not re.findall(r'name="claim"', desk.get("/curation/review?kind=coaching").text)
    undo_last(desk)
    assert store.ask(coached)
    send(desk, "judge", claim=claims, verdict="confirm")
    assert store.ask(coached)
    assert not set(claims) & set(re.findall(r'name="claim" value="([^"]+)"', desk.get("/curation/review").text))
    functional = re.search(
        r'name="subject" value="([^"]+)"><input type="hidden" name="predicate" value="([^"]+)">'
        r'<input type="hidden" name="object" value="([^"]+)"',
        desk.get("/curation/review").text,
    )
    assert functional is not None
    fields = dict(zip(("subject", "predicate", "object"), functional.groups(), strict=True))
    assert "stands whatever" in send(desk, "judge", claim="x", verdict="confirm", **fields).text
    assert store.ask("ASK { ?c a ath:CuratorChoice }")
    undo_last(desk)
    assert not store.ask("ASK { ?c a ath:CuratorChoice }")


def test_curation_withdraws_with_a_look_at_what_goes_and_takes_back(desk: FlaskClient, store: Store) -> None:
    version = store.version
    shown = desk.get("/curation/withdraw?article=bay-post")
    assert "would lose their last article" in shown.text
    assert "is the current coach of" in shown.text
    assert store.version == version
    told = send(desk, "withdraw", article="bay-post", back="/curation/log")
    assert "bay-post is withdrawn" in told.text
    assert desk.get("/article/bay-post").status_code == 410
    undo_last(desk)
    assert desk.get("/article/bay-post").status_code == 200


@pytest.mark.parametrize(
    ("action", "fields", "status"),
    [
        ("choose", {"conflict": "none such", "side": "1", "reason": "x"}, 404),
        ("choose", {"side": "1", "reason": "x"}, 400),
        ("merge", {"one": "a", "other": "b", "reason": " "}, 400),
        ("merge", {"one": "a", "other": "b", "reason": "x" * 1001}, 400),
        ("judge", {"claim": "x", "verdict": "maybe", "reason": "x"}, 400),
        ("judge", {"verdict": "reject", "reason": "x"}, 400),
        ("undo", {"entry": "first", "reason": "x"}, 400),
        ("withdraw", {"reason": "x"}, 400),
    ],
)
def test_curation_refuses_what_is_not_filled_in(
    desk: FlaskClient, action: str, fields: dict[str, str], status: int
) -> None:
    answer = desk.post(f"/curation/{action}", data={"form": hidden(desk.get("/curation")), **fields})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("merge", {"one": "person:nobody", "other": "person:ines-calloway"}),
        ("judge", {"claim": "bay-post_0123", "verdict": "reject"}),
        ("undo", {"entry": "999"}),
        ("undo", {"entry": "1"}),
        ("withdraw", {"article": "never-there"}),
    ],
)
def test_curation_tells_what_cannot_be_done(desk: FlaskClient, action: str, fields: dict[str, str]) -> None:
    assert 'role="alert"' in send(desk, action, **fields).text


@pytest.mark.parametrize(
    "path",
    ["/curation/conflicts?page=0", "/curation/review?page=99", "/curation/names?page=x", "/curation/log?before=y"],
)
def test_curation_knows_only_the_pages_there_are(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404
