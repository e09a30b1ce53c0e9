"""Sounds, made from arithmetic alone: few, quiet, and off until somebody turns them up. They tell
nothing that is not on the screen, too. Where there is no loudspeaker, there is no sound.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

RATE = 22_050
"""Samples a second."""
Wave = NDArray[np.float64]


class Sounds:
    """The loudspeaker of one window."""

    def __init__(self) -> None:
        self._works = True

    def play(self, name: str, volume: int) -> None:
        """Plays a sound of `SOUNDS`.

        Args:
            name: which.
            volume: in hundredths; 0 plays nothing and opens no loudspeaker.
        """
        if volume <= 0 or not self._works:
            return
        try:
            if not pygame.mixer.get_init():
                pygame.mixer.init(RATE, -16, 1, 512)
            sound = pygame.mixer.Sound(buffer=samples(name).tobytes())
            sound.set_volume(volume / 100)
            sound.play()
        except (pygame.error, NotImplementedError):  # no loudspeaker, or no mixer in this pygame
            self._works = False

    def close(self) -> None:
        """Lets go of the loudspeaker."""
        with suppress(pygame.error, NotImplementedError):
            if pygame.mixer.get_init():
                pygame.mixer.quit()


@cache
def samples(name: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    """A sound of `SOUNDS` as (samples,) 16-bit numbers, never louder than three quarters."""
    wave = SOUNDS[name]()
    loudest = max(1e-9, float(np.abs(wave).max()))
    return np.rint(wave / loudest * 0.75 * 32_767).astype(np.int16)


def _time(seconds: float) -> Wave:
    return np.arange(int(seconds * RATE), dtype=np.float64) / RATE


def _struck(pitch: float, seconds: float, fade: float, partials: dict[float, float]) -> Wave:
    """A struck note: partials that die away, the higher the sooner."""
    time = _time(seconds)
    wave: Any = np.zeros_like(time)
    for ratio, share in partials.items():
        ring = np.exp(-time * fade * ratio**0.5)
        wave = wave + share * ring * np.sin(2 * np.pi * pitch * ratio * time)
    return _soft(wave)


def _soft(wave: Wave) -> Wave:
    """Without a click at either end."""
    edge = min(wave.size // 2, int(0.006 * RATE))
    ramp = np.linspace(0, 1, edge)
    wave[:edge] *= ramp
    wave[-edge:] *= ramp[::-1]
    return wave


def _commit() -> Wave:
    """A soft key."""
    return _struck(196.0, 0.22, 26.0, {1.0: 1.0, 2.4: 0.35, 5.1: 0.12})


def _loud() -> Wave:
    """One low struck note."""
    return _struck(55.0, 2.2, 2.1, {1.0: 1.0, 2.0: 0.5, 2.76: 0.3, 5.4: 0.12})


def _quiet() -> Wave:
    """The tone of a room that dies away, and then nothing."""
    time = _time(1.6)
    room = sum(np.sin(2 * np.pi * pitch * time + pitch) for pitch in (98.0, 147.3, 195.6))
    return _soft(room * np.linspace(1, 0, time.size) ** 2)


def _lapse() -> Wave:
    """A falling two-note."""
    first = _struck(294.0, 0.5, 6.0, {1.0: 1.0, 2.0: 0.2})
    second = _struck(220.0, 0.9, 4.0, {1.0: 1.0, 2.0: 0.2})
    wave = np.zeros(int(1.2 * RATE))
    wave[: first.size] += first
    start = int(0.3 * RATE)
    wave[start : start + second.size] += second
    return wave


def _broken() -> Wave:
    """Two notes that rub against each other and die away."""
    return _struck(196.0, 1.4, 3.6, {1.0: 1.0, 1.06: 0.9, 2.0: 0.2})


def _tick() -> Wave:
    """A tick."""
    return _struck(880.0, 0.05, 90.0, {1.0: 1.0, 3.0: 0.4})


SOUNDS: dict[str, Callable[[], Wave]] = {
    "commit": _commit,
    "loud": _loud,
    "quiet": _quiet,
    "lapse": _lapse,
    "broken": _broken,
    "tick": _tick,
}
"""What there is to hear, by name."""
