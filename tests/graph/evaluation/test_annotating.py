"""Articles with what was read from each sentence."""

from graph.evaluation import AnnotatedArticle, annotate, evaluate
from graph.model import Article, Evidence, Extraction, Person, Race, Result

TEXT = "Title\n\nMarta Lindqvist won. She ran 3:58.41 in the 1500m. Rain fell."
WON, RAN = "Marta Lindqvist won.", "She ran 3:58.41 in the 1500m."
RACES = (Race("r1", discipline="1500m"),)


def said(quote: str, rule: str, *slots: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(quote, start, start + len(quote), rule, 0.9, slots=slots)


def article(found: tuple[Evidence, ...], text: str | None = TEXT, mark: str = "3:58.41") -> AnnotatedArticle:
    gold = Extraction("a-1", "", races=RACES, results=(Result("r1", "Marta Lindqvist", 1, "3:58.41", "gold"),))
    results = (Result("r1", "Marta Lindqvist", 1, mark, evidence=found),)
    report = evaluate(gold, Extraction("a-1", "", races=RACES, results=results))
    stored = Article("a-1", text, "0" * 64, "a-1.txt") if text is not None else None
    return annotate(type(report)(report.article, report.judgements, report.found, text=stored))


def test_annotating_cuts_the_whole_text_into_passages() -> None:
    told = article((said(RAN, "result.mark", "mark"), said(WON, "result.win", "position")))
    assert "".join(passage.text for passage in told.passages) == TEXT
    marked = [(passage.text, [note.number for note in passage.notes]) for passage in told.passages if passage.notes]
    assert marked == [(WON, [1]), (RAN, [2])]


def test_annotating_gives_each_sentence_the_slots_it_is_behind() -> None:
    told = article((said(RAN, "result.mark", "mark"), said(WON, "result.win", "position")), mark="3:59.41")
    slots = [[(slot.how, slot.kind) for row in note.rows for slot in row.slots] for note in told.notes]
    assert slots == [
        [("right", "position"), ("right", "discipline")],
        [("wrong", "mark"), ("right", "discipline")],
    ]
    assert [note.how for note in told.notes] == ["right", "wrong"]
    assert [note.sources_of(note.rows[0]) for note in told.notes] == [("result.win",), ("result.mark",)]


def test_annotating_lists_what_was_missed() -> None:
    told = article((said(WON, "result.win"),), mark="3:59.41")
    assert [[slot.kind for slot in row.slots] for row in told.missed] == [["mark", "medal"]]
    assert told.missed[0].rest == {"position": 1, "discipline": "1500m"}


def test_annotating_sentences_that_overlap_share_a_passage() -> None:
    both = f"{WON} {RAN}"
    told = article((said(both, "result.win", "position"), said(RAN, "result.mark", "mark")))
    assert "".join(passage.text for passage in told.passages) == TEXT
    cover = {passage.text: [n.number for n in passage.notes] for passage in told.passages if passage.notes}
    assert cover == {f"{WON} ": [1], RAN: [1, 2]}
    assert [[note.number for note in passage.ends] for passage in told.passages if passage.ends] == [[1, 2]]


def test_annotating_does_not_mark_sentences_that_the_text_has_not_there() -> None:
    shifted = Evidence(WON, 0, len(WON), "result.win", 0.9)
    told = article((shifted,))
    assert [passage.text for passage in told.passages] == [TEXT]
    assert [(note.quote, note.placed) for note in told.notes] == [(WON, False)]


def test_annotating_without_a_text_has_notes_and_no_passages() -> None:
    told = article((said(WON, "result.win"),), text=None)
    assert told.passages == ()
    assert [note.placed for note in told.notes] == [False]
    assert told.title == "a-1"


def test_annotating_an_empty_text() -> None:
    empty = Extraction("a-1", "", people=(Person("Ines Sorel", ("athlete",)),))
    report = evaluate(empty, Extraction("a-1", ""))
    told = annotate(report)
    assert (told.passages, told.notes) == ((), ())
    assert [row.slots[0].value for row in told.missed] == ["Ines Sorel"]


def test_annotating_tells_the_sieve_with_the_rule() -> None:
    start = TEXT.index(RAN)
    told = article((Evidence(RAN, start, start + len(RAN), "result.mark", 0.9, sieve="pronoun-subject"),))
    (note,) = told.notes
    assert note.sources_of(note.rows[0]) == ("result.mark (pronoun-subject)",)
