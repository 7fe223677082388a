"""Marks, places and days as news writes them, and how they are misprinted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from datetime import date

RANKS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FIELD = ("jump", "vault", "put", "discus", "hammer", "javelin")
_COMBINED = ("decathlon", "heptathlon")


def written_mark(event: str, value: float) -> str:
    """`10.12`, `3:58.41`, `2:06:32`, `6.63m` or `6952 points`."""
    if event.endswith(_FIELD):
        return f"{value:.2f}m"
    if event in _COMBINED:
        return f"{value:.0f} points"
    if event == "marathon":
        return f"{value // 3600:.0f}:{value % 3600 // 60:02.0f}:{value % 60:02.0f}"
    hundredths = round(value * 100)
    minutes, rest = divmod(hundredths, 6000)
    return f"{minutes}:{rest / 100:05.2f}" if minutes else f"{rest / 100:.2f}"


def performance(event: str, mark: str) -> str:
    """`in 3:58.41` or `with 6.63m`."""
    return f"{'with' if event.endswith(_FIELD) or event in _COMBINED else 'in'} {mark}"


def clocking(event: str, mark: str, dice: random.Random) -> str:
    """The same as a clause of its own."""
    if event.endswith(_FIELD):
        verb = {"jump": "jumping", "vault": "clearing"}.get(event.rpartition(" ")[2], "throwing")
        return f"{'clearing' if event == 'high jump' else verb} {mark}"
    if event in _COMBINED:
        return f"scoring {mark}"
    return f"{dice.choice(('clocking', 'running', 'finishing in'))} {mark}"


def misprinted(mark: str, dice: random.Random) -> str:
    """Another digit in place of one of the last three, or two neighbours of these exchanged."""
    places = [at for at, sign in enumerate(mark) if sign.isdigit()][1:][-3:]
    if len(places) > 1 and dice.random() < 0.5:
        left, right = places[-2:]
        if mark[left] != mark[right]:
            return _plausible(mark, mark[:left] + mark[right] + mark[left + 1 : right] + mark[left] + mark[right + 1 :])
    at = dice.choice(places)
    return _plausible(mark, mark[:at] + str((int(mark[at]) + dice.randint(1, 4)) % 10) + mark[at + 1 :])


def _plausible(mark: str, wrong: str) -> str:
    """Not 71 seconds in a minute."""
    parts = wrong.removesuffix("m").removesuffix(" points").split(":")
    return mark if any(float(part) >= 60 for part in parts[1:]) else wrong


def rounded(mark: str) -> str:
    """A time to a tenth of a second; anything else as it is."""
    if mark.endswith("m") or "." not in mark or " " in mark:
        return mark
    minutes, _, seconds = mark.rpartition(":")
    tenths = f"{float(seconds):.1f}"
    return f"{minutes}:{tenths.zfill(4)}" if minutes and float(tenths) < 60 else mark if minutes else tenths


def written_day(day: date) -> str:
    """`12 June`."""
    return f"{day.day} {day:%B}"
