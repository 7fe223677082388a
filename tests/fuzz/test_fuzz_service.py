"""A short run of what `make fuzzservice` does at length."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("service.py")


@pytest.mark.timeout(200)
def test_fuzz_service_finds_no_fault_in_some_hundred_requests() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--requests", "150", "--seed", "7"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("0 faults\n")
