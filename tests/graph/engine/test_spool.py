from __future__ import annotations

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.spool import Spool
from graph.errors import QueryError

MIB = 1 << 20


@given(sizes=st.lists(st.integers(1, 6 * MIB), max_size=8), order=st.lists(st.booleans(), max_size=30))
def test_spool_gives_what_was_put_in_in_order(sizes: list[int], order: list[bool]) -> None:
    """`order` says when something is taken out; what does not fit in memory goes through a file."""
    spool = Spool()
    chunks = spool.chunks()
    parts = [bytes([number]) * size for number, size in enumerate(sizes, 1)]
    waiting = list(parts)
    out = bytearray()
    for take in order:
        if not take and waiting:
            spool.put(waiting.pop(0))
        elif take and len(out) < spool.total:
            out += next(chunks)
    for part in waiting:
        spool.put(part)
    spool.finish()
    out += b"".join(chunks)
    assert bytes(out) == b"".join(parts)
    assert spool.total == sum(sizes)


def test_spool_waits_for_more_and_raises_what_went_wrong_at_the_end() -> None:
    spool = Spool()
    chunks = spool.chunks()

    def write() -> None:
        for number in range(100):
            spool.put(str(number).encode())
        spool.finish(QueryError("it broke"))

    writer = Thread(target=write)
    writer.start()
    out = []
    with pytest.raises(QueryError, match="it broke"):
        out.extend(iter(chunks.__next__, None))
    writer.join()
    assert spool.total == 190
    assert spool.closed


def test_spool_that_nobody_reads_says_so() -> None:
    spool = Spool()
    told: list[bool] = []
    spool.on_close = lambda: told.append(True)
    chunks = spool.chunks()
    spool.put(b"x" * 20 * MIB)
    del chunks
    assert told == [True]
    spool.put(b"y")
    assert spool.closed
