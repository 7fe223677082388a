"""What stands around a name: country, age, role, titles, coach, kin, club; and the words that refer without naming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun

_AFTER_NATIONALITY = cues("after_nationality")

if TYPE_CHECKING:
    from graph.model import Sex

_PRONOUNS: Final[dict[str, Sex]] = {"he": "M", "she": "F", "him": "M"}
_LEFT = {"demonym", "country", "age", "role", "champion", "coach", "official", "holder", "club", "sex"}


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for somebody: a pronoun's sex, a country, an age, a role, a title."""

    how: str
    country: str | None = None
    sex: Sex | None = None
    age: str | None = None
    noun: Noun | None = None


_BEARERS = cues("bearers")


def mark_references(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with pronouns and definite descriptions of people as chunks of kind "reference"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        after = chunks[index + 1] if index + 1 < len(chunks) else None
        following = chunks[index + 2] if index + 2 < len(chunks) else None
        made = None
        team = _team(chunks, index, out)
        if team is not None:
            out.append(team[0])
            index = team[1]
            continue
        if chunk.lemma in _PRONOUNS and chunk.kind == "word":
            made = Chunk(
                "reference", chunk.text, chunk.start, chunk.end, value=Reference("pronoun", sex=_PRONOUNS[chunk.lemma])
            )
        elif chunk.lemma == "the" and after is not None and after.kind in ("demonym", "age") and _alone(following):
            how = (
                Reference("country", country=after.value)
                if after.kind == "demonym"
                else Reference("age", age=str(after.value))
            )
            made = Chunk("reference", after.text, chunk.start, after.end, value=how)
            index += 1
        elif (
            chunk.lemma == "the"
            and after is not None
            and after.kind == "age"
            and following is not None
            and following.kind == "demonym"
            and _alone(chunks[index + 3] if index + 3 < len(chunks) else None)
        ):
            made = Chunk(
                "reference",
                after.text,
                chunk.start,
                following.end,
                value=Reference("country", country=following.value, age=str(after.value)),
            )
            index += 2
        elif (
            chunk.lemma == "the"
            and after is not None
            and after.kind == "club"
            and following is not None
            and following.lemma in ("athlete", "runner", "star", "woman", "man", "hurdler", "sprinter")
        ):
            made = Chunk("reference", after.text, chunk.start, following.end, value=Reference("club"), inner=(after,))
            index += 2
        elif (
            chunk.lemma == "the"
            and after is not None
            and after.kind in ("place", "name", "person", "word")
            and after.text[0].isupper()
            and following is not None
            and following.lemma in _BEARERS
        ):
            made = Chunk("reference", after.text, chunk.start, following.end, value=Reference("noun"))
            index += 2
        elif (
            chunk.lemma == "the"
            and after is not None
            and after.kind == "club"
            and after.end - after.start < len(after.text)
        ):  # "the Norbridge Harrier"
            made = Chunk("reference", after.text, chunk.start, after.end, value=Reference("club"), inner=(after,))
            index += 1
        elif (
            chunk.kind in ("role", "champion")
            and isinstance(chunk.value, Noun)
            and chunk.value.definite == "the"
            and ((_governed(out) and _acts(after)) or (out and out[-1].lemma == "say"))
        ):
            made = Chunk(
                "reference",
                chunk.text,
                chunk.start,
                chunk.end,
                lemma=chunk.lemma,
                value=Reference("noun", country=chunk.value.demonym, noun=chunk.value),
            )
        out.append(made or chunk)
        index += 1
    return out


_TEAM_WORDS = {"team", "quartet", "squad"}
_TEAM_VERBS = cues("team_verbs")


def _team(chunks: list[Chunk], index: int, out: list[Chunk]) -> tuple[Chunk, int] | None:
    """A national team as a subject: "the British men's 4x100m team", "Jamaica took silver"; and where it ends."""
    start = index + 1 if chunks[index].lemma == "the" and index + 1 < len(chunks) else index
    nation = chunks[start]
    if nation.kind not in ("country", "demonym") or (
        out and out[-1].lemma in ("of", "for", "in", "from", "by", "to", "at", "with", "against", "behind", "over")
    ):
        return None
    probe, inside = start + 1, []
    while probe < len(chunks) and (
        chunks[probe].kind in ("sex", "discipline", "setting")
        or chunks[probe].lemma in ("'s", "relay", "4x100m", "sprint")
    ):
        inside.append(chunks[probe])
        probe += 1
    if probe < len(chunks) and chunks[probe].lemma in _TEAM_WORDS:
        made = Chunk(
            "reference",
            nation.text,
            chunks[index].start,
            chunks[probe].end,
            value=Reference("team", country=nation.value),
            inner=tuple(inside),
        )
        return made, probe + 1
    if (
        nation.kind == "country"
        and probe == start + 1
        and probe < len(chunks)
        and chunks[probe].kind == "verb"
        and chunks[probe].lemma in _TEAM_VERBS
        and chunks[probe].value == "past"
    ):
        return Chunk(
            "reference",
            nation.text,
            chunks[index].start,
            nation.end,
            value=Reference("team", country=nation.value, noun=None),
        ), probe
    return None


def _alone(following: Chunk | None) -> bool:
    """No noun follows, so the adjective is the noun: "the Norwegian pulled clear"."""
    if following is None:
        return True
    return (following.kind in ("punct", "verb", "modal", "negation", "mark", "date", "champion") and following.lemma != "-") or following.lemma in _AFTER_NATIONALITY  # fmt: skip


def _governed(out: list[Chunk]) -> bool:
    return not out or (
        out[-1].kind != "person"
        and not (out[-1].lemma == "," and len(out) > 1 and out[-2].kind in ("person", "age", "champion"))
        and out[-1].lemma != "be"
    )


def _acts(after: Chunk | None) -> bool:
    return after is not None and (
        after.kind in ("verb", "modal")
        or after.lemma in ("who", "also", "then", "had", "has", "said", "'s")
        or after.lemma.endswith("ly")
    )


def owner_at(chunks: list[Chunk], index: int) -> Chunk | None:
    """The possessor that ends at `index`: a person or reference with 's, or his/her."""
    chunk = chunks[index]
    if chunk.lemma in ("'s", "'") and index and chunks[index - 1].kind in ("person", "reference"):
        return chunks[index - 1]
    if chunk.lemma in ("his", "her") and chunk.kind == "word":
        return Chunk(
            "reference",
            chunk.text,
            chunk.start,
            chunk.end,
            value=Reference("pronoun", sex="M" if chunk.lemma == "his" else "F"),
        )
    return None


def attach(chunks: list[Chunk]) -> list[Chunk]:
    """Hang what stands directly before and behind a person on the person's chunk, and take it out of the row."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.kind == "person":
            _take_left(out, chunk)
            index = _take_right(chunks, index, chunk)
            _share(out, chunk)
        out.append(chunk)
        index += 1
    return out


def _take_left(out: list[Chunk], person: Chunk) -> None:
    taken: list[Chunk] = []
    while out:
        last = out[-1]
        if last.kind in _LEFT and not (
            last.kind == "country"
            and not taken
            and len(out) > 1
            and out[-2].lemma in ("in", "at", "from", "for", "of", "to", "and")
        ):
            if last.kind == "sex":
                break
            taken.insert(0, out.pop())
        elif last.lemma in ("'s", "'") and len(out) >= 2 and out[-2].kind in ("country", "club", "place"):
            out.pop()
            taken.insert(0, out.pop())
        elif (
            last.lemma in ("and", ",")
            and len(out) >= 2
            and taken
            and out[-2].kind in ("champion", "holder")
            and taken[0].kind in ("champion", "holder")
        ):
            out.pop()
        elif (
            last.lemma == ","
            and len(out) >= 3
            and not taken
            and out[-2].kind == "demonym"
            and out[-3].lemma in ("another", "fellow", "a", "an")
        ):
            out.pop()
            taken.insert(0, out.pop())
            out.pop()
        elif last.lemma == "," and len(out) >= 2 and not taken and _leads(out):
            out.pop()
            taken.insert(0, out.pop())
        elif (
            taken
            and last.lemma in ("the", "former", "fellow", "another", "a", "an")
            and last.kind in ("word", "status")
        ):
            out.pop()
        elif last.lemma in ("fellow", "compatriot", "countryman", "countrywoman"):
            taken.insert(0, out.pop())
        elif last.kind in ("word", "verb") and last.text.islower() and (size := _described(out)):
            taken[:0] = out[-size:][
                :1
            ]  # only the nationality says something: "Norwegian wunderkind Jakob Ingebrigtsen"
            del out[-size:]
        else:
            break
    person.inner = (*person.inner, *taken)


_GROUPS = {"duo", "pair", "trio", "quartet", "twins", "brothers", "sisters", "champions", "athletes"}


def _share(out: list[Chunk], person: Chunk) -> None:
    """ "Greek sprinters A and B", "Ethiopian duo A and B": what is said of the group goes for each."""
    if person.inner or len(out) < 2 or out[-1].lemma not in ("and", ",", "&") or out[-2].kind != "person":
        return
    group = [
        c
        for c in out[-2].inner
        if c.kind in ("role", "champion", "demonym", "coach") and (c.lemma.endswith("s") or c.lemma in _GROUPS)
    ]
    if group:
        person.inner = tuple(
            c for c in out[-2].inner if c.kind in ("role", "demonym", "country", "coach") or c in group
        )


_NOT_DESCRIBING = cues("not_describing")


def _described(out: list[Chunk]) -> int:
    """How many chunks at the end of the row are a nationality and at most two plain words."""
    for size in (2, 3):
        if (
            len(out) >= size
            and out[-size].kind == "demonym"
            and all(
                c.kind in ("word", "discipline", "sex", "setting", "age")
                and c.text.islower()
                and c.lemma not in _NOT_DESCRIBING
                and not c.lemma.endswith("ly")
                for c in out[-size + 1 :]
            )
        ):
            return size
    return 0


def _leads(out: list[Chunk]) -> bool:
    """A title and a comma before the name: "the Olympic bronze medallist, Josh Kerr"."""
    title = out[-2]
    if title.kind not in ("champion", "holder", "coach", "kin", "official") or not isinstance(title.value, Noun):
        return False
    before = out[-3] if len(out) > 2 else None
    if before is not None and (
        (before.lemma == "," and len(out) > 3 and out[-4].kind in ("person", "age"))
        or before.lemma in ("be", "become", "by")
    ):
        return False
    return title.value.definite == "the" or title.value.owner is not None or before is None


def _take_right(chunks: list[Chunk], index: int, person: Chunk) -> int:
    """Swallow "of Great Britain", "from Kenya", "of the Norbridge Harriers" after a name; returns the last index taken."""
    after = index + 1
    if after + 1 < len(chunks) and chunks[after].lemma in ("of", "from"):
        probe = after + 1
        while probe < len(chunks) and chunks[probe].lemma in ("the", "team"):
            probe += 1
        if probe < len(chunks) and chunks[probe].kind in ("country", "club", "code", "place"):
            person.inner = (*person.inner, chunks[probe])
            return probe
    return index
