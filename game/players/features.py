"""The features that a doctrine's weights refer to, from an Observation alone."""

from collections.abc import Callable

import numpy as np

from game.content.doctrine import AGENDA
from game.rules.observe import Observation
from game.rules.occasions import SHARES, STANCES, feature, fresh, occasion
from game.rules.seats import Cause, Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Codes, Floats

SHORT_TURN_DAYS = 3


class Features:
    """The features of one Observation, worked out as they are asked for.

    The names are those of `content.doctrine.FEATURES` and of `occasions.SHARES`, and `AGENDA`
    before the id of one of the seat's agendas; a column that the seat has not even an estimate of
    reads 0.
    """

    def __init__(self, setting: Setting, observation: Observation) -> None:
        self._setting = setting
        self._seen = observation
        self._known: dict[str, Floats] = {}
        self._conditions: dict[str, Floats] = {}
        """What occasions depend on, by name."""
        self._bearing: dict[int, Floats] = {}

    def __getitem__(self, name: str) -> Floats:
        """(B,) the feature; KeyError where there is none of that name."""
        if name not in self._known:
            self._known[name] = self._worked_out(name)
        return self._known[name]

    def bearing(self, deed: int) -> Floats:
        """(B,) how much of one of its deeds the moment bears, as the seat sees it; of the one that
        it did in the turn before, as far as that is renewed.
        """
        if deed not in self._bearing:
            t, seat = self._setting.tables, self._seen.seat
            counts = self._setting.rulebook.deeds[seat][deed].occasion
            weights = (
                (amounts[deed], self._condition(name))
                for name, amounts in t.occasions[seat]
                if name in counts
            )
            again, now = self._seen.deed[seat] == deed, self._setting.moments[self._seen.turn]
            self._bearing[deed] = occasion(weights, t.bearing) * fresh(again, now.renewed)
        return self._bearing[deed]

    def _condition(self, name: str) -> Floats:
        if name not in self._conditions:
            seen, p = self._seen, self._setting.tables.bearing
            self._conditions[name] = feature(
                name, p, lambda known: column(seen, known), seen.debt, seen.stance, seen.seat
            )
        return self._conditions[name]

    def offered(self, whisper: int, by: int) -> Floats:
        """(B,) 1 where that seat has offered this one that message's deal."""
        return _flag(self._seen.offered[by] == whisper)

    def _worked_out(self, name: str) -> Floats:
        seen = self._seen
        if name.startswith(AGENDA):
            wanted = self._setting.rulebook.agenda(seen.seat, name.removeprefix(AGENDA))
            return _flag(seen.agenda == wanted)
        return column(seen, name) if name in SHARES else FORMULAS[name](seen)

    def set_own_deed(self, deed: Codes) -> None:
        """Tells the features with what deed the words and whispers go."""
        tables, seat = self._setting.tables, self._seen.seat
        force = tables.force[seat].take(deed)
        fire = np.not_equal(tables.fire_row[seat].take(deed), 0)
        signed = tables.signed[seat].take(deed)
        self._known["with_force"] = force
        self._known["with_fire"] = fire * (1 - signed)
        self._known["with_strike"] = force * signed


def column(seen: Observation, name: str) -> Floats:
    """(B,) a column as the seat takes it to be; 0 where it has no idea."""
    value = seen.columns.get(name)
    return np.zeros_like(seen.us_killed) if value is None else value


def _flag(true: Bools) -> Floats:
    return true.astype(np.float32)


def _share_of(values: Floats, most: float) -> Floats:
    """Values up to `most`, as a share of it."""
    share: Floats = np.minimum(values, most) * np.float32(1 / most)
    return share


def _stance(who: int, sign: int) -> Callable[[Observation], Floats]:
    return lambda seen: _flag(seen.stance[who] == sign)


FORMULAS: dict[str, Callable[[Observation], Floats]] = {
    "base": lambda seen: np.ones_like(seen.us_killed),
    "struck": lambda seen: _share_of(seen.struck[:, seen.seat].max(axis=0), 10),
    "killed": lambda seen: _share_of(seen.us_killed, 3),
    "bereaved": lambda seen: _flag(seen.us_killed > 0),
    "attacked": lambda seen: _flag(seen.attacks > 0),
    "debt": lambda seen: _flag(seen.debt[seen.seat].max(axis=0) > 0),
    "angry": lambda seen: seen.anger.max(axis=0),
    "afraid": lambda seen: seen.fear.max(axis=0),
    "leaderless": lambda seen: 1 - column(seen, "mil_leaders"),
    "quiet": lambda seen: _share_of(column(seen, "quiet_days"), 30),
    "short": lambda seen: np.full_like(seen.us_killed, seen.days <= SHORT_TURN_DAYS),
    "truce": lambda seen: _flag(column(seen, "mil_truce") > 0),
    "order": lambda seen: _flag(column(seen, "iraq_order_days") > 0),
    "calm": lambda seen: _share_of(column(seen, "us_force_days"), 21),
    "blamed": lambda seen: seen.suspicion[Cause.TEHRAN] + seen.suspicion[Cause.MILITIA],
    "deal": lambda seen: _flag(seen.deal.max(axis=0) > 0),
    "told_to_strike": lambda seen: _flag(column(seen, "mil_guidance") > 0),
    "told_to_hold": lambda seen: _flag(column(seen, "mil_guidance") < 0),
} | {name: _stance(*which) for name, which in STANCES.items()}
"""Every feature but those of the own deed of the turn and of one option alone, by name."""


def deciding_rival(values: Floats, seat: Seat) -> Codes:
    """(B,) the rival of whom the seat holds most, the first of equals: values are (4, B)."""
    first, *others = seat.rivals
    most, rival = values[first], np.full_like(values[first], int(first), np.intp)
    for other in others:
        rival = np.where(values[other] > most, int(other), rival)
        most = np.maximum(values[other], most)
    return rival
