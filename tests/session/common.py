"""Matches in files, played a little, for the tests of the session."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from game.futures.cast import cast
from game.players.base import decide
from game.players.uniform import Uniform
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.session.match import Match, Seating, Status
from game.session.record import seal
from game.session.view import MatchView
from tests.common import bits

US, IRAN, MILITIA, IRAQ = SEATS
PEOPLE = {US: Seating.person("Ana"), IRAN: Seating.team("Blue")}
HOSTILE = (
    "'); DROP TABLE orders; --",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "\u202egnp.exe",
    "../../etc/passwd",
    "null\x00byte",
    "\ud800 lone",
    "%s %(x)s {0}",
    "line\nbreak\r\nand\ttab",
    "نام با نیم‌فاصله",
)


def begin(
    folder: Path,
    seats: Mapping[Seat, Seating] | None = None,
    *,
    scenario: str = "turn_zero",
    seed: int = 7,
    name: str = "a.match",
) -> Match:
    """A new match: Ana plays the US, team Blue plays Iran, unless other seats are given."""
    return Match.begin(folder / name, scenario, PEOPLE if seats is None else seats, cast, seed=seed)


def again(match: Match) -> Match:
    """The match closed and opened again."""
    path = match.path
    assert path is not None
    match.close()
    return Match.open(path, cast)


def some_orders(match: MatchView, seat: Seat) -> Order:
    """Legal orders, the same at the same moment of the same game."""
    setting = match.scenario.setting
    return decide(Uniform(), setting, match.state, match.last_outcome, seat).order()


def commit_all(match: Match) -> None:
    """Everybody whose orders are missing commits, with a forecast by the first."""
    for seat in match.waiting_for:
        forecast = {IRAN: 0.25, MILITIA: 0.5} if seat is US else {}
        assert match.commit(seat, some_orders(match, seat), forecast) == []


def play(match: Match, turns: int = 100) -> Match:
    """Plays some turns, or to the end."""
    for _ in range(turns):
        if match.status is Status.ENDED:
            break
        commit_all(match)
        match.advance()
    return match


def standing(match: MatchView) -> object:
    """All that a match amounts to, for comparisons."""
    match_state = match.match_state
    return (
        match.status,
        {seat: match.seating(seat) for seat in SEATS},
        bits(match.state),
        [(bits(p.before), bits(p.orders), bits(p.outcome)) for p in match.played],
        [turn.hash for turn in match_state.turns],
        [row.model_dump(exclude={"n", "at"}) for row in match_state.ordered],
        {
            seat: (given.order, given.forecast)
            for seat, given in sorted(match_state.committed.items())
        },
        [note.words for note in match_state.notes],
        [news.words for news in match_state.injects],
        [change.value for change in match_state.overrides],
        (match_state.paused, match_state.closed, match_state.limit),
    )


def files(folder: Path) -> Iterator[str]:
    """The names of all files in a folder."""
    return (path.name for path in sorted(folder.iterdir()))


def rewritten(path: Path, name: str, old: str, new: str) -> None:
    """Changes a text that a match is played by, and seals it as a match would."""
    with closing(sqlite3.connect(path)) as connection:
        (body,) = connection.execute("SELECT body FROM text WHERE name = ?", (name,)).fetchone()
        assert old in body
        body = body.replace(old, new)
        connection.execute(
            "UPDATE text SET body = ?, seal = ? WHERE name = ?",
            (body, seal("text", (name, body)), name),
        )
        connection.commit()


def forge(path: Path, table: str, *, first: bool = False, **values: object) -> None:
    """Changes the last or first row of a table, and seals it as a match would."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        way = "ASC" if first else "DESC"
        rows = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid {way} LIMIT 1")
        names = [column[0] for column in rows.description][1:]
        number, *row = rows.fetchone()
        told = dict(zip(names, row, strict=True)) | values
        with suppress(ValueError):  # what has no seal
            told["seal"] = seal(table, list(told.values())[:-1])
        sets = ", ".join(f"{name} = ?" for name in names)
        connection.execute(f"UPDATE {table} SET {sets} WHERE rowid = ?", (*told.values(), number))
        connection.commit()
