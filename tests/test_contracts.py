"""What holds for the code as a whole: layers, public names, sizes, who reads the environment, what may be published."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE
from server.app import create_app
from server.cli import cli
from server.knobs import KNOBS
from server.settings import Settings

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "ontology", "server")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MAX_LINES = 400

# Spelt in parts, so that this file keeps its own rules.
REGISTRIES = [r"pypi\." + "org", r"python" + r"hosted\.org", r"registry\.npm" + r"js\.org", r"npm" + "mirror"]
OPTIONS_OF_REGISTRIES = ["--(extra-)?index-" + "url", "--find-" + "links", '"resolved": *"https' + "?:"]
LEFT_OVERS = re.compile("TO" + "DO|FIX" + "ME|XX" + "X|NotImplemented" + "Error|pytest\\.mark\\.sk" + "ip\\b")
WORDS_IN_A_ROW = 9


def tracked() -> list[Path]:
    """The files under version control that are there."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    """The tracked files that are text."""
    for path in tracked():
        try:
            yield path.relative_to(ROOT), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def documents() -> str:
    """README and everything in docs/."""
    return "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


# Code


def test_contracts_of_the_layers_hold() -> None:
    # A process of its own: the linter changes the path and the logging of the one it runs in.
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports as l; sys.exit(l(no_cache=True))",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=named)
def test_contracts_packages_name_what_is_public(path: Path) -> None:
    """A package whose __init__ only gathers names says in __all__ which, all of them and no others."""
    body = [node for node in ast.parse(path.read_text("utf-8")).body if not isinstance(node, ast.Expr)]
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body):
        return
    gathered = {
        alias.asname or alias.name
        for node in body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(PACKAGES)
        for alias in node.names
    }
    package = importlib.import_module(".".join(path.parent.relative_to(ROOT).parts))
    assert gathered <= set(getattr(package, "__all__", []))


def test_contracts_all_public_names_exist() -> None:
    for path in SOURCES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        module = importlib.import_module(".".join(part for part in parts if part != "__init__"))
        missing = [name for name in getattr(module, "__all__", []) if not hasattr(module, name)]
        assert not missing, f"{named(path)}: {missing}"


def test_contracts_modules_are_small_and_named_for_what_they_do() -> None:
    python = [path for path in tracked() if path.suffix == ".py"]
    assert python
    long = {named(path): n for path in python if (n := len(path.read_text("utf-8").splitlines())) > MAX_LINES}
    assert not long
    assert not [named(path) for path in python if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_contracts_nothing_is_left_undone() -> None:
    code = {".py", ".js", ".ts", ".rq", ".ttl"}
    assert not [str(path) for path, text in texts() if path.suffix in code and LEFT_OVERS.search(text)]


def test_contracts_only_the_settings_read_the_environment() -> None:
    reading = re.compile(r"os\.environ|os\.getenv|from os import [^\n]*(environ|getenv)|envvar=")
    readers = [named(path) for path in SOURCES if reading.search(path.read_text("utf-8"))]
    assert readers == ["server/settings.py"]


def test_contracts_only_the_command_line_prints() -> None:
    printing = re.compile(r"(?<![\w.])print\(|sys\.std(out|err)\b|click\.echo|\bConsole\(")
    printers = {named(path) for path in SOURCES if printing.search(path.read_text("utf-8"))}
    assert not {name for name in printers if name != "server/cli.py" and not name.startswith("server/commands/")}


# What is published


def test_contracts_no_file_names_a_registry_or_this_machine() -> None:
    checkout = ROOT.resolve()
    places = [rf"(?<![\w.]){re.escape(str(place))}/" for place in (checkout, checkout.parent) if place != Path("/")]
    forbidden = re.compile("|".join([*REGISTRIES, *OPTIONS_OF_REGISTRIES, *places, r"/(home|Users)/\w+/"]))
    found = {str(path): match[0] for path, text in texts() if (match := forbidden.search(text))}
    assert not found


@pytest.mark.shared
def test_contracts_no_file_repeats_the_news(shared: Path) -> None:
    news: set[str] = set()
    articles = [*(shared / "corpus" / "dev").glob("*.txt"), *(shared / "seeds").glob("*.txt")]
    assert articles
    for article in articles:
        news |= runs(article.read_text("utf-8", errors="replace"))
    repeated = {str(path): min(same) for path, text in texts() if (same := runs(text) & news)}
    assert not repeated


def runs(text: str) -> set[str]:
    """All runs of so many words that a sentence of the news would be recognised."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + WORDS_IN_A_ROW]) for i in range(len(words) - WORDS_IN_A_ROW + 1)}


# Documents


def commands(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in commands(command))
        else:
            yield name, command


def test_contracts_every_command_and_option_is_documented() -> None:
    text = documents()
    missing = []
    for name, command in commands(cli):
        if f"podium {name}" not in text:
            missing.append(f"podium {name}")
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                long = max(parameter.opts, key=len)
                if not re.search(rf"(?<!\S)[`\[(]*{re.escape(long)}(?![\w-])", text):
                    missing.append(f"podium {name} {long}")
    assert not missing


def test_contracts_every_route_is_documented() -> None:
    text = documents()
    with Store.memory(DEFAULT_BASE) as store:
        rules = [rule.rule for rule in create_app(store, Settings()).url_map.iter_rules()]
    of_browsers = ("/static/", "/favicon.ico", "/robots.txt")  # asked for by programs, never by a reader
    fixed = {rule.split("<")[0] for rule in rules if not rule.startswith(of_browsers)}
    assert not sorted(rule for rule in fixed if f"`{rule}" not in text)


def test_contracts_every_setting_is_documented() -> None:
    names = set(re.findall(r"PODIUM_[A-Z_]+", (ROOT / "server" / "settings.py").read_text("utf-8")))
    names |= {knob.variable for knob in KNOBS}
    assert names
    assert not {name for name in names if f"`{name}`" not in documents()}


def test_contracts_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    mentioned = set(re.findall(r"\bmake ([a-z]+)(?= |`|$)", "\n".join(code_of(documents())), re.MULTILINE))
    assert mentioned
    assert mentioned <= targets


def code_of(text: str) -> list[str]:
    """Code blocks and code spans of Markdown."""
    return re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
