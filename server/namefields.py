"""Fields of a form in which somebody is named: what the name means, or whom it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from graph.browsing import find
from graph.browsing.values import Entity
from graph.errors import AmbiguousNameError, LookupFailedError
from server.navigation import address
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_NAME = 200  # code points


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several bearers of a name, and the address that asks the same with this one."""

    entity: Entity
    href: str


@dataclass(frozen=True, slots=True)
class NameField:
    """One field: what was asked for, and what came of it. `label` names the field until something is found."""

    field: str
    label: str
    asked: str
    found: Entity | None = None
    message: str | None = None
    candidates: tuple[Candidate, ...] = ()


def name_field(field: str, label: str, kinds: Collection[str]) -> NameField:
    """What the request means by the name or IRI in its parameter `field`."""
    asked = request.args.get(field, "").strip()[:_LONGEST_NAME]
    if not asked:
        return NameField(field, label, asked)
    try:
        found = find(source(), asked, kinds)
    except AmbiguousNameError as error:
        candidates = tuple(
            Candidate(Entity(iri, "person", name, text), address({field: iri})) for iri, name, text in error.candidates
        )
        message = f"“{asked}” may be any of these. Which one?"
        return NameField(field, label, asked, message=message, candidates=candidates)
    except LookupFailedError as error:
        return NameField(field, label, asked, message=str(error))
    return NameField(field, label, found.label, found)
