"""`/KIND/SLUG/facts/PROPERTY`: every sentence that says one thing, in pages, where a card shows only some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template

from graph.browsing.paging import Page, paged
from graph.browsing.saying import said
from ontology.iris import NS, VOCABULARIES
from server.entities import KIND, iri_of
from server.resultlists import pages_asked
from server.sentences import by_sentence
from server.service import page_of, source

if TYPE_CHECKING:
    from graph.browsing.values import Fact
    from server.sentences import Sentence

blueprint = Blueprint("sentencepages", __name__)

_SENTENCES = 30  # on one page
_TYPE = "type"


@blueprint.get(f"/{KIND}/<slug>/facts/<name>")
def facts(kind: str, slug: str, name: str) -> str:
    """All sentences on a property of a thing; 404 where no article says anything."""
    if not name.isascii() or not name.isalpha():
        abort(404, f"There is no property '{name[:100]}'.")
    this = iri_of(kind, slug)
    predicate = f"{VOCABULARIES['rdf']}type" if name == _TYPE else NS + name
    found = said(source(), this, predicate)
    page: Page[Sentence] = paged(by_sentence(found.facts), pages_asked().get("sentences", 1), _SENTENCES)
    return render_template("sentences.html", said=found, page=page)


def sentences_page(fact: Fact) -> str | None:
    """Where all sentences of a fact stand; None for what has no page here."""
    subject, predicate = fact.claimed or (fact.subject, fact.predicate)
    path = page_of(subject)
    name = predicate.rpartition("#")[2]
    return f"{path}/facts/{name}" if path and predicate in {NS + name, f"{VOCABULARIES['rdf']}type"} else None
