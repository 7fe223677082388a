from graph.browsing.values import EvidenceView, Fact
from server.sentences import by_sentence


def test_sentences_tell_each_sentence_once():
    one = EvidenceView("Ann won in 9.9.", 0, 15, "urn:article", "Headline", "urn:claim1")
    other = EvidenceView("She led.", 16, 24, "urn:article", "Headline", "urn:claim2")
    facts = [Fact("urn:r", "urn:p", "1", (), (one,)), Fact("urn:r", "urn:q", "9.9", (), (one, other))]
    sentences = by_sentence(facts)
    assert [sentence.view.quote for sentence in sentences] == ["Ann won in 9.9.", "She led."]
    assert [reading.fact.object for reading in sentences[0].readings] == ["1", "9.9"]
