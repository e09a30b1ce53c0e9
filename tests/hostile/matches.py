"""Forged matches: every table, every column, types, sizes and dates, sealed as a match would."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.desktop.screens.games import match_labels
from game.futures.cast import cast
from game.rules.seats import Seat
from game.session.errors import FileError
from game.session.match import Match, Seating
from game.session.places import matches
from game.session.record import seal
from game.session.view import MatchView
from tests.session.common import commit_all, play

from .numbers import STRANGE as NUMBERS
from .numbers import numbers_in
from .trial import MISTAKE, Answer, Failure, Trial, judge, tried

TABLES = (
    "game", "text", "sitting", "seat", "orders", "take_back", "note", "inject", "override",
    "control", "turn", "undo",
)  # fmt: skip
STRANGE: tuple[object, ...] = (
    None, 0, 1, -1, 2, 3, 7, 41, 1000, 1001, 2**31, 2**53, 2**62, 2**63 - 1, -(2**63), 0.5, -0.0,
    1e308, -1e308, 5e-324, 1e39, float("inf"), "", " ", "0", "US", "IRAN", "none", "early",
    "person", "computer", "a" * 41, "b" * 5000, "c" * 300_000, "\x1b[2J", "\u202egnp", "\n\n",
    "\x00", "{}", "[]", "null", "1e999", "-5", "9" * 400, "0" * 400, "../../etc/passwd",
    "~nosuchuser", "9999-99-99T99:99:99.9Z", "0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    "2020-02-30T00:00:00.000Z", "2026-11-29T24:61:00.000Z", "2026-11-29T21:00:00.000+99Z",
    "10000-01-01T00:00:00.000Z", "1969-12-31T23:59:59.000Z", "<script>", "%s{0}", "hold", "strike",
    b"", b"\x00\xff" * 40, "نام", "x.toml", "uniform", "planner", "balanced", "f" * 16, "0" * 32,
)  # fmt: skip
"""Values of all kinds; which column they fit is left to chance."""
DEEP = "[" * 3000 + "]" * 3000


@cache
def good() -> bytes:
    """A match in its third turn with something in every table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.match"
        seats = {Seat.US: Seating.person("Ana"), Seat.IRAN: Seating.team("Blue")}
        match = play(Match.begin(path, "turn_zero", seats, cast, seed=7), 2)
        match.undo("once more")
        match.note("a note")
        match.inject_own("News", "words", {"iraq_unrest": 0.1})
        match.override("anger US>IRAN", 0.5, "a reason")
        commit_all(match)
        match.take_back(Seat.US)
        match.limit(60)
        commit_all(match)
        match.close()
        return path.read_bytes()


@cache
def over() -> bytes:
    """A whole match."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.match"
        match = play(Match.begin(path, "turn_zero", {Seat.US: Seating.person("")}, cast, seed=8))
        match.close()
        return path.read_bytes()


def trials(luck: random.Random) -> Iterator[Trial]:
    """One forgery after another, without an end."""
    while True:
        whole = luck.choice((good(), over()))
        told, raw = luck.choice(FORGERIES)(whole, luck)
        extra = {"b.match": good()} if luck.random() < 0.2 else {}
        commands = 2 if luck.random() < 0.03 else 1 if luck.random() < 0.2 else 0
        yield Trial(told, _looked_at(commands), {"a.match": raw, **extra})


def _sealed(table: str, row: list[object]) -> object:
    with suppress(ValueError, TypeError):  # what has no seal
        return seal(table, row)
    return "0" * 16


def _changed(raw: bytes, work: Callable[[sqlite3.Connection], str]) -> tuple[str, bytes]:
    """The database after some work on it, and what was done."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(raw[:18] + b"\1\1" + raw[20:])
        connection.execute("PRAGMA ignore_check_constraints = ON")
        told = work(connection)
        return told, connection.serialize()


def _column(raw: bytes, luck: random.Random) -> tuple[str, bytes]:
    """Other values in one to three columns of a row."""

    def work(connection: sqlite3.Connection) -> str:
        table = luck.choice(TABLES)
        rows = connection.execute(f"SELECT rowid, * FROM {table}")
        names = [column[0] for column in rows.description][1:-1]
        number, *row, _ = luck.choice(rows.fetchall() or [(0, *(None for _ in names), None)])
        done = []
        for _ in range(luck.choice((1, 1, 1, 2, 3))):
            place = luck.randrange(len(names))
            row[place] = _value(row[place], luck)
            done.append(f"{table}.{names[place]} = {str(row[place])[:60]!r}")
        sets = ", ".join(f"{name} = ?" for name in (*names, "seal"))
        with suppress(sqlite3.Error, OverflowError):  # a STRICT table takes no other type
            connection.execute(
                f"UPDATE {table} SET {sets} WHERE rowid = ?", (*row, _sealed(table, row), number)
            )
        return ", ".join(done)

    return _changed(raw, work)


def _value(old: object, luck: random.Random) -> object:
    """Something else: of any kind, or the old one a little changed, its JSON from within."""
    if isinstance(old, str) and old.startswith(("{", "[")) and luck.random() < 0.8:
        return _json(old, luck)
    if luck.random() < 0.3:
        if isinstance(old, int):
            return old + luck.choice((-1, 1, 10, -100, 2**40))
        if isinstance(old, float):
            return old * luck.choice((-1, 1e300, 1e-300, 1e9))
        if isinstance(old, str) and old:
            place = luck.randrange(len(old))
            return old[:place] + luck.choice(("", "\x07", "9", "z", "é", old)) + old[place + 1 :]
    return luck.choice(STRANGE)


def _json(text: str, luck: random.Random) -> str:
    try:
        data = json.loads(text)
    except ValueError:  # a text that only begins like JSON, or that was changed before
        data = None
    if not isinstance(data, dict) or not data or luck.random() < 0.1:
        return luck.choice(
            (DEEP, "{", "[1]", '{"a": NaN}', '{"a": 1e999}', "3", '{"a": ' + DEEP + "}")
        )
    key = luck.choice(list(data))
    match luck.randrange(5):
        case 0:
            del data[key]
        case 1:
            data[luck.choice(("x", "", "US", key + "_", "K" * 50))] = data.get(key)
        case 2:
            data[key] = luck.choice(
                (None, "1", [], {}, True, 10**400, -(10**30), 1e308, [[1]], 1e-320)
            )
        case _:
            data[key] = _number_in(data[key], luck)
    return json.dumps(data, separators=(",", ":"))


def _number_in(value: object, luck: random.Random) -> object:
    """The same nest of lists, one of its numbers another."""
    if isinstance(value, list) and value:
        place = luck.randrange(len(value))
        return [*value[:place], _number_in(value[place], luck), *value[place + 1 :]]
    return luck.choice((-1, 0, 1, 0.5, 3, 5, 11, 41, 1e6, 1e9, 1e38, 1e39, 10**30, None, "1", True))


def _rows(raw: bytes, luck: random.Random) -> tuple[str, bytes]:
    """Rows that are gone, twice there, or in another order."""

    def work(connection: sqlite3.Connection) -> str:
        table = luck.choice(TABLES)
        match luck.randrange(4):
            case 0:
                connection.execute(f"DELETE FROM {table}")
                return f"no row in {table}"
            case 1:
                connection.execute(
                    f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})"
                )
                return f"the last row of {table} is gone"
            case 2:
                for other in TABLES[2:]:
                    connection.execute(f"DELETE FROM {other}")
                return "a game without events"
            case _:
                events = [
                    (n, other) for other in TABLES[2:]
                    for (n,) in connection.execute(f"SELECT n FROM {other}")
                ]  # fmt: skip
                (first, a), (second, b) = luck.sample(events, 2)
                for n, other, new in ((first, a, -1), (second, b, first), (-1, a, second)):
                    _renumber(connection, other, n, new)
                return f"rows {first} of {a} and {second} of {b} changed places"

    return _changed(raw, work)


def _renumber(connection: sqlite3.Connection, table: str, old: int, new: int) -> None:
    (row,) = connection.execute(f"SELECT * FROM {table} WHERE n = ?", (old,)).fetchall()
    told = [new, *row[1:-1]]
    connection.execute(
        f"UPDATE {table} SET n = ?, seal = ? WHERE n = ?", (new, _sealed(table, told), old)
    )


def _text(raw: bytes, luck: random.Random) -> tuple[str, bytes]:
    """One of its data files is another: a number, a line, a name."""

    def work(connection: sqlite3.Connection) -> str:
        texts = connection.execute("SELECT rowid, name, body FROM text").fetchall()
        number, name, body = luck.choice(texts)
        match luck.randrange(6):
            case 0:
                name = luck.choice(
                    ("rulebook/x.toml", "scenarios/b.toml", "../x.toml", "lenses/a.toml")
                )
            case 1:
                lines = body.splitlines()
                del lines[luck.randrange(len(lines))]
                body = "\n".join(lines) + "\n"
            case 2:
                body = luck.choice(
                    ("", "a = 1", "[" * 5000, '"\\"".' * 5000 + "a = 1", "\x00", "a" * 10**6)
                )
            case _:
                found = list(numbers_in(body))
                if found:
                    at = luck.choice(found)
                    body = body[: at.start()] + luck.choice(NUMBERS) + body[at.end() :]
        with suppress(sqlite3.Error):
            connection.execute(
                "UPDATE text SET name = ?, body = ?, seal = ? WHERE rowid = ?",
                (name, body, _sealed("text", [name, body]), number),
            )
        return f"the data file {name} is another: {body[:30]!r}"

    return _changed(raw, work)


def _bytes(raw: bytes, luck: random.Random) -> tuple[str, bytes]:
    """Bytes that are others, cut off, or put behind."""
    match luck.randrange(4):
        case 0:
            size = luck.randrange(len(raw))
            return f"cut off after {size} bytes", raw[:size]
        case 1:
            return "something behind it", raw + bytes(luck.randrange(5000))
        case _:
            place, width = luck.randrange(len(raw)), luck.choice((1, 4, 100, 5000))
            other = luck.randbytes(width)
            return f"{width} other bytes at {place}", raw[:place] + other + raw[place + width :]


FORGERIES = (_column, _column, _column, _column, _rows, _text, _bytes)


def _looked_at(commands: int) -> Callable[[Path], None]:
    """Looks at it as the lists do; with `commands` also by the usual ones, with 2 by all."""

    def go(folder: Path) -> None:
        path = folder / "a.match"
        before = path.read_bytes()
        _window(folder)
        if not commands:
            return
        listed = tried("matches", "--folder", str(folder), "--text")
        if "a.match" not in listed.out + listed.err:
            raise Failure(f"the list does not name the file: {listed}")
        if (folder / "b.match").exists() and "b.match" not in listed.out:
            raise Failure(f"the list does not go on after the file: {listed}")
        _named(path, tried("replay", str(path), "--spoil", "--text", allowed=(0, 1, 2)))
        if path.read_bytes() != before:
            raise Failure("looking at it changed it")
        if commands > 1:
            _commands(folder, path)

    return go


def _named(path: Path, answer: object) -> None:
    status, out, err = answer  # type: ignore[misc]
    if status == 2 and path.name not in err + out:
        raise Failure(f"the sentence does not name the file: {answer}")


def _window(folder: Path) -> None:
    """What the window's list tells of every match, and whether it could go on."""
    found, wrong = matches(folder)
    if (folder / "b.match") not in {m.path for m in found} and (folder / "b.match").exists():
        raise Failure("the list does not go on after the file")
    if not {folder / "a.match"} & {*(m.path for m in found), *(e.path for e in wrong)}:
        raise Failure("the file is left out of the list")
    for error in wrong:
        judge(["matches"], Answer(MISTAKE, "", str(error)))
    for match in found:
        for told in (
            match_labels.describe_match(match), match_labels.tip(match), match_labels.people(match),
            match_labels.ending(match), match_labels.when(match.last),
        ):  # fmt: skip
            told.encode()
        try:
            MatchView.read(match.path)
        except FileError as error:
            judge(["Resume"], Answer(MISTAKE, "", str(error)))
    with suppress(FileError):
        Match.open(folder / "b.match", cast).close()


def _commands(folder: Path, path: Path) -> None:
    """Everything else that can be done with a match."""
    own = str(path)
    for arguments in (
        ("export", own, "--csv", str(folder / "csv"), "--spoil"),
        ("export", own, "--match", str(folder / "c.match")),
        ("report", own, "-o", str(folder / "r.html"), "--unfinished", "--lens", "balanced",
         "--futures", "2", "--horizon", "1"),
        ("check", own),
        ("fork", own, "--turn", "1", "--spoil", "--folder", str(folder)),
        ("replay", own, "--spoil", "--explain", "--text"),
        ("resume", own, "--text"),
    ):  # fmt: skip
        allowed = (0, 1, 2) if arguments[0] == "replay" else (0, 2)
        _named(path, tried(*arguments, typed="\n" * 200, allowed=allowed))
