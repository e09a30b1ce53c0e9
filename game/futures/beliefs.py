"""Hidden states that fit what one seat has seen.

A seat that plans ahead must imagine what it cannot see. It takes what it sees as it is, its own
estimates with the error that it knows them to have, and for the rest what everybody knew at the
opening, blurred. Only the Observation and the scenario's public opening go into it; no state does.
"""

import numpy as np

from game.rules.luck import draw
from game.rules.observe import Observation
from game.rules.seats import SEATS, Cause, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, Codes, Floats, Keys, State

ANGER_WIDTH = 0.15
"""Half-width of what a seat gets wrong about how angry the others are."""
ANGER_PER_RUNG = 0.04
"""What it takes an open blow of last turn to have added to the anger of whom it hit."""
RECORD_WIDTH = 0.3
"""Half-width, as a share, of what it gets wrong about what the others have seen of each other."""
_NEVER_PLAYED = 10_000
"""A turn beyond every calendar, whose slots of luck are free for imagining."""


def imagine(setting: Setting, seen: Observation, games: Codes, keys: Keys) -> State:
    """States that the seat thinks possible, one for each of `games`.

    Args:
        setting: the scenario's rules and opening, which everybody knows.
        seen: what the seat saw of B games.
        games: (n,) which of the B games each imagined state belongs to; repeats are welcome.
        keys: (n,) the imagined games' luck, which decides what is imagined, too.

    Returns:
        n games at the turn that the seat is about to play.
    """
    state = setting.opening.take(np.zeros(games.size, np.intp))
    state.turn, state.key = seen.turn, keys.copy()
    luck = draw(keys, _NEVER_PLAYED, np.arange(40)[:, None])
    _columns(setting, seen, games, state, luck[: len(ESTIMATED)])
    _minds(setting, seen, games, state, luck[8:])
    odds = np.add.accumulate(seen.suspicion[:, games], axis=0)
    named = (luck[7] * odds[-1] >= odds[:-1]).sum(axis=0)
    state.culprit = np.minimum(named, len(Cause) - 1).astype(np.int8)
    return state


def _columns(setting: Setting, seen: Observation, games: Codes, state: State, luck: Floats) -> None:
    p = setting.rulebook.parameters.evidence
    widths = (
        p.estimate_width_us,
        p.estimate_width_iran,
        p.estimate_width_militia,
        p.estimate_width_iraq,
    )
    width = np.float32(widths[seen.seat])
    for name in seen.exact:
        setattr(state, name, seen.columns[name].take(games))
    for row, name in enumerate(ESTIMATED):
        if name not in seen.exact:
            spec = COLUMNS[name]
            blurred = seen.columns[name].take(games) * (1 + width * (2 * luck[row] - 1))
            whole = np.floor(blurred) if spec.unit in ("rockets", "missiles", "people") else blurred
            setattr(state, name, np.clip(whole, spec.low, spec.high).astype(np.float32))
    for row, name in enumerate(ESTIMATED):
        state.estimates[:, row] = getattr(state, name)


def _minds(setting: Setting, seen: Observation, games: Codes, state: State, luck: Floats) -> None:
    """Its own mind as it is; the others' as at the opening, blurred, and stirred by open blows."""
    me = seen.seat
    state.line, state.stake = seen.line[..., games], seen.stake[..., games]
    for other in SEATS:
        if other is not me:
            _other_mind(setting, seen, games, state, other, luck[other * 5 : other * 5 + 5])
    for name in ("anger", "kept", "broken", "debt", "debt_days", "channel", "suspicion"):
        getattr(state, name)[me] = getattr(seen, name)[:, games]


def _other_mind(
    setting: Setting, seen: Observation, games: Codes, state: State, other: Seat, luck: Floats
) -> None:
    window = np.float32(setting.rulebook.parameters.minds.answer_window)
    hit = seen.struck[:, other][:, games]
    anger = state.anger[other] + np.float32(ANGER_PER_RUNG) * hit
    anger += np.float32(ANGER_WIDTH) * (2 * luck[:4] - 1)
    state.anger[other] = np.clip(anger, 0, 1) * (np.arange(4) != other)[:, None]
    blur = 1 + np.float32(RECORD_WIDTH) * (2 * luck[4] - 1)
    state.kept[other] *= blur
    owes = (hit > 0) & (hit >= state.line[other])
    state.debt[other] = np.where(owes, hit, 0)
    state.debt_days[other] = np.where(owes, window, 0)
