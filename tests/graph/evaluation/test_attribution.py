"""Which rules a slot counts for, right or wrong."""

from graph.evaluation import Report, Share, by_rule, by_sieve, evaluate
from graph.model import Evidence, Extraction, Membership, Person, Race, Ranking, Result


def said(start: int, rule: str, *slots: str) -> Evidence:
    return Evidence(f"Sentence {start}.", start, start + 10, rule, 0.9, slots=slots)


RACES = (Race("r1", "World Championships", 2023, None, "1500m", evidence=(said(0, "result.win"),)),)
RESULT = Result("r1", "Marta Lindqvist", 1, "3:58.41", "gold")
GOLD = Extraction("a-1", "", races=RACES, results=(RESULT,))


def shares(found: Extraction, gold: Extraction = GOLD) -> dict[str, tuple[int, int, int]]:
    """Facts, right and wrong slots by rule."""
    return {share.source: (share.facts, share.right, share.wrong) for share in by_rule(report(found, gold))}


def report(found: Extraction, gold: Extraction = GOLD) -> Report:
    return Report((evaluate(gold, found),))


def found(result: Result, *evidence: Evidence) -> Extraction:
    changed = Result(result.race, result.athlete, result.position, result.mark, result.medal, evidence=evidence)
    return Extraction("a-1", "", races=RACES, results=(changed,))


def test_attribution_gives_a_slot_to_the_rules_that_name_it_and_the_race_to_all() -> None:
    evidence = (said(0, "result.win", "position", "medal"), said(20, "result.mark", "mark"))
    assert shares(found(RESULT, *evidence)) == {"result.win": (1, 5, 0), "result.mark": (1, 4, 0)}


def test_attribution_gives_a_slot_that_two_rules_read_to_both() -> None:
    evidence = (said(0, "result.win", "position"), said(20, "result.title", "position"))
    wrong = Result("r1", "Marta Lindqvist", 2)
    assert shares(found(wrong, *evidence)) == {"result.win": (1, 3, 1), "result.title": (1, 3, 1)}


def test_attribution_counts_a_rule_once_for_a_slot_however_many_sentences_it_read() -> None:
    evidence = (said(0, "result.win", "position"), said(20, "result.win", "position"))
    (share,) = by_rule(report(found(Result("r1", "Marta Lindqvist", 2), *evidence)))
    assert (share.facts, share.right, share.wrong, share.precision) == (1, 3, 1, 0.75)
    assert [(mistake.quote, len(mistake.slots)) for mistake in share.mistakes] == [
        ("Sentence 0.", 1),
        ("Sentence 20.", 1),
    ]


def test_attribution_gives_a_slot_that_no_sentence_names_to_what_supports_the_fact() -> None:
    implied = (said(0, "result.win", "position"), said(20, "result.mark", "mark"))
    assert shares(found(RESULT, *implied)) == {"result.win": (1, 5, 0), "result.mark": (1, 5, 0)}  # medal: both
    whole = (*implied, said(40, "result.beat"))
    assert shares(found(RESULT, *whole))["result.beat"] == (1, 4, 0)  # the race and the medal


def test_attribution_gives_country_and_person_to_their_own_rules() -> None:
    gold = Extraction("a-1", "", people=(Person("Marta Lindqvist", ("athlete",), "NOR"),))
    evidence = (said(0, "person.named"), said(20, "person.country", "country"))
    people = (Person("Marta Lindqvist", ("athlete",), "SWE", evidence=evidence),)
    told = shares(Extraction("a-1", "", people=people), gold)
    assert told == {"person.named": (1, 1, 0), "person.country": (1, 0, 1)}


def test_attribution_counts_facts_that_gold_does_not_judge() -> None:
    rankings = (Ranking("Marta Lindqvist", 2, "1500m", evidence=(said(0, "ranking.superlative"),)),)
    (share,) = by_rule(report(Extraction("a-1", "", rankings=rankings)))
    assert share == Share("ranking.superlative", 1, 0, 0)
    assert share.precision is None
    assert share.to_json("rule")["precision"] is None


def test_attribution_orders_rules_by_wrong_slots_and_mistakes_by_article_and_sentence() -> None:
    clubs = [("b", 30), ("b", 0), ("a", 10)]
    articles = []
    for name in ("b", "a"):
        memberships = tuple(
            Membership("Ines Sorel", f"Club {start}", evidence=(said(start, "membership.join"),))
            for article, start in clubs
            if article == name
        )
        people = (Person("Ines Sorel", ("athlete",), evidence=(said(0, "person.named"),)),)
        gold = Extraction(name, "", people=people)
        articles.append(evaluate(gold, Extraction(name, "", people=people, memberships=memberships)))
    first, second = by_rule(Report(tuple(articles)))
    assert (first.source, second.source) == ("membership.join", "person.named")
    assert [(mistake.article, mistake.start) for mistake in first.mistakes] == [("b", 0), ("b", 30), ("a", 10)]


def test_attribution_leaves_out_evidence_free_facts() -> None:
    assert by_rule(report(GOLD)) == ()


def test_attribution_by_sieve_counts_how_it_was_settled_who_is_meant() -> None:
    sentence = ("Sentence 0.", 0, 10)
    named = Evidence(*sentence, "result.win", 0.9, slots=("position",), sieve="full-name")
    meant = Evidence(*sentence, "result.win", 0.9, slots=("mark",), sieve="pronoun-centre")
    wrong = Result("r1", "Marta Lindqvist", 1, "3:59.41")
    found_by = {
        s.source: (s.facts, s.right, s.wrong) for s in by_sieve(report(found(wrong, named, meant, said(20, "x.y"))))
    }
    assert set(found_by) == {"full-name", "pronoun-centre"}
    assert found_by["full-name"][2] == 0
    assert found_by["pronoun-centre"][2] == 1
