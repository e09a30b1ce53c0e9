"""What is written down, as a tape or as machine code: the turn's adjudication, a doctrine's choice,
and what is told of a game at its end. No rule stands here: each is the rules' or the players' own
text, carried out on names.
"""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from game.players.base import Dice, Options, options
from game.players.doctrine import DoctrinePlayer
from game.rules import resolve
from game.rules.digest import game_digests
from game.rules.endings import marks
from game.rules.games import NEW
from game.rules.luck import seat_keys
from game.rules.moment import Moment
from game.rules.observe import observe
from game.rules.orders import PARTS, holding
from game.rules.outcome import EMPTY
from game.rules.setting import Setting
from game.rules.state import COLUMNS

from .code import Code
from .layout import HEARD, games, key_table, outcome, state, traced
from .tracing import Room

Write = Callable[[Code], None]
NO_DEED = -1
KEY_FIELDS = tuple(name for name in Moment._fields if name.endswith("slots"))


def _moment(code: Code, now: Moment) -> Any:
    """The turn, its numbers and keys those that the code is given."""
    plain, _ = numbers(now)
    keys = {
        name: key_table(code, 64 * place, getattr(now, name))
        for place, name in enumerate(KEY_FIELDS)
    }
    moment = traced(code, plain, "numbers", "numbers")
    return moment._replace(**keys)


def numbers(now: Moment) -> tuple[Any, Any]:
    """The numbers and the keys of a turn as the code is given them."""
    no_keys: dict[str, Any] = dict.fromkeys(KEY_FIELDS, ())
    keys = np.concatenate([getattr(now, name) for name in KEY_FIELDS])
    return now._replace(**no_keys), keys


def _tables(code: Code, setting: Setting) -> Any:
    return traced(code, setting.tables, "float_tables", "code_tables")


def _setting(code: Code, setting: Setting, now: Any) -> Any:
    """What stands for the setting before a turn, all but its scores; `State.turn` is 0 there."""
    book = replace(setting.rulebook, marks=())
    return SimpleNamespace(
        rulebook=book, tables=_tables(code, setting), days=(now.days,), moments=(now,), turns=1
    )


def turn(setting: Setting) -> tuple[Write, ...]:
    """A turn, from orders to outcome, in parts; games that are over stay as they are."""
    return (
        _begin_those_on,
        *(_phase(setting, phase) for phase in resolve.PHASES),
        _end_those_on(setting),
    )


def turn_of_all(setting: Setting) -> Write:
    """… of games of which none is over."""

    def write(code: Code) -> None:
        g, now = games(code), _moment(code, setting.moments[0])
        _begin(g)
        resolve.adjudicate(g, _tables(code, setting), now)
        _end(g, now)

    return write


def _begin_those_on(code: Code) -> None:
    g, hold = games(code), holding(1)
    on = g.ending == 0
    for name in PARTS:
        ordered = getattr(g, name)
        for seat in range(4):
            ordered[seat] = np.where(on, ordered[seat], int(getattr(hold, name)[seat, 0]))
    _begin(g)


def _phase(setting: Setting, phase: resolve.Phase) -> Write:
    def work(code: Code, g: Any) -> None:
        phase(g, _tables(code, setting), _moment(code, setting.moments[0]))

    return _of_those_on(work)


def _end_those_on(setting: Setting) -> Write:
    return _of_those_on(lambda code, g: _end(g, _moment(code, setting.moments[0])))


def _of_those_on(work: Callable[[Code, Any], None]) -> Write:
    def write(code: Code) -> None:
        g = games(code)
        for (playing,) in g.only(g.ending == 0):
            work(code, playing)

    return write


def _begin(g: Any) -> None:
    for name, empty in EMPTY.items():
        setattr(g, NEW.get(name, name), empty.dtype(empty.value))
    g.forced = NO_DEED
    g.done = g.deed
    g.claim_before = g.us_claim


def _end(g: Any, now: Moment) -> None:
    g.ending = g.new_ending
    g.ended_turn = ((g.new_ending > 0) * now.number).astype(np.intp)


def choice(setting: Setting, player: DoctrinePlayer) -> Write:
    """A doctrine's orders for the coming turn, from what its seat sees."""
    seat = player.doctrine.seat

    def write(code: Code) -> None:
        now, g, before = _moment(code, setting.moments[0]), games(code), state(code)
        standing: Any = _setting(code, setting, now)
        chosen = player.respond(
            traced(code, player.lookups, "own_floats", "own_codes"),
            standing,
            observe(standing, before, outcome(code), seat),
            _left(options(standing, before, seat), g.forced[seat]),
            Dice(seat_keys(before.key, seat), 0, now.player_slots),
        )
        for name in PARTS:
            getattr(g, name)[seat] = getattr(chosen, name)

    return write


def _left(legal: Options, forced: Any) -> Options:
    """The options, of the deeds only the one that the seat is left with, if it is."""
    deeds = [
        np.where(forced == NO_DEED, may, forced == deed) for deed, may in enumerate(legal.deed)
    ]
    return Options(np.stack(deeds), legal.word, legal.whisper)


def hearing() -> Write:
    """Keeps the last orders apart while new ones are given."""

    def write(code: Code) -> None:
        g: Room = games(code)
        for name in PARTS:
            setattr(g, HEARD + name, getattr(g, name))

    return write


def opening_columns(setting: Setting) -> tuple[Any, ...]:
    """What scores are measured from."""
    return tuple(getattr(setting.opening, name) for name in COLUMNS)


def telling(setting: Setting) -> Write:
    """The scores and the digest of the state as it stands."""

    def write(code: Code) -> None:
        g, final = games(code), state(code)
        now = _moment(code, setting.moments[0])
        standing: Any = _setting(code, setting, now)
        opening = traced(code, opening_columns(setting), "own_floats", "own_codes")
        standing.rulebook = setting.rulebook
        standing.opening = SimpleNamespace(**dict(zip(COLUMNS, opening, strict=True)))
        g.scores = marks(standing, final)
        final.turn = now.number.astype(np.intp)
        g.digest = game_digests(final)

    return write
