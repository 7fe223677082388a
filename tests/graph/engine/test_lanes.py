from __future__ import annotations

import time
from threading import Thread

import pytest

from graph.engine.lanes import Lane
from graph.errors import ClientGoneError, TooBusyError


def test_lanes_let_in_who_has_waited_longest() -> None:
    lane = Lane("slow", 1, 10, 5)
    lane.enter(time.monotonic() + 1, None)
    came: list[int] = []

    def wait(number: int) -> None:
        lane.enter(time.monotonic() + 10, None)
        came.append(number)
        lane.leave()

    threads = []
    for number in range(5):
        threads.append(Thread(target=wait, args=(number,)))
        threads[-1].start()
        while lane.waiting <= number:
            time.sleep(0.001)
    assert not lane.try_enter()
    lane.leave()
    for thread in threads:
        thread.join()
    assert came == [0, 1, 2, 3, 4]
    assert (lane.busy, lane.waiting) == (0, 0)


def test_lanes_have_a_bound_and_an_end() -> None:
    lane = Lane("slow", 1, 0, 7)
    assert lane.try_enter()
    with pytest.raises(TooBusyError, match="ask again in 7 s") as caught:
        lane.enter(time.monotonic() + 10, None)
    assert caught.value.retry_after == 7
    waiting = Lane("slow", 1, 1, 7)
    assert waiting.try_enter()
    with pytest.raises(TooBusyError, match="before its time was over"):
        waiting.enter(time.monotonic() + 0.05, None)
    with pytest.raises(ClientGoneError):
        waiting.enter(time.monotonic() + 10, lambda: True)
    waiting.leave()
    assert waiting.try_enter()
    assert (waiting.busy, waiting.waiting) == (1, 0)
