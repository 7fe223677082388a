from hypothesis import given
from hypothesis import strategies as st

from graph.browsing.passages import Name, Quote, paragraphs

_TEXT = "Marta won. She wept.\n\nOtiwa was second, and Ferris third. The end."


def quote(number: int, text: str, within: str = _TEXT) -> Quote:
    start = within.index(text)
    return Quote(number, start, start + len(text), text)


def texts(found) -> list[str]:
    return ["".join(bit.text for bit in paragraph.bits) for paragraph in found]


def test_passages_keep_the_whole_text_and_mark_its_sentences():
    found = paragraphs(_TEXT, [quote(1, "Marta won."), quote(2, "Otiwa was second, and Ferris third.")], [])
    assert texts(found) == ["Marta won. She wept.", "Otiwa was second, and Ferris third. The end."]
    assert [[bit.quotes for bit in paragraph.bits] for paragraph in found] == [[(1,), ()], [(2,), ()]]
    assert not any(paragraph.gap for paragraph in found)


def test_passages_of_overlapping_sentences_belong_to_both():
    whole, part = quote(1, "Otiwa was second, and Ferris third."), quote(2, "Ferris third. The end.")
    (_, second) = paragraphs(_TEXT, [whole, part], [])
    assert [(bit.text, bit.quotes) for bit in second.bits] == [
        ("Otiwa was second, and ", (1,)),
        ("Ferris third.", (1, 2)),
        (" The end.", (2,)),
    ]
    assert [bit.ends for bit in second.bits] == [(), (1,), (2,)]
    assert [bit.begins for bit in second.bits] == [(1,), (2,), ()]


def test_passages_link_names_inside_sentences():
    name = Name(_TEXT.index("Ferris"), _TEXT.index("Ferris") + 6, "urn:ferris")
    (_, second) = paragraphs(_TEXT, [quote(1, "Otiwa was second, and Ferris third.")], [name])
    assert [(bit.text, bit.iri) for bit in second.bits][1] == ("Ferris", "urn:ferris")
    assert [bit.ends for bit in second.bits] == [(), (), (1,), ()]


def test_passages_without_a_text_are_the_sentences_with_gaps_between():
    found = paragraphs(None, [quote(1, "Marta won."), quote(2, "and Ferris third."), quote(3, "third. The end.")], [])
    assert texts(found) == ["Marta won.", "and Ferris third. The end."]
    assert [paragraph.gap for paragraph in found] == [False, True]
    (near,) = paragraphs(None, [quote(1, "Marta won."), quote(2, "She wept.")], [])
    assert texts([near]) == ["Marta won. She wept."]


def test_passages_of_another_text_are_the_sentences_alone():
    assert texts(paragraphs("Quite another text.", [quote(1, "Marta won.")], [])) == ["Marta won."]


_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6)


@given(st.text(alphabet="ab \n", min_size=60, max_size=60), _SPANS)
def test_passages_lose_and_repeat_nothing(text, spans):
    quotes = [Quote(n, start, start + size, text[start : start + size]) for n, (start, size) in enumerate(spans, 1)]
    whole = paragraphs(text, quotes, [])
    assert "".join("".join(texts(whole)).split()) == "".join(text.split())
    covered = sorted({at for one in quotes for at in range(one.start, one.end)})
    alone = paragraphs(None, quotes, [])
    assert "".join("".join(texts(alone)).split()) == "".join("".join(text[at] for at in covered).split())
    for found in (whole, alone):
        for one in quotes:
            bits = [bit for paragraph in found for bit in paragraph.bits if one.number in bit.quotes]
            assert "".join("".join(bit.text for bit in bits).split()) == "".join(one.text.split())
            assert sum(one.number in bit.begins for bit in bits) == bool(bits)
            assert sum(one.number in bit.ends for bit in bits) == bool(bits)
