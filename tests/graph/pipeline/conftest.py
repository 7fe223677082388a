from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.pipeline import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.embedded import Store


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store with the vocabulary in it."""
    with memory_store() as store:
        yield store
