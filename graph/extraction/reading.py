"""The reading of one document, sentence by sentence: chunks, people, clauses, events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graph.extraction.attachments import attach, mark_references
from graph.extraction.bests import best_events
from graph.extraction.chunker import Chunker
from graph.extraction.chunks import Chunk
from graph.extraction.clauses import Clause, Clauses
from graph.extraction.clubs import is_college, join_clubs
from graph.extraction.competitions import join_competitions
from graph.extraction.contests import Contest, describe
from graph.extraction.frames import Event, result_events
from graph.extraction.nounphrases import close_phrases
from graph.extraction.phrases import phrase_events
from graph.extraction.people import People, name_runs
from graph.extraction.quotations import without_quotations
from graph.extraction.relations import Relation, phrase_relations, relation_events
from graph.model import Block, Document, Span

_SILENT = {"caption"}
_SUBORDINATE = {"who", "which", "whose", "whom", "where", "wherein", "if", "unless"}


@dataclass(slots=True)
class Sentence:
    """One sentence being read: its place, its chunks with phrases closed and names attached, its clauses and events."""

    number: int
    block: Block
    span: Span
    chunks: list[Chunk]
    quoted: list[Chunk] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    contest: Contest = field(default_factory=Contest)

    def around(self, place: int) -> Contest:
        """The sentence's contest as it stands at a place: the discipline named last before it."""
        named = [c for c in self.chunks if c.kind == "discipline" and c.value]
        before = [c for c in named if c.start <= place]
        nearest = before[-1] if before else named[0] if named else None
        return replace(self.contest, disciplines=nearest.value) if nearest is not None else self.contest

    @property
    def broken(self) -> bool:
        """The sentence begins in the middle: its subject was lost on the way (a name in a link, a caption)."""
        first = self.chunks[0] if self.chunks else None
        return first is not None and (first.text[0].islower() or first.text == ",")

    @property
    def title(self) -> bool:
        return self.block.kind == "title"


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
        for block in document.blocks:
            if block.kind in _SILENT:
                continue
            spans = [s for s in block.sentences]
            rows = [chunker.chunks(s.start, s.end) for s in spans]
            outside, inside = without_quotations(rows)
            for span, chunks, quoted in zip(spans, outside, inside, strict=True):
                chunks = name_runs(join_clubs(join_competitions(chunks), college))
                found.append(Sentence(len(found), block, span, chunks, quoted))
        self._name(found)
        for sentence in found:
            closed = mark_references(close_phrases(sentence.chunks))
            sentence.relations += phrase_relations(closed)
            sentence.events += phrase_events(closed)
            sentence.chunks = attach(closed)
            sentence.clauses = Clauses().build(sentence.chunks)
            told = [c for clause in sentence.clauses if clause.connective not in _SUBORDINATE and not clause.unreal for c in clause.chunks]
            sentence.contest = describe(told or sentence.chunks)
            for clause in sentence.clauses:
                clause.events = [*result_events(clause), *best_events(clause)]
                for event in clause.events:
                    event.place = clause.verb.start if clause.verb else event.who.start
                clause.relations = list(relation_events(clause))
        return found

    def _name(self, sentences: list[Sentence]) -> None:
        """Turn names into persons. Headlines in title case only name whom the text below names."""
        body = [c for s in sentences if not _title_case(s, self.document.text) for c in s.chunks if c.kind == "name"]
        lower = {c.lemma for s in sentences for c in s.chunks if c.kind in ("word", "verb") and c.text.islower()}
        self.people.gather([c for c in body if len(c.value) > 1 or c.lemma not in lower])
        self.people.spell([c for s in sentences if _title_case(s, self.document.text) for c in s.chunks if c.kind == "name"])
        for sentence in sentences:
            for chunk in sentence.chunks:
                if chunk.kind == "name":
                    entity = self.people.entity(chunk)
                    if entity is not None:
                        chunk.kind, chunk.value = "person", entity
                    else:
                        chunk.kind = "word"


def _title_case(sentence: Sentence, text: str) -> bool:
    """Most long words have capitals, as headlines are set."""
    if sentence.block.kind != "title":
        return False
    words = [w for w in text[sentence.span.start : sentence.span.end].split() if len(w) > 3 and w[0].isalpha()]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.7 * len(words)
