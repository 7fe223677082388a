"""The words the chunker knows: longest match over tokens, from the ontology's vocabulary and the lexicon's files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.extraction.lexicons import lexicon
from graph.extraction.tokens import Token, tokenize
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ontology.entries import Country

# Competitions that news names without capitals: "the world championships", "last year's London marathon".
_LOOSE = ("championships", "games", "marathon", "trials", "champs")
# Kinds of the word list whose terms have a value, and those whose terms are it.
_VALUED = ("champion", "medal", "record", "role", "kin", "round", "sex", "ordinal", "level", "category", "setting",
           "surface", "status")  # fmt: skip
_UNCOUNTED = ("s", "duo", "pair", "great", "senior", "junior", "star", "favourite", "woman")
_PLAIN = ("medallist", "holder", "crown", "victory", "bare_record", "coach", "official", "multiple")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a term stands for; `capital`: only where the text writes it with a capital."""

    kind: str
    value: Any
    capital: bool = False


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class Gazetteer:
    """A trie over lower-case tokens; hyphens are transparent, so "1,500-meter" is "1,500 meter"."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, term: str, entry: Entry) -> None:
        node = self._root
        for token in tokenize(term, 0, len(term)):
            if token.text not in "-‑":
                node = node.children.setdefault(token.lower.replace("’", "'"), _Node())
        if all(known.kind != entry.kind for known in node.entries):
            node.entries.append(entry)

    def begins(self, word: str) -> bool:
        """Whether any term begins with this lower-case word."""
        return word in self._root.children

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[list[Entry], int]:
        """The entries of the longest term at `start`, and the index after it; no entries where there is none."""
        node = self._root
        best: list[Entry] = []
        index = end = start
        first = tokens[start].text[0]
        capital = first.isupper() or first.isdigit()
        while index < len(tokens):
            token = tokens[index]
            if token.text in "-‑" and index > start and token.glued:
                index += 1
                continue
            following = node.children.get(token.lower)
            if following is None:
                break
            node = following
            index += 1
            if node.entries:
                fitting = node.entries if capital else [entry for entry in node.entries if not entry.capital]
                if fitting:
                    best, end = fitting, index
        return best, end


def inflected(verb: str) -> Iterator[tuple[str, str]]:
    """(form, tense) of a regular verb; tense is one of base, s, past, ing."""
    yield verb, "base"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        yield verb + "es", "s"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        yield verb[:-1] + "ies", "s"
    else:
        yield verb + "s", "s"
    if verb.endswith("e"):
        yield verb + "d", "past"
        yield verb[:-1] + "ing", "ing"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        yield verb[:-1] + "ied", "past"
        yield verb + "ing", "ing"
    else:
        doubled = (
            verb + verb[-1]
            if len(verb) <= 4 and verb[-1] in "bdglmnprt" and verb[-2] in "aeiou" and verb[-3:-2] not in "aeiou"
            else verb
        )
        yield doubled + "ed", "past"
        yield doubled + "ing", "ing"


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Every known verb form -> (lemma, tense)."""
    data = lexicon("verbs")
    forms: dict[str, tuple[str, str]] = {}
    for verb in data["regular"]:
        for form, tense in inflected(verb):
            forms.setdefault(form, (verb, tense))
    for verb, (third, past, participle, ing) in data["irregular"].items():
        forms[verb] = (verb, "base")
        forms[third] = (verb, "s")
        forms[participle] = (verb, "pp")
        forms[past] = (verb, "past")
        forms[ing] = (verb, "ing")
    forms |= {"are": ("be", "s"), "were": ("be", "past"), "am": ("be", "s"), "be": ("be", "base"), "'s": ("be", "s")}
    del forms["'s"]
    return forms


@cache
def gazetteer() -> Gazetteer:
    """All terms that type a chunk."""
    terms = Gazetteer()
    for country in vocabulary.countries():
        _add_country(terms, country)
    for name, disciplines in vocabulary.discipline_spellings().items():
        terms.add(name, Entry("discipline", disciplines))
    for name, series in vocabulary.series_spellings().items():
        loose = name.lower().endswith(_LOOSE) and " " in name
        if loose or not name.islower():
            terms.add(name, Entry("series", series, capital=not loose))
        if name.endswith("Championships"):
            terms.add(name.removesuffix("s"), Entry("series", series, capital=False))
    for name, places in vocabulary.place_spellings().items():
        if not name.islower():
            terms.add(name, Entry("place", places[0], capital=True))
    for sponsor in lexicon("names")["sponsors"]:
        terms.add(sponsor, Entry("sponsor", sponsor, capital=True))
    for name, code in lexicon("nations")["federations"].items():
        terms.add(name, Entry("federation", code, capital=True))
    _add_words(terms)
    return terms


def _add_country(terms: Gazetteer, country: Country) -> None:
    """Names, demonyms and codes of a country and its home nations, all with the country's code."""
    for nation in (country, *country.home_nations):
        for name in nation.names:
            terms.add(name, Entry("country", country.code, capital=True))
        for demonym in nation.demonyms:
            terms.add(demonym, Entry("demonym", country.code, capital=True))
        for code in (nation.code, *nation.other_codes):
            terms.add(code, Entry("code", country.code, capital=True))


def _plural(noun: str) -> str:
    return noun[:-3] + "men" if noun.endswith("man") else noun + "s"


def _add_words(terms: Gazetteer) -> None:
    words = lexicon("words")
    for code, value in words["record_code"].items():
        terms.add(code, Entry("record_code", value, capital=True))
    for kind in _VALUED:
        for term, value in words[kind].items():
            terms.add(term, Entry(kind, value))
            if kind == "role" and not term.endswith(_UNCOUNTED):
                terms.add(_plural(term), Entry(kind, value))
    for kind in _PLAIN:
        for term in words[kind]:
            terms.add(term, Entry(kind, term))
