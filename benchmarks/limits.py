"""What a long article costs a character, what a long run costs in memory, and what one article costs from the shell."""

import random
import re
import subprocess
import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus import articles, machine

from graph.articles import prepare
from graph.extraction import extract
from graph.identity.copies import runs_of
from graph.ledger import copying
from graph.ledger.database import connect
from graph.model import Article

MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL, check=True)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
PODIUM = Path(sys.executable).with_name("podium")
LENGTHS = (2_000, 20_000, 100_000, 200_000)
MANY = 10_000
SENTENCES = 12  # about 1,800 characters
ROUNDS = 3


def mixed(texts: list[str], number: int) -> list[str]:
    """New texts of the sentences of others."""
    sentences = [part for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if len(part) > 40]
    pick = random.Random(1)  # noqa: S311
    return [" ".join(pick.sample(sentences, SENTENCES)) for _ in range(number)]


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        extract(prepare(Article("long", text, "0" * 64, "long.txt")))
        best = min(best, perf_counter() - start)
    return best


def by_length(texts: list[str]) -> None:
    prose = "\n\n".join(texts)
    prose *= LENGTHS[-1] // len(prose) + 1
    shapes = {
        "articles": prose,
        "one sentence": re.sub(r"[.!?]?\s+", ", ", prose),
        "rows of results": "1. M. Lindqvist (NOR) 3:58.41; 2. A. Otiwa (KEN) 3:59.10; 3. I. Sorel (FRA) 4:00.20\n"
        * 3_000,
        "a list of names": "Lindqvist, Otiwa, Sorel, Vane, " * 7_000,
    }
    print(f"length: microseconds a character at {', '.join(f'{length:,}' for length in LENGTHS)} characters")
    for shape, text in shapes.items():
        figures = "".join(f"{seconds(text[:length]) / length * 1e6:8.1f}" for length in LENGTHS)
        print(f"  {shape:<16}{figures}")


def run(*arguments: str) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a `podium` process."""
    # By way of a small process: the peak of a child begins with that of the process which started it.
    measured = subprocess.run([sys.executable, "-c", MEASURE, str(PODIUM), *arguments], capture_output=True, check=True)
    took, peak = measured.stdout.split()
    return float(took), float(peak) / 1024


def by_number(texts: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder, out = Path(name) / "in", str(Path(name) / "out")
        folder.mkdir()
        for number, text in zip(count(), mixed(texts, MANY), strict=False):
            (folder / f"a{number:05}.txt").write_text(text, encoding="utf-8")
        one = str(folder / "a00000.txt")
        took, peak = min(run("extract", one, "--out", out, "--unscreened") for _ in range(5))
        print(f"one article from the shell: {took:.2f} s, {peak:.0f} MB at the peak")
        took, peak = run("extract", str(folder), "--out", out, "--unscreened")
        print(f"{MANY:,} articles from the shell: {took:.0f} s, {peak:.0f} MB at the peak")


def by_likeness(texts: list[str]) -> None:
    entries = mixed(texts, MANY)
    start = perf_counter()
    known = [runs_of(text) for text in entries]
    hashed = perf_counter() - start
    with closing(connect(":memory:")) as ledger:
        for n, runs in enumerate(known, start=1):
            ledger.execute("INSERT INTO articles (n, id, record, ended) VALUES (?1, ?1, '', '')", (n,))
            copying.put(ledger, n, runs)
            copying.settle(ledger, [n])
    compared = perf_counter() - start - hashed
    print(f"copies among {MANY:,} articles: {hashed:.1f} s for the runs, {compared:.1f} s to compare")


def main() -> None:
    texts = [article.text for article in articles()]
    print(f"limits: {machine()}")
    by_length(texts)
    by_number(texts)
    by_likeness(texts)


if __name__ == "__main__":
    main()
