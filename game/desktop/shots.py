"""Pictures of every screen at every size, for people to look at and for tests to measure."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pygame

from .app import App
from .settings import Loaded, Settings
from .ui import Misfit

SIZES: dict[str, tuple[tuple[int, int], int]] = {
    "1280x720": ((1280, 720), 100),
    "1024x768": ((1024, 768), 100),
    "1920x1080": ((1920, 1080), 100),
    "1280x720-175": ((1280, 720), 175),
}
"""The window's size and the text's, in hundredths, by what a picture is called."""


def draw(
    surface: pygame.Surface, text_scale: int, make: Callable[[App], None], theme: str = "night"
) -> App:
    """An app whose screen `make` has set up, drawn once; the caller closes it."""
    app = App(surface, Loaded(Settings(theme=theme, text_scale=text_scale, reduced_motion=True)))
    make(app)
    app.frame()
    return app


def pictures(
    shots: dict[str, Callable[[App], None]], folder: Path | None = None
) -> Iterator[tuple[str, list[Misfit]]]:
    """Draws every shot at every size, and keeps them as PNG where a folder is given.

    Yields:
        The picture's name, and what did not fit.
    """
    for size_name, (size, text_scale) in SIZES.items():
        surface = pygame.display.set_mode(size)
        for name, make in shots.items():
            app = draw(surface, text_scale, make)
            picture = f"{name}-{size_name}"
            if folder is not None:
                pygame.image.save(surface, str(folder / f"{picture}.png"))
            misfits = app.misfits
            app.close()
            yield picture, misfits
