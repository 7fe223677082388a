"""What the two real articles say, put together by hand.

The articles themselves may not be published: sentences are named by keys, and their places in the texts are found by
the design's own script.
"""

from __future__ import annotations

import importlib.util
import sys
import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.model import (
    Article,
    Basis,
    Best,
    Club,
    Coaching,
    Evidence,
    Extraction,
    Family,
    Membership,
    Mention,
    NonQualification,
    Person,
    Race,
    Ranking,
    Result,
    Tally,
    TrainingPartners,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CANADIAN, OUTSIDE = "3cb5a9de4a00c706", "174d612accb6403e"
DAY = date(2023, 8, 23)
WORLD, GAMES = "World Championships", "Olympic Games"


class Seed:
    """One article: `say` gives evidence by the keys of sentences, `mention` the place of a name in one."""

    def __init__(self, script: Any, name: str) -> None:
        self._spans = script.spans(name)
        self._text: str = script.TEXT[name]
        self.article = Article(name, self._text, script.SHA[name], name, script.META[name][0], DAY)

    def say(
        self, *keys: str, basis: Basis = "Explicit", confidence: float = 0.95, slots: tuple[str, ...] = ()
    ) -> tuple[Evidence, ...]:
        spans = [self._spans[key] for key in keys]
        return tuple(Evidence(quote, start, end, "by-hand", confidence, basis, slots) for start, end, quote in spans)

    def mention(self, written: str, key: str) -> Mention:
        start, _, quote = self._spans[key]
        written = written if written in quote else written.replace(" ", "\u00a0")
        at = start + quote.index(written)
        return Mention(written, at, at + len(written))

    def person(self, name: str, role: Any, country: str | None, sex: Any, *keys: str, written: Any = ()) -> Person:
        said = self.say(*keys, slots=("roles", "country")) + self.say(*keys, basis="Resolved", slots=("sex",))
        return Person(name, (role,), country, sex, said, tuple(self.mention(word, keys[0]) for word in written))


def seeds(
    design: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[tuple[Article, Extraction], tuple[Article, Extraction]]:
    """Both articles with what they say."""
    monkeypatch.chdir(design)  # the script reads the articles by relative paths
    specification = importlib.util.spec_from_file_location("design_build", design / "build.py")
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its files open
        specification.loader.exec_module(script)
    canadian, outside = Seed(script, CANADIAN), Seed(script, OUTSIDE)
    return (canadian.article, _canadian(canadian)), (outside.article, _outside(outside))


def _world(name: str, year: int, said: tuple[Evidence, ...], discipline: str = "1500m", **more: Any) -> Race:
    return Race(name, WORLD, year, more.pop("place", None), discipline, "M", "final", evidence=said, **more)


def _games(name: str, said: tuple[Evidence, ...], year: int | None = None, **more: Any) -> Race:
    return Race(name, GAMES, year, more.pop("place", None), "1500m", "M", "final", evidence=said, **more)


def _canadian(seed: Seed) -> Extraction:
    say = seed.say
    guess: Any = {"basis": "Contextual", "confidence": 0.7}
    told: Any = {"basis": "Resolved", "confidence": 0.85}
    sure: Any = {"confidence": 0.98}
    final = say("s3", "s12", slots=("place",)) + say("s3", "s12", basis="Resolved", confidence=0.9, slots=("date",))
    win = say("s3", basis="Resolved", confidence=0.9, slots=("position", "medal")) + say("s4", slots=("mark",), **sure)
    area = say("s6", slots=("kind",), **guess) + say("s6", confidence=0.9, slots=("area",))
    return Extraction(
        CANADIAN,
        "0.1.0",
        seed.article.title,
        DAY,
        people=(
            seed.person("Josh Kerr", "athlete", "GBR", "M", "s3", written=["Josh Kerr"]),
            seed.person("Jakob Ingebrigtsen", "athlete", "NOR", "M", "s3", written=["Jakob Ingebrigsten"]),
            seed.person("Narve Gilje Nordås", "athlete", "NOR", None, "s5"),
            seed.person("Gjert Ingebrigtsen", "coach", None, "M", "s5", written=["Gjert"]),
            seed.person("Abel Kipsang", "athlete", "KEN", None, "s6"),
            seed.person("Yared Nuguse", "athlete", "USA", None, "s6"),
            seed.person("Mohamed Katir", "athlete", "ESP", None, "s7"),
            seed.person("Hicham El Guerrouj", "athlete", None, None, "s9"),
            seed.person("Jake Wightman", "athlete", "GBR", None, "s10", written=["Jake Wightman"]),
        ),
        coaching=(Coaching("Gjert Ingebrigtsen", "Narve Gilje Nordås", "current", say("s5", **sure)),),
        family=(Family("Gjert Ingebrigtsen", "parent", "Jakob Ingebrigtsen", say("s5", **sure)),),
        races=(
            _world("w23", 2023, final, place="Budapest", date=DAY),
            _world("w22", 2022, say("s10", **told), place="Eugene"),
            _world("w19", 2019, say("s11")),
            _world("w17", 2017, say("s11")),
            _games("gold", say("s3")),
            _games("bronze", say("s3")),
            Race("cg", "Commonwealth Games", 2022, None, "1500m", "M", "final", evidence=say("s6")),
            Race("u20", None, 2015, None, None, "M", "final", category="U20", evidence=say("s11")),
        ),
        results=(
            Result("w23", "Josh Kerr", 1, "3:29.38", "gold", evidence=win),
            Result("w23", "Jakob Ingebrigtsen", None, "3:29.65", "silver", evidence=say("s5", **sure)),
            Result("w23", "Narve Gilje Nordås", None, "3:29.68", "bronze", evidence=say("s5", **sure)),
            Result("w23", "Abel Kipsang", 4, "3:29.89", evidence=say("s6", **told)),
            Result("w23", "Yared Nuguse", 5, "3:30.25", evidence=say("s6", **sure)),
            Result("w22", "Jake Wightman", ahead_of=("Jakob Ingebrigtsen",), evidence=say("s10", **told)),
            Result("w22", "Josh Kerr", 5, evidence=say("s11", **told)),
            Result("w19", "Josh Kerr", 6, evidence=say("s11", basis="Contextual", confidence=0.75)),
            Result("gold", "Jakob Ingebrigtsen", 1, evidence=say("s3", **guess)),
            Result("bronze", "Josh Kerr", medal="bronze", evidence=say("s3", **guess)),
            Result("cg", "Abel Kipsang", 4, evidence=say("s6", **guess)),
            Result("u20", "Josh Kerr", 1, evidence=say("s11", confidence=0.8)),
        ),
        bests=(
            Best("Jakob Ingebrigtsen", "PB", "1500m", "3:27.14", evidence=say("s9", **sure)),
            Best("Hicham El Guerrouj", "WR", "1500m", "3:26.00", evidence=say("s9", **sure)),
            Best("Jakob Ingebrigtsen", "OR", "1500m", evidence=say("s3", **guess)),
            Best("Yared Nuguse", "AR", "1500m", area="North America", evidence=area),
        ),
        rankings=(Ranking("Jakob Ingebrigtsen", 4, "1500m", "all-time", say("s9")),),
        tallies=(
            Tally("Jakob Ingebrigtsen", 4, "silver", WORLD, evidence=say("s8")),
            Tally("Josh Kerr", 3, "title", "NCAA Championships", evidence=say("s11", confidence=0.9)),
        ),
        did_not_reach=(
            NonQualification("Mohamed Katir", "w23", say("s7", confidence=0.9)),
            NonQualification("Josh Kerr", "w17", say("s11", basis="Contextual", confidence=0.75)),
        ),
    )


def _outside(seed: Seed) -> Extraction:
    say = seed.say
    told: Any = {"basis": "Resolved", "confidence": 0.9}
    less: Any = {"basis": "Resolved", "confidence": 0.8}
    sure: Any = {"confidence": 0.98}
    group = say("t6", basis="Resolved", confidence=0.85, slots=("kind",)) + say("t6", confidence=0.9, slots=("place",))
    return Extraction(
        OUTSIDE,
        "0.1.0",
        seed.article.title,
        DAY,
        people=(
            seed.person("Josh Kerr", "athlete", "GBR", "M", "t1", written=["Josh Kerr"]),
            seed.person("Jakob Ingebrigtsen", "athlete", "NOR", "M", "t1", written=["Jakob Ingebrigtsen"]),
            seed.person("Narve Gilje Nordas", "athlete", "NOR", "M", "t5", written=["Nordas"]),
            seed.person("Gjert Ingebrigtsen", "coach", None, "M", "t5", written=["Gjert"]),
            seed.person("Steve Cram", "athlete", "GBR", None, "t7", "t8"),
            seed.person("Jake Weightman", "athlete", "GBR", None, "t8", written=["Jake Weightman"]),
        ),
        clubs=(
            Club("Brooks Beasts", "training-group", "Seattle", group),
            Club("Edinburgh Athletic Club", "club", None, say("t9")),
        ),
        coaching=(Coaching("Gjert Ingebrigtsen", "Narve Gilje Nordas", "current", say("t5")),),
        memberships=(
            Membership("Josh Kerr", "Brooks Beasts", "current", say("t6")),
            Membership("Josh Kerr", "Edinburgh Athletic Club", "former", say("t9", confidence=0.9)),
            Membership("Jake Weightman", "Edinburgh Athletic Club", "former", say("t9", confidence=0.9)),
        ),
        family=(Family("Gjert Ingebrigtsen", "parent", "Jakob Ingebrigtsen", say("t5", **sure)),),
        trained_with=(TrainingPartners("Jake Weightman", "Josh Kerr", say("t9")),),
        races=(
            _world("w23", 2023, say("t1"), place="Budapest"),
            _world("w22", 2022, say("t8", **told), place="Eugene"),
            _games("tokyo", say("t6", confidence=0.9), 2021, place="Tokyo"),
            _games("title", say("t11", "t3"), reigning=True),
            _world("w83", 1983, say("t8")),
            _world("w5000", 2022, say("t10"), "5000m"),
        ),
        results=(
            Result("w23", "Josh Kerr", 1, "3:29.38", "gold", evidence=say("t4", **sure)),
            Result("w23", "Jakob Ingebrigtsen", None, "3:29.65", "silver", evidence=say("t5", **sure)),
            Result("w23", "Narve Gilje Nordas", None, "3:29.68", "bronze", evidence=say("t5", **sure)),
            Result("w22", "Jakob Ingebrigtsen", medal="silver", evidence=say("t5", **told)),
            Result("w22", "Josh Kerr", 5, evidence=say("t6", **told)),
            Result("w22", "Jake Weightman", 1, evidence=say("t7", "t8", **less)),
            Result("tokyo", "Josh Kerr", medal="bronze", evidence=say("t6", **less)),
            Result("title", "Jakob Ingebrigtsen", 1, evidence=say("t11", "t3", confidence=0.9)),
            Result("w83", "Steve Cram", 1, evidence=say("t8", basis="Contextual", confidence=0.8)),
            Result("w5000", "Jakob Ingebrigtsen", 1, evidence=say("t10", **less)),
        ),
        rankings=(Ranking("Jakob Ingebrigtsen", 2, "1500m", "all-time", say("t10")),),
    )
