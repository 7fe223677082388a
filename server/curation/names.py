"""`/curation/names`: who is one and who is not, two at a time, and those that are worth a look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast, get_args

from flask import abort, request
from rdflib import URIRef

from graph import queries
from graph.browsing import find
from graph.browsing.describing import describe
from graph.browsing.values import Piece
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.identity.minting import Kind
from graph.ledger import reasons
from graph.ledger.naming import successor
from graph.pipeline import namesakes
from ontology.iris import iri, kind_and_slug
from ontology.names import slug as as_slug
from server import service
from server.curation.kept import ledger
from server.curation.signing import blueprint, decided, given, holder, page, page_number
from server.curation.signs import in_words
from server.writing import writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from werkzeug.wrappers import Response

    from graph.browsing.values import Entity, Words
    from graph.ledger.reasons import Why
    from graph.pipeline import Ruled
    from graph.pipeline.namesakes import Pair, Portrait

_PAGE = 20
_KINDS: tuple[Kind, ...] = get_args(Kind)
_MOST_ARTICLES = 1000


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: as it is called, what is said of it, and why it is who it is."""

    entity: Entity
    slug: str
    portrait: Portrait
    traits: tuple[tuple[Words, int], ...]
    why: Why
    headlines: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair with what both are called."""

    pair: Pair
    one: Entity
    other: Entity


@blueprint.get("/curation/names")
def names() -> str:
    """Two names side by side; without them, pairs that may be one though they are not, or the other way round."""
    asked = tuple(request.args.get(name, "").strip()[:200] for name in ("one", "other"))
    with ledger() as database:
        if any(asked):
            return _compared(database, *asked)
        which = "one" if request.args.get("which") == "one" else "apart"
        number = page_number()
        look = namesakes.doubtfully_one if which == "one" else namesakes.likely_one
        pairs, total = look(database, _PAGE, (number - 1) * _PAGE)
        listed = _listed(database, pairs)
    if number > 1 and not pairs:
        abort(404, f"There is no page {number} of these.")
    pages = -(-total // _PAGE)
    return page("names.html", which=which, pairs=listed, total=total, number=number, pages=pages, asked=("", ""))


@blueprint.post("/curation/merge")
def make_one() -> Response:
    """Rule that two names are one."""
    one, other, reason = given("one"), given("other"), given("reason")

    def merge() -> str:
        return _told(writer().curate("merge", one, other, reason, by=holder().name))

    return decided("merge", f"{one} = {other}", merge)


@blueprint.post("/curation/split")
def keep_apart() -> Response:
    """Rule that two names are never one, or that some articles mean another bearer of a name."""
    one, reason = given("one"), given("reason")
    articles = request.form.getlist("article")[:_MOST_ARTICLES]

    def split() -> str:
        if articles:
            return _told(writer().curate("separate", one, tuple(articles), reason, by=holder().name))
        return _told(writer().curate("split", one, given("other"), reason, by=holder().name))

    return decided("split", one, split)


def _compared(database: sqlite3.Connection, *asked: str) -> str:
    sides: list[Side] = []
    message = None
    for name in asked:
        if name:
            try:
                sides.append(_side(database, name))
            except AmbiguousNameError as error:
                message = f"Several are called “{name}”: {'; '.join(label for _, label, _ in error.candidates)}."
            except LookupFailedError as error:
                message = str(error)
    if len({side.entity.kind for side in sides}) > 1:
        message = "These are of two kinds, so they cannot be one."
    one = len(sides) > 1 and message is None and len({_leads(database, side) for side in sides}) == 1
    return page("compare.html", sides=sides, asked=asked, message=message, one=one)


def _side(database: sqlite3.Connection, name: str) -> Side:
    source = service.source()
    found = kind_and_slug(name, source.base) or _prefixed(name)
    if found is None or found[0] not in _KINDS:
        found = kind_and_slug(find(source, name, set(_KINDS)).iri, source.base)
    if found is None:
        raise LookupFailedError(name, f"'{name}' is no person, club or competition")
    kind, slug = cast("Kind", found[0]), found[1]
    portrait = namesakes.portrait(database, kind, slug)
    articles = [iri("article", article, source.base) for article in portrait.articles]
    described = describe(source, articles)
    headlines = tuple(described[article].entity for article in articles)
    words = in_words(source, [sign for sign, _ in portrait.traits])
    traits = tuple((words.get(sign, (Piece(sign),)), number) for sign, number in portrait.traits)
    entity = _entities(database, [(kind, slug)])[kind, slug]
    return Side(entity, slug, portrait, traits, reasons.why(database, kind, slug), headlines)


def _leads(database: sqlite3.Connection, side: Side) -> str:
    return successor(database, side.why.kind, side.slug) or side.slug


def _entities(database: sqlite3.Connection, names: Collection[tuple[Kind, str]]) -> dict[tuple[Kind, str], Entity]:
    """What names are called: what they lead to, by the spelling that the name is the slug of."""
    source = service.source()
    this = {(kind, slug): iri(kind, successor(database, kind, slug) or slug, source.base) for kind, slug in set(names)}
    described = describe(source, this.values())
    rows = source.select(queries.with_values(queries.load("also-called"), "x", map(URIRef, this.values())))
    spelt = {(str(row["x"]), as_slug(str(row["name"]))): str(row["name"]) for row in rows}
    return {
        name: replace(described[where].entity, label=spelt.get((where, name[1]), described[where].label))
        for name, where in this.items()
    }


def _prefixed(name: str) -> tuple[str, str] | None:
    kind, colon, slug = name.partition(":")
    return (kind, slug) if colon and kind in _KINDS and slug else None


def _listed(database: sqlite3.Connection, pairs: list[Pair]) -> list[Listed]:
    called = _entities(database, [(pair.kind, slug) for pair in pairs for slug in (pair.one, pair.other)])
    return [Listed(pair, called[pair.kind, pair.one], called[pair.kind, pair.other]) for pair in pairs]


def _told(done: Ruled) -> str:
    source = service.source()
    described = describe(source, [iri(done.kind, slug, source.base) for slug in done.slugs])
    who = " and ".join(one.label for one in described.values())
    now = "one now" if len(done.slugs) == 1 else f"{len(done.slugs)} now"
    return f"{who}: {now}; {done.gained:,} facts came and {done.lost:,} went."
