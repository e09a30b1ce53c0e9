"""A scenario as the referee reads it: rulebook, calendar and opening state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .luck import Draw, OpeningDraw, draw, opening_draw
from .moment import Moment, moments
from .rulebook import Rulebook
from .seats import SEATS, Cause, Seat
from .state import ESTIMATED, Floats, Keys, State
from .tables import Tables
from .tabulate import tables_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What `resolve` needs to know about a scenario; shared by all games of a batch."""

    rulebook: Rulebook
    tables: Tables
    days: tuple[int, ...]
    """Length of each turn."""
    anniversaries: tuple[float, ...]
    """How charged a day each turn opens on, 0 to 1."""
    moments: tuple[Moment, ...]
    """One for each turn."""
    opening: State
    """One game (B = 1) before its first turn."""
    culprit_odds: Floats | None
    """(4,) running sums of the odds of who did the prologue's attack; None where there was none."""
    theory_odds: Floats | None
    """(theories,) running sums of the odds of each theory; None where the first one holds."""
    agenda_odds: tuple[Floats, ...]
    """By seat: (agendas,) running sums of the odds of each of its agendas."""
    agendas_dealt: tuple[int | None, ...] = (None,) * len(SEATS)
    """By seat: the agenda that it was dealt; None where it is drawn."""

    @property
    def turns(self) -> int:
        """Length of the calendar in turns."""
        return len(self.days)

    @classmethod
    def of(
        cls,
        rulebook: Rulebook,
        days: Sequence[int],
        anniversaries: Sequence[float],
        opening: State,
        culprit_odds: Sequence[float] | None = None,
        theory_odds: Sequence[float] | None = None,
    ) -> "Setting":
        """Compiles a setting; the opening's estimates are set to the truth, and its outlook to the
        attacks so far.

        Args:
            rulebook: the rules.
            days: the length of each turn.
            anniversaries: how charged each turn's first day is, 0 to 1.
            opening: one game (B = 1); its key, estimates and outlook are not used.
            culprit_odds: odds of each `Cause` of the attack that the prologue tells of. History
                does not settle who did it, so each game draws its own hidden truth.
            theory_odds: odds of each of the rulebook's theories, adding up to 1.
        """
        opening = opening.copy()
        for k, name in enumerate(ESTIMATED):
            opening.estimates[:, k] = getattr(opening, name)
        opening.outlook = opening.attacks.copy()
        return cls(
            rulebook=rulebook,
            tables=tables_of(rulebook),
            days=tuple(days),
            anniversaries=tuple(anniversaries),
            moments=moments(rulebook.parameters, days, anniversaries),
            opening=opening,
            culprit_odds=_running(culprit_odds),
            theory_odds=_running(theory_odds),
            agenda_odds=tuple(
                _whole_running([agenda.odds for agenda in agendas]) for agendas in rulebook.agendas
            ),
        )

    def under(self, rulebook: Rulebook) -> "Setting":
        """The same scenario under another rulebook."""
        return replace(
            self,
            rulebook=rulebook,
            tables=tables_of(rulebook),
            moments=moments(rulebook.parameters, self.days, self.anniversaries),
        )

    def dealt(
        self, theory: int | None = None, agendas: Mapping[Seat, int] | None = None
    ) -> "Setting":
        """The same scenario with one theory, and with one agenda for some seats, in all games; what
        is left out is drawn as before. A theory that was dealt is known to be certain; of an agenda
        that was, the others know no more than of one that is drawn.
        """
        given, odds = dict(agendas or {}), self.theory_odds
        if theory is not None:
            odds = _only(theory, len(self.rulebook.theories))
        dealt = tuple(given.get(seat, self.agendas_dealt[seat]) for seat in SEATS)
        return replace(self, theory_odds=odds, agendas_dealt=dealt)

    def undrawn(self) -> "Setting":
        """The same scenario with the first theory and everybody's first agenda in all games, as
        everybody knows.
        """
        known = tuple(_only(0, odds.size) for odds in self.agenda_odds)
        return replace(self.dealt(0), agenda_odds=known)

    def open_games(self, keys: Keys) -> State:
        """The opening state once for each key, (B,) uint64 from `luck.game_keys`."""
        state = self.opening.take(np.zeros(keys.shape[0], np.intp))
        for name, array in self.drawn(keys).items():
            setattr(state, name, array)
        return state

    def drawn(self, keys: Keys) -> dict[str, Any]:
        """What differs between opened games: their keys, the theory, the agendas, and where the
        prologue tells of an attack, who did it and what the militias know of that.
        """
        agendas = np.stack(
            [
                picked(opening_draw(keys, OpeningDraw.AGENDA + seat), odds)
                for seat, odds in enumerate(self.agenda_odds)
            ]
        )
        for seat, dealt in enumerate(self.agendas_dealt):
            if dealt is not None:
                agendas[seat] = dealt
        drawn: dict[str, Any] = {"key": keys.copy(), "agenda": agendas}
        if self.theory_odds is not None:
            drawn["theory"] = picked(opening_draw(keys, OpeningDraw.THEORY), self.theory_odds)
        if self.culprit_odds is not None:
            culprit = picked(draw(keys, 0, Draw.PROLOGUE), self.culprit_odds)
            suspicion = self.opening.suspicion.repeat(keys.size, axis=-1)
            suspicion[Seat.MILITIA] = _know_own_hand(suspicion[Seat.MILITIA], culprit)
            owed = self.opening.debt[Seat.US, Seat.MILITIA] > 0
            cause = np.where(owed, culprit, -1).astype(np.int8)
            drawn |= {"culprit": culprit, "debt_cause": cause, "suspicion": suspicion}
        return drawn


def picked(luck: Floats, odds: Floats) -> NDArray[np.int8]:
    """(B,) the option that each game's luck, (B,), picks by running sums of odds, (options,)."""
    chosen: NDArray[np.int8] = (luck >= odds[:-1, None]).sum(axis=0).astype(np.int8)
    return chosen


def _whole_running(odds: Sequence[float]) -> Floats:
    """Running sums of odds in any unit."""
    return np.round(np.add.accumulate(odds) / sum(odds), 6).astype(np.float32)


def _only(chosen: int, options: int) -> Floats:
    """Running sums of the odds of options of which one is certain."""
    return (np.arange(options) >= chosen).astype(np.float32)


def _running(odds: Sequence[float] | None) -> Floats | None:
    """Running sums; odds add up to 1."""
    return None if odds is None else np.round(np.add.accumulate(odds), 6).astype(np.float32)


def _know_own_hand(belief: Floats, culprit: NDArray[np.int8]) -> Floats:
    """The militias know whether the prologue's attack was theirs. Whether anybody in Tehran had
    ordered it, Tehran's government must guess like everybody else.
    """
    own = (culprit == Cause.TEHRAN) | (culprit == Cause.MILITIA)
    total = belief[Cause.SPLINTER] + belief[Cause.THIRD_PARTY]
    shares = np.where(total > 0, belief[Cause.SPLINTER :] / np.maximum(total, 1e-6), 1 / 2)
    return np.stack(
        [culprit == Cause.TEHRAN, culprit == Cause.MILITIA, *(shares * ~own)], dtype=np.float32
    )
