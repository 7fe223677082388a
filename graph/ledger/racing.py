"""Which partly known races are which full ones, brought up to date for what a batch touched.

The rules are those of `graph.identity.resolution`. A race is looked at again where it is new, where what is known of
the sex of somebody in it changed, or what is stated of somebody in it: only the distinct statements count, so that the
thousandth article on one victory changes nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from graph.facts import Entity, Fact, PartialRace, RaceKey, ResultKey
from graph.identity.resolution import Resolution, completed, fitting, full_race, sex_of, statement
from ontology.namespaces import ATH

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection

    from graph.ledger.terms import Terms
    from graph.model import Sex

_Race = tuple[int, int]  # article, number of a partly known race


class Races:
    """The partly known races of a ledger, for one batch; `changing` hears of articles before their claims change."""

    def __init__(
        self, database: sqlite3.Connection, terms: Terms, changing: Callable[[int], None] = lambda _: None
    ) -> None:
        self._database = database
        self._terms = terms
        self._changing = changing
        self._told: set[int] = set()  # people of whom something else is stated than before
        self._sexed: set[int] = set()  # people whose sex may have changed
        self._new: set[_Race] = set()

    def drop(self, n: int) -> None:
        """Forgets what article `n` says of races, before its claims are replaced."""
        self._note_sexes(n)
        self._database.execute("DELETE FROM races WHERE n = ?", (n,))
        self._database.execute("DELETE FROM contestants WHERE n = ?", (n,))
        self._forget_stated("n = ?", (n,))

    def put(self, n: int) -> None:
        """Takes in what the claims of article `n` say of races."""
        self._note_sexes(n)
        for subject, predicate, value, race, day in self._claims(n):
            fact = Fact(self._terms.value(subject), self._terms.text(predicate), self._terms.value(value))  # type: ignore[arg-type]
            said = statement(fact)
            if race is not None:
                self._contest(n, race, day, fact)
            elif said and isinstance(fact.subject, ResultKey):
                who = self._terms.number(_athlete(fact.subject.who, team=fact.subject.team))
                self._state(who, self._terms.number(fact.subject.race), said, n, 0)

    def settle(self) -> set[int]:
        """Identifies races; the articles in which one leads elsewhere than before."""
        open_ = {race: self._partial(race) for race in self._new | self._races_of(self._sexed, sexless=True)}
        for race, partial in open_.items():
            self._identify(race, partial)
        for race in self._races_of(self._told):
            open_.setdefault(race, self._partial(race))
        changed = {n for (n, race), partial in open_.items() if self._resolve((n, race), partial)}
        self._new.clear()
        self._told.clear()
        self._sexed.clear()
        return changed

    # ---- rows

    def _claims(self, n: int) -> list[tuple[int, int, int, int | None, int | None]]:
        rows = self._database.execute("SELECT subject, predicate, object, race, day FROM claims WHERE n = ?", (n,))
        return rows.fetchall()

    def _contest(self, n: int, race: int, day: int | None, fact: Fact) -> None:
        self._new.add((n, race))
        partial = self._terms.value(race)
        if not isinstance(partial, PartialRace):
            raise TypeError(f"{partial} is no partly known race")
        self._database.execute("INSERT OR IGNORE INTO races (n, race, day) VALUES (?, ?, ?)", (n, race, day))
        who = {_athlete(partial.who, team=partial.who.isupper())}
        who |= {
            _athlete(value.who, team=value.team)
            for value in (fact.subject, fact.object)
            if isinstance(value, ResultKey)
        }
        self._database.executemany(
            "INSERT OR IGNORE INTO contestants VALUES (?, ?, ?)",
            [(self._terms.number(one), n, race) for one in who],
        )

    def _state(self, who: int, race: int, said: tuple[str, str], n: int, partial: int) -> None:
        row = (who, race, " ".join(said))
        known = self._database.execute(
            "SELECT 1 FROM stated WHERE who = ? AND race = ? AND statement = ? LIMIT 1", row
        ).fetchone()
        if known is None:
            self._told.add(who)
        self._database.execute("INSERT OR IGNORE INTO stated VALUES (?, ?, ?, ?, ?)", (*row, n, partial))

    def _forget_stated(self, where: str, values: tuple[int, ...]) -> None:
        rows = self._database.execute(f"SELECT who, race, statement FROM stated WHERE {where}", values).fetchall()  # noqa: S608
        self._database.execute(f"DELETE FROM stated WHERE {where}", values)  # noqa: S608
        for row in rows:
            left = self._database.execute(
                "SELECT 1 FROM stated WHERE who = ? AND race = ? AND statement = ? LIMIT 1", row
            ).fetchone()
            if left is None:
                self._told.add(row[0])

    def _note_sexes(self, n: int) -> None:
        """Marks those whose sex no other article says, or of whom another says another."""
        sex = self._terms.number_of_text(str(ATH.sex))
        rows = self._database.execute(
            "SELECT about FROM claims AS mine WHERE n = ?1 AND predicate = ?2 AND NOT EXISTS (SELECT 1 FROM claims"
            " WHERE about = mine.about AND predicate = ?2 AND value = mine.value AND n <> ?1)",
            (n, sex),
        )
        self._sexed |= {row[0] for row in rows}

    def _races_of(self, people: Collection[int], *, sexless: bool = False) -> set[_Race]:
        found = {
            (n, race)
            for who in people
            for n, race in self._database.execute("SELECT n, race FROM contestants WHERE who = ?", (who,))
        }
        return {race for race in found if self._partial(race).sex is None} if sexless else found

    def _partial(self, race: _Race) -> PartialRace:
        value = self._terms.value(race[1])
        if not isinstance(value, PartialRace):
            raise TypeError(f"{value} is no partly known race")
        return value

    # ---- rules

    def _identify(self, race: _Race, partial: PartialRace) -> None:
        """By completion and calendar."""
        day, before = self._database.execute(
            "SELECT day, identified FROM races WHERE n = ? AND race = ?", race
        ).fetchone()
        full = full_race(self._completed(race, partial), _date(day))
        identified = None if full is None else self._terms.number(full)
        if identified == before:
            return
        n, number = race
        self._database.execute("UPDATE races SET identified = ? WHERE n = ? AND race = ?", (identified, n, number))
        self._forget_stated("n = ? AND partial = ?", (n, number))
        if identified is not None:
            for who, statements in self._athletes(race).items():
                for said in statements:
                    self._state(who, identified, said, n, number)

    def _completed(self, race: _Race, partial: PartialRace) -> PartialRace:
        if partial.sex is not None:
            return partial
        rows = self._database.execute("SELECT who FROM contestants WHERE n = ? AND race = ?", race)
        return completed(partial, {self._sex(row[0]) for row in rows.fetchall()})

    def _sex(self, who: int) -> Sex | None:
        """Of whom all articles say the same."""
        rows = self._database.execute(
            "SELECT DISTINCT value FROM claims WHERE about = ? AND predicate = ?",
            (who, self._terms.number_of_text(str(ATH.sex))),
        ).fetchall()
        return sex_of(self._terms.value(rows[0][0])) if len(rows) == 1 else None

    def _athletes(self, race: _Race) -> dict[int, set[tuple[str, str]]]:
        """Who is in a partly known race, with what is stated of them there."""
        found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
        rows = self._database.execute("SELECT subject, predicate, object FROM claims WHERE n = ? AND race = ?", race)
        for subject, predicate, value in rows.fetchall():
            key = self._terms.value(subject)
            said = statement(Fact(key, self._terms.text(predicate), self._terms.value(value)))  # type: ignore[arg-type]
            if said and isinstance(key, ResultKey):
                found[self._terms.number(_athlete(key.who, team=key.team))].add(said)
        return found

    def _resolve(self, race: _Race, partial: PartialRace) -> bool:
        """By corroboration where it was not identified; says whether the race now leads elsewhere."""
        row = self._database.execute(
            "SELECT identified, resolved, candidates FROM races WHERE n = ? AND race = ?", race
        ).fetchone()
        identified, before, others_before = row
        resolved, others = identified, None
        if identified is None and partial.series is not None:
            athletes = self._athletes(race)
            known = {who: self._known(who) for who in athletes}
            found = [self._terms.number(full) for full in fitting(self._completed(race, partial), athletes, known)]
            if len(found) == 1:
                resolved = found[0]
            elif found:
                others = json.dumps(found)
        if (resolved, others) == (before, others_before):
            return False
        self._changing(race[0])
        self._database.execute(
            "UPDATE races SET resolved = ?, candidates = ? WHERE n = ? AND race = ?", (resolved, others, *race)
        )
        self._redirect(race, partial, resolved)
        return True

    def _known(self, who: int) -> dict[RaceKey, set[tuple[str, str]]]:
        found: defaultdict[RaceKey, set[tuple[str, str]]] = defaultdict(set)
        rows = self._database.execute("SELECT DISTINCT race, statement FROM stated WHERE who = ?", (who,))
        for number, said in rows.fetchall():
            race = self._terms.value(number)
            if isinstance(race, RaceKey):
                kind, _, value = said.partition(" ")
                found[race].add((kind, value))
        return found

    def _redirect(self, race: _Race, partial: PartialRace, resolved: int | None) -> None:
        """Has the claims of a partly known race count for the full one, or for itself."""
        full = None if resolved is None else self._terms.value(resolved)
        resolution = Resolution({partial: full} if isinstance(full, RaceKey) else {})
        rows = self._database.execute("SELECT subject, predicate, object FROM claims WHERE n = ? AND race = ?", race)
        changed = []
        for subject, predicate, value in rows.fetchall():
            said = Fact(self._terms.value(subject), "", self._terms.value(value))  # type: ignore[arg-type]
            fact = resolution.fact(said)
            changed.append(
                (self._terms.number(fact.subject), self._terms.number(fact.object), race[0], subject, predicate, value)
            )
        self._database.executemany(
            "UPDATE claims SET about = ?, value = ? WHERE n = ? AND subject = ? AND predicate = ? AND object = ?",
            changed,
        )


def _athlete(who: str, *, team: bool) -> Entity:
    return Entity("country" if team else "person", who)


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
