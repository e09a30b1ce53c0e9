"""The file that a match is written to: one writer, full and read-only disks, size and speed."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import pytest

from game.futures.cast import cast
from game.session import journal, schema
from game.session.errors import (
    DamagedError,
    HeldError,
    MatchError,
    NotAMatchError,
    OtherVersionError,
    WriteError,
)
from game.session.forking import copy, fork
from game.session.match import Match, Status
from game.session.reading import read
from game.session.record import image, unwritable
from game.session.replay import Replay
from game.session.view import MatchView
from tests.session.common import (
    PEOPLE,
    US,
    again,
    begin,
    commit_all,
    files,
    play,
    some_orders,
    standing,
)

ROOT = Path(__file__).parents[2]
JOURNALS = Path(__file__).parent / "journals"


# --- one writer


def elsewhere(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs Python in another process, from the repository's folder."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


OPEN = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from game.futures.cast import cast
from game.session.errors import HeldError
from game.session.match import Match
from game.session.view import MatchView
path = Path(sys.argv[1])
print(len(MatchView.read(path).record.events))
try:
    Match.open(path, cast)
except HeldError as held:
    print(held)
    sys.exit(3)
"""


def test_a_second_program_is_told_and_may_look(tmp_path: Path) -> None:
    match = begin(tmp_path)
    commit_all(match)
    other = elsewhere(OPEN, match.path)
    assert other.returncode == 3, other.stderr
    rows, sentence = other.stdout.splitlines()
    assert int(rows) == len(match.record.events)
    assert sentence == f"{match.path}: the match is open in another window; close it there first"
    match.advance()
    match.close()
    assert elsewhere(OPEN, match.path).returncode == 0


def test_nor_may_the_same_program_twice(tmp_path: Path) -> None:
    match = begin(tmp_path)
    with pytest.raises(HeldError):
        Match.open(match.path, cast)
    link = tmp_path / "link.match"
    link.symlink_to(match.path)
    with pytest.raises(HeldError):
        Match.open(link, cast)
    match.close()


def test_looking_at_it_does_not_let_it_go(tmp_path: Path) -> None:
    """On POSIX, closing a file drops all locks of a process on it."""
    match = play(begin(tmp_path), 1)
    for _ in range(3):
        MatchView.read(match.path)
        fork(match.path, 1, tmp_path / "fork.match")
        (tmp_path / "fork.match").unlink()
    assert elsewhere(OPEN, match.path).returncode == 3
    match.close()


def test_the_one_file_is_whole_while_it_is_played(tmp_path: Path) -> None:
    match = begin(tmp_path)
    for _ in range(2):
        commit_all(match)
        shutil.copyfile(match.path, tmp_path / "copy.match")
        assert standing(MatchView.read(tmp_path / "copy.match")) == standing(match)
        match.advance()
    match.close()


def test_no_file_is_written_over(tmp_path: Path) -> None:
    begin(tmp_path).close()
    before = (tmp_path / "a.match").read_bytes()
    with pytest.raises(FileExistsError):
        begin(tmp_path)
    with pytest.raises(FileExistsError):
        copy(tmp_path / "a.match", tmp_path / "a.match")
    assert (tmp_path / "a.match").read_bytes() == before
    assert list(files(tmp_path)) == ["a.match"]


# --- a full disk


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The system takes no byte beyond that, as a full disk takes none."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_keeps_nothing_and_hurts_nothing(tmp_path: Path) -> None:
    match = begin(tmp_path)
    play(match, 1)
    match.commit(US, some_orders(match, US))
    before = standing(match)
    things: list[Callable[[], object]] = [
        lambda: commit_all(match),
        lambda: match.note("x" * 3000),
        lambda: match.override("us_support", 0.5, "y" * 3000),
        match.undo,
    ]
    with no_file_larger_than(1000):
        for thing in things:
            with pytest.raises(WriteError, match=r"cannot be written .*; free some space"):
                thing()
            assert standing(match) == before
    assert standing(again(match)) == before


def test_a_disk_that_fills_up_slowly(tmp_path: Path) -> None:
    """Wherever the last byte falls: what was kept is kept, the rest can be done again."""
    refused = 0
    match = begin(tmp_path)
    size = match.path.stat().st_size
    for room in (0, 500, 4_000, 17_000, 40_000):
        before = standing(match)
        with no_file_larger_than(room):
            try:
                commit_all(match)
                match.advance()
            except WriteError:
                refused += 1
        assert standing(MatchView.read(match.path)) == standing(match), f"{room}, {before}"
    assert refused >= 2
    match = again(match)
    assert standing(play(match)) == standing(again(match))
    assert size < 2_000_000


def test_a_full_disk_begins_no_match(tmp_path: Path) -> None:
    with no_file_larger_than(1000), pytest.raises(WriteError, match="cannot be written"):
        begin(tmp_path)
    assert list(files(tmp_path)) == []


# --- folders that cannot be written to


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    """The file or folder cannot be changed, not even by root; skips where that cannot be had."""
    made = subprocess.run(["chattr", "+i", path], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this file system has no immutable files")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


@contextmanager
def read_only_mount(path: Path) -> Iterator[None]:
    """The folder is mounted over itself for reading only; skips where that is not allowed."""
    for command in (["--bind", path, path], ["-o", "remount,ro,bind", path]):
        if subprocess.run(["mount", *command], capture_output=True, check=False).returncode:
            subprocess.run(["umount", path], capture_output=True, check=False)
            pytest.skip("nothing may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", path], check=True)


@contextmanager
def without_rights(path: Path) -> Iterator[None]:
    """The folder and what is in it may only be read: for those who are not root."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    inside = list(path.iterdir())
    for each in (*inside, path):
        each.chmod(each.stat().st_mode & ~0o222)
    try:
        yield
    finally:
        for each in (path, *inside):
            each.chmod(each.stat().st_mode | 0o200)


@pytest.mark.parametrize("shut", [read_only_mount, without_rights])
def test_a_read_only_folder_can_be_looked_at(tmp_path: Path, shut: Callable) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    match = play(begin(folder), 1)
    match.close()
    with shut(folder):
        assert standing(MatchView.read(match.path)) == standing(match)
        with pytest.raises(WriteError, match="cannot be written"):
            Match.open(match.path, cast)
        with pytest.raises(WriteError, match="cannot be written"):
            begin(folder, name="b.match")
        assert list(files(folder)) == ["a.match"]
    match = Match.open(match.path, cast)
    match.close()


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_folder_of_others_is_no_full_disk() -> None:
    """The file may be written, but nothing may be made beside it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        match = play(begin(folder), 1)
        match.close()
        match.path.chmod(0o666)
        folder.chmod(0o555)
        master = os.geteuid() == 0
        try:
            if master:  # who may write anywhere
                os.seteuid(65534)
            with pytest.raises(WriteError, match=r"folder cannot be written to.*play a copy"):
                Match.open(match.path, cast)
        finally:
            if master:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_file_that_may_not_be_changed_can_be_looked_at(tmp_path: Path) -> None:
    match = play(begin(tmp_path), 1)
    match.close()
    with immutable(match.path):
        assert standing(MatchView.read(match.path)) == standing(match)
        with pytest.raises(WriteError, match="cannot be written"):
            Match.open(match.path, cast)


@pytest.mark.parametrize("where", ["/proc/nowhere/a.match", "/dev/null/a.match", "x" * 300])
def test_a_folder_that_cannot_be(tmp_path: Path, where: str) -> None:
    with pytest.raises(WriteError, match="cannot be written"):
        Match.begin(tmp_path / where, "turn_zero", PEOPLE, cast, seed=1)


def test_what_a_killed_match_left_in_a_read_only_folder(tmp_path: Path) -> None:
    """The log beside the file counts, although nobody may touch either."""
    match = begin(tmp_path)
    match._log.journal._connection.execute("PRAGMA wal_autocheckpoint = 0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.session.journal._work_in", lambda _: None)
        commit_all(match)
    for name in files(tmp_path):
        shutil.copyfile(tmp_path / name, tmp_path / name.replace("a.", "left."))
    left = tmp_path / "left.match"
    was = {path: path.read_bytes() for path in tmp_path.glob("left*")}
    assert len(was) == 2
    assert standing(MatchView.read(left)) == standing(match)
    assert {path: path.read_bytes() for path in tmp_path.glob("left*")} == was
    opened = Match.open(left, cast)
    assert standing(opened) == standing(match)
    opened.close()
    assert list(files(tmp_path)) == ["a.match", "a.match-wal", "left.match"]
    match.close()


# --- versions


def test_a_journal_of_every_version_is_kept() -> None:
    seen = set()
    for path in sorted(JOURNALS.glob("*.match")):
        raw, record = path.read_bytes(), read(path)
        number = int.from_bytes(raw[60:64], "big")
        seen.add(number)
        assert path.stem.split("_rules_")[0] == f"version_{number}"
        assert {event.table for event in record.events} >= {"seat", "orders", "turn", "note"}
        assert record.game.scenario == "turn_zero"
    wanted = set(range(1, schema.version() + 1))
    assert seen == wanted, "make one of the new version: see tests/README.md"


def test_an_older_journal_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that does not exist yet, with one more table."""
    match = play(begin(tmp_path), 1)
    match.close()
    before, now = match.path.read_bytes(), schema.MIGRATIONS
    more = "CREATE TABLE weather (n INTEGER PRIMARY KEY, rain REAL NOT NULL) STRICT;"
    monkeypatch.setattr(schema, "MIGRATIONS", (*now, more))
    assert standing(MatchView.read(match.path)) == standing(match)
    assert match.path.read_bytes() == before, "looking changes nothing"
    opened = Match.open(match.path, cast)
    play(opened, 1)
    opened.close()
    assert int.from_bytes(match.path.read_bytes()[60:64], "big") == schema.version()
    assert schema.version() == len(now) + 2
    assert standing(MatchView.read(match.path)) == standing(opened)
    new = begin(tmp_path, name="new.match")
    new.close()
    assert schema.known(schema.version()) != schema.known(schema.version() - 1)
    monkeypatch.setattr(schema, "MIGRATIONS", now)
    for path in (match.path, new.path):
        with pytest.raises(OtherVersionError, match="a newer version of the game wrote it"):
            MatchView.read(path)


def test_a_migration_that_fails_leaves_the_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    match = begin(tmp_path)
    match.close()
    before = match.path.read_bytes()
    wrong = "CREATE TABLE a (b TEXT); SELECT nonsense;"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, wrong))
    with pytest.raises((DamagedError, WriteError)):
        Match.open(match.path, cast)
    assert match.path.read_bytes() == before


@pytest.mark.parametrize("number", [schema.version() + 1, 99, 2**31 - 1])
def test_a_newer_journal_is_left_alone(tmp_path: Path, number: int) -> None:
    match = begin(tmp_path)
    match.close()
    raw = bytearray(match.path.read_bytes())
    raw[60:64] = number.to_bytes(4, "big")
    match.path.write_bytes(raw)
    with pytest.raises(OtherVersionError, match=f"format {number}"):
        Match.open(match.path, cast)
    assert match.path.read_bytes() == raw


# --- what it costs


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The processor time of the quickest of some runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def test_twelve_turns_are_small_and_quick(tmp_path: Path) -> None:
    match = play(begin(tmp_path, scenario="the_article"))
    for _ in range(20):
        match.note("a note of some length " * 20, US)
    match.close()
    assert match.status is Status.ENDED
    assert len(match.played) == 12
    assert match.path.stat().st_size < 2_000_000

    def opening() -> None:
        Match.open(match.path, cast).close()

    opening()
    assert seconds(opening) < 0.3
    replay = Replay(MatchView.read(match.path))
    assert seconds(replay.check) < 0.1


def test_a_file_is_the_same_bytes_for_the_same_events(tmp_path: Path) -> None:
    match = play(begin(tmp_path))
    match.close()
    record = read(match.path)
    assert image(record) == image(record)
    other = tmp_path / "b.match"
    copy(match.path, other)
    assert other.read_bytes() == image(record)
    with pytest.raises(NotAMatchError, match="no such file"):
        read(tmp_path / "c.match")


def test_an_interrupt_after_the_commit_doubles_no_number(tmp_path, monkeypatch):
    """What the disk has and the match in memory does not know is never overwritten."""
    match, path = begin(tmp_path), tmp_path / "a.match"

    def interrupted(_connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_work_in", interrupted)
        with pytest.raises(KeyboardInterrupt):
            match.note("the first")
    with pytest.raises(MatchError, match="open it again"):
        match.note("the second")
    match.close()
    assert [note.words for note in MatchView.read(path).match_state.notes] == ["the first"]


def test_an_interrupt_before_the_commit_leaves_nothing_and_the_match_goes_on(tmp_path, monkeypatch):
    match = begin(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journal, "insert", interrupted)
        with pytest.raises(KeyboardInterrupt):
            match.note("the first")
    match.note("the second")
    assert standing(MatchView.read(match.path)) == standing(match)
    assert [note.words for note in match.match_state.notes] == ["the second"]
    match.close()


def test_a_new_file_is_closed_before_it_gets_its_name(tmp_path, monkeypatch):
    """Windows renames no file that somebody has open."""
    opened, real = [], Path.open

    def watched(self, *arguments, **options):
        opened.append(real(self, *arguments, **options))
        return opened[-1]

    def replaced(self, target):
        assert all(file.closed for file in opened)
        return os.replace(self, target)

    monkeypatch.setattr(Path, "open", watched)
    monkeypatch.setattr(Path, "replace", replaced)
    begin(tmp_path).close()
    assert opened


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/ana/a b.match"), "file:/home/ana/a%20b.match"),
        (PureWindowsPath("C:/Users/ana/a?.match"), "file:///C:/Users/ana/a%3F.match"),
        (PureWindowsPath("//server/class/a.match"), "file:////server/class/a.match"),
    ],
)
def test_a_path_as_sqlite_takes_it(path, uri):
    assert journal._uri(path) == uri


def test_looking_from_another_thread_does_not_undo_the_lock(tmp_path):
    """Threads that read the folder while a match is taken up and played."""
    path = tmp_path / "a.match"
    begin(tmp_path).close()
    stop, seen = threading.Event(), []

    def look():
        while not stop.is_set():
            seen.append(len(read(path).events))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for count in range(3):
            match = Match.open(path, cast)
            match.note(f"note {count}")
            held = elsewhere(TAKE_UP, path)
            assert "HeldError" in held.stderr, held
            match.close()
    finally:
        stop.set()
        looking.join()
    assert seen == sorted(seen)
    assert len(MatchView.read(path).match_state.notes) == 3


TAKE_UP = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from game.futures.cast import cast
from game.session.match import Match
Match.open(Path(sys.argv[1]), cast)
"""


def test_a_match_that_is_deleted_while_it_is_played_says_so(tmp_path: Path) -> None:
    match = begin(tmp_path)
    away = tmp_path / "away.match"
    match.path.rename(away)
    with pytest.raises(WriteError, match="deleted or moved while it was played; put it back"):
        commit_all(match)
    shutil.copyfile(away, tmp_path / "a.match")
    with pytest.raises(WriteError, match="deleted or moved while it was played; put it back"):
        commit_all(match)  # its like is another file, in which nobody would find them
    away.rename(tmp_path / "a.match")
    commit_all(match)
    match.advance()
    assert len(match.played) == 1
    match.close()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("SQLITE_READONLY_DBMOVED", "make it writable"),
        ("SQLITE_CANTOPEN", "make it writable"),
        ("SQLITE_FULL", "free some space"),
        ("SQLITE_IOERR_LOCK", "it cannot be locked); make it writable"),
    ],
)
def test_each_refusal_of_the_disk_has_its_remedy(name: str, remedy: str) -> None:
    error = sqlite3.OperationalError("no")
    error.sqlite_errorname = name
    assert remedy in str(unwritable(Path("a.match"), error))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_no_text_keeps_a_match(tmp_path: Path) -> None:
    folder = tmp_path / "\udcff\udcfe %41#?"
    match = play(begin(folder), 1)
    match.close()
    assert len(MatchView.read(match.path).played) == 1
