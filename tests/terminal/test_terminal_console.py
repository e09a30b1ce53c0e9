"""What the screens draw, in wide and narrow windows, with and without colour."""

import io
import os
import re
import shutil
import sys

import pytest

from game.content.load import load_scenario
from game.rules.seats import Seat
from game.session.match import Match
from game.terminal import briefing
from game.terminal.casting import casting, players
from game.terminal.console import PlainConsole
from game.terminal.rich_console import MORE, RichConsole
from game.terminal.tables import table
from game.views.handbook.page import Entry
from game.views.handbook.topics import topics

SECRET = "the secret"


class Terminal(io.StringIO):
    """A window."""

    def isatty(self):
        return True

    @property
    def lines(self):
        """What it shows, without colours."""
        return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", self.getvalue()).split("\n")


@pytest.fixture(params=[40, 45, 69, 70, 80, 120, 300])
def width(request, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(
        shutil, "get_terminal_size", lambda *_: os.terminal_size((request.param, 24))
    )
    return request.param


@pytest.fixture(params=[RichConsole, PlainConsole])
def shown(request):
    window = Terminal()
    return request.param(window), window


@pytest.fixture(scope="module")
def match():
    scenario = load_scenario("after_taji")
    names = casting(scenario, {})
    del names[Seat.IRAQ]
    return Match(scenario, players(scenario, names), 5)


def test_no_line_is_wider_than_the_window(width, shown, match):
    screen, window = shown
    for topic in topics()[width % 7 :: 7]:
        topic.show(screen)
    briefing.prologue(screen, match.scenario)
    briefing.role_sheet(screen, match, Seat.IRAQ)
    briefing.turn_page(screen, match, Seat.IRAQ, {}, lambda: None)
    briefing.whole_situation(screen, match, Seat.IRAQ, {})
    widest = max(window.lines, key=lambda line: len(line.rstrip()))
    assert len(widest.rstrip()) <= min(width, 100), widest


def test_everything_is_told_in_any_width(width, shown):
    screen, window = shown
    screen.title("One title that is really quite long for a small window")
    screen.bullets(["a bullet"])
    screen.figures([("label", "value")])
    screen.table(table("Seat|>credible|their line", [("Tehran", "50", "rung 7")]))
    screen.entries([Entry("id", "Name", "Text.", "Rung 3"), Entry("x", "Other", closed="too late")])
    told = " ".join(" ".join(window.lines).split())
    for word in (
        "really quite long for a small window",
        "a bullet",
        "label",
        "value",
        "Tehran",
        "credible",
        "50",
        "rung 7",
        "1",
        "Name",
        "Text. Rung 3.",
        "Other",
        "Not now: too late.",
    ):
        assert word in told


def test_text_is_never_taken_for_markup(shown):
    screen, window = shown
    for text in ("[bold]x[/bold]", "[/]", ":smile:", "a [link=http://x]b"):
        screen.say(text)
        screen.bullets([text])
        screen.title(text)
        screen.entries([Entry("x", text, text)])
    assert "".join(window.lines).count("[bold]x[/bold]") == 5
    assert ":smile:" in "".join(window.lines)


def test_a_window_is_cleared(width):
    for kind in (RichConsole, PlainConsole):
        window = Terminal()
        screen = kind(window)
        screen.say(SECRET)
        screen.clear()
        after = window.getvalue().split(SECRET)[1]
        assert "\x1b[2J\x1b[3J" in after if kind is RichConsole else after.count("\n") >= 24


def test_a_dumb_terminal_is_cleared_by_empty_lines(width, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    window = Terminal()
    screen = RichConsole(window)
    screen.clear()
    assert window.getvalue() == "\n" * 24


def test_no_colour_where_none_is_wanted(width, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    window = Terminal()
    RichConsole(window).warn("careful")
    assert "\x1b[33m" not in window.getvalue()


def test_a_pipe_gets_no_control_characters():
    pipe = io.StringIO()
    for screen in (RichConsole(pipe), PlainConsole(pipe)):
        screen.title("title")
        screen.warn("careful")
        screen.clear()
    assert "\x1b" not in pipe.getvalue()


def test_figures_tell_what_moved(match):
    window = io.StringIO()
    screen = PlainConsole(window)
    before = briefing.turn_page(screen, match, Seat.IRAQ, {}, lambda: None)
    assert "(was" not in window.getvalue()
    briefing.whole_situation(screen, match, Seat.IRAQ, before | {"us_troops": "6,000"})
    assert "(was 6,000)" in window.getvalue()
    assert window.getvalue().count("(was") == 1


class Keyboard(io.StringIO):
    """Somebody who presses Enter, again and again."""

    def isatty(self):
        return True


@pytest.fixture
def small(monkeypatch):
    """A window of 80 by 24, and a keyboard."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((80, 24)))
    monkeypatch.setattr(sys, "stdin", Keyboard("\n" * 50))
    return Terminal()


def test_a_long_page_waits_before_anything_scrolls_away(small, match):
    screen = RichConsole(small, paged=True)
    briefing.turn_page(screen, match, Seat.IRAQ, {}, lambda: None)
    briefing.whole_situation(screen, match, Seat.IRAQ, {})
    screens = re.sub(r"\x1b\[[0-9;]*m", "", small.getvalue()).split(MORE)
    assert len(screens) > 3
    for shown in screens:
        assert shown.count("\n") <= 23
    paged = " ".join(" ".join(screens).split())
    whole = Terminal()
    screen = RichConsole(whole)
    briefing.turn_page(screen, match, Seat.IRAQ, {}, lambda: None)
    briefing.whole_situation(screen, match, Seat.IRAQ, {})
    assert paged.split() == " ".join(whole.lines).split()


def test_what_is_typed_begins_a_new_page(small):
    screen = RichConsole(small, paged=True)
    for _ in range(5):
        screen.bullets(["a line"] * 15)
        screen.read("Go on?")
    assert MORE not in small.getvalue()


def test_the_end_of_the_input_ends_the_waiting(small, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Keyboard(""))
    RichConsole(small, paged=True).bullets(str(number) for number in range(200))
    assert small.getvalue().count(MORE) == 1
    assert "199" in small.getvalue()


def test_nobody_waits_for_a_pipe(small, monkeypatch):
    pipe = io.StringIO()
    RichConsole(pipe, paged=True).bullets(["x"] * 200)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    RichConsole(small, paged=True).bullets(["x"] * 200)
    assert MORE not in pipe.getvalue() + small.getvalue()


def test_an_answer_typed_at_more_goes_to_the_next_question(monkeypatch):
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((80, 10)))
    typed = Terminal("harden\n")
    monkeypatch.setattr(sys, "stdin", typed)
    window = Terminal()
    drawn = RichConsole(window, paged=True)
    drawn.bullets(f"line {n}" for n in range(12))
    assert window.getvalue().count(MORE) == 1
    assert drawn.read("Your action?") == "harden"


def test_a_debt_that_outlasts_the_game_is_told_so(capsys):
    scenario = load_scenario("turn_zero")
    match = Match(scenario, players(scenario, casting(scenario, {})), 3)
    state = match.state
    state.debt[Seat.US, Seat.IRAN, 0], state.debt_days[Seat.US, Seat.IRAN, 0] = 5, 14
    briefing.whole_situation(PlainConsole(sys.stdout), match, Seat.US, {})
    assert "You have until the end of the game." in " ".join(capsys.readouterr().out.split())
    state.debt_days[Seat.US, Seat.IRAN, 0] = 7
    briefing.whole_situation(PlainConsole(sys.stdout), match, Seat.US, {})
    assert "Seven days are left." in " ".join(capsys.readouterr().out.split())
