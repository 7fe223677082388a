"""Articles over HTTP: sent in every form, changed, refused, withdrawn; and the record of it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.pipeline import memory_store
from server.app import create_app
from server.settings import Settings
from server.tokens import Tokens

ONE = (
    "Marta Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday. She is coached by Tor Akesson.\n"
)
TWO = "Achieng Otiwa won the women's 1500m at the Harbour Games in 4:01.22 on Sunday.\n"
SPANISH = "La atleta ganó la carrera de los ochocientos metros y dijo que estaba muy contenta con su victoria de hoy.\n"
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
<item><title>First day</title><link>https://news.example/a</link><description>{ONE}</description></item>
<item><title>Second day</title><link>https://news.example/b</link><description>{TWO}</description></item>
</channel></rss>"""
SECRET = "a-secret-of-the-test"  # noqa: S105
ALL = {"Authorization": f"Bearer {SECRET}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def web(folder: Path) -> Iterator[FlaskClient]:
    with memory_store() as store:
        yield create_app(store, Settings(store=folder, token=SECRET)).test_client()


def send(web: FlaskClient, article: object, **query: str) -> TestResponse:
    return web.post("/articles", json=article, query_string=query, headers=ALL)


def test_arriving_article_is_new_then_unchanged_then_changed(web: FlaskClient) -> None:
    article = {"text": ONE, "id": "first-day", "published": "2024-06-08", "source": "Harbour News"}
    new = send(web, article)
    assert new.status_code == 201
    assert new.headers["Location"] == "/article/first-day"
    told: dict[str, Any] = new.get_json()
    assert (told["outcome"], told["article"]) == ("added", "first-day")
    assert told["iri"].endswith("/article/first-day")
    assert told["facts"] == told["gained"] > 0
    again = send(web, article)
    assert (again.status_code, again.get_json()["outcome"]) == (200, "unchanged")
    assert again.get_json()["version"] == told["version"]
    changed = send(web, article | {"text": ONE.replace("1:57.10", "1:57.90")})
    assert (changed.status_code, changed.get_json()["outcome"]) == (200, "replaced")
    assert changed.get_json()["version"] != told["version"]
    (altered,) = changed.get_json()["changes"]["graph"]["altered"]
    assert (altered["before"], altered["after"]) != (altered["after"], altered["before"])
    assert "1:57.90" in altered["text"]
    assert "Marta Lindqvist" in web.get("/article/first-day").text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (ONE.encode(), "text/plain"),
        (ONE.encode("utf-16"), "text/plain; charset=utf-16"),
        (f"<html><body><article><h1>First day</h1><p>{ONE * 4}</p></article></body></html>".encode(), "text/html"),
        (json.dumps({"html": f"<article><h1>First</h1><p>{ONE * 4}</p></article>"}).encode(), "application/json"),
    ],
)
def test_arriving_article_may_have_any_form(web: FlaskClient, body: bytes, kind: str) -> None:
    query = {"id": "first-day", "published": "2024-06-08", "url": "https://news.example/first"}
    done = web.post("/articles", data=body, content_type=kind, query_string=query, headers=ALL)
    assert (done.status_code, done.get_json()["outcome"]) == (201, "added")
    assert done.get_json()["article"] == "first-day"
    assert "https://news.example/first" in web.get("/article/first-day.ttl", buffered=True).text


def test_arriving_lists_have_a_report_for_each(web: FlaskClient) -> None:
    bad: list[object] = [{"text": ""}, {"txt": ONE}, "words", {"text": ONE, "html": ONE}, {"text": "\ud800"}]
    done = send(web, [{"text": ONE, "id": "one"}, {"text": SPANISH, "id": "two"}, *bad])
    assert done.status_code == 207
    found = done.get_json()["articles"]
    assert [report["status"] for report in found] == [201, 422, *([422] * len(bad))]
    assert [report["outcome"] for report in found] == ["added", "skipped", *(["refused"] * len(bad))]
    assert all(report["error"] for report in found[1:])
    assert send(web, [{"text": ONE, "id": "one"}]).status_code == 207


def test_arriving_feeds_and_forms_are_lists(web: FlaskClient) -> None:
    feed = web.post("/articles", data=FEED.encode(), content_type="application/rss+xml", headers=ALL)
    assert feed.status_code == 207
    assert [report["status"] for report in feed.get_json()["articles"]] == [201, 201]
    parts = {
        "file": [
            (io.BytesIO(ONE.encode()), "june/harbour.txt"),
            (io.BytesIO(b'{"published": "2024-06-08", "source": "Quay News"}'), "june/harbour.meta.json"),
            (io.BytesIO(b"\x89PNG"), "picture.png"),
        ],
        "more": (io.BytesIO(TWO.encode()), "two.txt"),
        "known": (io.BytesIO(b"[]"), "two.meta.json"),
    }
    form = web.post("/articles", data=parts, content_type="multipart/form-data", headers=ALL)
    assert form.status_code == 207
    found = form.get_json()["articles"]
    assert [(report["origin"], report["status"]) for report in found] == [
        ("june/harbour.txt", 201),
        ("picture.png", 422),
        ("two.meta.json", 422),
    ]
    assert found[0]["article"] == "harbour"
    assert "Quay News" in web.get("/article/harbour.ttl", buffered=True).text


@pytest.mark.parametrize(
    ("article", "status"),
    [
        ({"text": SPANISH}, 422),
        ({"text": " "}, 422),
        ({"text": ONE, "published": "yesterday"}, 422),
        ({"text": ONE, "id": "Not An Id"}, 422),
        ({"text": ONE, "sha256": "12"}, 422),
        ({"text": ["a"]}, 422),
        ([], 207),
    ],
)
def test_arriving_article_that_is_none_says_why(web: FlaskClient, article: object, status: int) -> None:
    done = send(web, article)
    assert done.status_code == status
    if status == 422:
        assert done.content_type == "application/problem+json"
        assert done.get_json()["outcome"] in {"refused", "skipped"}
        assert done.get_json()["detail"]


def test_arriving_article_read_unscreened_is_stored(web: FlaskClient) -> None:
    assert send(web, {"text": SPANISH, "id": "two"}, unscreened="true").status_code == 201


def test_arriving_article_with_the_id_of_another_is_a_conflict(web: FlaskClient) -> None:
    send(web, {"text": ONE, "id": "day", "origin": "one.txt"})
    other = {"text": TWO, "id": "day", "origin": "two.txt"}
    assert send(web, other).status_code == 409
    assert send(web, other, replace="true").get_json()["outcome"] == "replaced"


def test_arriving_requests_that_are_none(web: FlaskClient) -> None:
    def status(body: bytes, kind: str, **query: str) -> int:
        return web.post("/articles", data=body, content_type=kind, query_string=query, headers=ALL).status_code

    assert status(b"", "text/plain") == 400
    assert status(b"", "text/plain", url="http://127.0.0.1:1/") == 403
    assert status(b"{", "application/json") == 400
    assert status(b"[" * 100_000, "application/json") == 400
    assert status(ONE.encode(), "image/png") == 415
    assert status(ONE.encode(), "text/plain", publised="2024-06-08") == 400
    assert status(ONE.encode(), "text/plain", published="soon") == 400
    assert status(ONE.encode(), "text/plain", replace="perhaps") == 400
    assert status(b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x") == 400


def test_withdrawing_lists_the_facts_that_went_and_is_gone_after(web: FlaskClient) -> None:
    send(web, {"text": ONE, "id": "one"})
    assert web.delete("/articles/one", headers=ALL).status_code == 400
    done = web.delete("/articles/one?reason=a+misprint", headers=ALL)
    assert done.status_code == 200
    assert any("Tor Akesson" in fact["text"] for fact in done.get_json()["facts"]["lost"])
    assert web.delete("/articles/one?reason=again", headers=ALL).status_code == 410
    assert web.delete("/articles/none?reason=again", headers=ALL).status_code == 404
    assert send(web, {"text": ONE, "id": "one"}).status_code == 409
    assert send(web, {"text": ONE, "id": "one"}, replace="1").status_code == 201


def test_arriving_needs_the_scope_before_anything_is_read(web: FlaskClient, folder: Path) -> None:
    _, text = Tokens(folder).create("editor", ["curate", "update"])
    for headers, status in (({}, 401), ({"Authorization": f"Bearer {text}"}, 403)):
        assert web.post("/articles", data=b"\x00", headers=headers).status_code == status
        assert web.delete("/articles/one", headers=headers).status_code == status


def test_arriving_is_recorded(web: FlaskClient, folder: Path) -> None:
    token, text = Tokens(folder).create("desk", ["ingest"])
    mine = {"Authorization": f"Bearer {text}"}
    web.post("/articles", json={"text": ONE, "id": "one"}, headers=mine)
    web.delete("/articles/none?reason=x", headers=mine)
    web.delete("/articles/one?reason=a+misprint", headers=ALL)
    written = (folder / "audit.jsonl").read_text()
    assert text not in written
    assert SECRET not in written
    lines = [json.loads(line) for line in written.splitlines()]
    assert [(line["token"], line["action"], line["outcome"]) for line in lines] == [
        (token.id, "ingest", "done"),
        (token.id, "retract", 404),
        ("environment", "retract", "done"),
    ]
    assert lines[0]["articles"] == [["one", "added"]]
    assert lines[0]["version"] == lines[1]["version"] != lines[2]["version"]
    assert {line["client"] for line in lines} == {"127.0.0.1"}
