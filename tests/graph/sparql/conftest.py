from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.store.embedded import Store

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.memory() as store:
        yield store
