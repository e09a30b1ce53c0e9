"""A real window on a virtual display: it opens, idles, and ends in good order.

Needs Xvfb (Debian: apt-get install xvfb).
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from statistics import median

import pytest

import main

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None, reason="Xvfb is not installed: apt-get install xvfb"
)


@pytest.fixture
def display():
    """The name of a virtual display."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def environment(display, home):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("SDL_", "WAYLAND"))}
    return plain | {"DISPLAY": display, "RESTORING_DETERRENCE_HOME": str(home)}


def cpu(process):
    """Seconds of the processor that a process has used."""
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024


def test_the_title_opens_idles_and_ends(display, tmp_path):
    with subprocess.Popen(
        [sys.executable, main.__file__],
        env=environment(display, tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _settled(process)
            share = median(_share_of_a_core(process) for _ in range(3))
            held = megabytes(process)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
    assert share < 0.03
    assert held < 250


def _share_of_a_core(process):
    """What it takes of a core over two seconds; other tests run beside it, so one look is not
    enough.
    """
    before, start = cpu(process), time.monotonic()
    time.sleep(2)
    return (cpu(process) - before) / (time.monotonic() - start)


def _settled(process):
    """Waits until the window has come up and does next to nothing any more: a look at the events
    now and then.
    """
    end, last = time.monotonic() + 60, -1.0
    while cpu(process) - last > 0.02 or last < 0.2:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < end
        last = cpu(process)
        time.sleep(1)


LIVE = """
import warnings
import pygame
from game.desktop.shell import window
from game.desktop.shell.app import App
from game.desktop.flow import Flow
from game.desktop.shell.settings import Loaded, Settings
from game.desktop.screens.title import TitleScreen

app = App(window.open_window(), Loaded(Settings()), Flow())
assert pygame.display.get_driver() == "x11"
app.push(TitleScreen(app))
app.frame()
assert len(set(app.surface.get_buffer().raw)) > 20
for size in ((900, 620), (1280, 720)):
    pygame.display.set_mode(size, pygame.RESIZABLE)
    for _ in range(20):
        app.turn() if pygame.event.peek() else app.frame()
        pygame.time.wait(10)
    pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
    app.turn()
    app.frame()
    shown = app.tree.root.rect
    assert shown.size == app.surface.get_size(), (shown, app.surface.get_size())
def pump():
    for _ in range(20):
        app.turn() if pygame.event.peek() else app.frame()
        pygame.time.wait(10)


warnings.simplefilter("ignore")
shown = pygame.Window.from_display_module()
place, size, number = shown.position, shown.size, shown.id
for _ in range(3):
    app.toggle_fullscreen()
    pump()
    assert app.surface.get_size() == (1280, 800), app.surface.get_size()
    app.toggle_fullscreen()
    pump()
    assert app.surface.get_size() == size, app.surface.get_size()
    assert (shown.position, shown.size) == (place, size), (shown.position, shown.size)
    assert pygame.Window.from_display_module().id == number, "the same window all the time"
pygame.display.set_window_position((4000, 3000))
pump()
pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSGAINED))
pump()
x, y = pygame.display.get_window_position()
assert 0 <= x < 1280 - 64, (x, y)
assert 0 <= y < 800 - 64, (x, y)
assert not window.bring_into_view()
pygame.display.iconify()
pygame.event.post(pygame.event.Event(pygame.QUIT))
app.run()
print("ended")
"""


def test_a_live_window_is_resized_and_minimised(display, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LIVE],
        cwd=os.path.dirname(main.__file__),
        env=environment(display, tmp_path),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "ended"


def test_no_sound_device_is_no_trouble(display, tmp_path):
    code = "import pygame\nfrom game.desktop.shell import window\nwindow.open_window()\n"
    code += "assert pygame.mixer.get_init() is None"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=os.path.dirname(main.__file__),
        env=environment(display, tmp_path) | {"AUDIODEV": "/nowhere"},
        capture_output=True,
        timeout=60,
        check=True,
    )
