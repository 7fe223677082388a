import psutil
import pytest

from graph.engine.settings import EngineSettings, Memory
from graph.store.base import Limits


def test_engine_settings_bound_slow_queries_by_memory() -> None:
    everything = psutil.virtual_memory().total
    assert EngineSettings(limits=Limits(memory=everything)).heavy_slots() == 1
    assert 1 <= EngineSettings(limits=Limits(memory=1 << 20)).heavy_slots() <= 8 * (psutil.cpu_count() or 1)
    assert EngineSettings(heavy=3).heavy_slots() == 3


@pytest.mark.parametrize(
    ("memory", "small", "huge"), [("auto", True, False), ("on", True, True), ("off", False, False)]
)
def test_engine_settings_say_when_quads_are_held_in_memory(memory: Memory, small: bool, huge: bool) -> None:
    most = EngineSettings(memory=memory).most_in_memory()
    assert (most >= 1000, most >= psutil.virtual_memory().total) == (small, huge)
