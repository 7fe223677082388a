"""What is published when: articles of a world in the order of their days, each written when it is asked for."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model import Article
from ontology.names import slug
from world.people import calendar
from world.planning import Item, plan
from world.stories import Desk
from world.telling import Part
from world.values import Story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from world.values import Rates, World


class Press:
    """The articles of a world; `size` in all, corrected versions and copies included."""

    def __init__(self, world: World, size: int, rates: Rates) -> None:
        self._world = world
        self._rates = rates
        self._items = plan(world, size, rates)

    def stories(self) -> Iterator[Story]:
        """By day of publication. Nothing is kept: a copy is made by writing its source again."""
        for item in sorted(self._items, key=lambda item: (item.day, item.number)):
            yield self._story(item)

    def _story(self, item: Item) -> Story:
        if item.source < 0:
            return self._original(item, self._rates)
        source = self._items[item.source]
        if item.form == "correction":
            return self._corrected(source)
        original = self._original(source, self._rates)
        parts = self._parts(source, self._rates)
        dice = self._dice(item.number)
        if item.form == "near copy":
            parts = _edited(parts, dice)
        story = _story(_identity(item, dice), item.day, parts, item.form, dice)
        return replace(story, copied=original.article.id, service=original.service)

    def _original(self, item: Item, rates: Rates) -> Story:
        dice = self._dice(item.number)
        story = _story(_identity(item, dice), item.day, self._parts(item, rates), item.form, dice)
        if item.form != "results":
            return story
        race = self._world.races[item.races[0]]
        return replace(story, service=f"{race.meeting.series} {race.day}")

    def _corrected(self, source: Item) -> Story:
        """The source without its errors and with a note, under the same id."""
        right = replace(self._rates, wrong_mark=0, wrong_place=0, wrong_date=0, wrong_venue=0, wrong_country=0)
        dice = self._dice(source.number)
        parts = [*self._parts(source, right), Part("This article has been corrected since it was first published.")]
        story = _story(_identity(source, dice), source.day, parts, source.form, dice)
        return replace(story, corrects=True)

    def _parts(self, item: Item, rates: Rates) -> list[Part]:
        desk = Desk(self._world, item.day, rates, random.Random(f"{self._world.seed} text {item.number}"))  # noqa: S311
        races = [self._world.races[at] for at in item.races]
        if item.person:
            person = self._world.people[item.person]
            return desk.profile(person) if item.form == "profile" else desk.change(person)
        forms = {"report": desk.report, "round-up": desk.round_up, "results": desk.results, "preview": desk.preview}
        return forms[item.form](races)

    def _dice(self, number: int) -> random.Random:
        return random.Random(f"{self._world.seed} article {number}")  # noqa: S311


def _identity(item: Item, dice: random.Random) -> tuple[str, str]:
    """The id and the paper."""
    return f"{slug(item.form)}-{item.number:06}", dice.choice(calendar()["papers"])


def _story(identity: tuple[str, str], day: date, parts: list[Part], form: str, dice: random.Random) -> Story:
    name, paper = identity
    text = _layout([part.text for part in parts], dice)
    article = Article(
        name,
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        f"world/{name}.txt",
        title=parts[0].text,
        published=day,
        url=f"https://podium.example/{slug(paper)}/{name}",
        source=paper,
    )
    names = sorted({named for part in parts for named in part.names}, key=lambda named: (named.written, named.who))
    facts = sorted({said for part in parts for said in part.facts}, key=str)
    return Story(article, tuple(names), tuple(facts), form)


def _layout(texts: list[str], dice: random.Random) -> str:
    """The headline, then paragraphs of one to four sentences; parts that begin with a line break stand on their own."""
    text, room = texts[0] + "\n\n" + texts[1], dice.randint(0, 2)
    for part in texts[2:]:
        if part.startswith("\n"):
            text += part
        elif room > 0:
            text, room = f"{text} {part}", room - 1
        else:
            text, room = f"{text}\n\n{part}", dice.randint(1, 3)
    return text + "\n"


def _edited(parts: list[Part], dice: random.Random) -> list[Part]:
    """As a paper prints what an agency wrote: the end cut, another headline, a sentence of its own behind it."""
    kept = parts[: max(4, len(parts) - dice.randint(0, 3))]
    if dice.random() < 0.4:
        kept = [Part("Athletics news"), *kept[1:]]
    if dice.random() < 0.4 and not kept[-1].text.startswith("\n"):
        kept = [*kept, Part("More on this story will follow in tomorrow's paper.")]
    return kept
