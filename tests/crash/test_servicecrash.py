"""What a kill of a whole service leaves; `make servicecrash` kills as often as one likes."""

from pathlib import Path
from random import Random

import pytest
from servicecrash import tell


@pytest.mark.timeout(900)  # for half a dozen services, on a busy machine
def test_servicecrash_nothing_acknowledged_is_lost_and_nothing_is_half(tmp_path: Path) -> None:
    # Once the front alone while articles come, once all of it at any moment.
    assert tell(Random("suite-14"), tmp_path, kills=2).writes > 20
