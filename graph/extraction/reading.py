"""The reading of one document, sentence by sentence: chunks, people, clauses, events."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from graph.extraction.affiliations import mark_affiliations
from graph.extraction.attachments import attach
from graph.extraction.bests import best_events, without_others
from graph.extraction.careers import owned_titles
from graph.extraction.chunker import Chunker
from graph.extraction.clausebuilding import clauses_of
from graph.extraction.clubs import is_college, join_clubs
from graph.extraction.collectives import mark_collectives
from graph.extraction.competitions import join_competitions
from graph.extraction.contests import Contest, describe
from graph.extraction.emitting import result_events
from graph.extraction.finishes import finish_events
from graph.extraction.listings import join_listed, name_town_races
from graph.extraction.lostnames import restore_names
from graph.extraction.nameruns import name_runs
from graph.extraction.nounphrases import HEADS, close_phrases
from graph.extraction.people import People
from graph.extraction.phrases import phrase_events
from graph.extraction.placings import join_placings, placing_events
from graph.extraction.purposes import join_efforts, join_moments, join_purposes, share_contests
from graph.extraction.quotations import without_quotations
from graph.extraction.recordphrases import record_phrases, speaks_of_record
from graph.extraction.references import mark_references
from graph.extraction.relations import companion_events, relation_events
from graph.extraction.relays import RELAY_WORDS, name_relay, only_relay, relay_wins
from graph.extraction.rows import cells, heading, joined, row_events, run_start
from graph.extraction.sentences import ASIDE, Sentence
from graph.extraction.standings import phrase_standings
from graph.extraction.superlatives import join_superlatives
from graph.extraction.teams import NATIONS, for_team, mark_teams, names_relay, with_members
from graph.extraction.ties import kin_events, phrase_relations
from graph.model import Span

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.model import Block, Document

_SILENT = {"caption"}
_TOLD = ("mark", "medal")
_PRIZES = ("medal", "crown")
_RELAY_REACH = 3  # sentences for which the telling of a relay goes on
_NOT_APART = {"(", "of", "from", "the"}


class Reading:
    """All sentences of a document, ready to be interpreted in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.people = People()
        self.sentences = self._sentences()

    def _sentences(self) -> list[Sentence]:
        document = self.document
        chunker = Chunker(document.text, document.article.published)
        college = is_college(document.text)
        found: list[Sentence] = []
        current = Contest()
        for block in document.blocks:
            rows = [_without_dateline(chunker.chunks(s.start, s.end)) for s in block.sentences]
            opened = heading(rows[0], current) if len(rows) == 1 else None
            if opened is not None:
                current = opened
                continue
            if block.kind in _SILENT:
                continue
            current = current if block.kind == "row" else Contest()
            outside, _ = without_quotations(rows)
            for span, chunks in zip(block.sentences, outside, strict=True):
                if block.kind == "row":
                    parts = [_named(cell, college, prose=False) for cell in cells(chunks, document.text)]
                    found.append(_list(len(found), block, span, joined(parts), current))
                    continue
                chunks = _named(chunks, college)
                start = run_start(chunks)
                if start is not None:
                    head, chunks = chunks[:start], chunks[start:]
                    if head:
                        found.append(Sentence(len(found), block, Span(span.start, head[-1].end), head))
                    told = Span(chunks[0].start, span.end)
                    found.append(_list(len(found), block, told, chunks, describe(head)))
                    continue
                found.append(Sentence(len(found), block, span, chunks))
        name_town_races(sentence.chunks for sentence in found if not sentence.listed)
        known = _apart(found)
        for sentence in found:
            if not sentence.listed:
                sentence.chunks = mark_affiliations(sentence.chunks, known, college)
        self._name(found)
        self._understand_all(found)
        return found

    def _understand_all(self, sentences: list[Sentence]) -> None:
        """Every sentence, with the relay that those before it told of."""
        if (only := only_relay(sentences)) is not None:
            for sentence in sentences:
                sentence.chunks = name_relay(sentence.chunks, only)
        relay = -_RELAY_REACH - 1  # the last sentence that names one
        for sentence in sentences:
            spoken = only is not None and not RELAY_WORDS.isdisjoint(c.lemma for c in sentence.chunks)
            relay = sentence.number if spoken or names_relay(sentence.chunks) else relay
            near = sentence.number - relay <= _RELAY_REACH and any(c.kind in _TOLD for c in sentence.chunks)
            self._understand(sentence, relays=near or relay == sentence.number)

    def _understand(self, sentence: Sentence, *, relays: bool) -> None:
        """Close phrases, attach what stands around names, build clauses and try the frames."""
        if sentence.listed:
            return
        chunks = join_superlatives(sentence.chunks)
        kinds = {chunk.kind for chunk in chunks}
        chunks = join_placings(chunks) if "ordinal" in kinds else chunks
        chunks = chunks if kinds.isdisjoint(HEADS) else close_phrases(chunks)
        closed = mark_references(chunks if kinds.isdisjoint(NATIONS) else mark_teams(chunks, relays=relays))
        closed = mark_collectives(closed)
        sentence.relations += phrase_relations(closed)
        sentence.events += phrase_events(closed)
        if speaks_of_record(closed, kinds):
            sentence.events += record_phrases(closed)
        if "ordinal" in kinds:
            sentence.events += placing_events(closed)
        if not kinds.isdisjoint(_PRIZES):
            sentence.events += owned_titles(closed)
            sentence.standings += phrase_standings(closed)
        if relays:
            sentence.events += relay_wins(closed)
        sentence.chunks = attach(closed)
        sentence.clauses = clauses_of(sentence.chunks)
        told = [
            c
            for clause in sentence.clauses
            if clause.connective not in ASIDE and not clause.unreal
            for c in clause.chunks
        ]
        sentence.contest = describe(told or sentence.chunks)
        for clause in sentence.clauses:
            told_of = [*with_members(for_team(clause, result_events(clause))), *finish_events(clause)]
            clause.events = [*told_of, *without_others(clause, best_events(clause), sentence.events)]
            for event in clause.events:
                event.place = clause.verb.start if clause.verb else event.who.start
            clause.relations = [*relation_events(clause), *companion_events(clause), *kin_events(clause)]
        join_purposes(sentence.clauses)
        join_efforts(sentence.clauses)
        join_moments(sentence.clauses)
        share_contests(sentence.clauses)

    def _name(self, sentences: list[Sentence]) -> None:
        """Turn names into persons. Headlines in title case only name whom the text below names."""
        named = [c.value for s in sentences for c in s.chunks if c.kind == "name"]
        surnames = {value[-1] for value in named if len(value) > 1}
        for sentence in sentences:
            _share_surnames(sentence.chunks, surnames)
        body = [c for s in sentences if not _title_case(s, self.document.text) for c in s.chunks if c.kind == "name"]
        lower = {c.lemma for s in sentences for c in s.chunks if c.kind in ("word", "verb") and c.text.islower()}
        self.people.gather([c for c in body if len(c.value) > 1 or c.lemma not in lower], _oblique(sentences))
        self.people.spell(
            [c for s in sentences if _title_case(s, self.document.text) for c in s.chunks if c.kind == "name"]
        )
        for sentence in sentences:
            for chunk in sentence.chunks:
                if chunk.kind == "name":
                    entity = self.people.entity(chunk)
                    if entity is not None:
                        chunk.kind, chunk.value = "person", entity
                    else:
                        chunk.kind = "word"
        restore_names(sentences)


def _named(chunks: list[Chunk], college: bool, *, prose: bool = True) -> list[Chunk]:
    """`chunks` with competitions, clubs and names joined."""
    return name_runs(join_clubs(join_competitions(join_listed(chunks)), college), sentence_start=prose)


def _list(number: int, block: Block, span: Span, chunks: list[Chunk], contest: Contest) -> Sentence:
    """A line or run of results, read at once, before names become persons: it says which names are clubs."""
    return Sentence(number, block, span, chunks, events=row_events(chunks, contest), listed=True)


def _without_dateline(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` without the day of a dateline, which is that of the report: "TORREVALE, 9 June 2024 - Vane won"."""
    for index, chunk in enumerate(chunks[:5]):
        if chunk.kind == "date" and index + 1 < len(chunks) and chunks[index + 1].text in "-–—":
            return chunks[:index] + chunks[index + 2 :]
        if chunk.kind != "place" and chunk.text != "," and not chunk.text[0].isupper():
            return chunks
    return chunks


def _title_case(sentence: Sentence, text: str) -> bool:
    """Most long words have capitals, as headlines are set."""
    if sentence.block.kind != "title":
        return False
    words = [w for w in text[sentence.span.start : sentence.span.end].split() if len(w) > 3 and w[0].isalpha()]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _apart(sentences: list[Sentence]) -> frozenset[str]:
    """The full names that stand elsewhere than in parentheses or behind "of", "from", "the", and their surnames."""
    found = set()
    for sentence in sentences:
        for before, chunk in itertools.pairwise([None, *sentence.chunks]):
            named = chunk is not None and chunk.kind == "name" and len(chunk.value) > 1
            if named and chunk is not None and (before is None or before.lemma not in _NOT_APART):
                found |= {chunk.text, chunk.text.split()[-1]}
    return frozenset(found)


def _oblique(sentences: list[Sentence]) -> frozenset[int]:
    """Where names stand that only say whose father or coach somebody is: a surname alone will not mean them."""
    found = set()
    for sentence in sentences:
        for index, chunk in enumerate(sentence.chunks):
            if chunk.kind != "name":
                continue
            near = [c for c in sentence.chunks[max(0, index - 3) : index] if c.text != ","]
            if near and (near[-1].kind in ("kin", "coach") or near[-1].lemma in ("under", "by", "with")):
                found.add(chunk.start)
    return frozenset(found)


def _share_surnames(chunks: list[Chunk], surnames: set[str]) -> None:
    """ "Greta and Helena Lund": the surname goes for both; not in "Falk and Helena Lund" with a Falk elsewhere."""
    for first, link, second in zip(chunks, chunks[1:], chunks[2:], strict=False):
        if first.kind != "name" or second.kind != "name" or link.lemma not in ("and", "&"):
            continue
        alone = len(first.value) == 1 and first.value[0] not in surnames
        if alone and len(second.value) == 2 and " " in second.text:
            first.value = (*first.value, second.value[-1])
            first.text = f"{first.text} {second.text.split()[-1]}"
