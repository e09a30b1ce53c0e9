"""The door to the window: main.py with and without a screen, at a terminal and in a pipe."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

import main
from game.futures.cast import cast
from game.rules.seats import Seat
from game.session.home import matches_folder
from game.session.match import Match, Seating
from game.session.places import new_path

DOOR = [sys.executable, main.__file__]
DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


def environment(**more):
    plain = {name: value for name, value in os.environ.items() if name not in (*DISPLAY, "UV")}
    return plain | more


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_way_out_is_named():
    done = subprocess.run(
        DOOR, capture_output=True, text=True, timeout=60, check=False, env=environment()
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "There is no screen to open a window on. Play in the terminal: python main.py play --text\n"
    )


def test_a_screen_that_cannot_be_reached_is_told():
    done = subprocess.run(
        DOOR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(DISPLAY=":4711", SDL_VIDEODRIVER="x11"),
    )
    assert done.returncode == 2
    assert "python main.py play --text" in done.stderr
    assert "Traceback" not in done.stderr


def test_in_a_pipe_the_game_is_played_in_text_even_where_there_is_a_screen():
    done = subprocess.run(
        [*DOOR, "play", "turn_zero", "--seat", "US", "--seed", "2"],
        input="\n" * 60,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(SDL_VIDEODRIVER="dummy"),
    )
    assert done.returncode == 0
    assert "The end: " in done.stdout


@pytest.mark.parametrize(
    ("given", "opens"),
    [
        ([], True),
        (["--window"], True),
        (["--text"], False),
        (["--terminal"], False),
        (["--no-save"], False),
    ],
)
def test_started_by_a_click_the_window_opens_unless_the_terminal_is_asked_for(
    given, opens, monkeypatch
):
    """No terminal, and nothing that feeds it: what it played as text nobody would see."""
    seen = []
    monkeypatch.setattr("game.desktop.shell.app.App.run", lambda app: (seen.append(1), app.close()))
    monkeypatch.setattr("game.terminal.play.run", lambda *_, **__: 0)
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert main.main(["play", "turn_zero", "--seat", "US", *given]) == 0
    assert bool(seen) is opens


def test_a_window_can_be_asked_for_in_a_pipe(monkeypatch):
    seen = []
    monkeypatch.setattr("game.desktop.shell.app.App.run", lambda app: (seen.append(1), app.close()))
    read, write = os.pipe()
    os.close(write)
    with open(read, encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        assert main.main(["play", "turn_zero", "--seat", "US", "--window"]) == 0
    assert seen


@pytest.mark.parametrize("also", ["--text", "--terminal", "--no-save"])
def test_a_game_is_played_in_one_place(also, capsys):
    assert main.main(["play", "turn_zero", "--window", also]) == 2
    assert f"leave it out, or leave out {also}" in capsys.readouterr().err


@pytest.mark.parametrize("way", ["--text", "--terminal"])
def test_at_a_terminal_the_terminal_can_be_asked_for(way):
    screen = {"SDL_VIDEODRIVER": "dummy"}
    out = at_a_terminal(["play", "turn_zero", "--seat", "US", way], screen, "Go on?")
    assert "Turn Zero" in out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_at_a_terminal_without_a_screen_the_game_is_played_there():
    out = at_a_terminal(["play", "turn_zero", "--seat", "US"], {}, "Go on?")
    assert "There is no screen to open a window on, so the game is played here." in out


def at_a_terminal(arguments, display, until):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*DOOR, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm", **display),
    ) as process:
        os.close(theirs)
        seen, end = "", time.monotonic() + 30
        try:
            while until not in seen:
                assert time.monotonic() < end, seen
                if select.select([ours], [], [], 0.2)[0]:
                    seen += os.read(ours, 65536).decode("utf-8", "replace")
        finally:
            process.kill()
            os.close(ours)
    return seen


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["play", "turn_nil", "--seat", "US"], "turn_nil"),
        (["play", "turn_zero", "--seat", "FRANCE"], "FRANCE"),
        (["play", "turn_zero", "--seat", "US", "--us", "restraint"], "a person plays US"),
        (["play", "turn_zero", "--seat", "US", "--iran", "nobody"], "nobody"),
    ],
)
def test_a_mistake_is_told_before_any_window_opens(arguments, told, monkeypatch, capsys):
    monkeypatch.setattr("game.door.matches._at_a_terminal", lambda: True)
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr("game.desktop.shell.window.open_window", lambda **_: pytest.fail("opened"))
    assert main.main(arguments) == 2
    assert told in capsys.readouterr().err


def test_help_is_quick_and_loads_no_pygame():
    code = (
        "import sys, main\n"
        "try: main.main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'numpy', 'pygame', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(main.__file__).parent,
        capture_output=True,
        timeout=60,
        check=True,
    )


def test_the_title_is_drawn_before_anything_of_the_game_is_read(tmp_path):
    """What plays, reads and keeps games takes most of a second to load: the title needs none."""
    code = (
        "import sys, main\n"
        "from game.desktop.shell.app import App\n"
        "loaded = []\n"
        "def drawn(app):\n"
        "    loaded.extend([] if loaded else list(sys.modules))\n"
        "    app.quit()\n"
        "App._draw = drawn\n"
        "assert main.main([]) == 0\n"
        "print(*loaded)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(main.__file__).parent,
        env=os.environ | {"RESTORING_DETERRENCE_HOME": str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=True,
        text=True,
    )
    heavy = {"pydantic", "multiprocessing", "game.engine", "game.session.reading"}
    assert "game.desktop.screens.title" in done.stdout.split()
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], ["title"]),
        (["play"], ["title", "scenario"]),
        (["play", "turn_zero"], ["title", "scenario"]),
        (["play", "turn_zero", "--seat", "US", "--seed", "4"], ["title", "room"]),
        (["play", "the_article", "--seat", "US", "--seed", "4"], ["title", "scenario", "briefing"]),
        (["play", "turn_zero", "--seat", "US", "--seat", "IRAN"], ["title", "room"]),
        (
            ["play", "scenarios/the_article.toml", "--seat", "IRAQ"],
            ["title", "scenario", "briefing"],
        ),
    ],
)
def test_the_window_opens_where_it_is_asked_to(arguments, shown, monkeypatch):
    seen = []

    def run(app):
        app.frame()
        seen.extend(screen.name for screen in app._screens)
        seen.append(app.match.seed if app.match else None)
        app.close()

    monkeypatch.chdir(Path(main.__file__).parent)
    monkeypatch.setattr("game.door.matches._at_a_terminal", lambda: True)
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr("game.desktop.shell.app.App.run", run)
    monkeypatch.setattr(sys, "argv", ["main.py"])
    assert main.main(arguments) == 0
    assert seen[:-1] == shown
    if "--seed" in arguments:
        assert seen[-1] == 4


@pytest.mark.parametrize(
    ("arguments", "in_window"),
    [(["FILE"], True), ([], True), (["FILE", "--text"], False), (["FILE", "--terminal"], False)],
)
def test_a_match_is_gone_on_with_where_play_would_play_it(arguments, in_window, monkeypatch):
    path = new_path(matches_folder(), "the_article", 5)
    Match.begin(path, "the_article", {Seat.US: Seating.person()}, cast, seed=5).close()
    seen = []

    def run(app):
        app.frame()
        seen.append((app.screen.name, app.match_path))
        app.close()

    monkeypatch.setattr("game.door.matches._at_a_terminal", lambda: True)
    monkeypatch.setattr("game.desktop.shell.app.App.run", run)
    monkeypatch.setattr("game.terminal.resume.run", lambda *_, **__: seen.append("terminal") or 0)
    told = [str(path) if argument == "FILE" else argument for argument in arguments]
    assert main.main(["resume", *told]) == 0
    assert seen == ([("briefing", path)] if in_window else ["terminal"])


def test_a_file_that_is_no_match_is_told_before_any_window_opens(tmp_path, monkeypatch, capsys):
    (tmp_path / "bad.match").write_text("no match " * 40)
    monkeypatch.setattr("game.door.matches._at_a_terminal", lambda: True)
    monkeypatch.setattr("game.desktop.shell.window.open_window", lambda **_: pytest.fail("opened"))
    assert main.main(["resume", str(tmp_path / "bad.match")]) == 2
    told = capsys.readouterr().err
    assert "damaged beyond reading" in told
    assert "ends in .match" not in told
