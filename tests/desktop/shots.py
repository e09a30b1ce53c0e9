"""Pictures of every screen at every size, to be looked at and for tests to measure.

uv run python -m tests.desktop.shots FOLDER
uv run python -m tests.desktop.shots FOLDER --size 800x600 --size 3840x2160-175 --theme light
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame

from game.desktop.flow import Flow
from game.desktop.look.theme import theme_ids
from game.desktop.look.ui import Misfit
from game.desktop.shell.app import App
from game.desktop.shell.settings import Loaded, Settings
from game.desktop.shell.window import open_window

from .gallery import SHOTS

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
    settings = Settings(theme=theme, text_scale=text_scale, reduced_motion=True)
    app = App(surface, Loaded(settings), Flow())
    make(app)
    app.frame()
    return app


def pictures(
    shots: dict[str, Callable[[App], None]],
    folder: Path | None = None,
    *,
    sizes: dict[str, tuple[tuple[int, int], int]] | None = None,
    theme: str = "night",
) -> Iterator[tuple[str, list[Misfit]]]:
    """Draws every shot at every size, and keeps them as PNG where a folder is given.

    Yields:
        The picture's name, and what did not fit.
    """
    for size_name, (size, text_scale) in (sizes or SIZES).items():
        surface = pygame.display.set_mode(size)
        for name, make in shots.items():
            app = draw(surface, text_scale, make, theme)
            picture = f"{name}-{size_name}"
            if folder is not None:
                _write(surface, folder / f"{picture}.png")
            misfits = app.misfits
            app.close()
            yield picture, misfits


def _write(surface: pygame.Surface, path: Path) -> None:
    """The picture, whole or not at all; by itself pygame does not tell of a full disk."""
    drawn = io.BytesIO()
    pygame.image.save(surface, drawn, path.name)
    try:
        path.write_bytes(drawn.getvalue())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def main() -> int:
    """Writes a PNG of every screen at every size; 1 where something does not fit, 2 where they
    cannot be written.
    """
    parser = argparse.ArgumentParser(description="pictures of every screen of the window, as PNG")
    parser.add_argument("folder", metavar="DIR", help="where they are written")
    parser.add_argument("--theme", choices=theme_ids(), default="night")
    parser.add_argument(
        "--size", action="append", type=_size, metavar="WxH[-TEXT]", help="instead of the usual"
    )
    asked = parser.parse_args()
    if not asked.folder.strip():
        print("DIR: an empty text names nothing; name a folder", file=sys.stderr)
        return 2
    folder, sizes = Path(asked.folder), dict(asked.size or ()) or SIZES
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    open_window()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return int(_drawn(folder, sizes, asked.theme))
    except (OSError, pygame.error) as error:
        why = getattr(error, "strerror", None) or error
        print(f"{folder}: cannot be written ({why}); name another folder", file=sys.stderr)
        return 2


def _size(text: str) -> tuple[str, tuple[tuple[int, int], int]]:
    """A size as it is written: 800x600, or 800x600-175 with the text's in hundredths."""
    found = re.fullmatch(r"([0-9]{3,4})x([0-9]{3,4})(?:-([0-9]{3}))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write one such as 800x600-175")
    width, high, text_scale = found.groups()
    return text, ((int(width), int(high)), int(text_scale or 100))


def _drawn(folder: Path, sizes: dict[str, tuple[tuple[int, int], int]], theme: str) -> bool:
    """Writes all pictures; whether something does not fit."""
    wrong = False
    for name, misfits in pictures(SHOTS, folder, sizes=sizes, theme=theme):
        print(f"{name}.png" + (f": {len(misfits)} do not fit" if misfits else ""))
        for misfit in misfits:
            print(f"    {misfit.where}: {misfit.what}")
        wrong = wrong or bool(misfits)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
