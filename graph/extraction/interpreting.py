"""From a reading to drafts of facts: the walk over sentences and clauses in which names and contests are resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.aboutness import dominant_discipline, only_competition
from graph.extraction.allegiance import Allegiance
from graph.extraction.attributes import Attributes, persons_of
from graph.extraction.completing import complete
from graph.extraction.contests import NOTHING, Contest, describe, identity
from graph.extraction.coreference import Salience
from graph.extraction.discourse import Discourse
from graph.extraction.drafts import Drafts
from graph.extraction.editions import under_way
from graph.extraction.events import Event, contest_beside
from graph.extraction.nounphrases import Noun
from graph.extraction.occasions import at_the_time, when
from graph.extraction.references import Reference, owner_at
from graph.extraction.relating import relate
from graph.extraction.relays import add_runners
from graph.extraction.roundups import home_clubs, owned
from graph.extraction.standings import clause_standings
from graph.extraction.telling import Telling

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.people import Entity
    from graph.extraction.reading import Reading
    from graph.extraction.sentences import Sentence

_TOLD_OF = ("crown", "victory", "medal", "record", "bare_record")
_ENDING = ("emerge", "finish", "end", "prove", "run", "come", "return", "declare")
_WINNERS = ("winner", "victor", "runner-up", "runners-up", "champion", "champions")
_PREPOSITIONS = ("behind", "ahead", "of", "to", "by", "with", "from", "after", "for", "against", "before", "than")
_BACKGROUND = ("who", "which", "whose", "as", "while", "when", "with")


def interpret(reading: Reading) -> Drafts:
    """The facts that the sentences of a reading tell."""
    return _Interpreter(reading).run()


class _Interpreter:
    """Walks the sentences in order and drafts facts."""

    def __init__(self, reading: Reading) -> None:
        self._sentences = reading.sentences
        self._text = reading.document.text
        title = next((s.contest for s in reading.sentences if s.title), Contest())
        self._salience = Salience()
        published = reading.document.article.published
        about = dominant_discipline(reading.sentences), only_competition(reading.sentences)
        self._discourse = Discourse(published, title, *about)
        places = (c.value.name for s in reading.sentences for c in s.chunks if c.kind == "place")
        self._discourse.places = tuple(dict.fromkeys(places))
        opening = next((s.chunks for s in reading.sentences if not s.title), [])
        self._discourse.host = under_way((c.value.name for c in opening if c.kind == "place"), published)
        self._drafts = Drafts(self._salience, self._discourse)
        self._attributes = Attributes(self._drafts, reading.document.text)
        self._telling = Telling(self._drafts)
        self._allegiance = Allegiance(self._drafts, reading)

    def run(self) -> Drafts:
        titles = [s for s in self._sentences if s.title]
        body = [s for s in self._sentences if not s.title]
        for sentence in titles:
            self._discourse.heard(sentence.contest)
        block = None
        for sentence in body or titles:
            if sentence.block is not block:
                if not sentence.broken:  # only the page's link broke the paragraph there
                    self._discourse.paragraph()
                block = sentence.block
            self._sentence(sentence)
        if body:
            for sentence in titles:
                self._attributes.read(sentence)
                for clause in sentence.clauses:
                    self._allegiance.clause(clause, sentence)
            self._allegiance.titles(titles, body)
        self._attributes.settle()
        complete(self._drafts)
        add_runners(body, self._drafts)
        home_clubs(body, self._drafts, self._text)
        owned(body, self._drafts)
        return self._drafts

    def _sentence(self, sentence: Sentence) -> None:
        self._attributes.read(sentence)
        self._allegiance.sentence(sentence)
        if not sentence.clauses:
            self._discourse.heard(sentence.contest)
        if sentence.broken:
            self._salience.subject(sentence.number, [])
        for clause in sentence.clauses:
            self._clause(clause, sentence)
        self._remember(sentence)
        for event in sentence.events:
            self._telling.event(event, sentence)
        for standing in sentence.standings:
            self._drafts.stand(standing, sentence)
        for relation in sentence.relations:
            relate(self._drafts, relation, sentence.number)

    def _remember(self, sentence: Sentence) -> None:
        """What the sentence leaves for those after it: whom a pronoun meant, relays, the only person named."""
        for chunk in sentence.chunks:
            if chunk.kind == "reference" and isinstance(chunk.value, Reference) and chunk.value.how == "pronoun":
                meant = self._salience.resolve(chunk, sentence.number)
                if meant is not None:
                    self._salience.centre(sentence.number, meant)
        disciplines = [c.value for c in sentence.chunks if c.kind == "discipline" and c.value]
        self._discourse.named([d for d in disciplines if d[0].relay])
        named: list[Entity] = list(dict.fromkeys(c.value for c in persons_of(sentence)))
        if len(named) == 1 and not self._salience.spoken(sentence.number) and not sentence.broken:
            self._salience.subject(sentence.number, named)

    # ---- clauses

    def _clause(self, clause: Clause, sentence: Sentence) -> None:
        subjects = self._subjects(clause, sentence)
        if subjects and not clause.unreal:
            main, owned = clause.connective not in _BACKGROUND, not clause.subjects
            self._salience.subject(sentence.number, subjects, main=main, owned=owned)
        elif [c.lemma for c in clause.subjects] in (["winner"], ["victor"]):  # nobody known: no pronoun means another
            self._salience.subject(sentence.number, [])
        if clause.connective not in ("if", "unless"):
            told = describe(clause.chunks)
            heard = _contest(clause, told, lede=self._discourse.main is None)
            relative = clause.connective in ("who", "which", "whose", "where") or _is_reduced(clause)
            if relative and heard is not NOTHING:
                heard = heard._replace(disciplines=(), sex=None, competition=None)
            if len({identity(e.contest.competition) for e in clause.events if e.career}) > 1:  # a list is no scene
                heard = heard._replace(competition=None, year=None, place=None)
            self._discourse.heard(heard, real=not clause.unreal, won=told.competition is None)
        self._allegiance.clause(clause, sentence)
        nominal = self._predicate(clause, sentence)
        for event in clause.events:
            if not (nominal and event.kind == "result"):
                self._telling.event(event, sentence)
        for standing in clause_standings(clause):
            self._drafts.stand(standing, sentence)
        for relation in clause.relations:
            relate(self._drafts, relation, sentence.number)

    def _subjects(self, clause: Clause, sentence: Sentence) -> list[Entity]:
        """Whom the clause is about: its subjects, else the owner of its subject ("Vane's race ended early")."""
        resolved = [e for c in clause.subjects for e in self._salience.stood_for(c, sentence.number)]
        if clause.subjects or clause.connective in ("who", "which", "as", "when", "while"):
            return resolved
        owners = (owner_at(clause.before, i) for i in range(min(4, len(clause.before))))
        owner = next((o for o in owners if o is not None), None)
        held = self._salience.resolve(owner, sentence.number) if owner is not None else None
        return [held] if held is not None else []

    def _predicate(self, clause: Clause, sentence: Sentence) -> bool:
        """ "is the defending champion", "became national champion in 4:06.09"; whether that tells of a win."""
        if not clause.asserted or not clause.has_verb("be", "become", "remain", "crown", "stay", *_ENDING):
            return False
        titles = [c for c in clause.after[:6] if c.kind in ("champion", "holder", "role") and isinstance(c.value, Noun)]
        if not titles:
            return False
        noun: Noun = titles[0].value
        ended = clause.has_verb(*_ENDING)
        if ended and not (titles[0].lemma in _WINNERS and _is_bare(clause.after[: clause.after.index(titles[0])])):
            return False
        mark = next((c.value for c in clause.after if c.kind == "mark"), None)
        one = (
            noun.definite == "a"
            or titles[0].lemma == "runner-up"
            or _is_one(clause.after[: clause.after.index(titles[0])])
        )
        fresh = ended or clause.has_verb("become", "crown") or one or mark is not None
        titled = noun.head in ("champion", "medallist") and noun.status != "former" and not noun.times
        position = noun.data.get("position") if titled and fresh else None
        for chunk in clause.subjects:
            entity = self._salience.resolve(chunk, sentence.number)
            if entity is not None and position:
                own = (noun.contests[0] if noun.contests else Contest()).over(describe(clause.after))
                own = at_the_time((contest_beside(chunk) or own).over(own), when(clause))
                medal = noun.data.get("medal")
                event = Event("result", chunk, "result.predicate", own, position=position, mark=mark, medal=medal)
                self._telling.event(event, sentence)
            elif entity is not None:
                self._attributes.noun(entity, noun, chunk, sentence)
        return bool(position)


def _is_one(chunks: list[Chunk]) -> bool:
    """An article and adjectives before "winner": "was an altogether emphatic winner"."""
    return bool(chunks) and chunks[0].lemma in ("a", "an") and _is_bare(chunks)


def _is_bare(chunks: list[Chunk]) -> bool:
    """Nothing but articles and adjectives before "winner": "ran out a clear winner", not "came behind the winner"."""
    return all(c.kind in ("word", "verb") and c.lemma not in _PREPOSITIONS for c in chunks)


def _is_won(clause: Clause, chunk: Chunk) -> bool:
    """ "emerged winner of the Torrevale Mile", "became champion at the Torrevale Games": won there and then."""
    if chunk.lemma in ("winner", "victor"):
        return clause.has_verb(*_ENDING, "be")
    return chunk.lemma in _WINNERS and clause.has_verb(*_ENDING, "become", "crown")


def _is_reduced(clause: Clause) -> bool:
    """A relative without its pronoun: "the best of 3:51.10, run by Vane at Torrevale"."""
    reduced = clause.passive and clause.previous is not None and not clause.auxiliaries
    return reduced and bool(clause.after) and clause.after[0].lemma == "by"


def _contest(clause: Clause, contest: Contest, *, lede: bool) -> Contest:
    """What a clause says of the contests around it: `contest`, and the crowns and victories in it."""
    for chunk in clause.chunks:
        noun = chunk.value
        if not isinstance(noun, Noun) or not noun.contests:
            continue
        if noun.head in _TOLD_OF or (noun.head == "champion" and _is_won(clause, chunk)):
            held = noun.contests[0]._replace(year=None, place=None)
            told = lede and chunk.kind != "record"
            contest = contest.over(held if told else held._replace(competition=None))
    return contest
