"""What a person has set, kept between games in one small file."""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ..look.theme import DEFAULT, theme_ids

TEXT_SCALES = (100, 115, 130, 150, 175)
"""Sizes of the text, in hundredths."""
VOLUMES = (0, 25, 50, 75, 100)
"""Volumes of sounds, in hundredths."""
MOST_UNCOACHED = 200
"""Games of which it is remembered that their coaching was skipped."""


@dataclass(slots=True)
class Settings:
    """Everything that can be set."""

    theme: str = DEFAULT
    text_scale: int = 100
    reduced_motion: bool = False
    estimate: bool = True
    """Whether the staff tells what an order may bring, and argues about it."""
    volume: int = 0
    """Of sounds, in hundredths; 0 is off."""
    fullscreen: bool = False
    folder: str = ""
    """The folder that somebody chose for games; empty for the usual one."""
    uncoached: list[str] = field(default_factory=list)
    """The ids of practice games whose coaching was skipped, the last one last."""

    def with_uncoached(self, game: str) -> list[str]:
        """`uncoached` with one more game; the oldest are forgotten."""
        return [*(one for one in self.uncoached if one != game), game][-MOST_UNCOACHED:]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as they were read."""

    settings: Settings
    kept_aside: Path | None = None
    """Where an unreadable file was kept; None where there was none."""


def folder() -> Path:
    """Where settings are kept."""
    from game.session.home import HOME, matches_folder  # noqa: PLC0415 (only a window needs it)

    if os.environ.get(HOME):
        return matches_folder().parent
    import platformdirs  # noqa: PLC0415 (only a window needs it)

    return Path(platformdirs.user_config_dir("restoring-deterrence", appauthor=False))


def load(path: Path) -> Loaded:
    """The settings of a file; the defaults where there is none. One that cannot be read is kept
    aside under another name, never overwritten.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            return Loaded(Settings(), _keep_aside(path))
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, UnicodeDecodeError):
        return Loaded(Settings(), _keep_aside(path))
    try:
        return Loaded(_checked(json.loads(text)))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Loaded(Settings(), _keep_aside(path))


def save(settings: Settings, path: Path) -> None:
    """Writes the settings; a crash in the middle leaves the old ones.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    os.replace(beside, path)


_ALLOWED: dict[str, Callable[[Any], bool]] = {
    "theme": lambda value: value in theme_ids(),
    "text_scale": lambda value: value in TEXT_SCALES and not isinstance(value, bool),
    "volume": lambda value: value in VOLUMES and not isinstance(value, bool),
    "folder": lambda value: (
        isinstance(value, str) and "\0" not in value and (not value or Path(value).is_absolute())
    ),
    "uncoached": lambda value: (
        isinstance(value, list) and all(isinstance(game, str) for game in value)
    ),
}


def _checked(data: Any) -> Settings:
    """The settings that a file holds; what an older or newer game wrote beside them is left out.

    Raises:
        ValueError: one of them cannot be.
    """
    if not isinstance(data, dict):
        raise ValueError("no table")
    known = {f.name for f in fields(Settings)}
    if isinstance(data.get("uncoached"), str):  # an older game knew one, by the name of its file
        del data["uncoached"]
    given = {name: value for name, value in data.items() if name in known}
    for name, value in given.items():
        allowed = _ALLOWED.get(name, lambda v: isinstance(v, bool))
        if not allowed(value):
            raise ValueError(name)
    return Settings(**given)


def _keep_aside(path: Path) -> Path | None:
    for number in range(1, 1000):
        aside = path.with_suffix(f".unreadable-{number}")
        if not os.path.lexists(aside):
            try:
                os.replace(path, aside)
            except OSError:
                return None
            return aside
    return None
