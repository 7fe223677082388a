"""Is a text English?"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from py3langid.langid import LanguageIdentifier

# In English reports every fifth to third word is one of `english.txt`, in results and start lists none; in other
# languages hardly any is, as words that they share with English ("in", "was", "for") are left out of it.
_PLAINLY = 0.12
_HARDLY = 0.06
_FEWEST = 6  # words that can show a language
_SURE = 0.95


def foreign_language(words: Sequence[str]) -> str | None:
    """Why the words are no English text: the language and how sure that is. None for English and for what may be.

    Names, numbers and abbreviations have no language and are left out: an English report may consist of them.
    """
    plain = [word for word in words if not word[0].isupper() and not word[0].isdigit()]
    if len(plain) < _FEWEST and sum(map(len, plain)) < 3 * _FEWEST:  # the second for scripts without spaces
        return None
    english = _english()
    share = sum(1 for word in plain if word in english) / len(plain)
    if share >= _PLAINLY:
        return None
    # A list of names and marks has no words but its headings, which show nothing.
    if share >= _HARDLY or 8 * len(plain) < len(words):
        return None
    code, probability = _model().classify(" ".join(plain))
    if code == "en" or probability < _SURE:
        return None
    return (
        f"is in {_name(code)} (probability {min(float(probability), 0.999):.3f}), and Podium reads English; "
        "give an English version of it, or --unscreened to read it all the same"
    )


@cache
def _english() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("english.txt").read_text(encoding="utf-8").split())


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, which English texts are spared

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).english_name or code
    except (UnknownLocaleError, ValueError):
        return f"the language '{code}'"
