"""`players.doctrine`, compiled: deed first, then the word and the whisper that go with it."""

import numpy as np

from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.state import Bools, Codes, Floats, Keys

from .block import STRIDE, WIDTH
from .doctrines import Program
from .jit import compiled
from .luck import uniform
from .quantal import LOWEST, choose
from .rows import ANGER, COLUMNS, FEAR, WITH_FORCE, Seen, fill
from .seat_rules import FEARED, NOBODY, Speech
from .steps import form, weigh

DEEDS, WORDS, WHISPERS, KINDS = range(4)
"""The kinds of options, in the order in which they are chosen."""
DEED, WORD, WORD_TO, WORD_RUNG, WHISPER, WHISPER_TO, SITE, PARTS = range(8)
"""The arrays of `Orders`, in order."""
May = tuple[Bools, Bools, Bools]
"""`Options` by kind: (deeds, B), (words, B), (4 * whispers, B)."""
NOT_ITSELF = np.float32(-1)


@compiled
def follow(
    program: Program,
    speech: Speech,
    seen: Seen,
    may: May,
    keys: Keys,
    slots: Keys,
    orders: Codes,
    by: int,
) -> None:
    """`DoctrinePlayer.decide`, into one row of (parts, rows, B) orders.

    Args:
        program: the doctrine.
        speech: what the rules say of deeds and words.
        seen: the Observation.
        may: the Options.
        keys: (B,) of the Dice.
        slots: by kind, the constant of its draw.
        orders: written.
        by: the row.
    """
    features = COLUMNS + program.columns
    rows = np.empty((features + program.forms.shape[0], STRIDE), np.float32)
    utility = np.empty((program.base.size, STRIDE), np.float32)
    legal = np.empty((program.base.size, STRIDE), np.bool_)
    draw, chosen = np.empty(STRIDE, np.float32), np.empty(STRIDE, np.intp)
    for first in range(0, keys.size, WIDTH):
        games = min(WIDTH, keys.size - first)
        fill(rows, seen, program.sources, first, games)
        form(rows, features, program.forms, program.form_numbers, games)
        for kind in range(KINDS):
            begin, end = program.options[kind], program.options[kind + 1]
            for option in range(begin, end):
                free = kind == WHISPERS and option == begin  # to send nothing
                mask = may[kind][program.mask[option], first : first + games]
                for g in range(games):
                    legal[option, g] = mask[g] or free
            weigh(utility, rows, program, begin, end, games)
            for g in range(games):
                draw[g] = uniform(keys[first + g] + slots[kind])
            choose(
                utility, (begin, end), legal, program.weights, program.temper, draw, chosen, games
            )
            if kind == DEEDS:
                _act(orders, by, first, rows, speech, chosen, games)
            elif kind == WORDS:
                _say(orders, by, first, rows, program, speech, chosen, games)
            else:
                _whisper(orders, by, first, program, chosen, games)


@compiled
def _act(
    orders: Codes, by: int, first: int, rows: Floats, speech: Speech, chosen: Codes, games: int
) -> None:
    """The deeds, and `Features.set_own_deed`."""
    for g in range(games):
        orders[DEED, by, first + g] = chosen[g]
    for g in range(games):
        orders[SITE, by, first + g] = ANY_SITE
    for k in range(speech.deeds.shape[0]):
        for g in range(games):
            rows[WITH_FORCE + k, g] = speech.deeds[k, np.uint64(chosen[g])]


@compiled
def _say(
    orders: Codes,
    by: int,
    first: int,
    rows: Floats,
    program: Program,
    speech: Speech,
    chosen: Codes,
    games: int,
) -> None:
    """The words, to whom, and the rung that threats name."""
    for g in range(games):
        word = program.number[program.options[WORDS] + chosen[g]]
        orders[WORD, by, first + g] = word
        to, rival = speech.to[word], NO_SEAT
        if to != NOBODY:
            feelings = FEAR if to == FEARED else ANGER
            rival = _deciding_rival(rows, feelings, program.seat, g)
        orders[WORD_TO, by, first + g] = rival
        orders[WORD_RUNG, by, first + g] = program.line if speech.to_rung[word] else 0


@compiled
def _deciding_rival(rows: Floats, feelings: int, seat: int, g: int) -> int:
    """`features.deciding_rival`: the first of those of whom the seat holds most."""
    rival, most = 0, LOWEST
    for other in range(4):
        value = NOT_ITSELF if other == seat else rows[feelings + other, g]
        if value > most:
            rival, most = other, value
    return rival


@compiled
def _whisper(
    orders: Codes, by: int, first: int, program: Program, chosen: Codes, games: int
) -> None:
    """The whispers, and to whom."""
    for g in range(games):
        option = program.options[WHISPERS] + chosen[g]
        orders[WHISPER, by, first + g] = program.number[option]
        orders[WHISPER_TO, by, first + g] = program.to[option]
