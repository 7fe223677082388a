"""A sentence as typed chunks: quantities, dates, and the gazetteer's terms, longest match first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk
from graph.extraction.dates import SECOND_WORDS, when_at
from graph.extraction.distances import distance_at
from graph.extraction.gazetteer import Entry, Gazetteer, gazetteer, verb_forms
from graph.extraction.lexicons import cues
from graph.extraction.quantities import SPELT, Mark, converted_at, mark_at, score_at, whole_length_at, wind_end
from graph.extraction.stretches import without_stretches
from graph.extraction.tokens import Token, tokenize
from graph.extraction.wordkinds import COUNTED, may_count, plain, typed

if TYPE_CHECKING:
    from datetime import date


_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\b")
_AGE = re.compile(
    r"(\d{2}|(?:twenty|thirty|forty)-\w+|nineteen|eighteen|seventeen|sixteen)-year-olds?\b", re.IGNORECASE
)
_AGED = re.compile(r"aged (\d{2})\b")
_TIMES = re.compile(
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|multiple|multi|many)"
    r"(?:[-‑]times?\b|\stimes?(?=\s(?:[\w'-]+\s){0,5}?(?:champion|winner|(?:gold|silver|bronze)\smedall?ist)\b))",
    re.IGNORECASE,
)
_COMBINED = re.compile(r"\b(?:decathlon|heptathlon|pentathlon)", re.IGNORECASE)
_MONEY = re.compile(r"[£$€]\s?[\d.,]+(?:m|bn|k)?\b")
_RELAY = re.compile(r"4\s?[x×X]\s?(100|200|400|800|1500)\s?(?:m\b|metres?\b|meters?\b|-?meter\b)?", re.IGNORECASE)
_CROSS = re.compile(r"(\d{1,2}(?:\.\d)?)\s?-?k(?:m|ilomet(?:re|er)s?)?\b", re.IGNORECASE)
_METRES = re.compile(r"(\d{1,2}),?000\s?-?(?:m|met(?:re|er)s?)\b", re.IGNORECASE)  # lengths that are no track race
_MILES = re.compile(r"\d{1,3}(?:[-\d]*)\s?-?(?:miles?)\b")
_RECORDED = {"level", "demonym", "setting", "discipline", "role", "category", "record", "series"}
_MARGIN_BEFORE = {"by", "within", "just", "only", "almost", "nearly", "some", "about"}
_MARGIN_AFTER = cues("margin_after")
_SECOND_OF_TIME = _MARGIN_AFTER - {"from", "up", "more", "older", "younger"}
_PERCEIVING = cues("perceiving")
_MEASURING = cues("measuring")
_KIND_ORDER = ("series", "discipline", "record", "record_code", "champion", "medal", "medallist", "holder", "level",
               "country",
               "demonym", "place", "round", "role", "coach", "ordinal", "sex", "kin", "crown", "victory", "bare_record",
               "official", "status", "multiple", "category", "setting", "surface", "code", "sponsor",
               "federation")  # fmt: skip


class Chunker:
    """Chunks sentences of one document; `published` anchors relative dates."""

    def __init__(self, text: str, published: date | None) -> None:
        self._text = text
        self._published = published
        self._scored = "athlon" in text.lower() and _COMBINED.search(text) is not None
        self._terms: Gazetteer = gazetteer()
        self._verbs = verb_forms()

    def chunks(self, start: int, stop: int) -> list[Chunk]:
        """The chunks of `text[start:stop]`, in order, covering every token."""
        tokens = tokenize(self._text, start, stop)
        found: list[Chunk] = []
        told = start  # where the chunks end that are found
        for index, (text, lower, begin, end, _) in enumerate(tokens):
            if begin < told:
                continue
            word = plain(text)
            if word is None:
                chunk = self._quantity(tokens, index, found) if may_count(text) else None
                if chunk is None and self._terms.begins(lower):
                    chunk = self._known(tokens, index, found)
                if chunk is not None:
                    found.append(chunk)
                    told = chunk.end
                    continue
                word = typed(text, opening=index == 0)
            kind, lemma, value = word
            found.append(Chunk(kind, text, begin, end, lemma, value))
        return without_stretches(found)

    def _known(self, tokens: list[Token], index: int, before: list[Chunk]) -> Chunk | None:
        """The longest term that begins at `index`."""
        entries, after = self._terms.longest(tokens, index)
        if not entries or self._acts(entries, tokens, index, before):
            return None
        return self._term(entries, tokens, index, after)

    def _quantity(self, tokens: list[Token], index: int, before: list[Chunk]) -> Chunk | None:
        token, text = tokens[index], self._text
        place = token.start
        if token.text[0] in "£$€" and (match := _MONEY.match(text, place)):
            return Chunk("money", match.group(), place, match.end())
        if token.text[0] in "+-" and (wind := wind_end(text, place)):
            return Chunk("wind", text[place:wind], place, wind)
        if not (token.text[0].isdecimal() or token.lower in COUNTED):
            after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
            return self._time(place) if after in SECOND_WORDS.get(token.lower, (after,)) else None
        if match := _AGE.match(text, place):
            return Chunk("age", match.group(), place, match.end(), value=match.group(1))
        if match := _TIMES.match(text, place):
            return Chunk("multiple", match.group(), place, match.end(), value=match.group())
        if token.text[0].isdecimal():
            return self._converted(place) or self._number(tokens, index, before)
        if match := _AGED.match(text, place):
            return Chunk("age", match.group(), place, match.end(), value=match.group(1))
        if when := self._time(place):
            return when
        if token.lower in SPELT and (mark := mark_at(text, place)):
            return Chunk("mark", text[place : mark[1]], place, mark[1], value=mark[0])
        return None

    def _time(self, place: int) -> Chunk | None:
        """A time in words."""
        when = when_at(self._text, place, self._published)
        return Chunk("date", self._text[place : when[1]], place, when[1], value=when[0]) if when else None

    def _converted(self, place: int) -> Chunk | None:
        metric = converted_at(self._text, place)
        return Chunk("mark", self._text[place : metric[1]], place, metric[1], value=metric[0]) if metric else None

    def _number(self, tokens: list[Token], index: int, before: list[Chunk]) -> Chunk | None:
        token, text = tokens[index], self._text
        place = token.start
        if match := _RELAY.match(text, place):
            entries, _ = self._terms.longest(tokenize(f"4x{match[1]}m", 0, 7), 0)
            return Chunk("discipline", match.group(), place, match.end(), value=entries[0].value if entries else None)
        if match := _ORDINAL.match(text, place):
            return Chunk("ordinal", match.group(), place, match.end(), value=int(match[1]))
        if when := when_at(text, place, self._published):
            kind = "year" if when[0].year and len(text[place : when[1]]) == 4 else "date"
            return Chunk(kind, text[place : when[1]], place, when[1], value=when[0])
        entries, after = self._terms.longest(tokens, index)
        if entries and entries[0].kind == "discipline" and after < len(tokens) and tokens[after].lower == "relay":
            relays, _ = self._terms.longest(tokenize(f"4x{entries[0].value[0].name}", 0, 20), 0)
            if relays:
                return Chunk(
                    "discipline", text[place : tokens[after].end], place, tokens[after].end, value=relays[0].value
                )
        if entries and entries[0].kind == "discipline" and not _is_gap(before, tokens, after):
            return Chunk(
                "discipline", text[place : tokens[after - 1].end], place, tokens[after - 1].end, value=entries[0].value
            )
        if raced := distance_at(tokens, index, before):
            end = tokens[raced[1] - 1].end
            return Chunk("discipline", text[place:end], place, end, value=raced[0])
        if match := _CROSS.match(text, place):
            return Chunk("distance", match.group(), place, match.end(), value=f"{match[1]}km")
        if match := _METRES.match(text, place):
            return Chunk("distance", match.group(), place, match.end(), value=f"{match[1]}km")
        if match := _MILES.match(text, place):
            return Chunk("distance", match.group(), place, match.end())
        mark = mark_at(text, place) or whole_length_at(text, place)
        if mark := mark or (score_at(text, place) if self._scored else None):
            return self._mark(mark, tokens, index, before)
        return Chunk("number", token.text, place, token.end, value=token.text)

    def _mark(self, mark: tuple[Mark, int], tokens: list[Token], index: int, before: list[Chunk]) -> Chunk:
        after = index
        while after < len(tokens) and tokens[after].start < mark[1]:
            after += 1
        kind = "margin" if self._is_margin(before, tokens, after) else "mark"
        return Chunk(kind, self._text[tokens[index].start : mark[1]], tokens[index].start, mark[1], value=mark[0])

    def _is_margin(self, before: list[Chunk], tokens: list[Token], after: int) -> bool:
        measured = any(c.kind == "verb" and c.lemma in _MEASURING for c in before[-2:])
        if [c.lemma for c in before[-2:]] == ["sub", "-"]:
            return True
        if before and before[-1].lemma in _MARGIN_BEFORE and not measured:
            return True
        if [c.lemma for c in before[-3:-1]] in (["by", "a"], ["by", "the"], ["by", "an"]):  # "by a mere 0.02 seconds"
            return True
        following = tokens[after].lower if after < len(tokens) else ""
        beyond = tokens[after + 1].text if after + 1 < len(tokens) else ""
        if following == "in" and beyond == "front":
            return True
        if following in ("behind", "ahead") and before and (before[-1].lemma in ("in", "of", "with") or measured):
            return False  # "clocked 7.22 seconds behind Vane", "won with 22.10m ahead of Vane"
        if following == "from":  # "the record of 6.39secs from 1998", "won in 3:58.10 from Vane"
            return not (beyond[:1].isdigit() or (before and before[-1].lemma in ("in", "with")))
        return following in _MARGIN_AFTER and not (following in ("off", "down", "up", "more") and not beyond)

    def _acts(self, entries: list[Entry], tokens: list[Token], index: int, before: list[Chunk]) -> bool:
        """Whether "win", "double", "record" and their like are verbs here: after "to", a modal or a pronoun."""
        if tokens[index].lower not in self._verbs or not {e.kind for e in entries} <= {
            "victory",
            "bare_record",
            "status",
            "coach",
        }:
            return False
        if tokens[index].lower == "coach" and _is_second_noun(before):
            return False
        if tokens[index].lower == "records" and (not before or before[-1].kind not in _RECORDED):
            return True
        return bool(before) and (
            before[-1].kind in ("modal", "negation")
            or (before[-1].lemma == "only" and len(before) > 1 and before[-2].kind == "modal")
            or _is_perceived(before)
            or (
                before[-1].lemma in ("to", "who", "he", "she", "they", "then", "and")
                and tokens[index].lower not in ("triumph", "success", "victory")
            )
            or (tokens[index].lower == "coaches" and before[-1].text[0].isupper() and before[-1].kind == "word")
            or _is_coaching(tokens, index, before)
        )

    def _term(self, entries: list[Entry], tokens: list[Token], index: int, after: int) -> Chunk | None:
        entry = entries[0] if len(entries) == 1 else min(entries, key=lambda e: _KIND_ORDER.index(e.kind))
        start, end = tokens[index].start, tokens[after - 1].end
        if entry.kind == "ordinal" and tokens[index].lower == "second" and _is_time(tokens, index):
            return None
        if (
            entry.kind == "champion"
            and tokens[index].text == "Victor"
            and tokens[min(after, len(tokens) - 1)].text.istitle()
        ):
            return None
        if entry.kind == "bare_record" and tokens[index].text[0].isupper() and tokens[index].lower in ("mark", "best"):
            return None
        if entry.kind == "code" and not (tokens[index].text.isupper() or _is_bracketed(tokens, index, after)):
            return None
        if entry.kind == "record_code":
            upper = tokens[index].text.isupper()
            return Chunk("record", self._text[start:end], start, end, value=entry.value) if upper else None
        return Chunk(entry.kind, self._text[start:end], start, end, value=entry.value)


def _is_coaching(tokens: list[Token], index: int, before: list[Chunk]) -> bool:
    """ "He still coaches", "who also coach", "Vane, a baker, coaches both women" """
    if tokens[index].lower not in ("coach", "coaches"):
        return False
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if tokens[index].lower == "coaches" and following == "her":
        return before[-1].lemma == "," or before[-1].lemma in _ADVERBS
    acts = tokens[index].lower == "coaches" or (len(before) > 1 and before[-2].lemma in ("who", "they"))
    coached = following in ("both", "them", "him", "the")
    return (before[-1].lemma in _ADVERBS and acts) or (before[-1].lemma == "," and coached)


def _is_second_noun(before: list[Chunk]) -> bool:
    """The "coach" of "her father and coach", "his friend and coach"."""
    if len(before) < 2 or before[-1].lemma != "and":
        return False
    owned = len(before) > 2 and before[-3].lemma in ("his", "her", "a", "the")
    return before[-2].kind in ("kin", "role", "official") or (owned and before[-2].kind == "word")


def _is_time(tokens: list[Token], index: int) -> bool:
    """A second of time: "a further second adrift", "half a second behind"."""
    before = [t.lower for t in tokens[max(0, index - 2) : index]]
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    counted = before[-1:] in (["further"], ["half"], ["split"]) or before == ["half", "a"]
    return counted or (before[-1:] in (["a"], ["one"], ["another"]) and following in _SECOND_OF_TIME)


def _is_bracketed(tokens: list[Token], index: int, after: int) -> bool:
    """Alone in parentheses: "Vane (Nor)"."""
    return index > 0 and tokens[index - 1].text == "(" and after < len(tokens) and tokens[after].text in ");,"


def _is_perceived(before: list[Chunk]) -> bool:
    """ "saw Callum Vane win" """
    if before[-1].kind != "word" or not before[-1].text[0].isupper():
        return False
    return any(c.kind == "verb" and c.lemma in _PERCEIVING for c in before[-5:-1])


_ADVERBS = {"still", "now", "also", "already", "currently", "both", "once", "previously", "formerly"}
_COUNTING = {"further", "about", "nearly", "some", "just", "almost", "over", "under", "around"}
_GAPS = {"back", "adrift", "short", "shy", "clear", "further", "farther", "away"}


def _is_gap(before: list[Chunk], tokens: list[Token], after: int) -> bool:
    """A distance between runners, not a race: "won by 100m", "200m adrift"."""
    following = tokens[after].lower if after < len(tokens) else ""
    last = before[-1].lemma if before else ""
    return following in _GAPS or last in ("by", "within") or (last in _COUNTING and following in ("behind", "ahead"))
