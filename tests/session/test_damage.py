"""Files cut short and bytes flipped: noticed, never made worse, and saved as far as can be."""

import random
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game.content import load
from game.futures.cast import cast
from game.session import schema
from game.session.errors import DamagedError, NotAMatchError, OtherVersionError
from game.session.match import Match
from game.session.reading import in_memory, read
from game.session.record import Record
from game.session.rescue import rescue
from game.session.schema import PAGE
from game.session.view import MatchView
from tests.session.common import begin, commit_all, files, play


@cache
def good() -> tuple[bytes, Record]:
    """A finished match with everything in it, as bytes and as what it says."""
    with TemporaryDirectory() as name:
        match = begin(Path(name))
        match.note("a note")
        match.inject(match.scenario.injects[0].id)
        match.override("us_support", 0.5, "to have one")
        play(match, 1)
        match.undo()
        play(match)
        match.close()
        return match.path.read_bytes(), read(match.path)


def hurt(folder: Path, raw: bytes) -> str:
    """What becomes of a damaged file: read as it was, refused, or saved; never changed."""
    path = folder / "hurt.match"
    path.write_bytes(raw)
    try:
        assert read(path) == good()[1], "it was read, and is not what was written"
        result = "whole"
    except (NotAMatchError, OtherVersionError):
        result = "refused"
    except DamagedError:
        with pytest.raises(DamagedError, match="the file is damaged"):
            Match.open(path, cast)
        result = saved_of(path)
    assert path.read_bytes() == raw
    assert not list(folder.glob("hurt.match-*"))
    for left in folder.iterdir():
        left.unlink()
    return result


def saved_of(path: Path) -> str:
    """What can be saved of a damaged file."""
    try:
        saved = rescue(path)
    except DamagedError:
        return "lost"
    sound(saved.path)
    assert str(saved.path) in saved.sentence
    return f"saved {saved.turns}"


def sound(path: Path) -> None:
    """What was saved is a match, and its turns are those of the whole one."""
    match = MatchView.read(path)
    whole = [event.hash for event in good()[1].events if event.table == "turn"][1:]
    hashes = [turn.hash for turn in match.match_state.turns]
    assert hashes == whole[: len(hashes)]


def test_a_file_cut_short_anywhere(tmp_path: Path) -> None:
    raw, _ = good()
    luck = random.Random(1)
    places = [0, 1, 15, 16, 99, 100, PAGE - 1, PAGE, 2 * PAGE, len(raw) - PAGE, len(raw) - 1]
    places += [luck.randrange(len(raw)) for _ in range(12)]
    results = {place: hurt(tmp_path, raw[:place]) for place in places}
    assert "whole" not in results.values()
    assert results[0] == "refused"
    late = [result for place, result in results.items() if place > 14 * PAGE]
    assert late
    assert set(late) == {"saved 3"}, "the orders stand at the beginning of the file"


@pytest.mark.parametrize("part", ["header", "schema", "rows", "anywhere"])
def test_a_flipped_byte_anywhere(tmp_path: Path, part: str) -> None:
    raw, _ = good()
    luck = random.Random(part)
    spans = {
        "header": range(100),
        "schema": range(PAGE),
        "rows": range(PAGE, 15 * PAGE),
        "anywhere": range(len(raw)),
    }
    places = luck.sample(spans[part], 25 if part == "header" else 12)
    results = []
    for place in places:
        bad = bytearray(raw)
        bad[place] ^= 1 << luck.randrange(8)
        results.append(hurt(tmp_path, bytes(bad)))
    assert results.count("lost") <= 1
    if part != "header":
        assert results.count("refused") == 0


def test_bytes_that_count_are_missed(tmp_path: Path) -> None:
    """A flipped bit in any row's text does show."""
    raw, record = good()
    for text in (b"a note", b"to have one", b'"us_troops"', b"Ana", record.game.id.encode()):
        place = raw.rindex(text)
        bad = bytearray(raw)
        bad[place] ^= 1
        assert hurt(tmp_path, bytes(bad)).startswith(("saved", "lost")), text


def lose_states(path: Path) -> None:
    """The state after every turn is gone, and its seal with it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE turn SET state = '{}'")
        connection.commit()


def restored_by_another_tool(raw: bytes, path: Path, version: int) -> None:
    """The database table by table, as SQLite's own tool writes one that was dumped: its pages are
    not where a new match has them. The first version had no table of locks.
    """
    tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid"
    with in_memory(raw) as old, closing(sqlite3.connect(path)) as new:
        new.execute(f"PRAGMA page_size = {PAGE}")
        new.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        new.execute(f"PRAGMA user_version = {version}")
        for name, sql in old.execute(tables).fetchall():
            if name != "lock" or version > 1:
                new.execute(sql)
            for row in old.execute(f"SELECT * FROM {name}").fetchall():
                new.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)
        new.commit()


@pytest.mark.parametrize("version", range(1, schema.version() + 1))
def test_a_match_that_another_tool_has_written_anew_is_saved_whole(
    tmp_path: Path, version: int
) -> None:
    raw, record = good()
    path = tmp_path / "a.match"
    restored_by_another_tool(raw, path, version)
    assert read(path) == record
    lose_states(path)
    saved = rescue(path)
    assert saved.turns == 3
    sound(saved.path)
    assert read(saved.path).texts == record.texts
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE more (a TEXT)")
        connection.commit()
    with pytest.raises(DamagedError, match="no turn in it could be saved"):
        rescue(path)  # a description that is no match's is believed in nothing


def test_lost_rules_are_taken_from_the_program_and_said_so(tmp_path: Path) -> None:
    raw, record = good()
    place = raw.index(record.texts["rulebook/words.toml"][1000:1050].encode())
    path = tmp_path / "a.match"
    path.write_bytes(raw[:place] + b"#" + raw[place + 1 :])
    saved = rescue(path)
    assert saved.turns == 3
    assert "taken from this version" in saved.sentence
    assert read(saved.path).texts == record.texts


def test_rules_of_somebody_s_own_cannot_be_taken_from_the_program(tmp_path: Path) -> None:
    """A teacher's scenario is in the match alone: nothing of it is lost, and nothing is said."""
    text = (load.SCENARIOS / "turn_zero.toml").read_text(encoding="utf-8")
    own = tmp_path / "ours.toml"
    own.write_text(text.replace('id = "turn_zero"', 'id = "ours"'), encoding="utf-8")
    match = play(begin(tmp_path, scenario=str(own)), 1)
    texts = match.record.texts
    match.close()
    lose_states(match.path)
    saved = rescue(match.path)
    assert saved.sentence == (
        f"{match.path}: the file is damaged, and was left as it is. What could be saved, one turn "
        f"of 3, is in the new file {saved.path}. One turn had to be played again from the orders."
    )
    assert read(saved.path).texts == texts


def test_lost_turns_are_played_again_and_said_so(tmp_path: Path) -> None:
    raw, _ = good()
    path = tmp_path / "a.match"
    path.write_bytes(raw)
    lose_states(path)
    with pytest.raises(DamagedError, match="a row of its table turn was changed"):
        read(path)
    saved = rescue(path)
    assert saved.turns == 3
    assert "Three turns had to be played again from the orders." in saved.sentence
    sound(saved.path)


def test_missing_rows_are_missed(tmp_path: Path) -> None:
    raw, _ = good()
    for table in ("note", "orders", "turn", "inject", "undo", "sitting"):
        path = tmp_path / "a.match"
        path.write_bytes(raw)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"DELETE FROM {table} WHERE n = (SELECT min(n) FROM {table})")
            connection.commit()
        with pytest.raises((DamagedError, NotAMatchError)):
            read(path)


def test_committed_orders_are_saved_too(tmp_path: Path) -> None:
    match = play(begin(tmp_path), 1)
    commit_all(match)
    match.close()
    raw = match.path.read_bytes()
    place = raw.rindex(b'"us_troops"')
    match.path.write_bytes(raw[:place] + b"x" + raw[place + 1 :])
    saved = MatchView.read(rescue(match.path).path)
    assert len(saved.played) == 1
    assert saved.waiting_for == ()


def test_what_is_saved_has_a_name_of_its_own(tmp_path: Path) -> None:
    raw, _ = good()
    path = tmp_path / "a.match"
    path.write_bytes(raw[: len(raw) - 1])
    (tmp_path / "a_saved.match").write_bytes(b"somebody's own")
    assert rescue(path).path.name == "a_saved_2.match"
    (tmp_path / "a_saved.match").unlink()
    saved = rescue(path)
    assert saved.path.name == "a_saved.match"
    Match.open(saved.path, cast).close()
    assert rescue(path) == saved, "asked again, it is the same file"
    other = tmp_path / "other"
    assert rescue(path, other).path == other / "a_saved.match"
    assert list(files(tmp_path)) == ["a.match", "a_saved.match", "a_saved_2.match", "other"]


def test_a_damaged_log_loses_no_more_than_itself(tmp_path: Path) -> None:
    """What stands in the file is untouched by whatever lies beside it."""
    raw, record = good()
    path = tmp_path / "a.match"
    for log in (b"", b"nonsense" * 1000, bytes(32) + raw[:PAGE]):
        path.write_bytes(raw)
        path.with_name("a.match-wal").write_bytes(log)
        assert read(path) == record
