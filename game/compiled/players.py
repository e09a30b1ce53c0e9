"""The player that follows a doctrine, compiled: the same choices, and the luck for them."""

from functools import cache
from operator import lt

import numpy as np

from game.players.base import Choice, Dice, Options, Player
from game.players.doctrine import DoctrinePlayer
from game.rules.luck import PLAYER_STREAM, SEAT_STREAM, PlayerDraw, slot_constants
from game.rules.observe import Observation
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Keys, State

from .doctrines import translated
from .following import PARTS, follow
from .jit import compiled
from .luck import mix
from .seat_rules import seat_rules, stacked, writeable


def decide(
    player: Player, setting: Setting, observation: Observation, legal: Options, luck: Dice
) -> Choice:
    """`Player.decide`: compiled for who follows a doctrine; everybody else decides by itself."""
    if type(player) is not DoctrinePlayer:
        return player.decide(setting, observation, legal, luck)
    orders = np.empty((PARTS, 1, luck.keys.size), np.intp)
    decide_into(orders, 0, player, setting, observation, legal, luck)
    return Choice(*orders[:, 0])


def decide_into(
    orders: Codes,
    row: int,
    player: DoctrinePlayer,
    setting: Setting,
    seen: Observation,
    legal: Options,
    luck: Dice,
) -> None:
    """Writes a doctrine's choice into a row of (parts, rows, B) orders.

    Raises:
        IndexError: the options are those of a rulebook that lacks what the doctrine knows.
    """
    games = luck.keys.size
    columns, program, least = translated(player, seen.days)
    if any(map(lt, (len(legal.deed), len(legal.word), len(legal.whisper)), least)):
        raise IndexError("the doctrine was made for a rulebook with more deeds, words or whispers")
    follow(
        program,
        seat_rules(setting.tables, seen.seat).speech,
        (
            writeable(seen.anger),
            writeable(seen.fear),
            writeable(seen.line).reshape(16, games),
            writeable(seen.stake).reshape(16, games),
            writeable(seen.debt).reshape(16, games),
            writeable(seen.struck).reshape(16, games),
            stacked(
                [seen.us_killed, seen.attacks, *(seen.columns[name] for name in columns)], games
            ),
        ),
        (
            writeable(legal.deed),
            writeable(legal.word),
            writeable(legal.whisper).reshape(legal.whisper.shape[0] * len(SEATS), games),
        ),
        writeable(luck.keys),
        _player_slots(luck.turn),
        orders,
        row,
    )


def dice(state: State, seat: Seat) -> Dice:
    """`Dice.of`: the luck of one seat in B games."""
    return Dice(_seat_keys(writeable(state.key), *_seat_slots(seat)), state.turn)


@compiled
def _seat_keys(keys: Keys, slot: np.uint64, other_slot: np.uint64) -> Keys:
    """`rules.luck.seat_keys`."""
    own = np.empty_like(keys)
    for game in range(keys.size):
        own[game] = mix(keys[game] + slot) ^ mix(keys[game] + other_slot)
    return own


@cache
def _seat_slots(seat: Seat) -> tuple[np.uint64, np.uint64]:
    slots = slot_constants(SEAT_STREAM, 0)
    return slots[2 * seat], slots[2 * seat + 1]


@cache
def _player_slots(turn: int) -> Keys:
    """(3,) what is added to a seat's key for its deed, its word and its whisper."""
    return slot_constants(PLAYER_STREAM, turn)[
        [PlayerDraw.DEED, PlayerDraw.WORD, PlayerDraw.WHISPER]
    ]
