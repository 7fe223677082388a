"""Who is who, and which contradictions are noticed, in a store of generated articles whose truth is known.

python benchmarks/identity.py [--articles 1000] [--seed 1] [--errors] [--keep DIR]
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from measures import Linked, b_cubed, contradictions, copies, false_conflicts, injected, recall, worst
from readback import read_back
from world import make

from graph.pipeline import ingest, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from world import Story

    from graph.model import Article

_LISTED = 25  # examples of each kind of error


def ingested(path: Path, stories: Iterable[Story]) -> tuple[dict[str, Story], dict[str, int]]:
    """The stories now in the store, each in its last version, and how many articles had which outcome."""
    told: dict[str, Story] = {}
    latest: dict[str, Story] = {}
    outcomes: dict[str, int] = {}

    def articles() -> Iterator[Article]:
        for story in stories:
            latest[story.article.id] = replace(story, article=replace(story.article, text=""))
            yield story.article

    with open_store(path, create=True) as store:
        for report in ingest(store, articles()):
            outcomes[report.outcome] = outcomes.get(report.outcome, 0) + 1
            if report.article and report.outcome in ("added", "replaced", "unchanged"):
                told[report.article] = latest[report.article]
    return told, outcomes


def who_is_who(linked: Linked, *, errors: bool) -> None:
    kinds = {"people": linked.people(), "clubs": linked.clubs(), "competitions": linked.competitions()}
    for kind, (there, missed) in kinds.items():
        print(f"\nwho is who: {kind}, B-cubed over spellings in articles ({len(missed)} more were not found)")
        print(f"  {'how the name is written':<26}{'number':>8}{'precision':>11}{'recall':>9}{'F1':>9}")
        for variant, scores in b_cubed(there).items():
            figures = f"{scores.precision:>11.4f}{scores.recall:>9.4f}{scores.f1:>9.4f}"
            print(f"  {variant:<26}{scores.count:>8}{figures}")
        if errors:
            for title, parts in worst(there, _LISTED):
                print(f"    {title}: {'; '.join(f'{count} {part}' for part, count in parts)}")
            for article, written, variant in missed[:_LISTED]:
                print(f"    not found: {article}: '{written}' ({variant})")


def facts(linked: Linked, *, errors: bool) -> None:
    print("\nfacts that the articles assert, and those that were read")
    for kind, (asserted, found) in recall(linked).items():
        print(f"  {kind:<10}{asserted:>8}{found:>8}{found / asserted:>9.3f}")
    if errors:
        missed = (
            f"{article}: {said.kind} {said.value} of {said.who} in {said.race}"
            for article, story in linked.stories.items()
            for said in story.facts
            if not linked.claims(article, said)
        )
        for text, _ in zip(missed, range(_LISTED), strict=False):
            print(f"    not read: {text}")


def repeats(linked: Linked, *, errors: bool) -> None:
    missed, wrong = copies(linked)
    true = sum(story.copied in linked.stories for story in linked.stories.values())
    print(
        f"\ncopies: {true}, of which {len(missed)} were taken for reports of their own; {len(wrong)} wrongly for copies"
    )
    if errors:
        for article in wrong[:_LISTED]:
            print(f"    no copy: {article} of {linked.store.copies[article]}")
        for article in missed[:_LISTED]:
            print(f"    not seen: {article} of {linked.stories[article].copied}")


def disagreements(linked: Linked, *, errors: bool) -> None:
    opposed = contradictions(linked)
    conflicts = linked.store.conflicts
    missed = [one for one in opposed if not one.noticed(conflicts)]
    wrong = false_conflicts(linked)
    right = len(conflicts) - sum(map(len, wrong.values()))
    print(f"\ncontradictions: {injected(linked)} in the articles, {len(opposed)} of which both sides were read")
    if opposed:
        print(f"  noticed   {len(opposed) - len(missed):>6}  recall    {1 - len(missed) / len(opposed):.4f}")
    if conflicts:
        by_reason = ", ".join(f"{len(found)} {reason}" for reason, found in wrong.items() if found)
        print(f"  conflicts {len(conflicts):>6}  precision {right / len(conflicts):.4f} (false: {by_reason or 'none'})")
    if errors:
        for one in missed[:_LISTED]:
            sides = "; ".join(
                f"{side.article} {side.said.value}{'' if side.sure else ' (race known in part)'}" for side in one.sides
            )
            print(f"    not noticed: {one.kind} of {one.about}: {sides}")
        for reason, found in wrong.items():
            for conflict in found[:_LISTED]:
                print(f"    {reason}: {conflict.property} {sorted(conflict.claims)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="with the worst errors")
    parser.add_argument("--keep", type=Path, help="where the store is made, and stays")
    options = parser.parse_args()
    with ExitStack() as stack:
        path = options.keep or Path(stack.enter_context(TemporaryDirectory())) / "store"
        start = perf_counter()
        told, outcomes = ingested(path, make(options.articles, seed=options.seed).stories())
        took = perf_counter() - start
        with open_store(path) as store:
            linked = Linked(told, read_back(store))
    became = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    print(f"identity: {options.articles} articles in {took:.0f} s: {became}")
    who_is_who(linked, errors=options.errors)
    facts(linked, errors=options.errors)
    repeats(linked, errors=options.errors)
    disagreements(linked, errors=options.errors)


if __name__ == "__main__":
    main()
