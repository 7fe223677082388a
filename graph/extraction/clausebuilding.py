"""A sentence into clauses: its segments read from left to right, subjects shared, polarity marked."""

from __future__ import annotations

from graph.extraction.appositions import (
    as_reference,
    bearers,
    described_last,
    goes_on_with_objects,
    hang,
    is_event_aside,
    is_place_aside,
    lacks_name,
    resumes,
    understands,
)
from graph.extraction.chunks import PERSONS, Chunk, at, lemma_at
from graph.extraction.clauses import Clause
from graph.extraction.contests import describe
from graph.extraction.governing import govern, share_prize
from graph.extraction.infinitives import joined_infinitive, understood_to
from graph.extraction.lexicons import cues
from graph.extraction.nominals import behind_opening, has_other_subject, heads, is_gapped, is_noun_phrase
from graph.extraction.nounphrases import Noun, date_title
from graph.extraction.segments import Segment, lifted, second_verb, segments
from graph.extraction.verbgroups import PERCEIVING, VerbGroup, agrees, verb_group

_SUBORDINATE = cues("subordinate")
_OBJECT_CONTROL = cues("object_control")
_NAMED_BEHIND = ("kin", "coach", "official", "champion", "role")
_BEATING = cues("beating")
_RELATIVE = {"who", "which", "whose", "whom", "that", "where"}
_ADDING = {("addition", "to"), ("besides",), ("apart", "from"), ("aside", "from"), ("top", "of")}
_TITLES = ("champion", "role", "coach", "holder")
_APPOSITIONS = ("champion", "role", "coach", "age", "holder", "number", "country", "demonym", "club", "official")


def clauses_of(chunks: list[Chunk], antecedent: Chunk | None = None) -> list[Clause]:
    """The clauses of a sentence, those of parentheses last; `antecedent` is whom a parenthesis stands behind.

    Persons whose parenthesis has no verb get it as an "aside".
    """
    main, asides = lifted(chunks)
    found = _Builder(antecedent).read(segments(main))
    for person, inside in asides:
        if inside[0].lemma in ("who", "whose", "which") or any(c.kind == "verb" for c in inside):
            found += clauses_of(inside, person)
        elif person is not None and person.kind in PERSONS:
            person.inner = (*person.inner, Chunk("aside", "", inside[0].start, inside[-1].end, value=inside))
        elif person is not None and isinstance(person.value, Noun):
            date_title(person.value, inside)
    return found


class _Builder:
    """Reads segments from left to right."""

    def __init__(self, antecedent: Chunk | None) -> None:
        self._found: list[Clause] = []
        self._last: Clause | None = None
        self._main: Clause | None = None  # the last clause that is not subordinate
        self._pending: list[Chunk] = [antecedent] if antecedent else []  # noun phrases waiting for a verb
        self._closed: list[Chunk] = []  # pending ones that are no subjects of what follows, only of a relative
        self._prefix: list[Chunk] = []  # adverbials in front of the first clause
        self._awaiting: list[Chunk] = []  # an antecedent whose own verb is still to come
        self._fronted: bool | None = False  # whether a participle waits for the first subject; None once one came

    def read(self, row: list[Segment]) -> list[Clause]:
        after_clause = False  # whether the segment before had a verb
        for position, segment in enumerate(row):
            index = segment.verb_index()
            if (joined := joined_infinitive(segment, self._last)) is not None:
                segment.chunks.insert(joined, understood_to(segment.chunks[joined]))
                index = joined + 1
            if index is None:
                self._verbless(segment, first=position == 0)
            else:
                self._verbal(segment, index, after_clause=after_clause, apart=position > 0 and not after_clause)
            after_clause = index is not None
        return self._found

    # ---- segments with a verb

    def _verbal(self, segment: Segment, index: int, *, after_clause: bool, apart: bool) -> None:
        clause = self._clause(segment, index, [] if after_clause else self._pending, self._pending)
        rest = _shortened(clause)
        clause.before = self._prefix + clause.before
        self._prefix = []
        self._found.append(clause)
        self._front(clause)
        complement = segment.connective == "that" and self._found[:-1] and not self._found[-2].after
        relative = segment.connective in _RELATIVE and not complement
        if not relative:
            if segment.connective not in ("to", "and", "but") or clause.subjects is self._awaiting:
                self._awaiting = []
            self._pending = []
        elif not self._pending:
            self._pending = self._closed = clause.subjects
        elif self._last is None or apart:
            self._awaiting = list(self._pending)
        self._last = clause
        while rest:
            rest = self._further(rest, clause, relative=relative, after_clause=after_clause)
            self._pending = [] if relative else self._pending
            relative = False

    def _front(self, clause: Clause) -> None:
        """Participles before the first subject have that subject: "Leading at the bell, Vane won"."""
        if self._fronted is None:
            return
        if clause.subjects:
            shared = self._fronted and clause.connective in ("", ",", "–", "—")
            for early in self._found[:-1] if shared else []:
                early.subjects = early.subjects or clause.subjects
            self._fronted = None
        else:
            self._fronted = None if clause.other_subject else True

    def _further(self, rest: list[Chunk], clause: Clause, *, relative: bool, after_clause: bool) -> list[Chunk]:
        """A second verb in one segment: the main verb after a relative, or an infinitive; returns what follows it."""
        assert self._last is not None  # noqa: S101  # the clause that the rest was cut from
        segment = Segment("to" if rest[0].lemma == "to" else "", rest)
        perceived = clause.has_verb(*PERCEIVING) and rest[0].kind in PERSONS
        index = 1 if perceived and rest[1].kind == "verb" else segment.verb_index()
        if index is None:
            self._last.after += rest
            return []
        pending = self._pending if relative else []
        further = self._clause(segment, index, [] if after_clause else pending, pending)
        if not further.subjects and not further.other_subject:
            further.subjects = clause.subjects
        if further.subjects and further.subjects[0] is rest[0]:
            share_prize(self._last, further)
        remaining = _shortened(further)
        self._found.append(further)
        self._last = further
        return remaining

    def _clause(self, segment: Segment, index: int, antecedents: list[Chunk], pending: list[Chunk]) -> Clause:
        group = verb_group(segment.chunks, index)
        own = [c for c in heads(group.before) if c.kind in PERSONS]
        if own and self._goes_on(segment.connective, group):
            own = self._objects(group)
        perceived = group.verb.value == "base" and self._last is not None and self._last.has_verb(*PERCEIVING)
        unreal = self._last.unreal if own and perceived and self._last is not None else group.unreal
        clause = Clause(
            [],
            group.verb,
            group.before,
            group.after,
            segment.connective,
            group.negated,
            unreal,
            group.passive,
            group.governor,
            auxiliaries=group.auxiliaries,
            previous=self._last,
        )
        if segment.connective == "whose":
            clause.subjects = own
            mark = Chunk("punct", "'s", group.verb.start, group.verb.start, lemma="'s")
            clause.before = [*pending[-1:], mark, *group.before]
        elif segment.connective in ("who", "which", "that", "whom") and not own:
            both = any(c.lemma == "both" for c in group.before)
            counted = 2 if both else sum(c.kind == "ordinal" for c in group.after[:6])
            named = self._listed(counted) if counted > 1 else self._same(segment)
            named = named or self._antecedents(antecedents, group.verb, segment.connective) or pending[-1:]
            clause.subjects, clause.other_subject = named, not named
        elif own:
            joined = segment.connective in ("and", ",", "&") and pending is not self._closed
            clause.subjects = (pending if joined else []) + own
        else:
            self._share_subjects(clause, group, [] if resumes(segment, self._last, pending) else pending)
        if clause.connective not in _SUBORDINATE and clause.subjects:
            self._main = clause
        govern(clause, self._last, alone=not own)
        return clause

    def _goes_on(self, connective: str, group: VerbGroup) -> bool:
        """The last objects of the clause before stand in front of an infinitive: "beat Falk and Sorel to win"."""
        to = lemma_at(group.before, len(group.before) - 1) == "to"
        last = self._last
        if not to or last is None or connective not in (",", "and", "&"):
            return False
        listing = bool(last.after) and last.after[-1].kind in PERSONS
        return listing or (bool(self._pending) and last.verb is not None and bool(last.subjects))

    def _objects(self, group: VerbGroup) -> list[Chunk]:
        """Give the clause before what stands in front of the infinitive; no subject is left."""
        assert self._last is not None and group.before  # noqa: S101, PT018  # it goes on
        *objects, _ = group.before
        waiting = [c for c in self._pending if c not in self._last.after]
        for chunk in [*waiting, *objects]:
            self._last.after += [Chunk("punct", ",", chunk.start, chunk.start), chunk]
        del group.before[:-1]
        self._pending.clear()
        return []

    def _share_subjects(self, clause: Clause, group: VerbGroup, pending: list[Chunk]) -> None:
        """The subjects of a clause that names none."""
        infinitive = clause.connective == "to"
        absolute = group.verb.value == "ing" and lemma_at(group.before, 0) == "with"
        added = group.verb.value == "ing" and tuple(c.lemma for c in group.before)[-2:] in _ADDING
        if not added and has_other_subject(group.before, absolute=absolute):
            clause.other_subject = True
        elif infinitive and (controller := self._controller()) is not None:
            clause.subjects = [controller]
        elif self._awaiting and not infinitive and agrees(group.verb, self._awaiting):
            clause.subjects = self._awaiting
        elif pending and not infinitive:
            clause.subjects = list(pending)
        elif self._last is not None:
            source = self._last
            if (
                source.connective in _SUBORDINATE
                and clause.connective in ("and", "but", ",")
                and lemma_at(group.before, len(group.before) - 1) != "to"
                and self._main is not None
            ):
                source = self._main
            clause.subjects = source.subjects
            clause.other_subject = source.other_subject and not source.subjects

    def _controller(self) -> Chunk | None:
        """Who acts in the infinitive that follows: the object of "leaving Vane to win", else nobody in particular."""
        last = self._last
        if last is None or not last.has_verb(*_OBJECT_CONTROL) or last.passive or not last.after:
            return None
        return last.after[-1] if last.after[-1].kind in PERSONS else None

    def _antecedents(self, pending: list[Chunk], verb: Chunk, connective: str) -> list[Chunk]:
        """Whom a relative pronoun means: the phrase waiting for its verb, else who ends the clause before."""
        last = self._last
        if pending:
            several = verb.value == "base" or (len(pending) > 1 and connective == "who" and last is None)
            return list(pending) if several else pending[-1:]
        if last is None:
            return []
        found: list[Chunk] = []
        for chunk in reversed(last.after or last.before):
            if chunk.kind in PERSONS:
                found.insert(0, chunk)
            elif chunk.lemma not in ("and", ",", "&") if found else chunk.kind not in ("punct", "number", "age"):
                break
        if not found and connective == "who":
            found = described_last(last.after)
        return found or (last.subjects if connective == "who" and last.connective == "who" else [])

    def _same(self, segment: Segment) -> list[Chunk]:
        """Relatives joined by "and" have one antecedent: "who is coached by Vane and who won"."""
        fellows = [c.subjects for c in self._found if c.connective == segment.connective] if segment.joined else []
        return fellows[-1] if fellows else []

    def _listed(self, number: int) -> list[Chunk]:
        """The persons that end the clause before, if so many: "A, B and C, who were second, third and fourth"."""
        found: list[Chunk] = []
        for chunk in reversed(self._last.after if self._last is not None else []):
            if chunk.kind in PERSONS:
                found.insert(0, chunk)
            elif chunk.lemma not in ("and", ",", "&"):
                break
        return found if len(found) == number else []

    # ---- segments without a verb

    def _verbless(self, segment: Segment, *, first: bool) -> None:
        """A clause whose verb is understood, people waiting for a verb, an apposition, or an adverbial."""
        chunks = segment.chunks
        people = heads(chunks)
        if self._lists_on(segment):
            assert self._last is not None  # noqa: S101  # its objects go on
            self._last.after += [Chunk("punct", segment.connective, chunks[0].start, chunks[0].start), *chunks]
            return
        placed = chunks[0].kind == "ordinal" and sum(c.kind == "ordinal" for c in chunks) == 1
        if placed and len(self._pending) == 1 and not people and segment.connective == ",":
            self._found.append(Clause(self._pending[-1:], None, [], chunks, "who"))  # "Vane, fourth in Torrevale, won"
            return
        gapped = self._gapped(segment, people)
        if gapped is not None:
            self._found.append(gapped)
            self._last, self._pending = gapped, []
        elif people and is_noun_phrase(chunks):
            self._named(segment, people, first=first)
        elif people and first and (begin := behind_opening(chunks, people[0])):
            self._opening(chunks[:begin], titled=False)
            self._named(Segment(segment.connective, chunks[begin:]), people, first=True)
        else:
            self._described(segment)

    def _lists_on(self, segment: Segment) -> bool:
        """The last object of a verb of beating and what follows it: "beat A | and B to second and third"."""
        last, chunks = self._last, segment.chunks
        beaten = last is not None and last.verb is not None and last.verb.lemma in _BEATING and last.after
        listing = segment.connective in ("and", "&", ",") and chunks[0].kind in PERSONS
        return bool(beaten and listing and last and last.after[-1].kind in PERSONS) and (
            lemma_at(chunks, 1) in ("to", "into") and at(chunks, 2) is not None and chunks[2].kind == "ordinal"
        )

    def _gapped(self, segment: Segment, people: list[Chunk]) -> Clause | None:
        """A clause whose verb is understood: "with Ferris third", "Vane the 800m"."""
        last, chunks = self._last, segment.chunks
        won = last is not None and last.has_verb("win")
        contested = any(c.kind in ("discipline", "sex") for c in chunks)
        told = any(c.kind in ("ordinal", "mark", "medal") for c in chunks) or (won and contested)
        if people and goes_on_with_objects(segment, last):
            return None
        if people and told and (last is not None or segment.connective == "with") and is_gapped(chunks):
            same = won and contested and not any(c.kind in ("ordinal", "medal") for c in chunks)
            verb = last.verb if same and last is not None else None
            rest = [c for c in chunks if c is not people[0]]
            several = segment.connective == "and" and sum(c.kind == "ordinal" for c in chunks) > 1
            who = (self._pending if several else []) + people[:1]
            return Clause(who, verb, [], rest, segment.connective, unreal=bool(last and last.unreal), previous=last)
        if people or last is None or chunks[0].kind != "ordinal" or segment.connective != ",":
            return None
        if last.after and last.after[-1].kind in PERSONS:  # "beat Otiwa, second in Torrevale"
            return Clause(last.after[-1:], None, [], chunks, ",", unreal=last.unreal, previous=last)
        return None

    def _named(self, segment: Segment, people: list[Chunk], *, first: bool) -> None:
        """People who wait for a verb, or go on with a list of objects."""
        last, chunks = self._last, segment.chunks
        opening = [c for c in self._prefix if c.kind != "punct"]
        if last is None and segment.connective in ("and", "&") and opening and opening[-1].kind in PERSONS:
            self._prefix += chunks  # "behind Falk and Sorel, Vane was third"
            return
        titles = [c for c in chunks if c.kind in _TITLES]
        if titles and self._pending and not first:
            hang(self._pending[-1], titles)
        end = last.after[-1] if last is not None and last.after else None
        if last is not None and end is not None:
            if segment.connective == "," and (end.kind in _NAMED_BEHIND or lacks_name(last, end)):
                last.after += chunks
                self._pending = people
                return
            if end.kind in PERSONS and segment.connective in (",", "and", "or"):
                last.after += [Chunk("punct", ",", chunks[0].start, chunks[0].start), *chunks]
                if not last.subjects and self._fronted:  # "after beating Falk and Sorel, Vane won"
                    self._pending = self._closed = people
                    return
        joined = segment.connective in (",", "and", "&", "") and not first
        self._pending = self._pending + people if joined else people

    def _described(self, segment: Segment) -> None:
        """An apposition to whoever stands before it, else an adverbial of the clause before or the one to come."""
        last, chunks = self._last, segment.chunks
        titled = any(c.kind in _APPOSITIONS for c in chunks)
        located = chunks[0].lemma in ("in", "at", "on")
        if self._pending and segment.connective == "," and is_place_aside(chunks):
            self._found.append(Clause(self._pending[-1:], None, [], chunks, ",", previous=last))
            return
        if self._pending and segment.connective == "," and is_event_aside(chunks):
            told = Chunk("event", "", chunks[0].start, chunks[-1].end, value=describe(chunks))
            hang(self._pending[-1], [told])
            return
        end = last.after[-1] if last is not None and last.after else None
        nearer = self._pending and end is not None and end.kind in PERSONS and end.start > self._pending[-1].start
        if titled and self._pending and not nearer and segment.connective in (",", "–", "—", "") and not located:
            for person in bearers(self._pending, chunks):
                hang(person, chunks)
        elif last is None:
            self._opening(chunks, titled=titled)
        elif titled and segment.connective == "," and end is not None and end.kind in PERSONS:
            hang(end, chunks)
        elif segment.connective == ";":
            self._prefix = [*self._prefix, *chunks, Chunk("punct", ",", chunks[-1].end, chunks[-1].end)]
        else:
            kind = "word" if segment.connective.isalpha() else "punct"
            timed = lemma_at(chunks, 0) == "in" and (mark := at(chunks, 1)) is not None and mark.kind == "mark"
            if timed and last.connective in _RELATIVE and last.previous is not None and segment.connective == ",":
                last = last.previous  # "the mile went to Vane, who is 24, in 3:51.10"
            if understands(segment, last, self._pending):
                last.after += [Chunk("punct", ",", chunks[0].start, chunks[0].start), self._pending.pop()]
            last.after += [Chunk(kind, segment.connective or ",", chunks[0].start, chunks[0].start), *chunks]

    def _opening(self, chunks: list[Chunk], *, titled: bool) -> None:
        """What stands before the first clause."""
        bearer = next((c for c in reversed(self._prefix[-3:]) if c.kind == "person"), None)
        phrase = not self._pending and is_noun_phrase(chunks)
        target = [c for c in chunks if c.kind in ("champion", "reference")]
        if titled and bearer is not None and phrase:
            hang(bearer, chunks)
        elif target and phrase:
            self._pending = [as_reference(target[-1])]
        else:
            self._prefix = [*self._prefix, *chunks, Chunk("punct", ",", chunks[-1].end, chunks[-1].end)]


def _shortened(clause: Clause) -> list[Chunk]:
    """Cut from `clause` what follows its verb's own complements, and return it."""
    assert clause.verb is not None  # noqa: S101  # clauses of verb groups have a verb
    clause.after, rest = second_verb(clause.verb, clause.after, clause.connective)
    return rest
