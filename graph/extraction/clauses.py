"""A sentence as clauses: parentheses, relatives and appositions are lifted out, subjects are shared, polarity is marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.extraction.chunks import Chunk
from graph.extraction.lexicons import cues, lexicon
from graph.extraction.nounphrases import Noun

_PLURALS = cues("plurals")
_GOVERNING = cues("governing")
_BEFORE_BASE = cues("before_base")
_PHRASE_WORDS = cues("phrase_words")
_NO_SUBJECT = cues("no_subject")
_ADVERBIAL = cues("adverbial")

_BREAKS = {",", ";", ":", "–", "—", "…"}
CONNECTIVES = cues("connectives")  # fmt: skip
_THOUGHTS = {"think", "believe", "hope", "expect", "imagine", "dream", "wish", "doubt", "fear"}
SUBORDINATE = cues("subordinate")
_CONDITIONAL = {"if", "unless", "whether"}
_PRONOUNS = {"he": "M", "she": "F", "him": "M", "her": "F", "they": "", "himself": "M", "herself": "F", "i": ""}
_REFERENCE_KINDS = {"person", "reference"}
# Verbs that point ahead only with the infinitive right behind them: "is set to win", not "set a record to win".
_HOPE_ONLY_BARE = cues("hope_only_bare")
_DIRECT = {"a", "an", "the", "his", "her", "their"}


@dataclass(slots=True)
class Clause:
    """A lifted clause. `before` and `after` are the chunks on either side of the verb, without parentheses."""

    subjects: list[Chunk]
    verb: Chunk | None
    before: list[Chunk] = field(default_factory=list)
    after: list[Chunk] = field(default_factory=list)
    connective: str = ""
    negated: bool = False
    unreal: bool = False
    passive: bool = False
    governor: Chunk | None = None
    other_subject: bool = False
    auxiliaries: tuple[str, ...] = ()
    previous: Clause | None = None
    events: list[Any] = field(default_factory=list)
    relations: list[Any] = field(default_factory=list)

    @property
    def chunks(self) -> list[Chunk]:
        return [*self.before, *([self.verb] if self.verb else []), *self.after]

    @property
    def asserted(self) -> bool:
        return not (self.negated or self.unreal)


@dataclass(slots=True)
class _Segment:
    connective: str
    chunks: list[Chunk]

    def verb_index(self) -> int | None:
        return next(
            (i for i, c in enumerate(self.chunks) if c.kind == "verb" and not _attributive(self.chunks, i)), None
        )


def _attributive(chunks: list[Chunk], index: int) -> bool:
    """A participle used as an adjective: "the defending champion", "a winning time"."""
    chunk = chunks[index]
    if chunk.value == "s" and chunk.lemma in _PLURALS:
        return (
            index > 0
            and chunks[index - 1].lemma not in ("who", "which", "that")
            and chunks[index - 1].kind not in _REFERENCE_KINDS
        )
    if chunk.value == "base":
        if (index and chunks[index - 1].kind in ("modal", "negation")) or (
            index and chunks[index - 1].lemma in _BEFORE_BASE
        ):
            return False
        return not (
            chunk.lemma in ("set", "put", "cut", "run", "come", "beat", "split", "hit", "quit", "be")
            and chunk.text.islower()
        ) or bool(
            index
            and (
                chunks[index - 1].lemma in _DIRECT
                or chunks[index - 1].kind in ("ordinal", "discipline", "number", "mark", "sex", "level")
            )
        )
    before = chunks[index - 1].lemma if index else ""
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    if before in _DIRECT or before == "'s":
        return (
            chunk.value in ("ing", "pp", "past")
            and after is not None
            and after.kind != "punct"
            and after.lemma not in ("by", "to", "in", "the", "a", "at")
        )
    return False


class Clauses:
    """Builds the clauses of one sentence."""

    def __init__(self) -> None:
        self.found: list[Clause] = []
        self._awaiting: list[Chunk] = []
        self._main: Clause | None = None
        self._after_clause = False
        self._hope = frozenset(lexicon("words")["hope"])

    def build(self, chunks: list[Chunk], antecedent: list[Chunk] | None = None) -> list[Clause]:
        main, asides = _lift(chunks)
        self._read(_segments(main), antecedent or [])
        for person, inside in asides:
            self._aside(person, inside)
        return self.found

    def _aside(self, person: Chunk | None, inside: list[Chunk]) -> None:
        inner = Clauses()
        if inside and (inside[0].lemma in ("who", "whose", "which") or any(c.kind == "verb" for c in inside)):
            self.found += inner.build(inside, [person] if person else [])
        elif person is not None and person.kind in _REFERENCE_KINDS:
            person.inner = (
                (*person.inner, Chunk("aside", "", inside[0].start, inside[-1].end, value=inside))
                if inside
                else person.inner
            )

    # ---- the reading of segments, left to right

    def _read(self, segments: list[_Segment], antecedent: list[Chunk]) -> None:
        pending: list[Chunk] = list(antecedent)  # noun phrases waiting for a verb
        prefix: list[Chunk] = []  # adverbials in front of the first clause
        last: Clause | None = None
        self._awaiting = []  # an antecedent whose own verb is still to come
        fronted: bool | None = False  # whether a participle waits for the first subject; None once one came
        for position, segment in enumerate(segments):
            index = segment.verb_index()
            self._after_clause = position > 0 and segments[position - 1].verb_index() is not None
            if index is None:
                last, pending, prefix = self._verbless(segment, last, pending, prefix, position == 0)
                continue
            clause = self._clause(segment, index, last, pending, position)
            clause.after, rest = _second_verb(clause, segment.connective)
            if prefix:
                clause.before = prefix + clause.before
                prefix = []
            self.found.append(clause)
            if clause.subjects and fronted is not None:
                for early in self.found[:-1] if fronted else []:
                    early.subjects = early.subjects or clause.subjects
                fronted = None
            elif not clause.subjects and not clause.other_subject and fronted is not None:
                fronted = True
            elif clause.other_subject:
                fronted = None
            complement = segment.connective == "that" and self.found[:-1] and not self.found[-2].after
            relative = segment.connective in ("who", "which", "whose", "whom", "that", "where") and not complement
            if not relative:
                if segment.connective not in ("to", "and", "but") or clause.subjects is self._awaiting:
                    self._awaiting = []
                pending = []
            elif not pending:
                pending = clause.subjects
            elif last is None or (position and segments[position - 1].verb_index() is None):
                self._awaiting = list(pending)
            last = clause
            while rest:
                last, rest = self._further(rest, clause, last, relative, pending)
                if relative:
                    relative = False
                    pending = []

    def _further(
        self, rest: list[Chunk], clause: Clause, last: Clause, relative: bool, pending: list[Chunk]
    ) -> tuple[Clause, list[Chunk]]:
        """A second verb in one segment: the main verb after a relative, or an infinitive."""
        segment = _Segment("" if relative else "to" if rest and rest[0].lemma == "to" else "", rest)
        index = segment.verb_index()
        if index is None:
            last.after += rest
            return last, []
        further = self._clause(segment, index, last, pending if relative else [], 1)
        if not further.subjects and not further.other_subject:
            further.subjects = clause.subjects
        further.after, remaining = _second_verb(further, segment.connective)
        self.found.append(further)
        return further, remaining

    def _clause(
        self, segment: _Segment, index: int, last: Clause | None, pending: list[Chunk], position: int
    ) -> Clause:
        chunks = segment.chunks
        before, verb, after = chunks[:index], chunks[index], chunks[index + 1 :]
        self._auxiliaries: list[str] = []
        before, verb, after, negated, unreal, passive, governor = self._verb_group(before, verb, after)
        clause = Clause(
            [],
            verb,
            before,
            after,
            segment.connective,
            negated,
            unreal,
            passive,
            governor,
            auxiliaries=tuple(self._auxiliaries),
            previous=last,
        )
        own = [c for c in _heads(before) if c.kind in _REFERENCE_KINDS]
        if segment.connective == "whose":
            clause.subjects = own
            clause.before = [
                *([pending[-1]] if pending else []),
                Chunk("punct", "'s", verb.start, verb.start, lemma="'s"),
                *before,
            ]
        elif segment.connective in ("who", "which", "that", "whom") and not own:
            clause.subjects = (
                _antecedents([] if self._after_clause else pending, last, verb, segment.connective) or pending[-1:]
            )
            clause.other_subject = not clause.subjects
        elif own:
            clause.subjects = (pending if _joins(segment, pending) else []) + own
        elif _has_other_subject(before):
            clause.other_subject = True
        elif self._awaiting and segment.connective != "to" and verb.value in ("past", "s"):
            clause.subjects = self._awaiting
        elif pending and segment.connective != "to":
            clause.subjects = list(pending)
        elif last is not None:
            source = (
                self._main
                if last.connective in SUBORDINATE
                and segment.connective in ("and", "but", ",")
                and self._main is not None
                else last
            )
            clause.subjects = source.subjects
            clause.other_subject = source.other_subject and not source.subjects
        if clause.connective not in SUBORDINATE and clause.subjects:
            self._main = clause
        if segment.connective in _CONDITIONAL:
            clause.unreal = True
        if (
            last is not None
            and not own
            and segment.connective in ("to", "and", "or", ",")
            and verb.value in ("base", "ing")
        ):
            clause.unreal = clause.unreal or (last.unreal and (segment.connective == "to" or verb.value == "base"))
            if segment.connective == "to":
                clause.negated = clause.negated or (last.negated and last.verb is not None and last.verb.lemma != "get")
                clause.governor = clause.governor or last.verb
        if (
            last is not None
            and last.verb is not None
            and last.verb.lemma in _THOUGHTS
            and segment.connective in ("that", "")
        ):
            clause.unreal = True
        if segment.connective == "to" and self._hoped(last, clause):
            clause.unreal = True
        return clause

    def _hoped(self, last: Clause | None, clause: Clause) -> bool:
        """An infinitive under "hopes", "failed", "bid": it has not happened."""
        if last is None:
            return True
        near = [c for c in last.after[-2:] if c.kind in ("word", "verb", "role", "official")]
        if any(c.lemma in self._hope or c.text.lower() in self._hope for c in near):
            return True
        verb = last.verb
        if verb is None or not (verb.text.lower() in self._hope or verb.lemma in self._hope):
            return False
        return not (verb.lemma in _HOPE_ONLY_BARE and last.after)

    def _verb_group(
        self, before: list[Chunk], verb: Chunk, after: list[Chunk]
    ) -> tuple[list[Chunk], Chunk, list[Chunk], bool, bool, bool, Chunk | None]:
        """Auxiliaries are folded into the verb they help; returns polarity, modality and voice."""
        negated = any(c.kind == "negation" or c.lemma.endswith("n't") for c in before[-4:])
        unreal = any(c.kind == "modal" for c in before[-5:]) and not any(c.lemma == "only" for c in before[-2:])
        unreal = unreal or any(c.lemma in ("reportedly", "allegedly") for c in before[-3:])
        passive, governor = False, None
        while verb.lemma in ("be", "have", "do", "get") or verb.lemma.endswith("n't"):
            step = next(
                (i for i, c in enumerate(after[:4]) if c.kind == "verb" and c.value in ("past", "pp", "ing", "base")),
                None,
            )
            if step is None or any(
                c.kind not in ("word", "negation", "number", "round", "ordinal", "setting")
                or c.lemma in ("to", "a", "the", "by", "in", "at", "for", "of", "with", "on")
                for c in after[:step]
            ):
                break
            between = after[:step]
            negated = negated or any(c.kind == "negation" for c in between)
            if verb.lemma in ("be", "get") and after[step].value in ("past", "pp"):
                passive = True
            if verb.lemma == "be" and after[step].value == "ing" and after[step].text.lower() in self._hope:
                unreal = True
            governor = verb
            self._auxiliaries.append(verb.text.lower())
            before, verb, after = before + between, after[step], after[step + 1 :]
        if verb.lemma in ("be", "have") and any(c.kind == "negation" for c in after[:2]):
            negated = True
        if verb.value in ("past", "pp") and governor is None and after[:1] and after[0].lemma == "by":
            passive = True
        if (
            verb.value == "base"
            and before
            and before[-1].kind != "modal"
            and before[-1].lemma
            not in ("to", "who", "they", "we", "did", "longer", "both", "still", "all", "now", "only")
            and verb.lemma not in ("set", "put", "run", "come", "beat", "cut", "hit")
        ):
            unreal = unreal or not any(c.lemma == "also" for c in before)
        return before, verb, after, negated, unreal, passive, governor

    def _verbless(
        self, segment: _Segment, last: Clause | None, pending: list[Chunk], prefix: list[Chunk], first: bool
    ) -> tuple[Clause | None, list[Chunk], list[Chunk]]:
        chunks = segment.chunks
        heads = [c for c in _heads(chunks) if c.kind in _REFERENCE_KINDS]
        told = any(c.kind in ("ordinal", "mark", "medal") for c in chunks) or bool(
            last is not None
            and last.verb is not None
            and last.verb.lemma == "win"
            and heads
            and any(c.kind in ("discipline", "sex") for c in chunks)
        )
        if heads and told and (last is not None or segment.connective == "with") and _gapped(chunks):
            same = (
                last is not None
                and last.verb is not None
                and last.verb.lemma == "win"
                and not any(c.kind in ("ordinal", "medal") for c in chunks)
                and any(c.kind in ("sex", "discipline") for c in chunks)
            )
            verb = last.verb if same and last is not None else None
            clause = Clause(
                heads[:1], verb, [], [c for c in chunks if c is not heads[0]], segment.connective, previous=last
            )
            if last is not None:
                clause.unreal, clause.negated = last.unreal, False
            self.found.append(clause)
            return clause, [], prefix
        if (
            not heads
            and last is not None
            and chunks[0].kind == "ordinal"
            and segment.connective == ","
            and last.after
            and last.after[-1].kind in _REFERENCE_KINDS
        ):
            clause = Clause(last.after[-1:], None, [], chunks, ",", unreal=last.unreal, previous=last)
            self.found.append(clause)
            return clause, [], prefix
        if heads and _noun_phrase(chunks):
            title = [c for c in chunks if c.kind in ("champion", "role", "coach", "holder")]
            if title and pending and not first:
                pending[-1].inner = (*pending[-1].inner, *title)
            if (
                last is not None
                and last.after
                and last.after[-1].kind in ("kin", "coach", "official", "champion", "role")
                and segment.connective == ","
            ):
                last.after += chunks
                return last, heads, prefix
            lone = (
                last is not None
                and segment.connective in (",", "and", "or")
                and last.after
                and any(c.kind in _REFERENCE_KINDS for c in last.after[-1:])
            )
            if lone and last is not None:
                last.after += [Chunk("punct", ",", chunks[0].start, chunks[0].start), *chunks]
            return (
                last,
                (pending + heads if segment.connective in (",", "and", "&", "") and not first else heads),
                prefix,
            )
        titles = [
            c
            for c in chunks
            if c.kind in ("champion", "role", "coach", "age", "holder", "number", "country", "demonym", "club")
        ]
        if (
            titles
            and pending
            and segment.connective in (",", "–", "—", "")
            and not any(c.lemma in ("in", "at", "on") for c in chunks[:1])
        ):
            pending[-1].inner = (*pending[-1].inner, *chunks)
            return last, pending, prefix
        bearer = next((c for c in reversed(prefix[-3:]) if c.kind == "person"), None)
        if last is None and titles and bearer is not None and not pending and _noun_phrase(chunks):
            bearer.inner = (*bearer.inner, *chunks)
            return last, pending, prefix
        if last is None:
            target = [c for c in chunks if c.kind in ("champion", "reference")]
            if target and not pending and _noun_phrase(chunks):
                return last, [_as_reference(target[-1])], prefix
            return last, pending, [*prefix, *chunks, Chunk("punct", ",", chunks[-1].end, chunks[-1].end)]
        if titles and segment.connective == "," and last.after and last.after[-1].kind in _REFERENCE_KINDS:
            last.after[-1].inner = (*last.after[-1].inner, *chunks)
            return last, pending, prefix
        last.after += [
            Chunk(
                "word" if segment.connective.isalpha() else "punct",
                segment.connective or ",",
                chunks[0].start,
                chunks[0].start,
            ),
            *chunks,
        ]
        return last, pending, prefix


def _antecedents(pending: list[Chunk], last: Clause | None, verb: Chunk, connective: str) -> list[Chunk]:
    """Whom a relative pronoun stands for: the noun phrase waiting for its verb, else the persons that end the clause before."""
    if pending:
        return (
            list(pending)
            if verb.value == "base" or (len(pending) > 1 and connective == "who" and last is None)
            else pending[-1:]
        )
    if last is None:
        return []
    row = last.after or last.before
    found: list[Chunk] = []
    for chunk in reversed(row):
        if chunk.kind in _REFERENCE_KINDS:
            found.insert(0, chunk)
        elif not (found and chunk.lemma in ("and", ",", "&")) and not (
            not found and chunk.kind in ("punct", "number", "age")
        ):
            break
    return found or (last.subjects if connective == "who" and last.connective == "who" else [])


def _as_reference(chunk: Chunk) -> Chunk:
    return (
        chunk
        if chunk.kind == "reference"
        else Chunk("reference", chunk.text, chunk.start, chunk.end, chunk.lemma, chunk.value)
    )


def _joins(segment: _Segment, pending: list[Chunk]) -> bool:
    return bool(pending) and segment.connective in ("and", ",", "&")


def _gapped(chunks: list[Chunk]) -> bool:
    """ "Ferris third", "Y in 3:30.25", "Sorel (FRA) taking silver": a person first, then what he or she achieved."""
    person = next(i for i, c in enumerate(chunks) if c.kind in _REFERENCE_KINDS)
    told = next(i for i, c in enumerate(chunks) if c.kind in ("ordinal", "mark", "medal", "discipline", "sex"))
    if any(c.lemma in ("of", "than", "'s", "behind") for c in chunks[:person] if c.kind != "country"):
        return False
    between = chunks[person + 1 : told]
    return (
        told > person
        and all(
            (
                c.kind in ("word", "punct", "setting", "place", "country")
                and (
                    c.lemma not in ("of", "'s", "for", "the", "a", "from", "who")
                    or (c.lemma == "the" and chunks[told].kind in ("discipline", "sex"))
                )
            )
            or c.lemma in ("with", "in", "only", "a", "just")
            for c in between
        )
    ) or (chunks[told].kind in ("ordinal", "medal") and told < person and segment_goes_to(chunks[told + 1 : person]))


def segment_goes_to(between: list[Chunk]) -> bool:
    """ "silver to Otiwa", "bronze for Sorel" """
    return (
        bool(between)
        and between[0].lemma in ("to", "for", "going", "went")
        and all(c.kind in ("word", "demonym", "country", "punct", "verb") for c in between)
    )


def _noun_phrase(chunks: list[Chunk]) -> bool:
    """People and what describes them, no adverbial."""
    return all(
        c.kind
        in (
            "person",
            "reference",
            "country",
            "demonym",
            "age",
            "role",
            "champion",
            "coach",
            "place",
            "number",
            "code",
            "club",
            "sex",
            "ordinal",
            "official",
            "discipline",
            "level",
            "kin",
        )
        or c.lemma in _PHRASE_WORDS
        or (c.kind == "word" and c.text.islower() and not c.lemma.endswith("ly") and c.lemma not in _ADVERBIAL)
        for c in chunks
    )


def _heads(chunks: list[Chunk]) -> list[Chunk]:
    """Persons and references that are no complement of a preposition or possessor."""
    heads = []
    for index, chunk in enumerate(chunks):
        if chunk.kind not in _REFERENCE_KINDS:
            continue
        before = chunks[index - 1].lemma if index else ""
        after = chunks[index + 1].lemma if index + 1 < len(chunks) else ""
        if after in ("'s", "'") or before in _GOVERNING:
            continue
        heads.append(chunk)
    return heads


def _has_other_subject(before: list[Chunk]) -> bool:
    """A noun phrase that is nobody: "the plan was", "the race went"."""
    kept = [c for c in before if c.kind not in ("modal", "negation", "punct") and c.lemma not in _NO_SUBJECT
            and not c.lemma.endswith("ly")]  # fmt: skip
    return any(
        c.kind
        in (
            "word",
            "discipline",
            "series",
            "competition",
            "victory",
            "round",
            "medal",
            "crown",
            "record",
            "mark",
            "kin",
            "official",
            "role",
            "coach",
            "champion",
            "country",
        )
        for c in kept[-3:]
    ) and not (
        kept
        and kept[0].lemma in ("in", "at", "on", "after", "despite", "with", "for", "from", "over")
        and len(kept) <= 4
    )


def _second_verb(clause: Clause, connective: str) -> tuple[list[Chunk], list[Chunk]]:
    """Split what follows the verb at the next verb that begins a clause of its own."""
    after = clause.after
    for index, chunk in enumerate(after):
        if chunk.kind != "verb" or _attributive(after, index):
            continue
        start = index
        while start > 0 and after[start - 1].lemma.endswith("ly") and after[start - 1].kind == "word":
            start -= 1
        before = after[start - 1] if start else clause.verb
        assert before is not None
        if before.lemma == "to":
            return after[: start - 1], after[start - 1 :]
        if chunk.value in ("past", "s") and connective in ("who", "which", "that"):
            return after[:index], after[index:]
        if chunk.value in ("past", "s") and before.kind in _REFERENCE_KINDS:
            return after[: index - 1], after[index - 1 :]
        if chunk.value in ("ing", "past", "pp") and before.lemma not in (
            "of",
            "by",
            "for",
            "in",
            "from",
            "a",
            "the",
            "his",
            "her",
        ):
            return after[:index], after[index:]
        if chunk.value == "ing" and before.lemma in ("by", "after", "in", "for"):
            return after[: index - 1], after[index:]
    return after, []


def _segments(chunks: list[Chunk]) -> list[_Segment]:
    segments: list[_Segment] = []
    current = _Segment("", [])
    for index, chunk in enumerate(chunks):
        breaking = chunk.text in _BREAKS and not _inside_list(chunks, index)
        connecting = (
            chunk.kind in ("word", "punct", "verb") and chunk.lemma in CONNECTIVES and not _keeps(chunks, index)
        )
        if breaking or connecting:
            if current.chunks:
                segments.append(current)
                current = _Segment(chunk.lemma, [])
            elif connecting or not current.connective:
                current = _Segment(chunk.lemma, [])
            if chunk.lemma == "having":
                current.chunks.append(chunk)
            continue
        current.chunks.append(chunk)
    if current.chunks:
        segments.append(current)
    return segments


def _inside_list(chunks: list[Chunk], index: int) -> bool:
    """A comma between two disciplines, years or places belongs to a list."""
    if chunks[index].text != "," or index + 1 >= len(chunks) or index == 0:
        return False
    before, after = chunks[index - 1], chunks[index + 1]
    return (before.kind == after.kind and before.kind in ("discipline", "year", "mark")) or (
        before.kind == "place" and after.kind in ("country", "place")
    )


def _keeps(chunks: list[Chunk], index: int) -> bool:
    """A connective that joins words, not clauses."""
    chunk = chunks[index]
    before = chunks[index - 1] if index else None
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    if after is None:
        return False
    if chunk.lemma in ("and", "or") and before is not None:
        return (
            before.kind == after.kind
            and before.kind
            in (
                "discipline",
                "year",
                "series",
                "place",
                "level",
                "competition",
                "ordinal",
                "medal",
                "demonym",
                "country",
            )
        ) or (
            after.lemma in ("the", "in")
            and index + 2 < len(chunks)
            and before.kind == chunks[index + 2].kind
            and before.kind in ("discipline", "year", "series", "competition", "date")
        )
    if chunk.lemma == "with":
        row = chunks[index + 1 : index + 8]
        person = next((i for i, c in enumerate(row) if c.kind in _REFERENCE_KINDS), None)
        if person is not None and any(c.kind in ("ordinal", "medal") for c in row[person + 1 : person + 3]):
            return False
        return (
            (after.inner != () and any(i.kind in ("coach", "role") for i in after.inner))
            or after.lemma in ("a", "an", "the", "his", "her", "its", "their")
            or after.kind in ("mark", "medal", "record", "victory", "number")
            or not any(c.kind in _REFERENCE_KINDS for c in chunks[index : index + 6])
        )
    if chunk.lemma == "as":
        return (
            (before is not None and before.lemma in ("such", "well", "as", "good", "far", "much"))
            or (
                isinstance(after.value, Noun)
                and after.value.definite != "the"
                and after.kind in ("role", "champion", "coach")
            )
            or (after.lemma in ("a", "an", "the") and not any(c.kind == "verb" for c in chunks[index : index + 9]))
        )
    if chunk.lemma == "that":
        return not (before is not None and before.kind == "verb") and not any(
            c.kind == "verb" for c in chunks[index : index + 3]
        )
    if chunk.lemma in ("after", "before", "since", "until", "despite"):
        return not any(c.kind == "verb" for c in chunks[index + 1 : index + 7])
    if chunk.lemma in ("then", "so", "once"):
        return True
    return False


def _lift(chunks: list[Chunk]) -> tuple[list[Chunk], list[tuple[Chunk | None, list[Chunk]]]]:
    """Take parentheses and paired dashes out; each comes with the chunk it stands behind."""
    main: list[Chunk] = []
    asides: list[tuple[Chunk | None, list[Chunk]]] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.text in "([" and chunk.kind == "punct":
            close = next((j for j in range(index + 1, len(chunks)) if chunks[j].text in (")", "]")), None)
            if close is not None:
                inside = chunks[index + 1 : close]
                if inside:
                    asides.append((main[-1] if main else None, inside))
                index = close + 1
                continue
        if (
            chunk.text in ("-", "–", "—") and chunk.kind == "punct" and index and chunk.start > chunks[index - 1].end
        ) or chunk.text == "—":
            main.append(Chunk("punct", ",", chunk.start, chunk.end))
        else:
            main.append(chunk)
        index += 1
    return main, asides


__all__ = ["Clause", "Clauses", "Noun"]
