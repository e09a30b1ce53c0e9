"""The door as a process: pipes, terminals, interrupts."""

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import time
from shlex import quote

import pytest

import main
from game.terminal.spelling import spelt

DOOR = [sys.executable, main.__file__]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and terminals")


@pytest.mark.parametrize("scenario", ["turn_zero", "the_article"])
def test_a_whole_game_through_a_pipe(outside, scenario):
    """Each scenario is played to its end in `test_terminal_play`, in the tests' own process."""
    result = outside("play", scenario, "--seat", "US", "--seed", "2", typed="\n" * 400)
    assert result.status == 0
    assert result.err == ""
    assert "The end: " in result.out


def test_works_from_any_folder(outside, tmp_path):
    result = outside("play", "turn_zero", "--seat", "US", typed="\n" * 60, cwd=tmp_path)
    assert result.status == 0
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_are_no_text_are_no_fault():
    done = subprocess.run(
        [*DOOR, "play", "turn_zero", "--seat", "US"],
        input=b"\n\n\n\xff\xfe\x00hold\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_terminal_without_unicode():
    done = subprocess.run(
        [*DOOR, "play", "turn_zero", "--seat", "US"],
        input=b"\n" * 60,
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert b"The end: " in done.stdout
    assert b"?" not in done.stdout.split(b"What you know")[1].split(b"Go on")[0]


def test_signs_that_an_encoding_has_not_are_spelt():
    signs = "\u2212 \u2013 \u2019 \u201c \u2026 \u2022 \u00b1 \u00e9 \u0645"
    assert spelt(signs) == "- - ' ' ... * +/- e ?"
    command = ["whatif", "turn_zero", "--turn", "1", "--seat", "US", "--deed", "strike_fighters"]
    done = subprocess.run(
        [*DOOR, *command, "--games", "40", "--lens", "balanced"],
        capture_output=True,
        timeout=60,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert re.search(rb" -\d+\.\d\d", done.stdout), "a minus sign before a number"
    assert b"?" not in done.stdout.split(b"\n", 2)[2]


COMMANDS = [
    ["rules"],
    ["rules", "harden", "--text"],
    ["check"],
    ["play", "turn_zero", "--seat", "US"],
    ["simulate", "turn_zero", "--games", "9", "--json", "-"],
]


@posix
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("command", [*COMMANDS, ["--help"], ["play", "--help"]])
def test_a_full_disk_is_told_in_a_sentence(command, buffered):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*DOOR, *command],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
            env=os.environ | {"PYTHONUNBUFFERED": buffered},
        )
    assert done.returncode == 2
    assert done.stderr.endswith(
        "The output cannot be written (No space left on device). Send it somewhere else.\n"
    )
    assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize("command", [["simulate", "nope"], ["nope"]])
def test_a_mistake_that_cannot_be_told_is_one_all_the_same(command):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([*DOOR, *command], stderr=full, timeout=60, check=False)
    assert done.returncode == 2


@posix
@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_output_is_told_in_a_sentence(command):
    line = " ".join(quote(part) for part in [*DOOR, *command])
    done = subprocess.run(
        ["sh", "-c", f"{line} >&-"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "There is nowhere to print to: the output is closed. Leave it open.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_python_without_the_packages_is_told_what_to_do(command):
    done = subprocess.run(
        [sys.executable, "-E", "-S", main.__file__, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert re.match(r"The package \w+ is not installed for this Python\.", done.stderr)
    assert "uv run main.py" in done.stderr
    assert "pip install -r requirements.lock" in done.stderr
    assert done.stderr.count("\n") == 1


def test_help_loads_neither_numpy_nor_rich():
    code = (
        "import sys, main\n"
        "try: main.main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'numpy', 'rich', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=os.path.dirname(main.__file__),
        capture_output=True,
        timeout=60,
        check=True,
    )


@pytest.mark.parametrize(
    "command",
    [
        ["rules"],
        ["rules", "--text"],
        ["play"],
        ["simulate", "turn_zero", "--games", "9", "--json", "-"],
    ],
)
@posix
def test_a_reader_that_goes_away_is_no_fault(command):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*DOOR, *command],
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


@posix
def test_ctrl_c_at_a_question_leaves_politely():
    with _started(
        [*DOOR, "play", "turn_zero", "--seat", "US", "--seed", "4"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        out = _read_until(process.stdout.fileno(), "Go on?")
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "You left in turn 1 of 3" in out + rest
    assert err == ""


@posix
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_prints_what_was_done_and_writes_no_file(tmp_path, workers):
    import pty  # noqa: PLC0415 (not on every system)

    target = tmp_path / "result.json"
    command = [
        *DOOR,
        "simulate",
        "turn_zero",
        "--games",
        "50000000",
        "--chunk",
        "200",
        "--workers",
        workers,
        "--json",
        str(target),
    ]
    ours, theirs = pty.openpty()
    with _started(
        command, stdout=subprocess.PIPE, stderr=theirs, text=True, start_new_session=True
    ) as process:
        os.close(theirs)
        _read_until(ours, "games/s")
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        out, _ = process.communicate(timeout=60)
    err = _rest(ours)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "Error" not in err
    assert re.search(r"Stopped after [\w,]+ games? of 50,000,000: these are partial results", out)
    assert list(tmp_path.iterdir()) == []
    assert _gone(process.pid)


@posix
def test_workers_do_not_outlive_the_door():
    command = [*DOOR, "simulate", "turn_zero", "--us", "uniform", "--games", "50000000"]
    with _started(
        [*command, "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        until = time.monotonic() + 60
        while len(_alive(process.pid)) < 3:  # the door and its two
            assert time.monotonic() < until
            time.sleep(0.1)
        process.kill()
    assert _gone(process.pid)


@posix
def test_the_curtain_wipes_window_and_scrollback():
    import pty  # noqa: PLC0415 (not on every system)

    ours, theirs = pty.openpty()
    with _started(
        [*DOOR, "play", "turn_zero", "--seat", "US", "--seat", "IRAN", "--terminal"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color", "LINES": "200", "COLUMNS": "80"},
    ) as process:
        os.close(theirs)
        seen = _read_until(ours, "Go on?")
        for question in (
            "alone with the screen",
            "Go on?",
            "Your orders",
            "Your action?",
            "Your public statement?",
            "Your private message?",
            "[skip]",
            "Commit?",
        ):
            os.write(ours, b"\n")
            seen += _read_until(ours, question)
        os.write(ours, b"\n")
        seen = _read_until(ours, "keyboard to Tehran")
        process.kill()
    os.close(ours)
    assert "\x1b[2J\x1b[3J" in seen
    assert "Your orders" not in seen.split("\x1b[3J")[-1]


@contextlib.contextmanager
def _started(command, **options):
    """A process that ends with the test, however that ends."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def _read_until(file, wanted):
    """What comes out of a file descriptor up to some words."""
    seen, until = "", time.monotonic() + 60
    while wanted not in seen:
        assert time.monotonic() < until, seen
        if select.select([file], [], [], 0.5)[0]:
            seen += os.read(file, 65536).decode("utf-8", "replace")
    return seen


def _rest(terminal):
    """What is still to be read from a terminal that nobody writes to any more."""
    seen = b""
    with contextlib.suppress(OSError):  # how its end shows
        while select.select([terminal], [], [], 0.5)[0] and (more := os.read(terminal, 65536)):
            seen += more
    os.close(terminal)
    return seen.decode("utf-8", "replace")


def _alive(group):
    """The processes of a group that have not ended."""
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return [line for line in listed if line.split()[:1] == [str(group)] and "Z" not in line]


def _gone(group):
    """Whether all processes of a group have ended; waits for them a while."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not _alive(group):
            return True
        time.sleep(0.2)
    return False
