"""Whether a sentence says what a claim says: names and values stand there and are asserted of the right people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graph.model import Basis, Best, Club, Coaching, Family, Membership, Mention, Person, Race, Result, Span
from graph.proposals.proposing import Rejected
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.model import ClubKind, Document, Role
    from graph.proposals.hearing import HeardSentence, Hearing

Said = Person | Coaching | Membership | Family | Result | Best

_OF_THE_DAY: Final = ("year", "round")  # what another paragraph says of these is said of another race
_ONE: Final = ("discipline", "year")  # a sentence that names another speaks of another race
_BY: Final = re.compile(r"\s+(?:by|under)\b")
_OWNER: Final = re.compile(r"['’](?:s\b|\s)")
_PLACES: Final = {"gold": 1, "silver": 2, "bronze": 3}
_FIRMNESS: Final[tuple[Basis, ...]] = ("Explicit", "Resolved", "Contextual")


@dataclass(slots=True)
class Judged:
    """A fact that stands in a sentence, without evidence yet; `people` are those it names, `race` that of a result."""

    basis: Basis = "Explicit"
    fact: Said | None = None
    race: Race | None = None
    club: Club | None = None
    people: list[Person] = field(default_factory=list)


class Guard:
    """Judges claims whose quote is `quote`, a span of one sentence."""

    def __init__(self, document: Document, hearing: Hearing, sentence: HeardSentence, quote: Span) -> None:
        self._document = document
        self._hearing = hearing
        self._sentence = sentence
        self._quote = quote
        self._judged = Judged()

    def judge(self, claim: dict[str, Any]) -> Judged:
        """What the claim says, in the article's names; raises Rejected."""
        judges: dict[str, Callable[[dict[str, Any]], Said]] = {
            "person": self._person,
            "coaching": self._coaching,
            "membership": self._membership,
            "family": self._family,
            "result": self._result,
            "best": self._best,
        }
        self._judged = Judged()
        self._judged.fact = judges[claim["kind"]](claim)
        return self._judged

    # ---- kinds

    def _person(self, claim: dict[str, Any]) -> Person:
        roles: tuple[Role, ...] = tuple(dict.fromkeys(claim["roles"])) or ("athlete",)
        name, _ = self._who(claim["name"], *roles)
        country = claim["country"]
        if country is not None:
            self._asserted(self._beside(name, "country", country))
        added = self._judged.people.pop()
        return Person(added.name, roles, country, mentions=added.mentions)

    def _coaching(self, claim: dict[str, Any]) -> Coaching:
        coach, where = self._who(claim["coach"], "coach")
        athlete, other = self._who(claim["athlete"], "athlete")
        self._apart(coach, athlete)
        cue = self._quoted("coaching", 1, claim["coach"])[0]
        self._related(where[0], other[0])
        if _BY.match(self._document.text, cue.end) and not other[0].start < cue.start < where[-1].start:
            raise Rejected("whose", "coached by")
        if any(_OWNER.match(self._document.text, span.end) and cue.start < span.start for span in (where[0], other[0])):
            raise Rejected("whose", "coaches somebody of theirs")
        self._asserted((where[0], other[0], cue))
        self._status(claim["status"])
        return Coaching(coach, athlete, claim["status"])

    def _membership(self, claim: dict[str, Any]) -> Membership:
        athlete, where = self._who(claim["athlete"], "athlete")
        club = self._beside(athlete, "club", claim["club"])
        self._asserted((where[0], *club))
        self._status(claim["status"])
        self._judged.club = Club(claim["club"], _club_kind(claim["club"]))
        return Membership(athlete, claim["club"], claim["status"])

    def _family(self, claim: dict[str, Any]) -> Family:
        person, where = self._who(claim["person"])
        of, other = self._who(claim["of"])
        self._apart(person, of)
        cue = self._quoted("kin", claim["relation"], claim["relation"])
        if self._sentence.told("other kin", claim["relation"]):
            raise Rejected("whose", f"relation {claim['relation']}")
        self._asserted((where[0], other[0], cue[0]))
        return Family(person, claim["relation"], of)

    def _result(self, claim: dict[str, Any]) -> Result:
        athlete, _ = self._who(claim["athlete"], "athlete")
        position, medal = claim["position"], claim["medal"]
        if (position, claim["mark"], medal) == (None, None, None):
            raise Rejected("incomplete", "neither position nor mark nor medal")
        if claim["discipline"] is None and claim["competition"] is None:
            raise Rejected("incomplete", "neither discipline nor competition")
        if position is not None and medal is not None and _PLACES[medal] != position:
            raise Rejected("implausible", f"{medal} for place {position}")
        race = self._race(claim)
        if position is not None and medal is not None and not self._sentence.told("medal", medal):
            medal = None  # it follows from the place, as the graph's rules will find
        mark = self._mark(claim["mark"], race.discipline)
        for slot, value in (("position", position), ("mark", mark), ("medal", medal)):
            if value is not None:
                self._said_of(athlete, slot, value, race.discipline)
        self._judged.race = race
        return Result("", athlete, position, mark, medal)

    def _best(self, claim: dict[str, Any]) -> Best:
        athlete, _ = self._who(claim["athlete"], "athlete")
        discipline = self._discipline(claim["discipline"])
        mark = self._mark(claim["mark"], discipline)
        self._said_of(athlete, "record", claim["record"], subject=True)
        if mark is not None:
            self._said_of(athlete, "mark", mark, discipline)
        return Best(athlete, claim["record"], discipline, mark, claim["indoor"])

    # ---- contests

    def _race(self, claim: dict[str, Any]) -> Race:
        """The contest, each of its slots told in the sentence, or elsewhere in the article."""
        discipline = self._discipline(claim["discipline"]) if claim["discipline"] is not None else None
        competition = series = None
        if claim["competition"] is not None:
            known = vocabulary.series_named(claim["competition"])
            competition, series = (known.name, known.slug) if known else (claim["competition"], None)
            if known is not None and claim["medal"] is not None and not known.awards_medals:
                raise Rejected("implausible", f"{claim['medal']} at {known.name}")
            self._context("competition", claim["competition"])
        published = self._document.article.published
        year = claim["year"]
        current = published is not None and published.year == year and not self._sentence.told("other year", year)
        if year is not None and not current:
            self._context("year", year)
        day = _day(claim["date"])
        for slot in ("place", "round"):
            if claim[slot] is not None and claim[slot] != "final":
                self._context(slot, claim[slot])
        if day is not None and not self._hearing.around(self._quote.start, "date", day.isoformat(), near=True):
            day = None  # models work it out from weekdays; the race is known without
        return Race(
            "", competition, year, claim["place"], discipline, claim["sex"], claim["round"], day, series
        )  # fmt: skip

    def _discipline(self, name: str) -> str:
        known = vocabulary.discipline(name)
        if known is None:
            raise Rejected("argument", f"discipline {name}")
        self._context("discipline", known.name)
        return known.name

    def _context(self, slot: str, value: str | int) -> None:
        """Told and asserted in the sentence, else told elsewhere in the article."""
        here = self._sentence.told(slot, value)
        if not here:
            other = slot in _ONE and self._sentence.told(f"other {slot}", value)
            if other or not self._hearing.around(self._quote.start, slot, value, near=slot in _OF_THE_DAY):
                raise Rejected("argument", f"{slot} {value}")
            self._weaken("Contextual")
        elif all(self._sentence.objection([word]) for word in here):
            raise Rejected(self._sentence.objection(here[:1]) or "unreal", f"{slot} {value}")

    def _mark(self, text: str | None, discipline: str | None) -> str | None:
        if text is None:
            return None
        mark = self._sentence.mark(text, discipline)
        if mark is None:
            raise Rejected("implausible", f"{text} in the {discipline}" if discipline else text)
        return mark

    # ---- people and words

    def _who(self, name: str, *roles: Role) -> tuple[str, tuple[Span, ...]]:
        """The article's name for somebody, and where the sentence has them."""
        found = self._sentence.who(name)
        if found is None:
            raise Rejected("name", name)
        known, spans, basis = found
        self._weaken(basis)
        written = tuple(map(self._mention, spans)) if basis == "Explicit" else ()
        self._judged.people.append(Person(known, roles or ("athlete",), mentions=written))
        return known, spans

    def _mention(self, span: Span) -> Mention:
        stored = self._document.stored(span.start, span.end)
        return Mention(self._document.article.text[stored.start : stored.end], stored.start, stored.end)

    def _quoted(self, slot: str, value: str | int, shown: str, discipline: str | None = None) -> tuple[Span, ...]:
        """The words within the quote that say the value."""
        told = self._sentence.told(slot, value, discipline)
        inside = tuple(w for w in told if self._quote.start <= w.start and w.end <= self._quote.end)
        if not inside:
            raise Rejected("argument", f"{slot} {shown}")
        return inside

    def _beside(self, name: str, slot: str, value: str) -> tuple[Span, ...]:
        """The words within the quote that say the value and stand nearer to this person than to any other."""
        near = tuple(w for w in self._quoted(slot, value, value) if self._sentence.nearest(w) == name)
        if not near:
            raise Rejected("whose", f"{slot} {value}")
        return near[:1]

    def _said_of(
        self, who: str, slot: str, value: str | int, discipline: str | None = None, *, subject: bool = False
    ) -> None:
        """One of the words within the quote says the value of this person, and in earnest."""
        words = self._quoted(slot, value, str(value), discipline)
        objections = [self._sentence.objection([word], who, subject=subject) for word in words]
        if None not in objections:
            raise Rejected(objections[0] or "unreal", f"{slot} {value}")

    def _asserted(self, words: Sequence[Span]) -> None:
        objection = self._sentence.objection(words)
        if objection is not None:
            raise Rejected(objection)

    def _status(self, status: str) -> None:
        """What is over is told so, and nothing else is."""
        if bool(self._sentence.told("former", 1)) != (status == "former"):
            raise Rejected("argument", f"status {status}")

    def _related(self, one: Span, other: Span) -> None:
        """Two who are named side by side did the same; they did not do it to each other."""
        first, second = sorted((one, other), key=lambda span: span.start)
        if self._document.text[first.end : second.start].strip(" ,") in ("and", "&", ""):
            raise Rejected("whose", "named side by side")

    def _apart(self, one: str, other: str) -> None:
        if one == other:
            raise Rejected("implausible", f"{one} and {other} are one")

    def _weaken(self, basis: Basis) -> None:
        self._judged.basis = max(self._judged.basis, basis, key=_FIRMNESS.index)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise Rejected("schema", f"date {text}") from None


def _club_kind(name: str) -> ClubKind:
    words = name.split()
    if "University" in words or "College" in words:
        return "university"
    return "training-group" if words[-1] in ("Group", "Squad", "Camp") else "club"
