"""How the window feels, in figures: `python -m tests.benchmarks.desktop`.

Start to the title, input to changed pixels, consequences shown once an order is pointed at, frames
of every screen, the processor when nothing happens, memory after all screens. On the driver that
draws on nothing, or on the display that SDL_VIDEODRIVER names.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ["RESTORING_DETERRENCE_HOME"] = tempfile.mkdtemp()

import pygame

from game.desktop.flow import Flow
from game.desktop.room.leaves.estimating import FUTURES
from game.desktop.screens.room import RoomScreen
from game.desktop.shell.app import App
from game.desktop.shell.settings import Loaded, Settings
from game.desktop.shell.window import open_window
from game.rules.seats import Seat
from tests.benchmarks.by_numpy import by_numpy
from tests.desktop.gallery import SHOTS
from tests.desktop.gallery_room import played
from tests.desktop.playing import rows

ROOT = Path(__file__).parents[2]
STARTS = 7
EVENTS = 60
IDLE = 10.0
FRAMES = 12
USED = ("title", "scenario", "handbook", "debrief-force", "explore", "room-orders", "room-ledger")
"""The screens on which something is typed and pointed at."""
AIMS = {
    "start to title, s": 1.0,
    "input to changed pixels, p95, ms": 35.0,
    "consequences of an action that is pointed at, p95, ms": 150.0,
    "consequences once something else is said, by numpy, p95, ms": 150.0,
    "… where it is said as fast as one can press, p95, ms": 150.0,
    "frame built and drawn anew, slowest screen, ms": 16.0,
    "idle, hundredths of a core": 1.0,
    "memory after all screens, MB": 250.0,
}
TITLE = """
import os
import game.desktop.shell.window as window
import main
opened = window.open_window
def open_window(**options):
    surface = opened(**options)
    from game.desktop.shell.app import App
    original = App._draw
    def drawn(app):
        original(app)
        print("drawn", flush=True)
        os._exit(0)
    App._draw = drawn
    return surface
window.open_window = open_window
main.main([])
"""


def start_to_title() -> tuple[float, float]:
    """From nothing to the first picture: the median of some starts in seconds, and the mean of
    the processor's seconds.
    """
    times, cpu = [], sum(os.times()[2:4])
    for _ in range(STARTS):
        begin = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", TITLE], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            while process.stdout.readline().strip() != "drawn":
                pass
            times.append(time.perf_counter() - begin)
    return statistics.median(times), (sum(os.times()[2:4]) - cpu) / STARTS


def input_to_pixels(app: App, name: str) -> list[float]:
    """Milliseconds from a posted key or motion to the picture that shows what it did."""
    SHOTS[name](app)
    app.frame()
    flipped: list[float] = []
    original = app._draw

    def drawn() -> None:
        original()
        flipped.append(time.perf_counter())

    app._draw = drawn  # type: ignore[method-assign]
    latencies, posted = [], []

    def type_and_point() -> None:
        for number in range(EVENTS):
            time.sleep(0.05)
            if number % 2:
                event = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode="")
            else:
                pos = _somewhere_else(app, number)
                event = pygame.event.Event(
                    pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0)
                )
            posted.append(time.perf_counter())
            pygame.event.post(event)
        time.sleep(0.1)
        pygame.event.post(pygame.event.Event(pygame.USEREVENT))

    hand = threading.Thread(target=type_and_point)
    hand.start()
    while hand.is_alive():
        app.turn()
    app.frame()
    for moment in posted:
        after = [flip for flip in flipped if flip >= moment]
        if after and after[0] - moment < 0.05 * 4:
            latencies.append(1000 * (after[0] - moment))
    return latencies


def _somewhere_else(app: App, number: int) -> tuple[int, int]:
    """The middle of something that can be pressed and is to be seen, away from the pointer."""
    under = [
        (w.rect.center, app.tree.top.at(w.rect.center)) for w in app.tree.top.walk() if w.focusable
    ]
    points = [point for point, chain in under if chain and chain[-1].path != app.ui.hover]
    return points[number // 2 % len(points)] if points else (640, 360)


def consequences_shown(app: App) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds, in a room whose staff has no machine code, from the key that picks something to
    the picture with its figures: another statement, each as soon as the last one's figures are
    there; then an action; then a message, each once the figures are as fine as they get.
    """
    failed: list[str] = []
    app.worker.submit("by numpy", by_numpy, failed=failed.append)
    screen = RoomScreen(app, played("the_article", 4, Seat.US))
    app.push(screen)
    app.focus_on("")
    staff = screen.desk_of(Seat.US).staff
    _until(app, lambda: staff.futures > 0)
    assert not failed, failed
    times: dict[int, list[float]] = {pygame.K_w: [], pygame.K_d: [], pygame.K_p: []}
    for leaf, found in times.items():
        if leaf != pygame.K_w:
            _until(app, lambda: staff.futures == FUTURES[-1])
        _press(app, leaf)
        for _ in rows(app)[1:]:
            _press(app, pygame.K_DOWN)
            posted = time.perf_counter()
            _press(app, pygame.K_RETURN)
            _until(app, lambda: staff.is_of_draft)
            found.append(1000 * (time.perf_counter() - posted))
            if leaf != pygame.K_w:
                _until(app, lambda: staff.futures == FUTURES[-1])
    return times[pygame.K_d], times[pygame.K_p], times[pygame.K_w]


def _press(app: App, code: int) -> None:
    """Presses a key and lets the window's loop act on it and draw."""
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=code, mod=0, unicode=""))
    app.turn()
    app.frame()


def _until(app: App, is_so: Callable[[], bool]) -> None:
    """Runs the window's loop until something is so, and drawn."""
    while not is_so():
        pygame.time.set_timer(pygame.USEREVENT, 100, 1)  # something to wait for
        app.turn()
    app.frame()


def frame_times(app: App) -> dict[str, float]:
    """The median milliseconds of the processor for building and drawing each screen anew."""
    found = {}
    for name, make in SHOTS.items():
        make(app)
        app.frame()
        times = []
        for _ in range(FRAMES):
            app.rebuild()
            begin = time.process_time()
            app.frame()
            times.append(1000 * (time.process_time() - begin))
        found[name] = statistics.median(times)
        app.home()
        app._screens.clear()
    return found


def idle_share(app: App) -> float:
    """Hundredths of a core while nothing happens."""
    SHOTS["title"](app)
    app.frame()
    app.waiting.last = 0.0
    pygame.time.set_timer(pygame.QUIT, int(IDLE * 1000), 1)
    begin, cpu = time.perf_counter(), time.process_time()
    while app.running:
        app.turn()
    return 100 * (time.process_time() - cpu) / (time.perf_counter() - begin)


def megabytes() -> float:
    """What this process holds of memory now; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    line = next(line for line in told.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _p95(found: Sequence[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def main() -> int:
    """Prints the figures; 1 where one misses its aim."""
    started, cpu = start_to_title()
    figures = {"start to title, s": started}
    surface = open_window()

    def fresh() -> App:
        pygame.event.clear()
        return App(surface, Loaded(Settings()), Flow())

    app = fresh()
    frames = frame_times(app)
    app.close()
    latencies = {}
    for name in USED:
        app = fresh()
        latencies[name] = input_to_pixels(app, name)
        app.close()
    app = fresh()
    picked, said, quickly = consequences_shown(app)
    app.close()
    slowest = max(frames, key=lambda name: frames[name])
    everywhere = [one for found in latencies.values() for one in found]
    figures["input to changed pixels, p95, ms"] = _p95(everywhere)
    figures["consequences of an action that is pointed at, p95, ms"] = _p95(picked)
    figures["consequences once something else is said, by numpy, p95, ms"] = _p95(said)
    figures["… where it is said as fast as one can press, p95, ms"] = _p95(quickly)
    figures["frame built and drawn anew, slowest screen, ms"] = frames[slowest]
    app = fresh()
    figures["idle, hundredths of a core"] = idle_share(app)
    app.close()
    figures["memory after all screens, MB"] = megabytes()
    for name, value in figures.items():
        print(f"{name}: {value:.2f} (aim: under {AIMS[name]:g})")
    print(f"start to title, s of the processor: {cpu:.2f}")
    for name, found in latencies.items():
        print(f"input to changed pixels on {name}, p95: {_p95(found):.1f} ms of {len(found)}")
    print(f"slowest screen: {slowest}; load of the machine: {os.getloadavg()[0]:.1f}")
    for name, value in sorted(frames.items(), key=lambda pair: -pair[1]):
        print(f"    {name}: {value:.1f} ms")
    return int(any(value > AIMS[name] for name, value in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
