"""The same articles give the same files to the byte: in any order, by any number of processes, under any hash seed."""

import shutil
from pathlib import Path

import pytest
from podium_command import Podium


@pytest.fixture
def names(tmp_path: Path, root: Path) -> list[str]:
    """The samples, copied to the folder in which the command runs."""
    shutil.copytree(root / "seeds", tmp_path / "in", ignore=shutil.ignore_patterns("expected", "*.md"))
    return sorted(f"in/{path.name}" for path in (tmp_path / "in").iterdir() if not path.name.endswith(".meta.json"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_cli_extract_gives_the_same_bytes_however_it_is_run(process: Podium, names: list[str], tmp_path: Path) -> None:
    assert process("extract", *names, "--out", "first", PYTHONHASHSEED="0").code == 0
    expected = files(tmp_path / "first")
    assert len(expected) > 15
    runs = [("1", "random", names[::-1]), ("3", "2", names[7:] + names[:7])]
    for jobs, seed, order in runs:
        out = f"out-{jobs}-{seed}"
        assert process("extract", *order, "--out", out, "--jobs", jobs, PYTHONHASHSEED=seed).code == 0
        assert files(tmp_path / out) == expected


def test_cli_extract_gives_the_same_messages_in_the_same_order(process: Podium, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(12):
        text = (
            "Le 1500 mètres a été remporté par la coureuse de la ville, devant toutes les autres." if number % 3 else ""
        )
        (tmp_path / "in" / f"a{number:02}.txt").write_text(text or "Marta Lindqvist won the 1500m in 3:58.41.")
    said = {process("extract", "in", "--out", f"out-{jobs}", "--jobs", jobs).err.replace(f"out-{jobs}", "out")
            for jobs in ("1", "3")}  # fmt: skip
    assert len(said) == 1
    assert said.pop().splitlines()[-1] == "4 written to out, 8 skipped, 0 not readable"
