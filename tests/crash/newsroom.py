"""Articles to be cut off over: the samples, and written reports that agree, disagree, repeat and correct each other."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SEEDS = Path(__file__).parents[2] / "seeds"
_WOMEN = (
    ("Marta Lindqvist", "Sweden"), ("Achieng Otiwa", "Kenya"), ("Ines Sorel", "Portugal"),
    ("Petra Havelkova", "Poland"),     ("Siobhan Creevy", "Ireland"), ("Liv Storhaug", "Norway"),
    ("Amara Diallo-Roux", "France"), ("Nora Weightley", "Canada"),
)  # fmt: skip
_MEN = (
    ("Callum Ferris", "Ireland"), ("Joao Brandt", "Brazil"), ("Tor Nordahl", "Norway"), ("Kipkemoi Larat", "Kenya"),
    ("Mateo Quintanar", "Spain"), ("Owen Hathersage", "Australia"),
    ("Luc Tremaine", "France"), ("Jonas Ekberg", "Sweden"),
)  # fmt: skip
_COACHES = ("Nils Moe", "Greta Aldous", "Ruairi Doyle", "Hal Brandreth")
_CLUBS = ("Norbridge Harriers", "Torrevale Athletics Club", "Quayside Striders")
_MEETINGS = (
    ("World Championships", "Budapest", date(2023, 8, 22)),
    ("European Championships", "Munich", date(2022, 8, 18)),
    ("Harbour Games", "Torrevale", date(2024, 6, 8)),
)
_EVENTS = (("800m", 104.2, 117.1), ("1500m", 211.3, 238.2), ("5000m", 784.9, 869.3))  # the men's and women's winners
_THINGS = (
    "wind", "rain", "crowd", "bell", "field", "pace", "bend", "shoulder", "rail", "cinder", "lamp", "gun", "clock",
    "flag", "scaffold", "gull", "band", "tram",
)  # fmt: skip
_DEEDS = (
    "held", "broke", "followed", "lifted", "shook", "passed", "drowned", "turned", "carried", "chased", "hid", "split",
    "woke",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """One article file: its text and what lies beside it."""

    id: str
    text: str
    published: date

    def write(self, folder: Path) -> None:
        (folder / f"{self.id}.txt").write_text(self.text, encoding="utf-8")
        beside = {"id": self.id, "published": self.published.isoformat(), "source": "The Torrevale Post"}
        (folder / f"{self.id}.meta.json").write_text(json.dumps(beside), encoding="utf-8")


def stories(random: Random, count: int) -> list[Story]:
    """So many reports of a dozen races: several of most, some misprinted, misspelt or copied."""
    told: list[Story] = []
    for number in range(count):
        ident, kind = f"report-{number:03}", random.random()
        if told and kind < 0.15:
            told.append(_copied(random, ident, random.choice(told)))
        else:
            told.append(_profile(random, ident) if kind < 0.3 else _report(random, ident))
    return told


def changed(random: Random, story: Story) -> Story:
    """The same article as its paper has it later: told anew, corrected or cut."""
    if random.random() < 0.3:
        cut = story.text[: story.text.rindex("\n\n")] + "\n"
        return Story(story.id, cut if "\n\n" in cut else story.text + "A correction.\n", story.published)
    return Story(story.id, _report(random, story.id).text, story.published)


def samples(folder: Path) -> None:
    """Copies the samples of the repository there."""
    for path in SEEDS.iterdir():
        if path.is_file() and path.name != "README.md":
            shutil.copy(path, folder / path.name)


def _report(random: Random, ident: str) -> Story:
    competition, place, day = random.choice(_MEETINGS)
    distance, mens, womens = random.choice(_EVENTS)
    women = random.random() < 0.5
    runners = list(_WOMEN if women else _MEN)
    start = (len(distance) + len(competition)) % 5  # one order of finish for each race, whoever tells of it
    first, second, third = ((runners * 2)[start + place] for place in range(3))
    best = womens if women else mens
    times = [_clock(best + behind) for behind in (0, 0.61, 1.43)]
    if random.random() < 0.2:
        times[random.randrange(3)] = _clock(best + random.choice((0.16, 0.88, 2.07)))
    winner = _misspelt(random, first[0]) if random.random() < 0.15 else first[0]
    surname = winner.rpartition(" ")[2]
    contest, winner_from = f"the {'women' if women else 'men'}'s {distance}", first[1]
    lines = [
        f"{surname} wins {contest} in {place}",
        f"{winner} of {winner_from} won {contest} final at the {competition} in {place} on {day:%A} in {times[0]}. "
        + " and ".join(
            (
                f"{second[0]} of {second[1]} was second in {times[1]}",
                f"{third[0]} of {third[1]} was third in {times[2]}.",
            )
        ),
        _colour(random),
        _background(random, winner, second[0]),
    ]
    return Story(ident, _paragraphs(lines), day + timedelta(random.randint(0, 2)))


def _profile(random: Random, ident: str) -> Story:
    name, country = random.choice(_WOMEN + _MEN)
    known = random.choice(
        ("the reigning world 1500m champion", "the European 800m champion", "the Olympic 5000m champion")
    )
    lines = [f"At home with {name}", f"{name} of {country}, {known}, has been speaking of a hard winter on the track."]
    lines.append(_background(random, name, random.choice(_WOMEN + _MEN)[0]))
    return Story(ident, _paragraphs(lines), date(2024, 1, 10) + timedelta(random.randint(0, 90)))


def _background(random: Random, one: str, other: str) -> str:
    was = "is coached by" if random.random() < 0.7 else "used to be coached by"
    said = f"{one} {was} {random.choice(_COACHES)} and runs for {random.choice(_CLUBS)}."
    if one != other and random.random() < 0.4:
        said += f" {other} is coached by {random.choice(_COACHES)}."
    if random.random() < 0.3:
        said += f" {one} has a personal best of {_clock(random.choice((208.4, 209.07, 209.1)))} in the 1500m."
    return said


def _colour(random: Random) -> str:
    """What no two reporters would write in the same words; a copy shows by it."""
    things = [random.choice(_THINGS) for _ in range(18)]
    told = [f"The {one} {random.choice(_DEEDS)} the {other}." for one, other in pairwise(things)]
    return " ".join(told)


def _copied(random: Random, ident: str, story: Story) -> Story:
    opening = f"{random.choice(('From our wire', 'Agency report', 'News in brief'))}\n\n"
    return Story(ident, opening + story.text, story.published + timedelta(random.randint(0, 1)))


def _misspelt(random: Random, name: str) -> str:
    at = random.randrange(name.index(" ") + 2, len(name) - 1)
    return name[:at] + name[at] + name[at:]


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{seconds % 60:05.2f}"


def _paragraphs(lines: list[str]) -> str:
    return "\n\n".join(line.strip() for line in lines if line.strip()) + "\n"
