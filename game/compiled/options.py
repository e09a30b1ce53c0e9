"""`players.base.options`, compiled: the same Options."""

import numpy as np

from game.players.base import Options
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Floats, State

from .jit import compiled
from .seat_rules import Requirements, seat_rules, stacked, writeable


def options(setting: Setting, state: State, seat: Seat) -> Options:
    """The legal options of a seat."""
    own = seat_rules(setting.tables, seat)
    columns = stacked([getattr(state, name) for name in own.required_columns], state.games)
    deed, word, whisper = _masks(
        columns,
        own.requirements,
        own.speech.deeds.shape[1],
        own.speaks,
        own.links,
        writeable(state.channel[seat]),
    )
    return Options(deed, word, whisper)


@compiled
def _masks(
    columns: Floats,
    requirements: Requirements,
    deeds: int,
    speaks: Bools,
    links: Bools,
    channel: Floats,
) -> tuple[Bools, Bools, Bools]:
    """`legal.deed_mask`, `word_mask` and `whisper_mask`."""
    games = channel.shape[1]
    deed = np.ones((deeds, games), np.bool_)
    word = np.empty((speaks.size, games), np.bool_)
    for option in range(speaks.size):
        word[option] = speaks[option]
    for k in range(requirements.option.size):
        option = requirements.option[k]
        row = deed[option] if option < deeds else word[option - deeds]
        column = columns[requirements.column[k]]
        low, high = requirements.low[k], requirements.high[k]
        for game in range(games):
            row[game] &= (column[game] >= low) & (column[game] <= high)
    whisper = np.zeros((*links.shape, games), np.bool_)
    for option in range(links.shape[0]):
        for to in range(links.shape[1]):
            if links[option, to]:
                for game in range(games):
                    whisper[option, to, game] = channel[to, game] > 0
    return deed, word, whisper
