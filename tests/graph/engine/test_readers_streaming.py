"""Long answers: first bytes at once, memory flat, errors never a silent end."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest
from runners import MIB, Service, wait_for

from graph.errors import QueryTimeoutError
from graph.store.base import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engine.settings import EngineSettings

LONG = "SELECT ?s ?p ?o ?a { ?s ?p ?o . ?a ?b ?c } LIMIT 400000"
ENDLESS = "SELECT ?s ?p ?o ?a { ?s ?p ?o . ?a ?b ?c . ?x ?y ?z }"


@pytest.fixture
def patient(start: Callable[[EngineSettings], Service], settings: EngineSettings) -> Service:
    return start(replace(settings, limits=Limits(seconds=100.0, memory=256 * MIB), memory="off"))


def test_readers_stream_at_once_and_wholly(patient: Service) -> None:
    query = LONG.replace("400000", "100000")
    expected = patient.ask(query)
    answer = patient.readers.answer(query, streams=lambda: True)
    first = next(answer.chunks)
    assert len(first) < len(expected) / 4
    assert patient.readers.stats()["streaming"] == 1
    whole = first + b"".join(answer.chunks)
    assert len(whole) == len(expected)
    assert len(json.loads(whole)["results"]["bindings"]) == 100_000
    wait_for(lambda: patient.readers.stats()["heavy"] == 0)


def test_readers_hold_back_what_does_not_stream(patient: Service) -> None:
    with pytest.raises(QueryTimeoutError):
        patient.readers.answer(ENDLESS, limits=Limits(seconds=0.5), streams=lambda: False)


def test_readers_stream_in_flat_memory(patient: Service) -> None:
    this = psutil.Process()
    before = this.memory_info().rss
    length = peak = 0
    answer = patient.readers.answer(ENDLESS, streams=lambda: True)
    for chunk in answer.chunks:
        length += len(chunk)
        peak = max(peak, this.memory_info().rss)
        if length > 80 * MIB:  # as long as that takes, on a busy machine
            break
    answer.chunks.close()  # type: ignore[attr-defined]
    assert length > 80 * MIB
    assert peak - before < 40 * MIB


def test_readers_are_not_held_by_a_client_that_reads_slowly(patient: Service) -> None:
    this = psutil.Process()
    answer = patient.readers.answer(LONG, streams=lambda: True)
    first = next(answer.chunks)
    before = this.memory_info().rss
    wait_for(lambda: patient.readers.stats()["heavy"] == 0)
    assert this.memory_info().rss - before < 30 * MIB
    assert len(json.loads(first + b"".join(answer.chunks))["results"]["bindings"]) == 400_000


def test_readers_raise_what_ends_a_stream_too_early(patient: Service) -> None:
    began = time.monotonic()
    answer = patient.readers.answer(ENDLESS, limits=Limits(seconds=0.7), streams=lambda: True)
    with pytest.raises(QueryTimeoutError):
        for _ in answer.chunks:
            pass
    assert time.monotonic() - began < 10
    assert patient.readers.stats()["killed"] == {"timeout": 1}


def test_readers_stop_a_stream_that_is_closed(patient: Service) -> None:
    answer = patient.readers.answer(ENDLESS, streams=lambda: True)
    next(answer.chunks)
    answer.chunks.close()  # type: ignore[attr-defined]
    wait_for(lambda: patient.readers.stats()["heavy"] == 0)
    assert patient.readers.stats()["killed"] == {"gone": 1}
    dropped = patient.readers.answer(ENDLESS, streams=lambda: True)
    del dropped
    wait_for(lambda: patient.readers.stats()["heavy"] == 0)


def test_readers_say_that_a_stream_was_broken_off(patient: Service) -> None:
    answer = patient.readers.answer(ENDLESS, streams=lambda: True)
    next(answer.chunks)
    patient.readers.close()
    with pytest.raises(Exception, match="stops"):
        for _ in answer.chunks:
            pass
