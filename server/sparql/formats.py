"""Which format an answer of `/sparql` is written in, while it is not known yet whether it is a table or a graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import QueryResultsFormat, RdfFormat
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from server import negotiation

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from server.negotiation import AnyFormat, Named, Offer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the client takes of either family; None: nothing."""

    results: Offer[QueryResultsFormat] | None
    graphs: Offer[RdfFormat] | None

    @property
    def a_page(self) -> bool:
        """Whether a page would do for one of the families."""
        return any(offer is not None and offer.format is None for offer in (self.results, self.graphs))

    def offer(self, answered: QueryResultsFormat | RdfFormat) -> Offer[QueryResultsFormat] | Offer[RdfFormat]:
        """What to answer with; raises NotAcceptable where the client takes nothing of this family."""
        found = self.graphs if isinstance(answered, RdfFormat) else self.results
        if found is None:
            raise NotAcceptable(acceptable(answered))
        return found

    @property
    def written(self) -> tuple[QueryResultsFormat, RdfFormat]:
        """Formats to evaluate with; where a family has none, one that is thrown away or shown on a page."""
        return (
            (self.results and self.results.format) or QueryResultsFormat.JSON,
            (self.graphs and self.graphs.format) or RdfFormat.TURTLE,
        )


def wanted(named: Named | None, accept: str) -> Wanted:
    """By `?format=`, else by the header Accept; raises NotAcceptable where there is nothing of either family."""
    results, graphs = negotiation.RESULT_OFFERS, negotiation.GRAPH_OFFERS
    found = Wanted(_negotiated(named, accept, results), _negotiated(named, accept, graphs))
    if found.results is None and found.graphs is None:
        raise NotAcceptable(acceptable())
    return found


def acceptable(answered: QueryResultsFormat | RdfFormat | None = None) -> str:
    """Which formats there are for the kind of answer at hand."""
    results = "SELECT and ASK answer as JSON, XML, CSV or TSV"
    graphs = "graphs come as Turtle, N-Triples, JSON-LD, RDF/XML, TriG or N-Quads"
    if answered is None:
        return f"None of the types asked for can be had: {results}; {graphs}."
    return f"This answer cannot be had in the type asked for: {graphs if isinstance(answered, RdfFormat) else results}."


def shaping(wanted: Wanted, parameters: MultiDict[str, str]) -> tuple[object, object]:
    """What an answer follows from besides the query and the dataset."""
    types = [offer and offer.media_type for offer in (wanted.results, wanted.graphs)]
    return types, sorted(item for item in parameters.items(multi=True) if item[0] not in ("query", "timeout"))


def _negotiated(named: Named | None, accept: str, offers: tuple[Offer[AnyFormat], ...]) -> Offer[AnyFormat] | None:
    if named is None:
        return _accepted(accept, offers)
    if named.html:
        return negotiation.Offer(negotiation.HTML, None)
    chosen = (named.results, named.graphs)
    return next((offer for offer in offers if offer.format in chosen), None)


@lru_cache(maxsize=256)
def _accepted(header: str, offers: tuple[Offer[AnyFormat], ...]) -> Offer[AnyFormat] | None:
    """What an Accept header takes; most clients send the same one again and again."""
    return negotiation.best(parse_accept_header(header, MIMEAccept), offers, html=True)
