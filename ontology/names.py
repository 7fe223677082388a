"""Names as keys: one spelling for `Nordås`, `Nordas` and the mis-decoded `NordÃ¥s`.

Everything here returns ASCII and is idempotent. SPARQL cannot fold accents, so the graph stores `name_key` beside every
label, and whoever looks a name up folds what was typed in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import ftfy
import ftfy.bad_codecs  # registers sloppy-windows-1252

# Letters that NFKD leaves whole, and the punctuation that a name or a discipline ("4×400m") may hold.
_LETTERS: Final = str.maketrans(
    {
        "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "Ss", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N",
        "ŧ": "t", "Ŧ": "T", "ĸ": "k", "ə": "e", "Ə": "E", "ɓ": "b", "ɗ": "d", "ƙ": "k", "×": "x", "⁄": "/",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʻ": "'", "ʼ": "'", "ʾ": "'", "ʿ": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "″": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    }
)  # fmt: skip
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_NOT_KEY: Final = re.compile(r"[^a-z0-9 .'-]+")
# Two bytes of a Latin letter in UTF-8 (U+00C0 to U+024F), as cp1252 shows them, where the second is not a letter there.
_PAIR: Final = re.compile(
    "[ÃÄÅÆÇÈÉ][" + "".join(c for c in bytes(range(0x80, 0xC0)).decode("sloppy-windows-1252") if not c.isalpha()) + "]"
)
_SPACES: Final = re.compile(r"\s+")


def _to_ascii(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    # A letter of a script without a table: ugly, but distinct names stay distinct.
    return f"u{ord(character):x}" if character.isalnum() else " "


def _mended(text: str) -> str:
    # ftfy is made for running text and leaves "HÃ¥kan" alone. In a name, a capital with an accent before a sign that is
    # no letter can only be two bytes of UTF-8 read as cp1252.
    pairs = _PAIR.sub(lambda pair: pair[0].encode("sloppy-windows-1252").decode(), text)
    return ftfy.fix_encoding(pairs)


def fold(text: str) -> str:
    """`text` with broken encodings mended, without accents, in lower-case ASCII; white space and punctuation stay."""
    return (text if text.isascii() else _transliterated(text)).lower().replace("`", "'")


@lru_cache(maxsize=65536)
def _transliterated(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _mended(text).translate(_LETTERS)).translate(_LETTERS)
    return "".join(map(_to_ascii, plain.lower()))


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """The part of an IRI that a name becomes: `[a-z0-9-]+`, never with two hyphens in a row.

    Raises ValueError for a name without a letter or digit.
    """
    result = _NOT_SLUG.sub("-", fold(name)).strip("-")
    if not result:
        raise ValueError(f"'{name}' has no letter or digit to make an IRI of")
    return result


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What a name is looked up by: `fold` with only letters, digits, spaces, `.`, `'` and `-` left; may be empty."""
    return _SPACES.sub(" ", _NOT_KEY.sub(" ", fold(name))).lstrip(" .'-").rstrip()
