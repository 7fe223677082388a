"""The README's commands work as shown: each `console` block is run, in order, by a user with a copy of the samples."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """One command and the output lines shown below it; `...` in them stands for anything, also for whole lines."""

    command: str
    output: tuple[str, ...]


def examples(text: str) -> list[Example]:
    found: list[Example] = []
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            length = next(i for i, line in enumerate(lines) if not line.endswith("\\")) + 1
            found.append(Example("\n".join(lines[:length]), tuple(line for line in lines[length:] if line.strip())))
    return found


def shown(example: Example, printed: str) -> bool:
    """Whether the lines shown are printed, in order; spaces at the ends and their number do not matter."""
    rest = iter(" ".join(line.split()) for line in printed.splitlines())
    for line in example.output:
        pattern = re.sub(r"([\[*?])", r"[\1]", " ".join(line.split())).replace("...", "*").replace("…", "*")
        if pattern != "*" and not any(fnmatch.fnmatchcase(candidate, pattern) for candidate in rest):
            return False
    return True


def test_readme_examples_are_read_with_their_output() -> None:
    text = "```console\n$ podium show X\nName ...\n\n  two\n$ podium query \\\n  'ASK {}'\n```\n```sh\nnot run\n```\n"
    assert examples(text) == [
        Example("podium show X", ("Name ...", "  two")),
        Example("podium query \\\n  'ASK {}'", ()),
    ]


@pytest.mark.parametrize(
    ("lines", "matches"),
    [
        (("Josh Kerr ...", "two  words"), True),
        (("...", "two words"), True),
        (("[a] *",), True),
        (("two words", "Josh Kerr (athlete)"), False),
        (("Josh Ker",), False),
        (("[b] *",), False),
    ],
)
def test_readme_output_is_compared_line_by_line(lines: tuple[str, ...], matches: bool) -> None:
    assert shown(Example("", lines), "Josh Kerr (athlete)\n\n  two words\n[a] *\n") is matches


@pytest.mark.timeout(300)
def test_readme_commands_run_as_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PODIUM_")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    found = examples(README.read_text("utf-8"))
    assert found
    for example in found:
        done = subprocess.run(
            ["bash", "-c", example.command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        told = f"$ {example.command}\n{done.stdout}{done.stderr}"
        assert done.returncode == 0, told
        assert shown(example, done.stdout + done.stderr), f"{told}\nbut the README shows\n" + "\n".join(example.output)
