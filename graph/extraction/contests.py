"""What a stretch of text says of a contest: discipline, competition, year, place, sex, round."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graph.extraction.chunks import at, lemma_at
from graph.extraction.lexicons import cues, lexicon
from ontology import vocabulary

if TYPE_CHECKING:
    from datetime import date

    from graph.extraction.chunks import Chunk
    from graph.model import Round, Sex
    from ontology.entries import Discipline, Series


@dataclass(frozen=True, slots=True)
class Competition:
    """A competition as far as it is known: a series of the ontology, or a plain name."""

    name: str
    series: str | None = None
    place: str | None = None
    indoor: bool = False
    medals: bool = False
    kind: str | None = None
    discipline: str | None = None


class Contest(NamedTuple):  # a tuple: a reading makes and completes hundreds of them
    """A contest as far as a stretch of text describes it; None is "not said".

    `disciplines` are alternatives; `onward`: the round is the one that was reached by it, "qualified for the final".
    """

    disciplines: tuple[Discipline, ...] = ()
    competition: Competition | None = None
    year: int | None = None
    place: str | None = None
    country: str | None = None
    sex: Sex | None = None
    round: Round | None = None
    day: date | None = None
    category: str | None = None
    indoor: bool = False
    surface: str | None = None
    length: str | None = None
    future: bool = False
    relay: bool = False
    onward: bool = False

    def __bool__(self) -> bool:
        return any(
            (
                self.disciplines,
                self.competition,
                self.year,
                self.place,
                self.sex,
                self.round,
                self.surface,
                self.category,
                self.indoor,
            )
        )

    def over(self, other: Contest) -> Contest:
        """This description, completed by another."""
        return Contest._make([mine or theirs for mine, theirs in zip(self, other, strict=True)])


NOTHING: Final = Contest()
"""What most stretches of a text say of a contest."""


def identity(competition: Competition | None) -> str | None:
    """What two mentions of one competition share, however each is spelt."""
    return (competition.series or competition.name) if competition is not None else None


def competition_of_series(series: Series) -> Competition:
    """A series of the ontology."""
    place = vocabulary.place(series.place) if series.place else None
    return Competition(
        series.name,
        series.slug,
        place.name if place else None,
        series.indoor,
        series.awards_medals,
        series.kind,
        series.discipline,
    )


def competition_of_level(level: dict[str, str], contest: Contest, disciplines: tuple[Discipline, ...]) -> Competition:
    """ "world" with "indoor", "cross country", "half marathon" or "junior" beside it names another championship."""
    key = _variant(contest, disciplines)
    slug = level.get(key) or (level.get("outdoor") if key != "indoor" or "indoor_name" not in level else None)
    series = vocabulary.series_named(slug) if slug else None
    if series is not None:
        return competition_of_series(series)
    if key == "cross" and "outdoor" not in level:
        return Competition(level["name"].replace(" Champ", " Cross Country Champ"), discipline="cross-country")
    return Competition(
        level.get("indoor_name", level["name"]) if contest.indoor else level["name"], indoor=contest.indoor
    )


def _variant(contest: Contest, disciplines: tuple[Discipline, ...]) -> str:
    """Which of the championships of a level is meant: a key of `level` in the word list."""
    if contest.surface == "cross" or any(d.group == "cross-country-running" for d in disciplines):
        return "cross"
    if contest.category in ("U20", "U23"):
        return "junior" if contest.category == "U20" else "u23"
    if any(d.slug == "half-marathon" for d in disciplines):
        return "half"
    return "indoor" if contest.indoor else "outdoor"


def indoors(
    competition: Competition | None, disciplines: tuple[Discipline, ...], place: str | None
) -> Competition | None:
    """The indoor championship beside the outdoor one, where discipline or place need it: "world 60m champion"."""
    if competition is None or competition.indoor or not competition.series:
        return competition
    series = vocabulary.series_named(competition.series.replace("-championships", "-indoor-championships"))
    if series is None or series.slug == competition.series:
        return competition
    there = place and vocabulary.editions_at(series.slug, place)
    inside = there and not vocabulary.editions_at(competition.series, place or "")
    needed = inside or any(d.name.startswith("60m") for d in disciplines)
    return competition_of_series(series) if needed else competition


def national_championship(code: str, indoor: bool, adjective: str | None, *, cross: bool = False) -> Competition:
    """The national championships of a country, from "the British title", "the US (cross country) champion"."""
    kinds = ("Indoor ",) * indoor + ("Cross Country ", "National Cross Country ") * cross + ("",) * (not cross)
    for name in (f"{adjective} {kind}Championships" for kind in kinds if adjective):
        series = vocabulary.series_named(name)
        if series is not None:
            return competition_of_series(series)
    known = vocabulary.country(code)
    adjective = adjective or (known.adjectives[0] if known and known.adjectives else code)
    kind = "Cross Country " if cross else "Indoor " if indoor else ""
    return Competition(f"{adjective} {kind}Championships", indoor=indoor, discipline="cross-country" if cross else None)


def contests_of(chunks: list[Chunk], *, national: bool = False) -> list[Contest]:
    """The contests that the chunks of one phrase describe: one for each level, discipline and year named.

    `national`: whether a nationality alone names the championships of a country.
    """
    told: dict[str, Any] = {}
    levels: list[Competition | dict[str, str]] = []
    disciplines: list[tuple[Discipline, ...]] = []
    years: list[int] = []
    nation: Chunk | None = None
    for chunk in chunks:
        told.update(_simple(chunk))
        if chunk.kind == "level":
            levels.append(chunk.value)
        elif chunk.kind in ("series", "competition"):
            levels.append(_competition(chunk))
        elif chunk.kind == "discipline" and chunk.value:
            disciplines.append(chunk.value)
        elif chunk.kind in ("year", "date") and chunk.value.year and not chunk.value.future:
            years.append(chunk.value.year)
        elif chunk.kind in ("demonym", "country") and national:
            nation = chunk
    base = Contest(**told)
    found: list[Competition | None] = [
        level if isinstance(level, Competition) else competition_of_level(level, base, next(iter(disciplines), ()))
        for level in levels
    ]
    if not found and nation is not None:
        cross = base.surface == "cross" or any(d.group == "cross-country-running" for ds in disciplines for d in ds)
        found = [national_championship(nation.value, base.indoor, nation.text, cross=cross)]
    no_year: list[int | None] = [None]
    every = itertools.product(found or [None], disciplines or [()], years or no_year)
    return [Contest(**told, competition=c, disciplines=d, year=y) for c, d, y in every]


def _competition(chunk: Chunk) -> Competition:
    """The competition of a chunk; meetings and road races keep the name that the article gives them."""
    if isinstance(chunk.value, Competition):
        return chunk.value
    known = competition_of_series(chunk.value[0])
    if known.medals or known.kind in ("games", "championships") or not chunk.text[0].isupper() or " " not in chunk.text:
        return known
    name = " ".join(chunk.text.split())
    sponsor = next((s for s in lexicon("names")["sponsors"] if name.lower().startswith(s + " ")), "")
    return replace(known, name=name[len(sponsor) :].strip())


def _simple(chunk: Chunk) -> dict[str, Any]:
    """The field of a contest that a chunk gives by itself, with its value."""
    if chunk.lemma == "relay":
        return {"relay": True}
    if chunk.kind == "setting":
        return {"indoor": True}
    if chunk.kind == "surface":
        return {"surface": "cross"}
    if chunk.kind == "place":
        return {"place": chunk.value.name}
    field = "length" if chunk.kind == "distance" else chunk.kind
    return {field: chunk.value} if field in ("sex", "category", "round", "length") else {}


_NOT_THERE = {"for", "to", "before", "since", "toward", "towards", "until", "ahead", "than", "via", "of"}
_AIMS = cues("aims")
_COMING = ("back", "fresh", "return", "returned", "recovering", "home", "straight")
_LEAVING = ("drop", "pull", "step", "limp", "crash", "go", "bow")  # "dropped out of the Torrevale Marathon"
_BEFORE_OTHERS = cues("before_others")
_NOT_THERE_AFTER = cues("not_there_after")
_PASSED_OVER = cues("passed_over")
_OLYMPIC_BODIES = cues("olympic_bodies")
_CONTENDERS = cues("contenders")
_LAST_PARTS = cues("last_parts")
_BEFORE_ROUND = ("discipline", "sex", "date", "setting", "category", "level")
_BEFORE_ROUND_WORDS = {"the", "'s", "'", "her", "his", "their", "a"}
_BERTHS = {"place", "spot", "berth", "slot", "lane", "places", "spots"}
_SIMPLE = ("sex", "setting", "surface", "category", "round", "distance")
_TELLING = {"series", "competition", "discipline", "year", "date", "place", "country", "level", *_SIMPLE}
_STILL_TO_COME = (["to", "be"], ["set", "for"], ["slated", "for"], ["scheduled", "for"], ["due", "to"], ["due", "on"],
                  ["due", "in"], ["planned", "for"], ["due", "for"])  # fmt: skip
_REACHED = ("round", "discipline", "date", "victory", "ordinal", "crown", "sex")
_REACHED_WORDS = {"day", "race", "night", "edition", "winner", "part", "opening", "way", "went"}
_BETWEEN = ("year", "date", "sponsor", "sex", "setting", "level", "ordinal")


def describe(chunks: list[Chunk]) -> Contest:
    """What the loose chunks of a clause say of its contest; closed phrases keep theirs.

    A competition that one qualifies for, prepares for or went to before is not where the race took place.
    """
    told: dict[str, Any] = {}
    for index, chunk in enumerate(chunks):
        if chunk.kind not in _TELLING or (chunk.kind in ("series", "competition") and _elsewhere(chunks, index)):
            continue
        _add(told, chunk, lemma_at(chunks, index - 1), at(chunks, index + 1))
        if chunk.kind == "round" and "round" in told and _is_goal(chunks, index):
            told["onward"] = True
    return Contest(**told) if told else NOTHING


def _elsewhere(chunks: list[Chunk], index: int) -> bool:
    """Whether the words around a competition say that the race was not there."""
    after = at(chunks, index + 1)
    if after is not None and after.text.lower() in _NOT_THERE_AFTER:
        return True
    if [c.lemma for c in chunks[index + 1 : index + 3]] in _STILL_TO_COME:
        return True
    probe = index - 1
    while probe >= 0 and (chunks[probe].lemma in _PASSED_OVER or chunks[probe].kind in _BETWEEN):
        if chunks[probe].kind == "date" and chunks[probe].value.future:
            return True
        probe -= 1
    lemma = lemma_at(chunks, probe)
    if lemma == "from":  # "fresh from the Torrevale Games"
        return lemma_at(chunks, probe - 1) in _COMING and not _with_medals(chunks[index + 1 :])
    if lemma in ("in", "at") and lemma_at(chunks, probe - 1) in _CONTENDERS:
        return True
    if lemma not in _NOT_THERE:
        return False
    if lemma == "for":
        return any(c.text.lower() in _AIMS for c in chunks[max(0, probe - 5) : probe])
    before = at(chunks, probe - 1)
    if lemma == "of":
        left = before is not None and before.lemma == "out" and lemma_at(chunks, probe - 2) in _LEAVING
        return before is None or (before.text.lower() in _BEFORE_OTHERS and not left)
    reached = before is not None and (before.kind in _REACHED or before.lemma in _REACHED_WORDS)
    return not (lemma == "to" and reached)


def _with_medals(chunks: list[Chunk]) -> bool:
    """What somebody brought from a competition was won there: "went home from the Torrevale Games with two silvers"."""
    brought = next((i for i, c in enumerate(chunks) if c.lemma == "with"), None)
    return brought is not None and any(c.kind == "medal" for c in chunks[brought + 1 : brought + 6])


def _add(told: dict[str, Any], chunk: Chunk, before: str, after: Chunk | None) -> None:
    """Put down what a chunk says of a contest of which so much is told."""
    kind, value = chunk.kind, chunk.value
    if kind in ("series", "competition") and told.get("competition") is None:
        told["competition"] = _competition(chunk)
    elif kind == "discipline" and value and (not told.get("disciplines") or before == "to"):
        told["disciplines"] = value
    elif kind in ("year", "date") and value.future:
        told["future"] = True
    elif kind in ("year", "date") and before not in ("since", "until", "till"):  # "the first to win it since 1993"
        told["year"] = told.get("year") or value.year
        told["day"] = told.get("day") or value.day
    elif kind == "place":
        told["place"] = told.get("place") or value.name
    elif kind == "country":
        owned = after is not None and after.lemma in ("'s", "'")
        if before in ("in", "at") and told.get("country") is None and not owned:
            told["country"] = value
            told["place"] = told.get("place") or chunk.text
    elif kind == "level" and told.get("competition") is None and after is not None and _names_contest(chunk, after):
        told["competition"] = competition_of_level(value, Contest(**told), ())
    elif kind in _SIMPLE and not (kind == "round" and after is not None and _is_last(chunk, after)):
        told.update(_simple(chunk))


def _is_goal(chunks: list[Chunk], index: int) -> bool:
    """Whether a round is where somebody got to: "eased into the 800m final", "a place in Sunday's final"."""
    probe = index - 1
    while probe >= 0 and (chunks[probe].kind in _BEFORE_ROUND or chunks[probe].lemma in _BEFORE_ROUND_WORDS):
        probe -= 1
    lemma = lemma_at(chunks, probe)
    if lemma == "in":
        return lemma_at(chunks, probe - 1) in _BERTHS
    return lemma in ("to", "into", "for", "reach", "make")


def _is_last(chunk: Chunk, after: Chunk) -> bool:
    """ "the final 100m", "her final throw": the last part of a race, no round."""
    return chunk.lemma == "final" and (after.kind == "stretch" or after.lemma in _LAST_PARTS)


def _names_contest(level: Chunk, after: Chunk) -> bool:
    """ "the world final", "an Olympic marathon"; "Olympic" alone stands for the Games."""
    if after.kind in ("round", "discipline", "level"):
        return True
    lower = after.text.lower()
    return level.lemma == "olympic" and lower not in _NOT_THERE_AFTER and lower not in _OLYMPIC_BODIES
