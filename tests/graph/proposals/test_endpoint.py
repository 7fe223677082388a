"""The endpoint, played by a real server in all the ways in which such servers misbehave."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from model_server import ModelServer, Played, claims, completion
from proposed import claim, document

from graph.errors import ProposerError
from graph.proposals import EndpointChoice, Proposal, open_proposer
from graph.proposals.asking import Asker
from graph.proposals.claimform import schema
from graph.proposals.endpoint import Endpoint, claims_in

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Marta Lindqvist was unstoppable in the 1500m at the Torrevale Grand Prix.\n"
ONE = claim("result", "Marta Lindqvist was unstoppable", athlete="Marta Lindqvist", position=1, discipline="1500m")


class Waits(list[float]):
    """Stands for `time.sleep`, and tells how long somebody would have slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def endpoint(choice: EndpointChoice, waits: Waits) -> Endpoint:
    return Endpoint(choice, Asker(choice, waits))


def proposed(endpoint: Endpoint, text: str = TEXT) -> list[object]:
    return [proposal.claim for proposal in endpoint.propose(document(text))]


def test_endpoint_is_asked_for_claims_of_the_schema_at_no_temperature(server: ModelServer, endpoint: Endpoint) -> None:
    server.play(claims(ONE))
    assert list(endpoint.propose(document(TEXT))) == [Proposal(endpoint.name, "endpoint.claims", ONE)]
    (request,) = server.requests
    assert (request["path"], request["model"], request["temperature"]) == ("/v1/chat/completions", "tiny-model", 0)
    assert request["response_format"]["json_schema"]["schema"] == schema()
    assert "Published: 2024-06-10" in request["messages"][1]["content"]
    assert TEXT.strip() in request["messages"][1]["content"]
    assert server.headers[0]["Authorization"] == "Bearer very-secret"
    assert endpoint.name.startswith("endpoint/tiny-model/")


def test_endpoint_without_a_key_sends_none(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(claims())
    assert proposed(Endpoint(replace(choice, key=None))) == []
    assert "Authorization" not in server.headers[0]


# What models answer


@pytest.mark.parametrize(
    "content",
    [
        "```json\n{}\n```", "Sure! Here are the claims:\n\n{}\n\nLet me know.", "<think>Is {{this}} one?</think>{}",
        '{{"schema": {{"claims": 3}}}} {}',
    ],
)  # fmt: skip
def test_endpoint_text_around_the_json_does_not_matter(server: ModelServer, endpoint: Endpoint, content: str) -> None:
    server.play(completion(content.format(json.dumps({"claims": [ONE]}))))
    assert proposed(endpoint) == [ONE]


@pytest.mark.parametrize(
    "content",
    [
        "", "I cannot help with that.", '{"claims": [{"kind": "result", "quote": "Mar', '{"results": []}',
        '{"claims": 3}', "[]", "{" * 3000, '{"a":' * 3000, '{"claims": [' + "[" * 100_000, "NaN",
    ],
)  # fmt: skip
def test_endpoint_an_answer_without_claims_is_proposed_as_it_is(content: str) -> None:
    assert claims_in(content) == [content]


def test_endpoint_claims_that_ignore_the_schema_are_passed_on_to_the_guards(
    server: ModelServer, endpoint: Endpoint
) -> None:
    server.play(claims({"winner": "Marta Lindqvist"}, "text", None, ONE, ONE))
    assert proposed(endpoint) == [{"winner": "Marta Lindqvist"}, "text", None, ONE, ONE]


def test_endpoint_a_model_in_a_loop_is_not_read_to_the_end() -> None:
    found = claims_in(json.dumps({"claims": [ONE] * 2000}))
    assert found == [ONE] * 500 + ["2000 claims, of which only 500 were read"]


# What servers do


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_endpoint_that_is_busy_is_asked_again(
    server: ModelServer, endpoint: Endpoint, waits: Waits, status: int
) -> None:
    server.play(Played(status=status), Played(status=status), claims(ONE))
    assert proposed(endpoint) == [ONE]
    assert waits == [1.0, 2.0]


def test_endpoint_waits_as_long_as_it_is_asked_to(server: ModelServer, endpoint: Endpoint, waits: Waits) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    limits = [Played(status=429, headers={"Retry-After": value}) for value in ("7", later, past)]
    server.play(*limits, claims(ONE))
    assert proposed(endpoint) == [ONE]
    assert (waits[0], waits[2]) == (7.0, 0.0)
    assert 20 < waits[1] <= 30


def test_endpoint_passes_over_a_wish_it_cannot_read(server: ModelServer, endpoint: Endpoint, waits: Waits) -> None:
    server.play(Played(status=429, headers={"Retry-After": "soon"}), claims(ONE))
    assert proposed(endpoint) == [ONE]
    assert waits == [1.0]


def test_endpoint_that_wants_to_be_left_alone_for_long_is(
    server: ModelServer, endpoint: Endpoint, waits: Waits
) -> None:
    server.play(Played(status=429, headers={"Retry-After": "86400"}))
    with pytest.raises(ProposerError, match="86400 seconds"):
        proposed(endpoint)
    assert waits == []


def test_endpoint_is_asked_only_so_often(server: ModelServer, endpoint: Endpoint, waits: Waits) -> None:
    server.play(Played(status=500))
    with pytest.raises(ProposerError, match=r"answered 500 .*4 times"):
        proposed(endpoint)
    assert len(server.requests) == 4
    assert waits == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("played", "told"),
    [
        (Played(status=401), "PODIUM_ENDPOINT_KEY"),
        (Played(status=404), "check the model"),
        (Played(status=307, headers={"Location": "http://127.0.0.1:9/elsewhere"}), "307"),
        (Played(b"<html>hello</html>"), "no chat completion"),
        (Played(b'{"choices": []}'), "no chat completion"),
        (Played(b'{"choices": [{"message": {"content": null}}]}'), "no chat completion"),
        (Played(b"[" * 100_000), "no chat completion"),
        (Played(b"\xff\xfe"), "no chat completion"),
        (Played(b" " * 3_000_000), "larger than 2 MB"),
    ],
)
def test_endpoint_that_is_none_fails_at_once(
    server: ModelServer, endpoint: Endpoint, waits: Waits, played: Played, told: str
) -> None:
    server.play(played)
    with pytest.raises(ProposerError, match=told) as caught:
        proposed(endpoint)
    assert waits == []
    assert "very-secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["secret\nkey", "secrét"])
def test_endpoint_key_that_cannot_be_sent_is_not_told(server: ModelServer, choice: EndpointChoice, key: str) -> None:
    server.play(claims(ONE))
    wrong = replace(choice, key=key)
    with pytest.raises(ProposerError, match="PODIUM_ENDPOINT_KEY") as caught:
        proposed(Endpoint(wrong, Asker(wrong, Waits())))
    assert "secr" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_endpoint_that_refuses_a_schema_is_asked_without(server: ModelServer, endpoint: Endpoint) -> None:
    server.play(Played(b"response_format is not supported", status=400), claims(ONE))
    assert proposed(endpoint) == [ONE]
    assert proposed(endpoint, f"{TEXT} Once more.") == [ONE]
    assert ["response_format" in request for request in server.requests] == [True, False, False]


def test_endpoint_that_does_not_answer_is_not_waited_for(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(Played(before=lambda: server.closing.wait(10)))
    hasty = replace(choice, seconds=0.2, attempts=2)
    began = time.monotonic()
    with pytest.raises(ProposerError, match=r"no answer within 0\.2 seconds, 2 times"):
        proposed(Endpoint(hasty, Asker(hasty, Waits())))
    assert time.monotonic() - began < 5


def test_endpoint_that_trickles_is_not_waited_for(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(Played(b" " * 1000, trickle=lambda: server.closing.wait(0.05)))
    hasty = replace(choice, seconds=0.5, attempts=1)
    with pytest.raises(ProposerError, match="no answer within"):
        proposed(Endpoint(hasty, Asker(hasty, Waits())))


def test_endpoint_that_is_not_there_is_told(choice: EndpointChoice) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        absent = replace(choice, url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1", attempts=2)
        with pytest.raises(ProposerError, match=r"cannot be reached .*2 times"):
            proposed(Endpoint(absent, Asker(absent, Waits())))


@pytest.mark.parametrize("url", ["http://127.0.0.1:port/v1", "http://[::1/v1"])
def test_endpoint_address_that_is_none_is_told(choice: EndpointChoice, url: str) -> None:
    wrong = replace(choice, url=url)
    with pytest.raises(ProposerError, match="PODIUM_ENDPOINT_URL"):
        proposed(Endpoint(wrong, Asker(wrong, Waits())))


def test_endpoint_that_fails_three_articles_in_a_row_is_given_up(server: ModelServer, choice: EndpointChoice) -> None:
    endpoint = Endpoint(replace(choice, attempts=1))
    server.play(Played(status=500))
    for number in range(5):
        with pytest.raises(ProposerError, match="not asked any more" if number >= 3 else "answered 500"):
            proposed(endpoint, f"{TEXT} {number}")
    assert len(server.requests) == 3


# Answers are kept


def test_endpoint_is_asked_once_for_an_article(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(claims(ONE), Played(status=500))
    first = proposed(Endpoint(choice))
    assert proposed(Endpoint(choice)) == first == [ONE]
    assert len(server.requests) == 1


@pytest.mark.parametrize("other", [{"model": "other-model"}, {}])
def test_endpoint_is_asked_anew_for_another_model_or_text(
    server: ModelServer, choice: EndpointChoice, other: dict[str, str]
) -> None:
    server.play(claims(ONE))
    proposed(Endpoint(choice))
    proposed(Endpoint(replace(choice, **other)), TEXT if other else f"{TEXT} And more.")
    assert len(server.requests) == 2


def test_endpoint_answers_that_cannot_be_read_are_kept_too(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(completion("no"), claims(ONE))
    assert proposed(Endpoint(choice)) == proposed(Endpoint(choice)) == ["no"]


def test_endpoint_damaged_answers_are_asked_for_again(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(claims(ONE))
    proposed(Endpoint(choice))
    (kept,) = files(choice.cache)
    for content in ("", "{", "[]", '{"key": "x"}', json.dumps({"key": kept.stem, "answer": 3})):
        kept.write_text(content)
        assert proposed(Endpoint(choice)) == [ONE]
    assert len(server.requests) == 6
    assert files(choice.cache) == [kept]


def test_endpoint_key_is_nowhere_in_the_cache_and_in_no_repr(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(claims(ONE))
    proposed(Endpoint(choice))
    assert all(b"very-secret" not in path.read_bytes() for path in files(choice.cache))
    assert "very-secret" not in repr(choice)


def test_endpoint_says_where_answers_cannot_be_kept(server: ModelServer, choice: EndpointChoice) -> None:
    server.play(claims(ONE))
    choice.cache.write_text("a file")
    with pytest.raises(ProposerError, match="PODIUM_CACHE"):
        proposed(Endpoint(choice))


def test_endpoint_long_articles_go_in_pieces(server: ModelServer, endpoint: Endpoint) -> None:
    server.play(claims(ONE), claims())
    paragraphs = [f"Paragraph {number} tells of the weather in Torrevale. " * 40 for number in range(12)]
    assert proposed(endpoint, "A title\n\n" + "\n\n".join(paragraphs)) == [ONE]
    sent = [request["messages"][1]["content"] for request in server.requests]
    assert len(sent) > 1
    assert all(len(piece) < 20_000 for piece in sent)
    assert all(any(f"Paragraph {number} " in piece for piece in sent) for number in range(12))


def test_endpoint_is_opened_once_for_a_choice(choice: EndpointChoice) -> None:
    assert open_proposer(choice) is open_proposer(replace(choice))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
