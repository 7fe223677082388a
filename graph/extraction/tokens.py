"""Words, numbers and punctuation of a sentence, with their places in the document."""

from __future__ import annotations

import re
from functools import partial
from typing import Final, NamedTuple

# Hyphens and apostrophes are tokens of their own ("glued" tells that no space stands before), so that a gazetteer can
# treat "1,500-meter" and "1,500 meter" alike and a possessive ends a name.
_TOKEN = re.compile(
    r"""
      [a-z]++(?![^\W\d_]|['’])               # most words, by one look
    | \d+(?:[.,:]\d+)*                       # 1,500  3:29.38  2005
    | (?:[A-Z]\.){2,}|U\.[SK]\b              # U.S.
    | [A-Z](?=\.\s?[A-Z][\w'.])\.             # the initial of a name: J. Kerr
    | [^\W\d_]+(?:(?<=[^\W\d_]n)['’]t\b      # didn't
              | ['’](?=[^\W\d_]{2,})(?!re\b|ve\b|ll\b)[^\W\d_]+)?   # words, O'Brien, N'Gadi
    | ['’]s\b | ['’]
    | \.{2,} | [^\w\s] | \w
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    text: str
    lower: str
    start: int
    end: int
    glued: bool


_token: Final = partial(tuple.__new__, Token)  # half the time of the call of the class, at each word


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; offsets count in `text`."""
    tokens: list[Token] = []
    add = tokens.append
    last = start
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        begin, stop = match.span()
        glued, last = begin == last, stop
        if word[-1] == "s" and len(word) > 2 and word[-2] in "'’":  # men's, Kerr's: the possessive is split off
            add(_token((word[:-2], word[:-2].lower(), begin, last - 2, glued)))
            add(_token(("'s", "'s", last - 2, last, True)))
        else:
            add(_token((word, word.lower(), begin, last, glued)))
    return tokens
