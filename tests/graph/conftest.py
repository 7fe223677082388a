"""A small graph of invented people, for the rooms that read graphs."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.store.embedded import Store

SMALL = Path(__file__).parent / "small.trig"


@pytest.fixture(scope="session")
def small() -> Iterator[Store]:
    """`small.trig` in a store; not to be written to."""
    with Store.memory() as store:
        store.write(ox.parse(path=SMALL))
        yield store
