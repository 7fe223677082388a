"""Style sheets and scripts: addresses with hashes, what browsers keep, and what the bundles hold."""

import gzip
import json
import re
from pathlib import Path

import pytest

from server.assets import asset, script, stylesheet

BUILT = Path(__file__).parents[2] / "server" / "static" / "built"
SOURCES = Path(__file__).parents[2] / "server" / "frontend" / "src"
BUDGET = 300_000  # bytes, gzipped


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    path = BUILT / "manifest.json"
    assert path.is_file(), "The scripts were not built: make setup"
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def test_assets_have_an_address_that_browsers_may_keep_for_good(empty):
    answer = empty.get(asset("css/base.css"), buffered=True)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "immutable" not in empty.get("/static/css/base.css", buffered=True).headers["Cache-Control"]
    assert "immutable" not in empty.get("/static/css/nowhere.css?v=1", buffered=True).headers.get("Cache-Control", "")


def test_assets_that_are_not_there_leave_a_page_without_them():
    assert asset("nowhere.js") is None
    assert script("nowhere.js") == ""
    assert stylesheet("nowhere.css") == ""


def test_assets_every_source_is_built_and_served(empty, manifest):
    assert {path.stem for path in SOURCES.glob("*.ts")} == {Path(name).stem for name in manifest}
    for name in manifest:
        answer = empty.get(asset(name), buffered=True)
        assert answer.status_code == 200
        assert answer.content_type.startswith(("text/javascript", "text/css"))
        assert "immutable" in answer.headers["Cache-Control"]


def test_assets_each_script_with_all_it_loads_is_within_its_budget(manifest):
    for name in manifest.values():
        assert sum(len(gzip.compress(path.read_bytes())) for path in _loaded(name)) < BUDGET, name


def test_assets_licences_of_all_packages_are_kept(manifest):
    text = (BUILT / "THIRD-PARTY.txt").read_text("utf-8")
    package = json.loads((SOURCES.parent / "package.json").read_text("utf-8"))
    code = "".join(path.read_text("utf-8") for path in SOURCES.rglob("*.ts"))
    used = [name for name in package["dependencies"] if f'"{name}' in code]
    assert all(re.search(rf"^{re.escape(name)} \d", text, re.MULTILINE) for name in used)


def _loaded(name: str) -> set[Path]:
    """A bundle with the chunks it imports, at once or later."""
    found: set[Path] = set()
    waiting = [BUILT / name]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [BUILT / chunk for chunk in re.findall(r'"\./(chunk-\w+\.js)"', path.read_text("utf-8"))]
    return found
