"""Waiting for something to happen, at next to no cost."""

import time
from dataclasses import dataclass

import pygame

QUICK, SLOW = 0.005, 0.015
"""Seconds between two looks at the events, soon after the last one and later. (The system's own
way of waiting looks a thousand times a second on some systems: four times the processor's work.)"""
LINGER = 2.0
"""Seconds after an event in which another one is likely."""
LONGEST = 3600.0
"""Seconds of one waiting where nothing is due."""


@dataclass(slots=True)
class Waiting:
    """Waits for the events of the window."""

    last: float = 0.0
    """When the last one came, on the clock that only runs forward."""

    def events(self, due: float | None) -> list[pygame.event.Event]:
        """What has happened, as soon as anything has; nothing when it is due."""
        now = time.monotonic()
        until = now + LONGEST if due is None else due
        if until <= now:
            return pygame.event.get()
        while not (found := pygame.event.get()) and (now := time.monotonic()) < until:
            quick = now - self.last < LINGER
            time.sleep(min(QUICK if quick else SLOW, until - now))
        self.last = now if found else self.last
        return found
