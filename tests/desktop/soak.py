"""Somebody who presses anything for half an hour: nothing falls over, and memory stays flat.

    uv run python -m tests.desktop.soak --minutes 30

Its folder of games holds what lists have to live with: a game, one of a strange name, a forged one,
nonsense.
"""

import argparse
import gc
import os
import random
import sys
import tempfile
import time
import traceback
from functools import _lru_cache_wrapper
from pathlib import Path

EVENTS = 40
"""On each screen, before another one is shown."""
MOST_GROWTH = 40.0
"""MB by which memory may differ between the middle of the run and its end."""


def main() -> int:
    """The command line; 1 where a screen fell over or memory grew."""
    parser = argparse.ArgumentParser(description="Random events on every screen of the window.")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as home:
        os.environ |= {"SDL_VIDEODRIVER": "dummy", "RESTORING_DETERRENCE_HOME": home}
        return _soaked(Path(home), asked.minutes * 60, random.Random(asked.seed))


def _soaked(home: Path, seconds: float, luck: random.Random) -> int:
    # the driver must be chosen before pygame is loaded
    import pygame  # noqa: PLC0415

    from tests.benchmarks.desktop import megabytes  # noqa: PLC0415
    from tests.desktop import gallery, gallery_room  # noqa: PLC0415
    from tests.desktop.common import settle, window  # noqa: PLC0415
    from tests.desktop.gallery import SHOTS  # noqa: PLC0415
    from tests.desktop.shots import draw  # noqa: PLC0415
    from tests.desktop.test_desktop_monkey import anything  # noqa: PLC0415

    _fill(home / "matches")
    made = [
        f for g in (gallery, gallery_room) for f in vars(g).values() if hasattr(f, "cache_clear")
    ]
    begin, told, events, screens, faults = time.monotonic(), 0, 0, 0, 0
    curve: list[tuple[float, float]] = []
    while (past := time.monotonic() - begin) < seconds:
        for kept in made:  # games that were played on by what was pressed
            kept.cache_clear()
        name = luck.choice(sorted(SHOTS))
        app = draw(window().surface, luck.choice((100, 100, 150)), SHOTS[name])
        try:
            for _ in range(EVENTS):
                for event in anything(luck, app):
                    pygame.event.post(event)
                    events += 1
                settle(app)
                app.running = True
        except Exception:
            faults += 1
            print(f"{name} fell over:\n{traceback.format_exc()}", flush=True)
        app.close()
        screens += 1
        curve.append((past, megabytes()))
        if past >= 60 * told:
            told += 1
            print(f"{past / 60:5.1f} min {events:>9,} events {curve[-1][1]:7.0f} MB", flush=True)
    half = [size for past, size in curve if past > seconds / 2] or [curve[-1][1]]
    grown = half[-1] - half[0]
    print(
        f"{screens:,} screens, {events:,} events, {faults} fell over; {curve[0][1]:.0f} MB after "
        f"the first screen, {half[0]:.0f} in the middle, {half[-1]:.0f} at the end ({grown:+.0f})"
    )
    print(f"held in caches: {_cached()}")
    return 1 if faults or grown > MOST_GROWTH else 0


def _cached() -> str:
    """The game's own caches, the largest first: what each holds, and how much it may hold."""
    found = [
        (kept.cache_info(), f"{kept.__module__}.{kept.__qualname__}")
        for kept in gc.get_objects()
        if isinstance(kept, _lru_cache_wrapper) and kept.__module__.startswith("game.")
    ]
    found.sort(key=lambda one: -one[0].currsize)
    return ", ".join(
        f"{name} {info.currsize} of {info.maxsize or 'any'}" for info, name in found[:8]
    )


def _fill(folder: Path) -> None:
    from tests.hostile.matches import good, over  # noqa: PLC0415

    folder.mkdir()
    (folder / "a.match").write_bytes(good())
    (folder / "b.match").write_bytes(over())
    (folder / "nonsense.match").write_bytes(b"nonsense")
    (folder / "cut.match").write_bytes(good()[:9000])
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe\x1b[2J.match")).write_bytes(over())


if __name__ == "__main__":
    sys.exit(main())
