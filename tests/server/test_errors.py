import logging
from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import TestResponse

from graph.errors import (
    AmbiguousNameError,
    EndpointError,
    EvidenceError,
    LookupFailedError,
    PodiumError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    RulingError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreVersionError,
    TakenError,
    UnreadableError,
    WithdrawnError,
)
from graph.store.embedded import Store
from server.app import create_app
from server.settings import Settings

_SEVERAL = AmbiguousNameError("x", (("urn:1", "X", "athlete"), ("urn:2", "X", "coach")))
_TABLE = [
    (QuerySyntaxError("line 2, column 3: no", 2, 3), 400),
    (QueryError("failed"), 400),
    (QueryRefusedError("SERVICE"), 403),
    (LookupFailedError("x", "no x"), 404),
    (WithdrawnError("x", "article 'x' was withdrawn already"), 410),
    (_SEVERAL, 300),
    (UnreadableError("file", "binary"), 422),
    (TakenError("file", "has the id of another"), 409),
    (RulingError("a person and a club"), 422),
    (StoreBusyError("/secret"), 503),
    (StoreFullError("/secret"), 507),
    (StoreVersionError("/secret"), 500),
    (StoreError("/secret"), 500),
    (EvidenceError("/secret"), 500),
    (EndpointError("/secret"), 502),
    (PodiumError("/secret"), 500),
    (RuntimeError("/secret"), 500),
]


@pytest.fixture
def answer_to() -> Iterator[Callable[..., TestResponse]]:
    """What the service answers when a view raises."""
    with Store.memory() as store:

        def answer(error: Exception, **headers: str) -> TestResponse:
            app = create_app(store, Settings())

            @app.get("/raise")
            def fail() -> str:
                raise error

            return app.test_client().get("/raise", headers=headers)

        yield answer


@pytest.mark.parametrize(("error", "status"), _TABLE, ids=lambda value: type(value).__name__)
def test_errors_have_a_status_and_are_problem_json_for_programs(answer_to, error, status):
    answer = answer_to(error)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["detail"]


_OWN = [(error, status) for error, status in _TABLE if status >= 500 and not isinstance(error, EndpointError)]


@pytest.mark.parametrize(("error", "status"), _OWN)
def test_errors_of_the_service_go_to_the_log_and_not_outside(answer_to, error, status, caplog):
    with caplog.at_level(logging.ERROR):
        answer = answer_to(error, Accept="text/html")
    assert answer.status_code == status
    assert "/secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "/secret" in caplog.text


def test_errors_tell_place_and_candidates(answer_to):
    place = answer_to(QuerySyntaxError("no", 2, 3)).json
    assert (place["line"], place["column"]) == (2, 3)
    several = answer_to(_SEVERAL).json
    assert [candidate["iri"] for candidate in several["candidates"]] == ["urn:1", "urn:2"]


def test_errors_are_pages_for_browsers(browser_like):
    answer = browser_like.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<h1>" in answer.text


def test_errors_lead_from_an_address_without_a_page_to_a_search(browser_like):
    page = browser_like.get("/person/mira-tovelt")
    assert page.status_code == 404
    assert '<a href="/search?q=mira+tovelt">Look for “mira tovelt”</a>' in page.text


def test_errors_keep_the_methods_that_are_allowed(web):
    answer = web.delete("/sparql")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert answer.headers["Content-Type"] == "application/problem+json"
