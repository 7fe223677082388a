"""Is a text about athletics? The words that speak for it are weighed against those of every other sport."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ATHLETICS, _ANY = "athletics", "sport"
_REPEATS = 3  # a word counts at most so often: what a text is about shows in many words, not in one often used
_OTHER = 6  # what words of another sport, at least two, must weigh; half of it, and one word, in a short text
_OURS = 4  # how much more the words of athletics count: its reports tell of people who also swam or played football
_LEAST = 2  # what the words of athletics, and of sport, must weigh, but in a short text: it may hold none
_SHORT = 75  # words
_SHOWN = 3  # words that the message names
_ADVICE = ", and Podium reads athletics; give --unscreened to read it all the same"
_METRES = ("m", "metre", "metres", "meter", "meters")
_RACED = frozenset(map(str, (60, 80, 100, 150, 200, 300, 400, 500, 600, 800, 1000, 1500, 2000, 3000, 5000, 10000)))


class _Term(NamedTuple):
    words: tuple[str, ...]
    sport: str
    weight: int


def other_subject(words: Sequence[str]) -> str | None:
    """Why lower-case words are no report on athletics: the sport they seem to be about, if any. None where they are."""
    counts = Counter(_terms_in(words))
    weights: Counter[str] = Counter()
    shared = 0
    for term, count in counts.items():
        if term.sport == _ATHLETICS and term.weight == 1:
            shared += min(count, _REPEATS)
        else:
            weights[term.sport] += term.weight * min(count, _REPEATS)
    own, sport_at_all = weights.pop(_ATHLETICS, 0), weights.pop(_ANY, 0)
    sport, theirs = max(weights.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    named = sorted((term for term in counts if term.sport == sport), key=lambda t: (-t.weight * counts[t], t.words))
    enough = theirs >= _OTHER and len(named) > 1 if len(words) > _SHORT else theirs >= _OTHER // 2
    if enough and theirs > _OURS * own + shared // 2:
        said = ", ".join(f"'{' '.join(term.words)}'" for term in named[:_SHOWN])
        return f"seems to be about {sport} (it speaks of {said}){_ADVICE}"
    if own + shared + sport_at_all < _LEAST and len(words) > _SHORT:
        return f"does not seem to be about athletics (hardly a word speaks of it){_ADVICE}"
    return None


def _terms_in(words: Sequence[str]) -> Iterator[_Term]:
    """The terms that the words hold, longest first, without overlaps."""
    terms = _terms()
    index = 0
    while index < len(words):
        word = words[index]
        found = [term for term in terms.get(word, ()) if tuple(words[index : index + len(term.words)]) == term.words]
        if found:
            longest = len(found[0].words)
            yield from (term for term in found if len(term.words) == longest)  # one of each sport that has the term
            index += longest
            continue
        following = words[index + 1] if index + 1 < len(words) else ""
        if word[0].isdigit() and (_is_distance(word, following) or _is_time(word, following)):
            yield _Term(("a time" if _is_time(word, following) else "a distance",), _ATHLETICS, 1)
        index += 1


def _is_distance(word: str, following: str) -> bool:
    number = word.rstrip("mx").replace(",", "")
    return number in _RACED and (word.endswith("m") or following in _METRES)


def _is_time(word: str, following: str) -> bool:
    return ":" in word or ("." in word and following.startswith("sec"))


@cache
def _terms() -> dict[str, tuple[_Term, ...]]:
    """First word -> the terms that begin with it, the longest first."""
    found: dict[str, list[_Term]] = {}
    data = yaml.safe_load(files(__package__).joinpath("sports.yaml").read_text(encoding="utf-8"))
    for sport, weights in data.items():
        for weight, terms in weights.items():
            for written in terms:
                words = tuple(str(written).replace("-", " ").split())
                for form in (words, (*words[:-1], words[-1] + "s")):
                    found.setdefault(form[0], []).append(_Term(form, sport, weight))
    return {first: tuple(sorted(terms, key=lambda t: (-len(t.words), t))) for first, terms in found.items()}
