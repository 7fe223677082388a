"""What a kill of a whole service leaves; `make servicecrash` kills as often as one likes."""

from pathlib import Path
from random import Random

import pytest
from servicecrash import tell


@pytest.mark.timeout(900)  # for some dozen services, on a busy machine
@pytest.mark.parametrize("number", range(2))
def test_servicecrash_nothing_acknowledged_is_lost_and_nothing_is_half(number: int, tmp_path: Path) -> None:
    assert tell(Random(f"suite-{number}"), tmp_path, kills=10).writes > 100
