"""A file from a stranger: nothing in it runs, nothing in it is believed unseen."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game.content.load import RULEBOOK_FILES
from game.futures.cast import cast
from game.session import reading, record
from game.session.errors import DamagedError, FileError, NotAMatchError, OtherVersionError
from game.session.events import EVENTS
from game.session.match import Match
from game.session.match_players import playable
from game.session.places import matches
from game.session.reading import in_memory, read
from game.session.record import seal
from game.session.texts import TEXT_NAME
from game.session.view import MatchView
from tests.session.common import begin, commit_all, files, forge, play


@cache
def good() -> bytes:
    """A match in the middle of its second turn, all orders in."""
    with TemporaryDirectory() as folder:
        match = play(begin(Path(folder)), 1)
        match.note("a note")
        match.inject_own("News", "words", {"iraq_unrest": 0.1})
        match.override("anger US>IRAN", 0.5, "a reason")
        commit_all(match)
        match.close()
        return match.path.read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.match").write_bytes(good())
    return tmp_path / "a.match"


def refused(path: Path) -> str:
    """The sentence that refuses the file, which is left as it is."""
    before = path.read_bytes()
    with pytest.raises(FileError) as error:
        MatchView.read(path)
    with pytest.raises(FileError):
        Match.open(path, cast)
    assert path.read_bytes() == before
    assert "Traceback" not in str(error.value)
    return str(error.value)


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


# --- what is no match


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"PK\x03\x04" * 100, b"SQLite format 3\0", b"\0" * 5000, b"\x80\x04N." * 9],
)
def test_other_files_are_no_match(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.match"
    path.write_bytes(raw)
    refused(path)
    assert list(files(tmp_path)) == ["a.match"]


def test_other_databases_are_no_match(tmp_path: Path) -> None:
    path = tmp_path / "a.match"
    change(path, "CREATE TABLE game (id TEXT)")
    assert "this database is no match" in refused(path)


def test_folders_devices_and_pipes_are_no_match(tmp_path: Path) -> None:
    assert "folder" in refused_place(tmp_path)
    assert "ordinary" in refused_place(Path("/dev/zero"))
    assert "no such file" in refused_place(tmp_path / "none.match")
    for name, why in (("x" * 300, "File name too long"), ("a\0b", "its name cannot be used")):
        told = f"the file cannot be read ({why}); name another file"
        assert refused_place(tmp_path / name).endswith(told)


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_file_that_may_not_be_read_says_so() -> None:
    with TemporaryDirectory() as name:
        path, master = Path(name) / "a.match", os.geteuid() == 0
        path.write_bytes(good())
        path.chmod(0)
        path.parent.chmod(0o755)
        try:
            if master:  # who may read anything
                os.seteuid(65534)
            told = "the file cannot be read (Permission denied); check its permissions"
            assert refused_place(path).endswith(told)
        finally:
            if master:
                os.seteuid(0)


def refused_place(path: Path) -> str:
    with pytest.raises(NotAMatchError) as error:
        read(path)
    return str(error.value)


def test_a_file_that_goes_while_it_is_read_is_gone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody writes to it then."""
    opened = Path.open

    def gone(self: Path, *how: object) -> object:
        self.unlink(missing_ok=True)
        return opened(self, *how)

    monkeypatch.setattr(Path, "open", gone)
    assert "there is no such file; check its name and folder" in refused_place(path)


def test_huge_files_are_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", path.stat().st_size - 1)
    assert "no match is larger" in refused(path)
    assert record.MOST_BYTES < 100_000_000


# --- what could run


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM orders; END",
        "CREATE VIEW v AS SELECT load_extension('x')",
        "CREATE TABLE more (a TEXT)",
        "CREATE INDEX i ON note (words)",
        "CREATE INDEX i ON note (abs(turn))",
        "CREATE VIRTUAL TABLE f USING fts5(a)",
        "DROP TABLE note",
        "ALTER TABLE note ADD COLUMN more TEXT",
        "ALTER TABLE note RENAME TO remark",
    ],
)
def test_nothing_but_the_journal_s_own_tables(path: Path, statement: str) -> None:
    change(path, statement)
    assert "its tables are not those of a match" in refused(path)


def test_a_view_in_place_of_a_table_is_never_asked(path: Path, tmp_path: Path) -> None:
    change(
        path,
        "ALTER TABLE note RENAME TO old",
        "CREATE VIEW note AS SELECT writefile('/tmp/never', 'x'), * FROM old",
    )
    assert "its tables are not those of a match" in refused(path)


def test_nothing_in_a_file_can_open_another_or_swell() -> None:
    with in_memory(good()) as connection:
        with pytest.raises(sqlite3.OperationalError, match="max 0"):
            connection.execute("ATTACH ':memory:' AS other")
        most = 4_000_000
        assert connection.execute(f"SELECT length(zeroblob({most}))").fetchone() == (most,)
        with pytest.raises(sqlite3.DataError, match="too big"):
            connection.execute(f"SELECT length(zeroblob({most + 1}))")


# --- what could be believed


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("orders", {"deed": "launch_everything"}),
        ("orders", {"deed": "../../x"}),
        ("orders", {"seat": "NATO"}),
        ("orders", {"given_by": "me"}),
        ("orders", {"word_rung": 99}),
        ("orders", {"word": "threaten", "word_to": "IRAN", "word_rung": 5}),
        ("orders", {"site": "moon"}),
        ("orders", {"forecast_us": 7.0}),
        ("orders", {"forecast_us": float("inf")}),
        ("orders", {"turn": -1}),
        ("orders", {"at": "now"}),
        ("orders", {"deed": "x" * 1_000_000}),
        ("note", {"words": "x" * 5000}),
        ("note", {"words": "\x1b[2J"}),
        ("note", {"words": "\u202eevil"}),
        ("note", {"n": 1_000_000}),
        ("seat", {"kind": "god"}),
        ("seat", {"kind": "computer", "name": "/etc/passwd.toml"}),
        ("seat", {"kind": "computer", "name": "../evil.toml"}),
        ("seat", {"name": "x" * 500}),
        ("inject", {"effects": "{"}),
        ("inject", {"effects": "[1]"}),
        ("inject", {"effects": '{"us_support": NaN}'}),
        ("inject", {"effects": '{"us_support": 1e400}'}),
        ("inject", {"effects": '{"nothing": 1}'}),
        ("inject", {"effects": '{"us_support": 99}'}),
        ("inject", {"effects": '{"us_support": true}'}),
        ("inject", {"effects": "[" * 100_000}),
        ("inject", {"effects": '{"a": ' + "9" * 10_000 + "}"}),
        ("override", {"figure": "__class__"}),
        ("override", {"value": 99.0}),
        ("override", {"pair": "US>US"}),
        ("override", {"pair": None}),
        ("turn", {"hash": "0" * 16}),
        ("turn", {"hash": "nothing"}),
        ("turn", {"ending": "general_war"}),
        ("turn", {"turn": 2}),
        ("turn", {"state": "{}"}),
        ("turn", {"outcome": "{}"}),
        ("turn", {"phases": '{"words": 3}'}),
        ("game", {"seed": "1; DROP"}),
        ("game", {"seed": "9" * 5000}),
        ("game", {"scenario": "../x"}),
        ("game", {"turns": 0}),
        ("game", {"lens": "nothing/there"}),
        ("text", {"name": "../../evil.toml"}),
        ("text", {"name": "rulebook/deeds.py"}),
        ("text", {"body": "x = " + "[" * 10_000}),
    ],
)
def test_forged_rows_are_refused(path: Path, table: str, values: dict) -> None:
    forge(path, table, **values)
    assert refused(path)


def test_a_player_that_nobody_knows_is_not_made(path: Path) -> None:
    forge(path, "seat", name="no_such_player")
    assert MatchView.read(path).played
    for opening in (Match.open, playable):
        with pytest.raises(OtherVersionError, match="unknown doctrine"):
            opening(path, cast)


@pytest.mark.parametrize(
    "forged",
    [
        lambda state: state | {"us_troops": 1e9},
        lambda state: state | {"us_troops": "many"},
        lambda state: state | {"us_troops": [1, 2]},
        lambda state: state | {"us_troops": 10**400},
        lambda state: state | {"us_claim": 39},
        lambda state: state | {"culprit": 77},
        lambda state: state | {"anger": [[1]]},
        lambda state: state | {"__class__": 1},
        lambda state: {k: v for k, v in state.items() if k != "brink"},
    ],
)
def test_forged_states_are_refused(path: Path, forged: Callable[[dict], dict]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (text,) = connection.execute("SELECT state FROM turn").fetchone()
    forge(path, "turn", state=json.dumps(forged(json.loads(text))))
    assert refused(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fire_site", [99, -1, -1, -1]),
        ("signal", [9, 9, 9, 9]),
        ("finding", 55),
        ("ending", 120),
        ("fire_rounds", [1e30, 0, 0, 0]),
        ("protest", "yes"),
    ],
)
def test_forged_outcomes_are_refused(path: Path, name: str, value: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (text,) = connection.execute("SELECT outcome FROM turn").fetchone()
    forge(path, "turn", outcome=json.dumps(json.loads(text) | {name: value}))
    assert refused(path)


def test_rules_that_are_none_are_told_as_another_version_s(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        body = "[[deed]]\nid = 'hold'\n"
        mark = seal("text", ("rulebook/deeds.toml", body))
        connection.execute(
            "UPDATE text SET body = ?, seal = ? WHERE name = 'rulebook/deeds.toml'", (body, mark)
        )
        connection.commit()
    with pytest.raises(OtherVersionError, match="cannot play it"):
        MatchView.read(path)
    refused(path)


def test_a_changed_row_without_a_new_seal_is_damage(path: Path) -> None:
    change(path, "UPDATE note SET words = 'another note'")
    with pytest.raises(DamagedError, match="a row of its table note was changed"):
        read(path)


def test_too_many_rows_are_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_EVENTS", 2)
    assert "rows" in refused(path)


def test_names_of_texts_stay_in_their_folder() -> None:
    for name in (
        "rulebook/../x.toml",
        "/etc/x.toml",
        "rulebook/a/b.toml",
        "x.toml",
        "lenses/.toml",
    ):
        assert not TEXT_NAME.fullmatch(name)
    assert all(TEXT_NAME.fullmatch(f"rulebook/{name}") for name in RULEBOOK_FILES)


def test_nothing_is_left_of_looking(path: Path, tmp_path: Path) -> None:
    MatchView.read(path)
    assert list(files(tmp_path)) == ["a.match"]


# --- fields that mean nothing


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("game", "created", "9999-99-99T99:99:99.9Z"),
        ("game", "created", "9999-12-31T23:59:59.999Z"),
        ("game", "created", "1969-12-31T23:59:59.000Z"),
        ("game", "turns", 0),
        ("game", "seed", "9" * 5000),
        ("game", "title", "x" * 5000),
        ("orders", "at", "2026-02-30T00:00:00.000Z"),
        ("note", "turn", 2**40),
        ("note", "words", "\x1b[2J"),
        ("inject", "effects", '{"iraq_unrest": ' + "9" * 400 + "}"),
        ("inject", "effects", '{"iraq_unrest": NaN}'),
        ("override", "value", 1e308),
        ("seat", "seat", "FRANCE"),
    ],
)
def test_a_field_without_a_meaning_is_named(
    path: Path, table: str, column: str, value: object
) -> None:
    forge(path, table, **{column: value})
    told = refused(path)
    assert f"{column} of row " in told.replace("seed_text", "seed")
    assert f"of its table {table} is nothing that a match would write" in told
    assert "validation" not in told


def test_a_game_without_events_is_told(path: Path) -> None:
    tables = [table for table in EVENTS if table != "take_back"]
    change(path, *(f"DELETE FROM {table}" for table in ("take_back", "undo", *tables)))
    assert "it does not say who plays each seat" in refused(path)


def test_one_file_does_not_end_a_list(path: Path) -> None:
    forge(path, "game", created="9999-99-99T99:99:99.9Z")
    other = path.with_name("b.match")
    other.write_bytes(good())
    found, wrong = matches(path.parent)
    assert [match.path for match in found] == [other]
    assert [error.path for error in wrong] == [path]


def test_data_files_are_not_too_many_bytes_together(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for number in range(3):
            name, body = f"doctrines/x{number}.toml", "#" * 900_000
            row = (name, body, seal("text", [name, body]))
            connection.execute("INSERT INTO text VALUES (?, ?, ?)", row)
        connection.commit()
    assert "too long" in refused(path)


@pytest.mark.parametrize("name", ["lenses/con.toml", "doctrines/nul.toml", "scenarios/com1.toml"])
def test_no_data_file_is_a_device_anywhere(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        row = (name, "a = 1", seal("text", [name, "a = 1"]))
        connection.execute("INSERT INTO text VALUES (?, ?, ?)", row)
        connection.commit()
    assert "wrong name" in refused(path)


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_pipe_in_place_of_a_log_is_told(path: Path, ending: str) -> None:
    os.mkfifo(f"{path}{ending}")
    assert f"a.match{ending} beside it is not an ordinary file" in refused(path)


def test_the_log_of_another_match_is_told(path: Path) -> None:
    """As when a match was deleted without its log, and another came to lie there."""
    other = play(begin(path.parent, name="b.match", seed=3), 1)
    other.close()
    log = path.with_name("a.match-wal")
    with closing(sqlite3.connect(other.path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE game SET title = title || '!'")
        connection.execute("UPDATE turn SET state = state || ' '")
        connection.commit()
        log.write_bytes(other.path.with_name("b.match-wal").read_bytes())
    assert log.stat().st_size > 0
    told = refused(path)
    assert "a.match-wal beside it is the log of another match; move that away" in told
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert "the file is damaged" in refused(path), "and whatever lies beside it is not to blame"
    path.write_bytes(whole)
    log.unlink()
    MatchView.read(path)
