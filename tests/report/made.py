"""Documents for the tests, each made once: of a simulated game, and of a match and its fork."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from game.content.lens import Lens, load_lens
from game.futures.cast import cast
from game.players.base import decide
from game.players.library import default_players
from game.report.making import made
from game.rules.endings import Ending
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.session.forking import fork
from game.session.match import Match, Seating
from game.session.view import MatchView

Value = TypeVar("Value")

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}</style><svg onload=alert(2)>"
PERSIAN = "\u0633\u0627\u0631\u0627"


def finished(work: Generator[object, None, Value]) -> Value:
    """What a generator returns in the end."""
    try:
        while True:
            next(work)
    except StopIteration as done:
        value: Value = done.value
        return value


def lenses(*names: str) -> list[Lens]:
    return [load_lens(name) for name in names or ("balanced", "spiral")]


@cache
def simulated(scenario: str = "ten_days_in_january", seed: int = 3, history: bool = False) -> str:
    """The document of a game that computers play."""
    return finished(made(match(scenario, seed, history=history), lenses(), futures=32))


def match(scenario: str, seed: int, *, history: bool = False) -> Match:
    """A game that computers play to its end."""
    from game.content.load import load_scenario  # noqa: PLC0415

    read = load_scenario(scenario)
    names = dict.fromkeys(SEATS, "history") if history else {}
    played = Match(read, cast(read, names), seed)
    while played.ending is Ending.NONE:
        played.advance()
    return played


@cache
def files() -> tuple[Path, Path]:
    """A four-person match, noted on by hostile hands, and its fork at turn 3, in files."""
    folder = Path(mkdtemp(prefix="report-"))
    seats = {
        Seat.US: Seating.team(HOSTILE),
        Seat.IRAN: Seating.person(PERSIAN),
        Seat.MILITIA: Seating.person("Ana"),
        Seat.IRAQ: Seating.team(""),
    }
    parent = folder / "parent.match"
    with closed(Match.begin(parent, "ten_days_in_january", seats, cast, seed=7)) as played:
        _play(played)
    child = fork(parent, 3, folder / "child.match")
    with closed(Match.open(child, cast)) as played:
        _play(played, force_in=3)
    return parent, child


@contextmanager
def closed(match: Match) -> Iterator[Match]:
    try:
        yield match
    finally:
        match.close()


def _play(match: Match, force_in: int = 0) -> None:
    """Plays on, every seat as its doctrine would; in one turn Washington strikes."""
    players = default_players(match.scenario)
    setting = match.scenario.setting
    while match.ending is Ending.NONE:
        for seat in SEATS:
            order = decide(players[seat], setting, match.state, match.last_outcome, seat).order()
            if seat is Seat.US and match.turn == force_in:
                order = Order(deed=setting.rulebook.deed(Seat.US, "strike_fighters"))
            odds = dict.fromkeys(seat.rivals, 0.1 * match.turn)
            assert match.commit(seat, order, odds) == []
        if match.turn == 2:
            match.note(HOSTILE, Seat.US)
            match.inject_own(HOSTILE[:80], f"A rumour: {HOSTILE}", {})
        match.advance()


@cache
def compared() -> str:
    """The document of the fork with its parent beside it."""
    parent, child = (MatchView.read(path) for path in files())
    return finished(made(child, lenses(), beside=parent, futures=32))
