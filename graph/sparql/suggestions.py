"""What is said of a query that cannot be parsed: where, which token, and what may have been meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.errors import QueryRefusedError, QuerySyntaxError
from graph.sparql.parsing import parse_update
from graph.sparql.tokens import tokens
from graph.sparql.words import FUNCTIONS, KEYWORDS, UPDATES, WELL_KNOWN
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"^error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)$", re.DOTALL)
_SENTENCE = re.compile(r'(?:^|, )((?:The |SELECT \* |[A-Z][a-z]+ )[^,\[\]"]{8,}?)(?=$|, )')  # as Oxigraph words it
_SPACED = re.compile(r"<[A-Za-z][^<>\"{}|^`\\\s]*[ \t]+[^<>\"{}|^`\\\n]*>")
_NUMBER = re.compile(r"\d[\d.]*(?:[eE][+-]?\d+)?")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ALIKE = 0.65  # of 1: one letter of three, two of six
_SHOWN = 40
_LONGEST = 100_000  # characters; of longer ones only Oxigraph's own complaint is given


class _Fault(NamedTuple):
    at: int
    message: str


def syntax_error(query: str, error: SyntaxError) -> QuerySyntaxError | QueryRefusedError:
    """A complaint with place, token and suggestion (line and column count from 1), or a refusal of an update."""
    if _is_update(query):
        return QueryRefusedError(
            "this is an update, and only queries are allowed here: SELECT, ASK, CONSTRUCT, DESCRIBE"
        )
    return complaint(query, error)


def complaint(text: str, error: SyntaxError) -> QuerySyntaxError:
    """What is wrong with a query or update that Oxigraph does not take; line and column count from 1."""
    fault = _fault(text, str(error)) if len(text) <= _LONGEST else _by_parser(text, str(error))
    if fault is None:
        return QuerySyntaxError(f"it cannot be parsed: {' '.join(str(error).split())[:300]}")
    line = text.count("\n", 0, fault.at) + 1
    column = fault.at - text.rfind("\n", 0, fault.at)
    return QuerySyntaxError(f"line {line}, column {column}: {fault.message}", line, column)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What a misspelt word may have meant."""
    found = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
    return found[0] if found else None


def _fault(text: str, told: str) -> _Fault | None:
    every = list(tokens(text))
    found = [_misspelt(every), _unknown_prefix(every), _open_string(every), _spaced_iri(text, every)]
    first = min((one for one in found if one is not None), default=None)
    return (
        first
        or _said(every, told)
        or _brackets(every)
        or _without_as(every)
        or _broken_triple(every)
        or _by_parser(text, told)
    )


def _misspelt(every: list[re.Match[str]]) -> _Fault | None:
    """The first bare word that SPARQL has not: in a right query there is none."""
    for number, token in enumerate(every):
        word = token.group()
        if token.lastgroup != "word" or ":" in word or word[0] in "?$" or _NUMBER.match(word):
            continue
        if word.upper() in KEYWORDS | FUNCTIONS or (number and every[number - 1].group() in ("@", "^", "--")):
            continue
        near = nearest(word.upper(), KEYWORDS | FUNCTIONS)
        hint = f"did you mean {near}?" if near else "it is no word of SPARQL; write ?name, prefix:name or <IRI>"
        return _Fault(token.start(), f"'{word[:_SHOWN]}' is not expected; {hint}")
    return None


def _unknown_prefix(every: list[re.Match[str]]) -> _Fault | None:
    known: dict[str, str] = dict(prefixes())
    declared = False  # whether the word before was PREFIX
    for token in every:
        word = token.group()
        prefix, colon, _ = word.partition(":")
        if token.lastgroup == "word" and colon and word[0] not in "?$" and prefix != "_":
            if declared:
                known[prefix] = ""
            elif prefix not in known:
                return _Fault(token.start(), f"the prefix '{prefix}:' is not declared; {_declaration(prefix, known)}")
        declared = token.lastgroup == "word" and word.upper() == "PREFIX"
    return None


def _declaration(prefix: str, known: Mapping[str, str]) -> str:
    if prefix in WELL_KNOWN:
        return f"begin with PREFIX {prefix}: <{WELL_KNOWN[prefix]}>"
    near = nearest(prefix.lower(), [*known, *WELL_KNOWN]) if prefix else None
    if near is None:
        return f"begin with PREFIX {prefix}: and its namespace in <>"
    return f"did you mean {near}:?" if near in known else f"did you mean {near}: <{WELL_KNOWN[near]}>?"


def _open_string(every: list[re.Match[str]]) -> _Fault | None:
    for token in every:
        if token.lastgroup == "sign" and token.group() in "\"'":
            return _Fault(token.start(), "the string that begins here has no end on its line; close it")
    return None


def _spaced_iri(text: str, every: list[re.Match[str]]) -> _Fault | None:
    for token in every:
        if token.lastgroup == "sign" and token.group() == "<" and (found := _SPACED.match(text, token.start())):
            return _Fault(token.start(), f"'{found.group()[:_SHOWN]}' is no IRI, as it holds a space; write %20")
    return None


def _broken_triple(every: list[re.Match[str]]) -> _Fault | None:
    """A pattern of plain terms that are fewer or more than three."""
    run: int | None = None  # terms of the pattern under way; None: not among patterns, or not of plain terms
    values = False  # whether these are values, which are as many as they like
    for token in every:
        sign = token.group()
        values = sign.upper() == "VALUES" or (values and sign != "}")
        if sign[0] == "#" or (values and sign != "{"):
            continue
        if token.lastgroup in ("iri", None) or (token.lastgroup == "word" and (sign[0] in "?$" or ":" in sign)):
            if run == 3:
                return _Fault(token.start(), f"'{sign[:_SHOWN]}' is not expected; end the pattern before it with '.'")
            run = None if run is None else run + 1
        elif sign in ("}", ".", ";") and run in (1, 2):
            return _Fault(token.start(), f"'{sign}' is not expected; the pattern before it lacks its object")
        elif sign in ("{", "}", ".", ";", ",") and (run is not None or sign in "{}"):
            run = {";": 1, ",": 2}.get(sign, 0)
        elif sign == "a" and run == 1:
            run = 2
        else:
            run = None
    return None


def _said(every: list[re.Match[str]], told: str) -> _Fault | None:
    """What Oxigraph says in words, as of a variable that is not grouped; its place is that of the SELECT."""
    found = _PLACE.match(told)
    said = _SENTENCE.search(found[3]) if found else None
    if said is None or said[1] == "Prefix not found":
        return None
    at = next((token.start() for token in every if token.group().upper() == "SELECT"), 0)
    return _Fault(at, " ".join(said[1].split()))


def _brackets(every: list[re.Match[str]]) -> _Fault | None:
    opened: list[re.Match[str]] = []
    for token in every:
        if token.lastgroup != "bracket":
            continue
        sign = token.group()
        if sign not in _PAIRS:
            opened.append(token)
        elif not opened:
            return _Fault(token.start(), f"'{sign}' closes nothing; leave it out, or open it before")
        elif opened.pop().group() != _PAIRS[sign]:
            return _Fault(token.start(), f"'{sign}' is not expected, as another bracket is to be closed first")
    if opened:
        return _Fault(opened[-1].start(), f"'{opened[-1].group()}' is never closed; add its other half")
    return None


def _without_as(every: list[re.Match[str]]) -> _Fault | None:
    """`(expression ?name)` in a SELECT."""
    words = [token for token in every if token.lastgroup is not None]
    for before, token, after in zip(words, words[1:], words[2:], strict=False):
        if before.group() == ")" and token.group()[0] in "?$" and after.group() == ")":
            return _Fault(token.start(), f"'{token.group()[:_SHOWN]}' is not expected; write AS before it")
    return None


def _by_parser(text: str, told: str) -> _Fault | None:
    """The place as Oxigraph has it: it tells how far it read, which is behind a keyword that it had hoped for."""
    found = _PLACE.match(told)
    if found is None:
        return None
    end = min(_offset(text, int(found[1]), int(found[2])), len(text))
    hoped = [word for word in found[3].split(", ") if _plain(word)]
    lengths = [len(word) for word in hoped if word.isalpha() and word.isupper()]
    starts = {token.start() for token in tokens(text)}
    at = max((end - length for length in lengths if end - length in starts), default=end)
    at = end if end in starts else at
    rest = text[at:].split()
    if not rest and text.rstrip().endswith("}"):
        return _Fault(
            at, "something before is not allowed: a variable given a value twice, or a _:label in two groups?"
        )
    what = f"'{rest[0][:_SHOWN]}' is not expected" if rest else "the text ends too early"
    if at == end and 0 < len(hoped) <= 8 and len(hoped) == len(found[3].split(", ")):
        what += f" (could be {', '.join(hoped)})"
    return _Fault(at, what)


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at + column - 1


def _plain(expected: str) -> bool:
    """Whether one of Oxigraph's expectations is a word or sign of SPARQL, and not a class of characters."""
    return bool(expected) and "[" not in expected and "\\u" not in expected and " " not in expected


def _is_update(query: str) -> bool:
    words = (token.group().upper() for token in tokens(query) if token.lastgroup == "word")
    if not any(word in UPDATES for word in words):
        return False
    try:
        parse_update(query)
    except (QuerySyntaxError, QueryRefusedError):
        return False
    return True
