"""The door as a process: pipes, terminals, interrupts."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

import main
from game.content.load import scenario_ids

DOOR = [sys.executable, main.__file__]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and terminals")


@pytest.mark.parametrize("scenario", scenario_ids())
def test_a_whole_game_through_a_pipe(outside, scenario):
    result = outside("play", scenario, "--seat", "US", "--seed", "2", typed="\n" * 200)
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
    with _started(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        time.sleep(3.5)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == ""
    assert re.search(r"Stopped after [\w,]+ games? of 50,000,000: these are partial results", out)
    assert list(tmp_path.iterdir()) == []
    assert _gone(process.pid)


@posix
def test_workers_do_not_outlive_the_door():
    command = [*DOOR, "simulate", "turn_zero", "--games", "50000000", "--workers", "2"]
    with _started(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        time.sleep(3)
        process.kill()
    assert _gone(process.pid)


@posix
def test_the_curtain_wipes_window_and_scrollback():
    import pty  # noqa: PLC0415 (not on every system)

    ours, theirs = pty.openpty()
    with _started(
        [*DOOR, "play", "turn_zero", "--seat", "US", "--seat", "IRAN"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        seen = _read_until(ours, "Go on?")
        for question in (
            "alone with the screen",
            "Go on?",
            "Go on?",
            "Your orders",
            "Your deed?",
            "Your word?",
            "Your message?",
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


@contextmanager
def _started(command, **options):
    """A process that ends with the test, however that ends."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def _read_until(file, wanted):
    """What comes out of a file descriptor up to some words."""
    seen, until = "", time.monotonic() + 30
    while wanted not in seen:
        assert time.monotonic() < until, seen
        if select.select([file], [], [], 0.5)[0]:
            seen += os.read(file, 65536).decode("utf-8", "replace")
    return seen


def _gone(group):
    """Whether all processes of a group have ended; waits for them a while."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        listed = subprocess.run(
            ["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True
        ).stdout.split("\n")
        alive = [line for line in listed if line.split()[:1] == [str(group)] and "Z" not in line]
        if not alive:
            return True
        time.sleep(0.2)
    return False
