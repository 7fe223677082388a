"""Example queries, one per file; the first comment line of each is its title."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Example:
    """A query worth running; its prefixes are the ones every Podium store knows."""

    title: str
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples in the order of their file names."""
    found = sorted((file for file in files(__package__).iterdir() if file.name.endswith(".rq")), key=lambda f: f.name)
    return tuple(_example(file.read_text(encoding="utf-8")) for file in found)


def _example(text: str) -> Example:
    title, _, query = text.partition("\n")
    return Example(title.removeprefix("#").strip(), query.strip() + "\n")
