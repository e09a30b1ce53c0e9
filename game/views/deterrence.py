"""The ledger of deterrence over a whole game: for every ordered pair how far one seat's line was
believed by the other, how it was feared, how angry it made, and why that moved.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from game.rules.observe import fear_of, reach_on
from game.rules.seats import PAIRS, SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, NO_LINE, State, credibility

from .names import CAPITALS, SEAT_NAMES, listed, rung_name
from .played import PlayedGame, Turn

NOTICEABLE = 0.03
"""A change by less than this in a turn needs no reason: time alone does as much."""


class Standing(NamedTuple):
    """How one seat stands toward another at one moment, from 0 to 1 each."""

    credible: float
    """How far it believes that the other answers when its line is crossed."""
    spared: float
    """How far it believes that the other spares it if it behaves."""
    feared: float
    """The two together, times what the other can do to it, as it really is."""
    anger: float


class Move(NamedTuple):
    """A turn in which a pair's standing moved, and why."""

    turn: int
    """From 1."""
    change: Standing
    reasons: tuple[str, ...]
    """Clauses."""


class PairHistory(NamedTuple):
    """One ordered pair over the game."""

    of: Seat
    """Who believes, fears, is angry."""
    at: Seat
    """Whose line is believed, who is feared, at whom the anger is."""
    standings: tuple[Standing, ...]
    """Before the first turn and after every one."""
    moves: tuple[Move, ...]
    """The turns in which something that happened moved it noticeably, not time alone."""

    @property
    def movement(self) -> float:
        """How far all of it moved over the game, added up turn by turn."""
        pairs = zip(self.standings, self.standings[1:], strict=False)
        return sum(abs(b - a) for old, new in pairs for a, b in zip(old, new, strict=True))


def ledger_over_time(game: PlayedGame) -> list[PairHistory]:
    """Every ordered pair, those that moved most first."""
    setting = game.scenario.setting
    table = np.stack([_standings(setting, moment) for moment in game.moments])
    pairs = [_pair(game, table, of, at) for of, at in PAIRS]
    return sorted(pairs, key=lambda pair: -pair.movement)


def _standings(setting: Setting, state: State) -> np.ndarray:
    """(4, 4, 4) every pair's standing in one game."""
    found = np.zeros((4, 4, 4))
    columns = {name: getattr(state, name) for name in COLUMNS}
    for seat in SEATS:
        credible = credibility(state.kept[seat], state.broken[seat])
        dread = fear_of(setting, state, columns, seat, credible)
        found[seat, :, 0] = credible[:, 0]
        found[seat, :, 1] = state.assurance[seat, :, 0]
        found[seat, :, 2] = (dread * reach_on(setting, columns, seat))[:, 0]
        found[seat, :, 3] = state.anger[seat, :, 0]
    return found


def _pair(game: PlayedGame, table: np.ndarray, of: Seat, at: Seat) -> PairHistory:
    standings = tuple(Standing(*(float(x) for x in row)) for row in table[:, of, at])
    moves = []
    for turn, old, new in zip(game.turns, standings, standings[1:], strict=False):
        change = Standing(*(b - a for a, b in zip(old, new, strict=True)))
        if max(abs(part) for part in change) >= NOTICEABLE:
            reasons = tuple(_reasons(game.scenario.setting, turn, of, at, change))
            if reasons:
                moves.append(Move(turn.number, change, reasons))
    return PairHistory(of, at, standings, tuple(moves))


def _reasons(setting: Setting, turn: Turn, of: Seat, at: Seat, change: Standing) -> Iterator[str]:
    if abs(change.credible) >= NOTICEABLE:
        yield from _kept_or_not(turn, of, at)
    if abs(change.spared) >= NOTICEABLE:
        yield from _spared_or_not(turn, of, at, change)
    if max(abs(change.credible), abs(change.spared)) < NOTICEABLE <= abs(change.feared):
        more = "more" if change.feared > 0 else "less"
        yield f"there was {more} to fear of {SEAT_NAMES[at]}: its means, its readiness or its stake"
    if change.anger >= NOTICEABLE:
        yield from _blows(turn, of, at)
    elif change.anger <= -NOTICEABLE:
        yield from _soothed(setting, turn, of, at)


def _kept_or_not(turn: Turn, of: Seat, at: Seat) -> Iterator[str]:
    """Whose crossings `at` answered or let pass: everybody watches, some from close by."""
    for flags, verb in (
        (turn.outcome.answered, "answered {}"),
        (turn.outcome.lapsed, "let pass what {} had done"),
    ):
        others = [SEAT_NAMES[j] for j in at.rivals if flags[at, j, 0]]
        if others:
            yield f"{CAPITALS[at]} {verb.format(listed(others))}"


def _spared_or_not(turn: Turn, of: Seat, at: Seat, change: Standing) -> Iterator[str]:
    """A blow out of the blue takes the belief in being spared; one that answers adds to it."""
    if change.spared < 0 and turn.outcome.answered[at, of, 0]:
        yield f"what {CAPITALS[at]} struck {SEAT_NAMES[of]} for, others had done"
    elif change.spared < 0:
        yield f"{CAPITALS[at]} struck {SEAT_NAMES[of]} without a crossed line to answer"
    elif turn.outcome.answered[at, of, 0]:
        had = "they had" if of is Seat.MILITIA else "it had"
        yield f"{CAPITALS[at]} struck {SEAT_NAMES[of]} only for a line that {had} crossed"
    else:
        yield f"{CAPITALS[at]} spared {SEAT_NAMES[of]}"


def _blows(turn: Turn, of: Seat, at: Seat) -> Iterator[str]:
    """What `of` suffered at the hands of `at`, as it saw it."""
    blow = int(turn.outcome.blow[at, of, 0])
    if blow:
        act = f"an act of rung {blow} ({rung_name(blow)})"
        yield f"{CAPITALS[of]} held {CAPITALS[at]} responsible for {act}"
    elif turn.outcome.harm[of, at, 0] > 0:
        yield f"{CAPITALS[of]} took harm or offence from {CAPITALS[at]}"


def _soothed(setting: Setting, turn: Turn, of: Seat, at: Seat) -> Iterator[str]:
    orders, book = turn.outcome.orders, setting.rulebook
    said = orders.word_to[at, 0] == of and book.words[orders.word[at, 0]].soothes
    sent = orders.whisper_to[at, 0] == of and book.whispers[orders.whisper[at, 0]].soothes
    if said or sent:
        yield f"{CAPITALS[at]} said that nothing more was meant"


class LineDrawn(NamedTuple):
    """A line that stood at one moment."""

    by: Seat
    to: Seat
    rung: int
    stake: float
    """How publicly its author had bound itself, 0 to 1."""


def lines_standing(state: State) -> list[LineDrawn]:
    """The lines that stand in one game."""
    return [
        LineDrawn(i, j, int(state.line[i, j, 0]), float(state.stake[i, j, 0]))
        for i, j in PAIRS
        if state.line[i, j, 0] < NO_LINE
    ]
