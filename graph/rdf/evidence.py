"""One article's named graph: the article, its sentences, the spellings it uses, and its claims.

Built from values alone, so that the same article read by the same extractor gives the same quads. The time of a run
goes into the meta graph instead.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rdflib import DCTERMS, PROV, RDF, SDO

from graph.errors import EvidenceError
from graph.facts import PartialRace, plain
from graph.rdf.terms import Triple, day, decimal, graph_name, integer, key_node, node, quads, term, text
from ontology.iris import iri
from ontology.namespaces import ATH, OA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import pyoxigraph as ox

    from graph.facts import Claim, Entity
    from graph.identity.claims import Assertions
    from graph.model import Article, Mention

_RDF_TYPE = str(RDF.type)
_SUBJECT, _PREDICATE, _OBJECT = str(RDF.subject), str(RDF.predicate), str(RDF.object)
_ARTICLE, _RUN, _SENTENCE = (node(str(kind)) for kind in (ATH.Article, ATH.ExtractionRun, ATH.Sentence))
_MENTION, _CLAIM = node(str(ATH.Mention)), node(str(ATH.Claim))
_IN_ARTICLE, _EVIDENCE, _AS_OF, _KEY = (str(term) for term in (ATH.inArticle, ATH.evidence, ATH.asOf, ATH.key))
_START, _END, _EXACT = str(OA.start), str(OA.end), str(OA.exact)
_MENTIONS, _AS_WRITTEN = str(ATH.mentions), str(ATH.asWritten)
_BASIS, _CONFIDENCE, _BY_RULE = str(ATH.basis), str(ATH.confidence), str(ATH.byRule)
_GENERATED = str(PROV.wasGeneratedBy)
_BASES = {name: node(str(ATH[name])) for name in ("Explicit", "Resolved", "Contextual")}


def article_triples(
    article: Article,
    extractor: str,
    claims: Iterable[Claim],
    mentions: Iterable[tuple[Entity, Mention]],
    races: Iterable[object],
    base: str,
    proposers: Iterable[str] = (),
) -> list[Triple]:
    """All triples of `graph:article_<id>`. Each of the `proposers` was asked in a run of its own."""
    claims = tuple(claims)
    me = node(iri("article", article.id, base))
    runs = {name: run_node(article, name, base) for name in (extractor, *proposers, *sorted(_behind(claims)))}
    triples: list[Triple] = [*_about(article, me, claims)]
    for name, run in runs.items():
        triples += _run(run, me, name, base)
    spans = quoted(claims)
    for start, end in spans:
        triples += _sentence(article, me, start, end, base)
    triples += _mentions(article, me, mentions, spans, base)
    for claim in claims:
        triples += _claim(claim, me, runs[claim.proposer or extractor], base)
    triples += _partly_known(races, base)
    return triples


def renamed_quads(
    article: Article, extractor: str, before: Assertions, after: Assertions, base: str
) -> tuple[set[ox.Quad], set[ox.Quad]] | None:
    """What an article's graph has too much and too little when its names lead elsewhere than before.

    None where more than names changes: a claim may have gone as both its ends are one by now.
    """
    spans = quoted(before.claims)
    if spans != quoted(after.claims) or _behind(before.claims) != _behind(after.claims):
        return None
    me = node(iri("article", article.id, base))
    graph = graph_name(f"article_{article.id}", base)
    renamed = {entity for entity, _ in {*before.mentions} ^ {*after.mentions}}

    def distinct(said: Assertions, other: Assertions) -> set[ox.Quad]:
        mentions = [mention for mention in said.mentions if mention[0] in renamed]
        triples = list(_mentions(article, me, mentions, spans, base))
        for claim in {*said.claims} - {*other.claims}:
            triples += _claim(claim, me, run_node(article, claim.proposer or extractor, base), base)
        return quads([*triples, *_partly_known({*said.races} - {*other.races}, base)], graph)

    return distinct(before, after), distinct(after, before)


def run_node(article: Article, extractor: str, base: str) -> ox.NamedNode:
    """The run that read this text with this extractor."""
    mark = hashlib.sha256(f"{article.sha256} {extractor}".encode()).hexdigest()[:8]
    return node(iri("run", f"{article.id}_{mark}", base))


def extractor_node(extractor: str, base: str) -> ox.NamedNode:
    """The extractor of that version."""
    return node(iri("extractor", "".join(c if c.isalnum() or c in ".-" else "-" for c in extractor) or "unknown", base))


def check_quotes(article: Article, quotes: Iterable[tuple[str, int, int]]) -> None:
    """Raises EvidenceError for a quote (text, start, end) that is not what the stored text has there."""
    for quote, start, end in quotes:
        if not 0 <= start < end <= len(article.text) or article.text[start:end] != quote:
            raise EvidenceError(f"{article.id}: the text at {start}-{end} is not the quoted '{_short(quote)}'")


def _short(quote: str) -> str:
    return quote if len(quote) <= 40 else quote[:37] + "..."  # enough to find it by


def speaks_for(article: Article, claims: Iterable[Claim]) -> date | None:
    """The day for which an article speaks, as far as known."""
    return article.published or next((claim.as_of for claim in claims if claim.as_of), None)


def _about(article: Article, me: ox.NamedNode, claims: tuple[Claim, ...]) -> Iterator[Triple]:
    yield me, _RDF_TYPE, _ARTICLE
    yield me, str(SDO.headline), text(article.title or article.id)
    yield me, str(DCTERMS.identifier), text(article.id)
    yield me, str(ATH.sha256), text(article.sha256)
    as_of = speaks_for(article, claims)
    if as_of:
        yield me, _AS_OF, day(as_of)
    if article.published:
        yield me, str(SDO.datePublished), day(article.published)
    for predicate, value in ((SDO.url, article.url), (SDO.publisher, article.source), (SDO.author, article.author)):
        if value:
            yield me, str(predicate), text(value)


def quoted(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """Where the sentences stand that the claims rest on."""
    return sorted({span for claim in claims for span in claim.sentences})


def _behind(claims: Iterable[Claim]) -> set[str]:
    return {claim.proposer for claim in claims if claim.proposer}


def _partly_known(races: Iterable[object], base: str) -> Iterator[Triple]:
    for race in races:
        if isinstance(race, PartialRace):
            yield key_node(race, base), _KEY, text(race.key)


def _run(run: ox.NamedNode, me: ox.NamedNode, extractor: str, base: str) -> Iterator[Triple]:
    yield run, _RDF_TYPE, _RUN
    yield run, str(PROV.used), me
    yield run, str(PROV.wasAssociatedWith), extractor_node(extractor, base)


def _sentence(article: Article, me: ox.NamedNode, start: int, end: int, base: str) -> Iterator[Triple]:
    sentence = sentence_node(article.id, start, end, base)
    yield sentence, _RDF_TYPE, _SENTENCE
    yield sentence, _IN_ARTICLE, me
    yield sentence, _START, integer(start)
    yield sentence, _END, integer(end)
    yield sentence, _EXACT, text(article.text[start:end])


def sentence_node(article: str, start: int, end: int, base: str) -> ox.NamedNode:
    """The sentence at those offsets."""
    return node(iri("sentence", f"{article}_{start}-{end}", base))


def _mentions(
    article: Article,
    me: ox.NamedNode,
    mentions: Iterable[tuple[Entity, Mention]],
    spans: list[tuple[int, int]],
    base: str,
) -> Iterator[Triple]:
    """One node for each way an entity is written, at its first place, with the quoted sentence around it if any."""
    first: dict[tuple[Entity, str], Mention] = {}
    for entity, mention in mentions:
        known = first.get((entity, mention.written))
        if known is None or mention.start < known.start:
            first[entity, mention.written] = mention
    for (entity, written), mention in first.items():
        mark = hashlib.sha256(f"{plain(entity)} {written}".encode()).hexdigest()[:12]
        me_too = node(iri("mention", f"{article.id}_{mark}", base))
        yield me_too, _RDF_TYPE, _MENTION
        yield me_too, _IN_ARTICLE, me
        yield me_too, _MENTIONS, key_node(entity, base)
        yield me_too, _AS_WRITTEN, text(written)
        yield me_too, _START, integer(mention.start)
        yield me_too, _END, integer(mention.end)
        around = next((span for span in spans if span[0] <= mention.start and mention.end <= span[1]), None)
        if around:
            yield me_too, _EVIDENCE, sentence_node(article.id, *around, base)


def claim_node(claim: Claim, base: str) -> ox.NamedNode:
    """The node of a claim."""
    return node(iri("claim", claim.slug, base))


def _claim(claim: Claim, me: ox.NamedNode, run: ox.NamedNode, base: str) -> Iterator[Triple]:
    one = claim_node(claim, base)
    yield one, _RDF_TYPE, _CLAIM
    yield one, _SUBJECT, key_node(claim.fact.subject, base)
    yield one, _PREDICATE, node(claim.fact.predicate)
    yield one, _OBJECT, term(claim.fact.object, base)
    yield one, _IN_ARTICLE, me
    yield one, _BASIS, _BASES[claim.basis]
    yield one, _CONFIDENCE, decimal(claim.confidence)
    yield one, _GENERATED, run
    if claim.as_of:
        yield one, _AS_OF, day(claim.as_of)
    for start, end in claim.sentences:
        yield one, _EVIDENCE, sentence_node(claim.article, start, end, base)
    for rule in claim.rules:
        yield one, _BY_RULE, text(rule)
