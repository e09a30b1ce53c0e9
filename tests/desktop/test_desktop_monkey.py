"""Somebody who presses anything: no screen falls over, whatever is clicked, typed or resized."""

import random

import pygame
import pytest

from tests.desktop.gallery import SHOTS
from tests.desktop.shots import draw

from .common import settle, window

EVENTS = 10
KEYS = [
    pygame.K_TAB,
    pygame.K_RETURN,
    pygame.K_SPACE,
    pygame.K_UP,
    pygame.K_DOWN,
    pygame.K_LEFT,
    pygame.K_RIGHT,
    pygame.K_PAGEDOWN,
    pygame.K_END,
    pygame.K_HOME,
    pygame.K_ESCAPE,
    pygame.K_F1,
    pygame.K_BACKSPACE,
    pygame.K_a,
    pygame.K_1,
]
SIZES = [(1280, 720), (1024, 768), (700, 500), (1920, 1080)]


def anything(luck, app):
    """One thing that a person may do."""
    width, height = app.surface.get_size()
    pos = (luck.randrange(width), luck.randrange(height))
    widgets = [w for w in app.tree.top.walk() if w.focusable and w.rect.size != (0, 0)]
    if widgets and luck.random() < 0.7:
        pos = luck.choice(widgets).rect.center
    what = luck.random()
    if what < 0.45:
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            yield pygame.event.Event(kind, pos=pos, button=1)
    elif what < 0.55:
        yield pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(1, 1), buttons=(1, 0, 0))
    elif what < 0.63:
        steps = luck.choice([-3, -1, 1, 3])
        yield pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=steps, precise_y=float(steps))
    elif what < 0.66:
        size = luck.choice(SIZES)
        pygame.display.set_mode(size)
        yield pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1])
    elif what < 0.69:
        yield pygame.event.Event(pygame.QUIT)
    else:
        code = luck.choice(KEYS)
        mod = luck.choice([0, 0, 0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL])
        yield pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode="")
        if code in (pygame.K_a, pygame.K_1):
            yield pygame.event.Event(pygame.TEXTINPUT, text=chr(code))
        if luck.random() < 0.8:
            yield pygame.event.Event(pygame.KEYUP, key=code, mod=mod)


@pytest.mark.parametrize("name", SHOTS)
def test_nothing_falls_over(name):
    app = draw(window().surface, 100, SHOTS[name])
    luck = random.Random(name)
    for _ in range(EVENTS):
        for event in anything(luck, app):
            pygame.event.post(event)
        settle(app)
        app.running = True
    app.close()
    window()
