"""Kills `podium` at random moments and looks at what it leaves: every article whole, or as it was before.

`make crash KILLS=200 SEED=1`, which is `python tests/crash/crash.py --kills 200 --seed 1`; `--only N` does one story
again, as far as moments can be met again. What was found broken is kept in .cache/crash/, `left` as the kill left it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import traceback
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from cleanstore import WITHDRAWN, Choice, Library, choices, contents, difference, held
from indexed import indexed, refilled
from killing import Moment, Run, run
from newsroom import changed, samples, stories

from graph.browsing import conflicts
from graph.errors import LookupFailedError
from graph.pipeline import check, choose, open_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from graph.store.embedded import Store

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".cache" / "crash"
KILLS = 8  # of one store, at least
_SIZES = (6, 12, 24, 24, 48, 120)  # articles
_STARTS = 0.2  # of a command's time, in which it reads its own code and the store is not touched
_ANYWHERE = 0.3  # of the kills; the others are aimed at what is written
_LATER = 0.01  # seconds between what is aimed at and the kill
_AGAIN = 0.3  # of the kills are followed by one while the store is made good
_TWICE = 0.1  # of the stores are opened again
_UNKNOWN = Run(1.0, 20, killed=False)  # a command that has not been seen yet


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what it is to make of which articles, or what is to be chosen."""

    arguments: list[str]
    makes: Mapping[str, str] = field(default_factory=dict)
    chooses: Choice | None = None


@dataclass
class Story:
    """One store, what is known of it, and how it fared."""

    random: Random
    place: Path
    library: Library = field(default_factory=Library)
    known: dict[str, str] = field(default_factory=dict)
    chosen: frozenset[Choice] = frozenset()
    disputes: list[tuple[str, int, Choice]] = field(default_factory=list)  # number, side, and what choosing it means
    usual: dict[str, Run] = field(default_factory=dict)
    kills: int = 0
    log: list[str] = field(default_factory=list)

    @property
    def store(self) -> Path:
        return self.place / "store"


def tell(random: Random, place: Path, kills: int, size: int | None = None) -> Story:
    """Kills so many commands over one store, and finishes their work; raises AssertionError where it is not whole."""
    story = Story(random, place)
    try:
        _tell(story, kills, random.choice(_SIZES) if size is None else size)
    except AssertionError as error:
        raise AssertionError("\n".join([str(error), "The story:", *story.log])) from error
    return story


def _tell(story: Story, kills: int, size: int) -> None:
    folders = _folders(story, size)
    versions = [story.library.add(folder) for folder in folders]
    last = Step(["ingest", str(folders[-1]), "--replace"], versions[-1])
    story.usual["ingest"] = run(last.arguments, story.place / "undisturbed")
    while story.kills < kills:
        _disturb(story, _step(story, folders, versions))
    run(last.arguments, story.store)
    story.log.append("the last edition ingested")
    _examine(story, last, whole=True)
    with open_store(story.store) as store, open_store(story.place / "undisturbed") as other:
        for choice in story.chosen:
            with suppress(LookupFailedError):
                choose(other, *choice, "a test")
        _same(contents(store), contents(other), "not as in a store that was never disturbed")
        violations = check(store).violations
        assert not violations, f"violations: {violations[:3]}"


def _folders(story: Story, size: int) -> list[Path]:
    """Articles as their papers have them first and later."""
    told = stories(story.random, size)
    later = [changed(story.random, each) if story.random.random() < 0.4 else each for each in told]
    with_samples = story.random.random() < 0.3
    folders = []
    for name, edition in (("first", told), ("later", later)):
        folder = story.place / name
        folder.mkdir()
        for each in edition:
            each.write(folder)
        if with_samples:
            samples(folder)
        folders.append(folder)
    return folders


def _step(story: Story, folders: list[Path], versions: list[dict[str, str]]) -> Step:
    there = sorted(article for article, state in story.known.items() if state != WITHDRAWN)
    if there and story.random.random() < 0.3:
        article = story.random.choice(there)
        return Step(["retract", article, "--reason", "a test"], {article: WITHDRAWN})
    if story.disputes and story.random.random() < 0.2:
        conflict, side, choice = story.random.choice(story.disputes)
        return Step(["choose", conflict, str(side), "--reason", "a test"], chooses=choice)
    which = story.random.randrange(len(folders))
    return Step(["ingest", str(folders[which]), "--replace"], versions[which])


def _disturb(story: Story, step: Step) -> None:
    killed = _kill(story, step.arguments)
    if killed and story.random.random() < _AGAIN and (story.store / "podium.json").exists():
        _kill(story, ["articles"])
    _examine(story, step, whole=not killed)


def _kill(story: Story, arguments: list[str]) -> bool:
    """Kills the command anywhere or, more often, while it writes; whether it had not come to its end."""
    usual = story.usual.get(arguments[0], _UNKNOWN)
    if story.random.random() < _ANYWHERE:
        moment = Moment(0, story.random.uniform(_STARTS, 1.0) * usual.seconds)
    else:
        moment = Moment(story.random.randint(1, usual.changes), story.random.uniform(0, _LATER))
    done = run(arguments, story.store, moment)
    story.log.append(f"{' '.join(arguments)}: {f'killed {moment}' if done.killed else 'came to its end'}")
    story.kills += done.killed
    if done.killed:  # there may have been more to come
        done = Run(max(usual.seconds, done.seconds), max(usual.changes, done.changes) + usual.changes // 8, killed=True)
    story.usual[arguments[0]] = Run(done.seconds, max(done.changes, 1), done.killed)
    return done.killed


def _examine(story: Story, step: Step, *, whole: bool) -> None:
    """Opens the store as its next user would: each article of the step is as it was or, if `whole`, as it was to be."""
    shutil.rmtree(story.place / "left", ignore_errors=True)
    if story.store.exists():
        shutil.copytree(story.store, story.place / "left")
    after = story.known | dict(step.makes)
    with open_store(story.store, create=True) as store:
        now, found, chosen = held(store), contents(store), choices(store)
        version = store.version
        story.disputes = _disputes(store)
        if found:
            assert indexed(store) == refilled(store), "the index of names and sentences is not that of the quads"
    for article in sorted(after.keys() | now.keys()):
        may_be = {after.get(article)} if whole else {after.get(article), story.known.get(article)}
        assert now.get(article) in may_be, f"{article} is {now.get(article)}, and should be one of {may_be}"
    assert chosen in _choices(story.chosen, step.chooses, whole=whole), f"chosen is {chosen}"
    story.known, story.chosen = now, chosen
    triples = {quad.triple for quad in found}
    assert len(triples) == len(found), "a triple is in two graphs"
    _same(found, story.library.contents(now, chosen, bare=not found), "not as in a store that holds the same")
    if story.random.random() < _TWICE:
        with open_store(story.store) as store:
            assert (store.version, contents(store)) == (version, found), "opening it once more changed it"


def _choices(before: frozenset[Choice], new: Choice | None, *, whole: bool) -> list[frozenset[Choice]]:
    """What may be chosen after a step."""
    if new is None:
        return [before]
    after = frozenset(choice for choice in before if choice[:2] != new[:2]) | {new}
    return [after] if whole else [before, after]


def _disputes(store: Store) -> list[tuple[str, int, Choice]]:
    """Every side of every conflict."""
    found = []
    for row in store.select("SELECT ?k ?s ?p { ?k a ath:Conflict ; ath:conflictSubject ?s ; ath:conflictProperty ?p }"):
        (conflict,) = conflicts(store, str(row["k"])).shown
        found += [
            (conflict.number, number, (str(row["s"]), str(row["p"]), side.object))
            for number, side in enumerate(conflict.sides, 1)
        ]
    return found


def _same(found: frozenset[ox.Quad], expected: frozenset[ox.Quad], title: str) -> None:
    assert found == expected, f"{title}: {difference(found, expected)}"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a story went: its kills, and what broke, if anything did."""

    number: int
    kills: int
    broken: str


def _one(seed: int, number: int, kills: int) -> Ending:
    with tempfile.TemporaryDirectory(prefix="podium-crash-") as folder:
        try:
            story = tell(Random(f"{seed}-{number}"), Path(folder), kills)
        except Exception:  # noqa: BLE001  # that is what is looked for
            kept = KEPT / f"{seed}-{number}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept)
            return Ending(number, 0, traceback.format_exc(limit=-3))
        return Ending(number, story.kills, "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int, help="one story")
    options = parser.parse_args()
    numbers = range(-(-options.kills // KILLS)) if options.only is None else (options.only,)
    kills, failures, start = 0, 0, perf_counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        for ending in pool.map(partial(_one, options.seed, kills=KILLS), numbers):
            kills += ending.kills
            if ending.broken:
                failures += 1
                print(f"story {ending.number} of seed {options.seed}: {ending.broken}", flush=True)
    took = perf_counter() - start
    print(f"{len(numbers)} stores of seed {options.seed}, {kills} kills, {failures} stores broken, {took:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
