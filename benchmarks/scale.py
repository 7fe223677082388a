"""What ingestion, withdrawal and correction cost as a store grows.

python benchmarks/scale.py [--sizes 1000 10000 50000] [--keep DIR] [--seed 1] [--probes 50] [--jobs N]

Each size runs in processes of its own. With --keep the stores stay in DIR, one for each size, as they were after
ingestion; without, they are thrown away.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from corpus import machine
from footprint import disk, run_watched
from world import make

from graph.model import Article
from graph.pipeline import articles, ingest, open_store, retract
from graph.workers import usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store.embedded import Store

_STARS = 3  # people who are in most articles
_PAUSE = 0.02  # seconds without a report: a batch is at work
_ADDED = " Officials said that a full report would follow."


def write_articles(size: int, seed: int, path: Path) -> list[str]:
    """Writes the articles, one JSON object in each line; gives the ids of those about the greatest stars."""
    people: Counter[str] = Counter()
    of_whom: dict[str, set[str]] = {}
    with path.open("w", encoding="utf-8") as file:
        for story in make(size, seed=seed).stories():
            file.write(json.dumps(asdict(story.article), default=str) + "\n")
            of_whom[story.article.id] = {named.who for named in story.names if named.who.startswith("person/")}
            people.update(of_whom[story.article.id])
    stars = {who for who, _ in people.most_common(_STARS)}
    return [article for article, who in of_whom.items() if who & stars]


def read_articles(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            fields = json.loads(line)
            yield Article(**fields | {"published": date.fromisoformat(fields["published"])})


def ingested(folder: Path, jobs: int) -> dict[str, Any]:
    """Ingests the articles in the folder into a store there."""
    outcomes: Counter[str] = Counter()
    arrived: list[float] = []  # seconds until each report
    with open_store(folder / "store", create=True) as store:
        start = perf_counter()
        for report in ingest(store, read_articles(folder / "articles.jsonl"), jobs=jobs):
            arrived.append(perf_counter() - start)
            outcomes[report.outcome] += 1
        end = perf_counter() - start
    size = len(arrived)
    before = last_pause(arrived[: size - size // 10])
    last = (size - before) / (end - (arrived[before - 1] if before else 0))
    return {"size": size, "rate": size / end, "last": last, "outcomes": dict(outcomes)}


def last_pause(arrived: list[float]) -> int:
    """After how many reports the last but one batch ended: those of one batch come nearly at once."""
    pauses = (at for at in range(len(arrived) - 1, 0, -1) if arrived[at] - arrived[at - 1] > _PAUSE)
    return next(pauses, 0)


def probed(folder: Path, stars: list[str], probes: int) -> dict[str, Any]:
    """Opens the store, then withdraws, restores, changes and repeats articles, half of them about stars."""
    start = perf_counter()
    with open_store(folder / "store") as store:
        opened = perf_counter() - start
        dice = random.Random(1)  # noqa: S311
        latest = {article.id: article for article in read_articles(folder / "articles.jsonl")}
        held = sorted(entry.id for entry in articles(store) if entry.withdrawn is None)
        famous = sorted(set(stars) & set(held))
        one(store, latest[held[0]])  # loads the tables of the extractor
        few = max(1, min(probes // 2, len(famous), len(held)))
        chosen = [*dice.sample(famous, few), *dice.sample(held, min(probes - few, len(held)))]
        times: dict[str, list[float]] = {"retract": [], "restore": [], "change": [], "again": []}
        for name in dict.fromkeys(chosen):
            article = latest[name]
            times["retract"].append(seconds(partial(retract, store, name, "benchmark")))
            times["restore"].append(seconds(partial(one, store, article)))
            times["change"].append(seconds(partial(one, store, changed(article))))
            one(store, article)
            times["again"].append(seconds(partial(one, store, article)))
    return {"opened": opened, **{name: (median(took), max(took)) for name, took in times.items()}}


def one(store: Store, article: Article) -> None:
    for report in ingest(store, [article], replace=True, screen=False):
        if report.error is not None:
            raise report.error


def changed(article: Article) -> Article:
    """The article with one of its sentences gone and another added."""
    head, _, rest = article.text.partition(". ")
    text = head + "." + _ADDED + " " + rest.partition(". ")[2]
    return replace(article, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def phase(name: str, folder: Path, *arguments: str) -> tuple[dict[str, Any], float]:
    """A phase in a process of its own: what it measured, and its peak memory in megabytes."""
    out, peak = run_watched([sys.executable, __file__, "--phase", name, "--folder", str(folder), *arguments])
    measured: dict[str, Any] = json.loads(out.splitlines()[-1])
    return measured, peak


def measure(size: int, options: argparse.Namespace, folder: Path, first: float | None) -> float:
    """One line of the table; gives the rate."""
    folder.mkdir(parents=True, exist_ok=True)
    stars = write_articles(size, options.seed, folder / "articles.jsonl")
    (folder / "stars.json").write_text(json.dumps(stars))
    done, peak = phase("ingest", folder, "--jobs", str(options.jobs))
    bytes_each = disk(folder / "store") / size
    after, idle = phase("probe", folder, "--probes", str(options.probes))
    ratio = done["rate"] / first if first else 1.0
    figures = f"{size:>8,}{done['rate']:>8.1f}{done['last']:>8.1f}{ratio:>7.2f}{peak:>8.0f}{idle:>8.0f}"
    cells = "".join(f"{middle * 1e3:>9.1f}{worst * 1e3:>8.1f}" for middle, worst in _pairs(after))
    print(f"{figures}{bytes_each / 1024:>9.1f}{after['opened']:>7.2f}{cells}   {done['outcomes']}", flush=True)
    return float(done["rate"])


def _pairs(after: dict[str, Any]) -> list[list[float]]:
    return [after[name] for name in ("retract", "restore", "change", "again")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--keep", type=Path, help="where the stores are made, and stay")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--probes", type=int, default=50, help="articles that are withdrawn, restored and changed")
    parser.add_argument("--jobs", type=int, default=usable_cores(), help="processes that read articles")
    parser.add_argument("--phase", choices=("ingest", "probe"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.phase == "ingest":
        print(json.dumps(ingested(options.folder, options.jobs)))
        return
    if options.phase == "probe":
        stars = json.loads((options.folder / "stars.json").read_text())
        print(json.dumps(probed(options.folder, stars, options.probes)))
        return
    print(f"scale: {machine()}, {options.jobs} jobs; text to facts in a store on disk")
    print("memory in MB, disk in KiB an article, times in ms")
    print(
        f"{'articles':>8}{'/s':>8}{'last /s':>8}{'ratio':>7}{'peak':>8}{'idle':>8}{'disk':>9}{'open s':>7}"
        f"{'retract':>9}{'max':>8}{'restore':>9}{'max':>8}{'change':>9}{'max':>8}{'again':>9}{'max':>8}"
    )
    with ExitStack() as stack:
        root = options.keep or Path(stack.enter_context(TemporaryDirectory()))
        first = None
        for size in options.sizes:
            rate = measure(size, options, root / str(size), first)
            first = first or rate


if __name__ == "__main__":
    main()
