"""Small articles with what they say, made by hand: each sentence once, in a text of their own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.model import (
    Article,
    Best,
    Club,
    Coaching,
    Evidence,
    Extraction,
    Membership,
    Mention,
    NonQualification,
    Person,
    Race,
    Ranking,
    Result,
)

DAY = date(2023, 8, 23)
WORLD: dict[str, Any] = {
    "competition": "World Championships",
    "series": "world-championships",
    "round": "final",
    "sex": "M",
}


@dataclass
class Draft:
    """An article under way; `says` adds a sentence and gives the evidence of it."""

    id: str
    published: date | None = DAY
    text: str = "A headline\n\n"
    facts: dict[str, list[Any]] = field(default_factory=dict)

    def says(self, sentence: str, confidence: float = 0.9) -> tuple[Evidence, ...]:
        start = len(self.text)
        self.text += sentence + "\n"
        return (Evidence(sentence, start, start + len(sentence), "by-hand", confidence),)

    def add(self, kind: str, *rows: Any) -> Draft:
        self.facts.setdefault(kind, []).extend(rows)
        return self

    def done(self, origin: str | None = None, **metadata: Any) -> tuple[Article, Extraction]:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        article = Article(
            self.id, self.text, digest, origin or f"{self.id}.txt", f"Headline of {self.id}", self.published, **metadata
        )
        rows = {kind: tuple(rows) for kind, rows in self.facts.items()}
        return article, Extraction(self.id, "1.0", article.title, self.published, **rows)


def final(article: str, winner: str = "Tor Vale", mark: str | None = "3:31.38", day: date | None = DAY) -> Draft:
    """An article on one race: its winner and a second."""
    draft = Draft(article, day)
    evidence = draft.says(f"In {article} we read that {winner} won the 1500m final in {mark} from Ola Dahl.")
    race = Race("r", year=2023, discipline="1500m", place="Budapest", evidence=evidence, **WORLD)
    draft.add("races", race)
    draft.add("results", Result("r", winner, 1, mark, "gold", ahead_of=("Ola Dahl",), evidence=evidence))
    draft.add("results", Result("r", "Ola Dahl", 2, evidence=evidence))
    return draft.add("people", person(draft, winner, "NOR", evidence), person(draft, "Ola Dahl", "NOR", evidence))


def person(draft: Draft, name: str, country: str | None, evidence: tuple[Evidence, ...]) -> Person:
    start = draft.text.index(name)
    mention = Mention(name, start, start + len(name))
    return Person(name, ("athlete",), country, "M", evidence, (mention,))


def coached(article: str, day: date | None, status: Any = "current") -> Draft:
    """An article on who coaches whom."""
    draft = Draft(article, day)
    evidence = draft.says(f"By {article}, Nils Moe is the {status} coach of Tor Vale.")
    coach = Person("Nils Moe", ("coach",), evidence=evidence)
    draft.add("people", coach, person(draft, "Tor Vale", None, evidence))
    return draft.add("coaching", Coaching("Nils Moe", "Tor Vale", status, evidence))


def champion(article: str, day: date | None = DAY, *, reigning: bool = False) -> Draft:
    """An article that mentions an Olympic title in passing, without a year."""
    draft = Draft(article, day)
    evidence = draft.says("Tor Vale, the Olympic 1500m champion, was watching.")
    race = Race(
        "o",
        "Olympic Games",
        None,
        None,
        "1500m",
        "M",
        "final",
        None,
        "olympic-games",
        reigning=reigning,
        evidence=evidence,
    )
    draft.add("races", race)
    draft.add("results", Result("o", "Tor Vale", 1, None, "gold", evidence=evidence))
    return draft.add("people", person(draft, "Tor Vale", "NOR", evidence))


def rich(article: str = "rich") -> Draft:
    """An article with something of most kinds."""
    draft = final(article)
    club = draft.says("Tor Vale runs for Fjord Harriers in Bergen.")
    start = draft.text.index("Fjord")
    draft.add("clubs", Club("Fjord Harriers", "club", "Bergen", club, (Mention("Fjord Harriers", start, start + 14),)))
    draft.add("memberships", Membership("Tor Vale", "Fjord Harriers", "current", club))
    best = draft.says("His best of 3:30.10 makes Tor Vale ninth on the list of all time.")
    draft.add("bests", Best("Tor Vale", "PB", "1500m", "3:30.10", evidence=best))
    draft.add("rankings", Ranking("Tor Vale", 9, "1500m", "all-time", best))
    missed = draft.says("Per Lie had gone out in the heats.")
    draft.add("did_not_reach", NonQualification("Per Lie", "r", missed))
    relay = draft.says("Norway were third in the 4x400m.")
    draft.add("races", Race("q", year=2023, discipline="4x400m", evidence=relay, **WORLD))
    return draft.add("results", Result("q", "Norway", 3, "2:59.10", "bronze", team="NOR", evidence=relay))
