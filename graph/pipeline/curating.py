"""Why names are one thing's, and a curator's rulings on that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from graph.browsing import find
from graph.errors import LookupFailedError, RulingError
from graph.identity.minting import Kind
from graph.ledger import reasons, rulings
from graph.pipeline.chronicle import Deed, titled
from graph.pipeline.noting import noted
from graph.pipeline.settling import Settler
from ontology.iris import kind_and_slug
from ontology.names import slug as slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from graph.ledger.history import Kind as DeedKind
    from graph.ledger.reasons import Why
    from graph.ledger.terms import Terms
    from graph.ledger.touched import Touched
    from graph.store.embedded import Store

_KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a ruling did: the slugs to which its names lead now, and how many facts came and went."""

    kind: Kind
    slugs: tuple[str, ...]
    gained: int
    lost: int


def why(store: Store, name: str) -> tuple[Why, ...]:
    """Why those who bear a name are who they are; several where the name leads to several.

    `name` is a name, a slug or an IRI. Raises LookupFailedError.
    """
    kind, slug = _named(store, name)
    return tuple(reasons.why(store.ledger, kind, target) for target in _targets(store, kind, slug))


def merge(
    store: Store, one: str, other: str, reason: str, *, by: str | None = None, now: Callable[[], datetime] | None = None
) -> Ruled:
    """Rules that two names are one thing's. Raises LookupFailedError, and RulingError where that means nothing.

    `by` is whose decision it is, for the history.
    """
    kind, left, right = _pair(store, one, other)
    deed = _deed(store, "merged", kind, (left, right), reason, by, now)
    return _rule(
        store, kind, (left, right), lambda: rulings.merge(store.ledger, kind, left, right, reason, deed.at), deed
    )


def split(
    store: Store, one: str, other: str, reason: str, *, by: str | None = None, now: Callable[[], datetime] | None = None
) -> Ruled:
    """Rules that two names are never one thing's. Raises as `merge`."""
    kind, left, right = _pair(store, one, other)
    deed = _deed(store, "split", kind, (left, right), reason, by, now)
    return _rule(
        store, kind, (left, right), lambda: rulings.split(store.ledger, kind, left, right, reason, deed.at), deed
    )


def separate(
    store: Store,
    name: str,
    articles: Collection[str],
    reason: str,
    *,
    by: str | None = None,
    now: Callable[[], datetime] | None = None,
) -> Ruled:
    """Rules that these articles (ids) mean another bearer of the name than others. Raises LookupFailedError."""
    kind, slug = _named(store, name)
    bare = slug.partition("--")[0]
    for article in articles:
        row = store.ledger.execute(
            "SELECT 1 FROM bearers JOIN articles USING (n) WHERE id = ? AND kind = ? AND slug = ?",
            (article, kind, bare),
        ).fetchone()
        if row is None:
            raise LookupFailedError(article, f"article '{article}' does not name {bare}; `podium why` shows which do")
    deed = _deed(store, "separated", kind, (bare,), reason, by, now)
    deed.things |= {f"article/{article}" for article in articles}
    return _rule(
        store, kind, (bare,), lambda: rulings.separate(store.ledger, kind, bare, articles, reason, deed.at), deed
    )


def _deed(
    store: Store,
    done: DeedKind,
    kind: Kind,
    slugs: Sequence[str],
    reason: str,
    by: str | None,
    now: Callable[[], datetime] | None,
) -> Deed:
    at = (now() if now else datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    things = frozenset(f"{kind}/{slug}" for slug in slugs)
    return Deed(done, f"{kind}/{slugs[0]}", titled(store, kind, slugs), reason, at, by, things)


def _rule(store: Store, kind: Kind, slugs: Iterable[str], ruled: Callable[[], set[int]], deed: Deed) -> Ruled:
    def ruling(_: Touched, __: Terms) -> Iterable[int]:
        with noted(store.ledger, deed, "rulings"):
            return ruled()

    change = Settler(store).settle(ruling=ruling, deed=deed)
    led = {target for slug in slugs for target in _targets(store, kind, slug.partition("--")[0])}
    return Ruled(kind, tuple(sorted(led)), len(change.gained), len(change.lost))


def _pair(store: Store, one: str, other: str) -> tuple[Kind, str, str]:
    (kind, left), (other_kind, right) = _named(store, one), _named(store, other)
    if kind != other_kind:
        raise RulingError(f"'{one}' is a {kind} and '{other}' a {other_kind}: they cannot be one")
    return kind, left, right


def _named(store: Store, name: str) -> tuple[Kind, str]:
    """The kind and slug of a name that articles have; of an entity where the name is an IRI or leads to one.

    `person:mara-lindqvitz` is that name of a person's, though it may lead to `person/mara-lindqvist`.
    """
    given, colon, rest = name.partition(":")
    kinds = tuple(kind for kind in _KINDS if kind == given) if colon else _KINDS
    written = _slug_or_none(rest if colon else name)
    for kind in kinds if written else ():
        if store.ledger.execute("SELECT 1 FROM strands WHERE kind = ? AND slug = ?", (kind, written)).fetchone():
            return kind, str(written)
    iri = find(store, name, set(_KINDS)).iri
    found = kind_and_slug(iri, store.base)
    for kind in _KINDS:
        if found and found[0] == kind:
            return kind, found[1]
    raise LookupFailedError(name, f"'{name}' is no person, club or competition")


def _slug_or_none(name: str) -> str | None:
    try:
        return slug_of(name) if "--" not in name and ":" not in name else None
    except ValueError:
        return None


def _targets(store: Store, kind: Kind, slug: str) -> list[str]:
    """The slugs that a name leads to, or the slug itself where it is one that a name leads to."""
    rows = store.ledger.execute(
        "SELECT DISTINCT coalesce(target, slug) FROM strands LEFT JOIN leads USING (kind, slug, strand)"
        " WHERE kind = ? AND slug = ?",
        (kind, slug),
    ).fetchall()
    return sorted(target for (target,) in rows) or [slug]
