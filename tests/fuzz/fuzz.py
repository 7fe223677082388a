"""Reads many thousands of mangled articles and reports each promise that one of them breaks.

`make fuzz CASES=100000 SEED=1`, which is `python tests/fuzz/fuzz.py --cases 100000 --seed 1`; `--only N` reads one case
again. Texts of broken cases are kept in .cache/fuzz/.
"""

from __future__ import annotations

import argparse
import logging
import sys
import traceback
from pathlib import Path
from random import Random
from time import perf_counter

from mutations import mutated
from promises import hold, hold_bytes

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "seeds", ROOT / ".." / "shared" / "corpus" / "dev")
KEPT = ROOT / ".cache" / "fuzz"
FOREIGN = "Der Lauf war schon entschieden, als sie nach zwei Runden ganz allein in die letzte Kurve kam."
_SLOW = 5.0  # seconds: no text of these lengths may take so long


def texts() -> list[str]:
    """The samples and, where they lie beside the checkout, the development articles."""
    return [path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]


def case(seed: int, number: int, sources: list[str]) -> tuple[str, bytes | None]:
    """The text of a case, or its bytes, for every tenth, some of which are knocked over."""
    random = Random(f"{seed}-{number}")
    text = mutated(random, sources)
    if number % 10:
        return text, None
    data = bytearray(text.encode(random.choice(("utf-8", "utf-8", "cp1252", "utf-16")), "replace"))
    for _ in range(random.randint(0, 20)):
        if data:
            data[random.randrange(len(data))] = random.randrange(256)
    return text, bytes(data)


def outcome(text: str, data: bytes | None) -> tuple[int, str]:
    """How many facts a case gave, and what went wrong with it, if anything did."""
    start = perf_counter()
    try:
        facts = hold(text) if data is None else hold_bytes(data)
    except Exception:  # noqa: BLE001  # that is what is looked for
        return 0, traceback.format_exc(limit=-4)
    took = perf_counter() - start
    return facts, f"took {took:.1f} s\n" if took > _SLOW else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case")
    options = parser.parse_args()
    logging.disable()
    hold(FOREIGN)  # loads all tables and models, so that no case is called slow for them
    sources = texts()
    numbers = range(options.cases) if options.only is None else (options.only,)
    failures, facts, start = 0, 0, perf_counter()
    for number in numbers:
        text, data = case(options.seed, number, sources)
        found, wrong = outcome(text, data)
        facts += found
        if wrong:
            failures += 1
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{options.seed}-{number}").write_bytes(data or text.encode("utf-8", "surrogatepass"))
            print(f"case {number} of seed {options.seed}: {wrong}", flush=True)
        if number % 10_000 == 9_999:
            print(f"{number + 1} cases, {failures} failures, {perf_counter() - start:.0f} s", flush=True)
    took = perf_counter() - start
    print(f"{len(numbers)} cases of seed {options.seed}, {facts} facts, {failures} failures, {took:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
