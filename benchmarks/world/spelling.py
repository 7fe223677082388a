"""How an article writes somebody's name: as it is, or changed in one of the ways in which news changes names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from world.people import names

if TYPE_CHECKING:
    import random

    from world.values import Person, Rates

_WHOLE = {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L"}
_NEAR_KEYS = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "i",
    "n": "m",
    "m": "n",
    "t": "r",
    "l": "k",
    "s": "a",
    "r": "t",
    "d": "s",
    "k": "l",
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """`full` is written first, `short` from then on."""

    full: str
    short: str
    variant: str = "plain"


def spell(person: Person, year: int, rates: Rates, dice: random.Random) -> Spelling:
    """The name in an article of that year."""
    given, surname, variant = _form(person, year, rates, dice)
    whole = Spelling(f"{given} {surname}", surname, variant)
    return _misprinted(whole, person, rates, dice) if variant == "plain" else whole


def _form(person: Person, year: int, rates: Rates, dice: random.Random) -> tuple[str, str, str]:
    """Which of the person's names are used: (given, surname, variant)."""
    table = names()
    given, surname = person.given, person.surname
    roll = dice.random
    if person.married and year >= person.married[1]:
        ignored = roll() < rates.married_ignored
        return (given, surname, "maiden name") if ignored else (given, f"{surname}-{person.married[0]}", "double name")
    if person.middle:
        if roll() >= rates.middle_dropped:
            return f"{given} {person.middle}", surname, "plain"
        return given, surname, "middle dropped"
    if person.country == "UKR" and roll() < rates.transliterated:
        other = table["transliteration"].get(given)
        if other:
            return other, surname, "transliterated"
    if given in table["nicknames"] and roll() < rates.nickname:
        return table["nicknames"][given], surname, "nickname"
    if roll() < rates.initial:
        return f"{given[0]}.", surname, "initial"
    return given, surname, "plain"


def _misprinted(whole: Spelling, person: Person, rates: Rates, dice: random.Random) -> Spelling:
    if person.country == "JPN" and dice.random() < rates.surname_first:
        return Spelling(f"{whole.short} {person.given}", whole.short, "surname first")
    if not whole.full.isascii():
        if dice.random() < rates.accents_dropped:
            return Spelling(unaccented(whole.full), unaccented(whole.short), "accents dropped")
        if dice.random() < rates.broken_encoding:
            full, short = _broken(whole.full), _broken(whole.short)
            if full and short and full != whole.full:
                return Spelling(full, short, "broken encoding")
    if dice.random() < rates.typo:
        return _mistyped(whole, dice)
    return whole


def unaccented(text: str) -> str:
    """The letters without their accents."""
    plain = "".join(_WHOLE.get(letter, letter) for letter in text)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def _broken(text: str) -> str | None:
    """UTF-8 read as cp1252, where that is possible."""
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return None


def _mistyped(whole: Spelling, dice: random.Random) -> Spelling:
    """One error in the surname or, more rarely, in the rest; the surname is repeated as misspelt in most articles."""
    rest = whole.full[: len(whole.full) - len(whole.short)]
    if dice.random() < 0.3 and len(rest.strip()) > 3:
        return Spelling(f"{_one_error(rest.strip(), dice)} {whole.short}", whole.short, "typo")
    wrong = _one_error(whole.short, dice)
    return Spelling(rest + wrong, wrong if dice.random() < 0.6 else whole.short, "typo")


def _one_error(word: str, dice: random.Random) -> str:
    """A letter left out, doubled, exchanged with its neighbour or with one near it on the keyboard; never the first."""
    places = [at for at in range(1, len(word) - 1) if word[at].isalpha() and word[at + 1].isalpha()]
    if not places:
        return word + word[-1]
    at = dice.choice(places)
    kind = dice.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at:]
    if kind == 2 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _NEAR_KEYS.get(word[at].lower(), "e") + word[at + 1 :]
