"""The extraction's quality on the gold facts at hand, and the floors under it, which only rise.

Run as a script (`make floors`) it lifts each floor in `floors.json` to the present figure less a hair's breadth. A
floor is taken anew, down as well, only where the gold facts themselves have changed, which their digest tells.
"""

import json
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.articles import prepare, read
from graph.errors import UnreadableError
from graph.evaluation import Report, evaluate
from graph.extraction import extract
from graph.guide import from_json
from graph.model import Extraction

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.002  # less than one slot of most kinds


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Articles, and their gold facts under the same names; entries of a feed are named `FEED-1`, `FEED-2` and so on."""

    articles: Path
    gold: Path

    def digest(self) -> str:
        """Of the gold facts; changes when they do."""
        digest = sha256()
        for path in self._gold_files():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:16]

    def evaluated(self) -> Report:
        found = self._found()
        reports = []
        for path in self._gold_files():
            gold = from_json(json.loads(path.read_text("utf-8")))
            reports.append(evaluate(gold, found[path.stem]))
        return Report(tuple(reports))

    def _gold_files(self) -> list[Path]:
        return sorted(self.gold.glob("*.json"))

    def _found(self) -> dict[str, Extraction]:
        found: dict[str, Extraction] = {}
        inputs = sorted(path for path in self.articles.iterdir() if path.suffix in {".txt", ".html", ".xml"})
        for path in inputs:
            for number, article in enumerate(read([str(path)]), 1):
                if isinstance(article, UnreadableError):
                    raise article
                name = f"{path.stem}-{number}" if path.suffix == ".xml" else path.stem
                found[name] = extract(prepare(article))
        return found


SETS = {
    "dev": GoldSet(ROOT / ".." / "shared" / "corpus" / "dev", ROOT / ".." / "shared" / "gold" / "dev"),
    "seeds": GoldSet(ROOT / "seeds", ROOT / "seeds" / "expected"),
}


def figures(report: Report) -> dict[str, float]:
    """The figures that have floors: precision over all, F1 over all and of each kind that gold has."""
    kinds = {kind: count.f1 for kind, count in report.counts.items() if count.gold}
    return {"precision": report.total.precision, "f1": report.total.f1, **kinds}


def load() -> dict[str, dict[str, Any]]:
    floors: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text("utf-8"))
    return floors


def raised(old: dict[str, Any], present: dict[str, float], digest: str) -> dict[str, Any]:
    """The floors of one set after a rise to the present figures; those of other gold facts do not count."""
    before = old["floors"] if old.get("digest") == digest else {}
    lifted = {name: max(before.get(name, 0.0), round(value - TOLERANCE, 4)) for name, value in present.items()}
    return {"digest": digest, "floors": {name: max(value, 0.0) for name, value in lifted.items()}}


def main() -> None:
    floors = load()
    for name, gold in SETS.items():
        if not gold.gold.is_dir():
            sys.stdout.write(f"{name}: not here, floors kept\n")
            continue
        present = figures(gold.evaluated())
        old = floors.get(name, {"floors": {}})
        floors[name] = raised(old, present, gold.digest())
        for kind, value in present.items():
            was, now = old["floors"].get(kind, 0.0), floors[name]["floors"][kind]
            sys.stdout.write(f"{name:6} {kind:12} {value:.4f}  floor {was:.4f} -> {now:.4f}\n")
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
