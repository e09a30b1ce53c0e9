"""`rules.observe`, compiled: the same Observation."""

from functools import cache
from operator import attrgetter
from typing import Any

import numpy as np

from game.rules.observe import UNSEEN, Observation
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, State

from .block import ONE, ZERO
from .jit import compiled
from .seat_rules import Reaches, SeatRules, known_columns, seat_rules, stacked, writeable

U = np.uint64
"""An index that is not looked at for being negative."""
NEARLY_NONE = np.float32(1e-6)


def observe(setting: Setting, state: State, outcome: Outcome | None, seat: Seat) -> Observation:
    """The Observation of a seat before the coming turn; arguments as for `rules.observe`."""
    own = seat_rules(setting.tables, seat)
    columns, exact = _columns(state, seat)
    kept, broken = state.kept[seat], state.broken[seat]
    reaching = stacked([columns[name] for name in own.reach_columns], state.games)
    believed, fear = _fear(writeable(kept), writeable(broken), reaching, own.reaches)
    return Observation(
        seat=seat,
        turn=state.turn,
        days=setting.days[state.turn] if state.turn < setting.turns else 0,
        columns=columns,
        exact=exact,
        anger=state.anger[seat],
        credibility=believed,
        kept=kept,
        broken=broken,
        fear=fear,
        line=state.line,
        stake=_stakes(writeable(state.stake), writeable(state.private_stake), int(seat)),
        debt=state.debt,
        debt_days=state.debt_days,
        channel=state.channel[seat],
        suspicion=state.suspicion[seat],
        **_last_turn(own, state.games, outcome, seat),
    )


@cache
def _looks(seat: Seat) -> tuple[Any, tuple[str, ...], tuple[tuple[int, str], ...], frozenset[str]]:
    exact, estimated = known_columns(seat)
    return attrgetter(*exact), exact, estimated, frozenset(exact)


def _columns(state: State, seat: Seat) -> tuple[dict[str, Floats], frozenset[str]]:
    look, names, estimated, exact = _looks(seat)
    columns: dict[str, Floats] = dict(zip(names, look(state), strict=True))
    estimates = state.estimates[seat]
    for k, name in estimated:
        columns[name] = estimates[k]
    return columns, exact


@compiled
def _fear(kept: Floats, broken: Floats, columns: Floats, reaches: Reaches) -> tuple[Floats, Floats]:
    """`state.credibility`, and that times `reach_on`; (4, B) each."""
    seats, games = kept.shape
    believed, reach = np.empty_like(kept), np.zeros_like(kept)
    for k in range(reaches.of.size):
        row, coefficient = reach[reaches.of[k]], reaches.coefficient[k]
        if reaches.column[k] < 0:
            row += coefficient
        else:
            column = columns[reaches.column[k]]
            for game in range(games):
                row[game] += column[game] * coefficient
    for seat in range(seats):
        for game in range(games):
            alpha, beta = kept[seat, game], broken[seat, game]
            belief = alpha / (alpha + beta + NEARLY_NONE)
            most = max(reach[seat, game], ZERO)
            believed[seat, game] = belief
            reach[seat, game] = belief * min(most, ONE)
    return believed, reach


@compiled
def _stakes(stake: Floats, private: Floats, seat: int) -> Floats:
    """(4, 4, B) every public stake, and the private ones that the seat made or was told of."""
    if not _any(private, seat):
        return stake
    known = stake.copy()
    for other in range(known.shape[0]):
        _add_private(known[seat, other], private[seat, other])
    for other in range(known.shape[0]):
        _add_private(known[other, seat], private[other, seat])
    return known


@compiled
def _any(private: Floats, seat: int) -> bool:
    for other in range(private.shape[0]):
        staked = False
        for game in range(private.shape[2]):
            own, told = private[seat, other, game], private[other, seat, game]
            staked |= (own != ZERO) | (told != ZERO)
        if staked:
            return True
    return False


@compiled
def _add_private(stake: Floats, private: Floats) -> None:
    for game in range(stake.size):
        stake[game] += private[game] * (ONE - stake[game])


def _last_turn(own: SeatRules, games: int, outcome: Outcome | None, seat: Seat) -> dict[str, Any]:
    if outcome is None:
        return {
            "struck": np.zeros((4, 4, games), np.float32),
            "deed": np.full((4, games), UNSEEN, np.intp),
            "word": np.zeros((4, games), np.intp),
            "whispered": np.zeros((4, games), np.intp),
            "attacks": np.zeros(games, np.float32),
            "us_killed": np.zeros(games, np.float32),
            "rung": np.zeros(games, np.float32),
        }
    orders = outcome.orders
    deed, word, whispered = _heard(
        writeable(orders.deed),
        writeable(orders.word),
        writeable(orders.whisper),
        writeable(orders.whisper_to),
        own.shown,
        own.placed,
        int(seat),
    )
    return {
        "struck": outcome.blow,
        "deed": deed,
        "word": word,
        "whispered": whispered,
        "attacks": outcome.attacks,
        "us_killed": outcome.us_killed,
        "rung": outcome.rung,
    }


@compiled
def _heard(
    deed: Codes,
    word: Codes,
    whisper: Codes,
    whisper_to: Codes,
    shown: Codes,
    placed: Codes,
    seat: int,
) -> tuple[Codes, Codes, Codes]:
    """What the seat knows of everybody's deeds, words and whispers of last turn; (4, B) each."""
    actors, games = deed.shape
    seen, said, heard = np.empty_like(deed), np.empty_like(word), np.empty_like(whisper)
    for actor in range(actors):
        for game in range(games):
            seen[actor, game] = shown[actor, U(deed[actor, game])]
            said[actor, game] = placed[actor, U(word[actor, game])]
        for game in range(games):
            to_seat = whisper_to[actor, game] == seat
            heard[actor, game] = whisper[actor, game] if to_seat else 0
    return seen, said, heard
