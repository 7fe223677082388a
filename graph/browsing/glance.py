"""The head of a person's page: country, disciplines, clubs, coaches, medals, bests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.browsing.describing import local
from graph.browsing.profile import BestMark, Glance
from ontology.iris import NS

if TYPE_CHECKING:
    from graph.browsing.known import Known
    from graph.browsing.performances import Performance
    from graph.browsing.progress import Progression
    from graph.browsing.values import Piece

_GLANCE = 4  # disciplines named


def glance(known: Known, career: tuple[Performance, ...], progress: tuple[Progression, ...]) -> Glance:
    """What is known of a person in a few words."""
    names = Counter(one.discipline for one in career if one.discipline.iri)
    won = Counter(one.medal for one in career if len(one.medals) == 1)
    return Glance(
        known.described[known.iri].slots.get("country", ()),
        tuple(piece for piece, _ in sorted(names.items(), key=lambda pair: (-pair[1], pair[0].text))[:_GLANCE]),
        _tied_pieces(known, "memberOf"),
        _tied_pieces(known, "coachedBy"),
        _best_marks(known, progress),
        tuple((colour, won[colour]) for colour in ("gold", "silver", "bronze") if won[colour]),
    )


def _tied_pieces(known: Known, name: str) -> tuple[Piece, ...]:
    return tuple(
        piece for tie in known.ties if local(tie.predicate) == name for piece in known.described[tie.object].name
    )


def _best_marks(known: Known, progress: tuple[Progression, ...]) -> tuple[BestMark, ...]:
    """The stated personal bests; where none is stated in a discipline, the best of the results."""
    stated: dict[str, BestMark] = {}
    for node in known.nodes:
        if "Best" in node.types and NS + "PB" in node.values.get("kind", ()) and "mark" in node.values:
            name = known.described[node.iri].text("discipline") + (
                ", indoors" if node.first("indoor") == "true" else ""
            )
            marks = " or ".join(known.described[mark].label for mark in node.values["mark"])
            stated[name] = BestMark(name, marks, node.iri, stated=True)
    made = dict(stated)
    for progression in progress:
        best = progression.best
        if best and progression.name not in made:
            made[progression.name] = BestMark(progression.name, best.mark.text, best.race.iri, stated=False)
    return tuple(made.values())[: 2 * _GLANCE]
