"""The features that a doctrine's weights refer to, from an Observation alone."""

import numpy as np

from game.content.doctrine import SHARES
from game.rules.observe import Observation
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats

SHORT_TURN_DAYS = 3


class Features:
    """The features of one Observation, worked out as they are asked for.

    The names are those of `content.doctrine.FEATURES` and of the columns that are shares; a column
    that the seat has not even an estimate of reads 0.
    """

    def __init__(self, setting: Setting, observation: Observation) -> None:
        self._setting = setting
        self._seen = observation
        self.games = observation.anger.shape[1]
        self._known: dict[str, Floats] = {}

    def __getitem__(self, name: str) -> Floats:
        """(B,) the feature; KeyError where there is none of that name."""
        if name not in self._known:
            self._known[name] = self._column(name) if name in SHARES else self._work_out(name)
        return self._known[name]

    def set_own_deed(self, deed: Codes) -> None:
        """Tells the features with what deed the words and whispers go."""
        tables, seat = self._setting.tables, self._seen.seat
        force = tables.force[seat].take(deed)
        fire = np.not_equal(tables.fire_row[seat].take(deed), 0)
        signed = tables.signed[seat].take(deed)
        self._known["with_force"] = force
        self._known["with_fire"] = fire * (1 - signed)
        self._known["with_strike"] = force * signed

    def _column(self, name: str) -> Floats:
        value = self._seen.columns.get(name)
        return np.zeros(self.games, np.float32) if value is None else value

    def _work_out(self, name: str) -> Floats:
        seen = self._seen
        match name:
            case "base":
                return np.ones(self.games, np.float32)
            case "struck":
                return seen.blamed.max(axis=0) * np.float32(0.1)
            case "killed":
                return np.minimum(seen.us_killed, 3) * np.float32(1 / 3)
            case "attacked":
                return (seen.attacks > 0).astype(np.float32)
            case "debt":
                return (seen.debt.max(axis=0) > 0).astype(np.float32)
            case "angry":
                return seen.anger.max(axis=0)
            case "afraid":
                return seen.fear.max(axis=0)
            case "leaderless":
                return 1 - self._column("mil_leaders")
            case "quiet":
                return np.minimum(self._column("quiet_days"), 30) * np.float32(1 / 30)
            case "short":
                short = seen.days <= SHORT_TURN_DAYS
                return np.full(self.games, short, np.float32)
            case "truce":
                return (self._column("mil_truce") > 0).astype(np.float32)
            case "order":
                return (self._column("iraq_order_days") > 0).astype(np.float32)
            case "told_to_strike":
                return (self._told("strike") > 0).astype(np.float32)
            case "told_to_hold":
                return (self._told("hold_back") > 0).astype(np.float32)
        raise KeyError(name)

    def _told(self, whisper: str) -> Floats:
        """Tehran's whisper of last turn, as the militia heard it or Tehran remembers it."""
        asked = self._column("mil_guidance")
        return asked if whisper == "strike" else -asked


def deciding_rival(values: Floats, seat: Seat) -> Codes:
    """(B,) the rival of whom the seat holds most: values are (4, B)."""
    rivals = values.copy()
    rivals[seat] = -1
    return rivals.argmax(axis=0)
