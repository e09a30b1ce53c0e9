"""icons/*.svg: the drawings that screens use, white, so that they can be tinted at any size."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from .fetch import read

_TABLER = "tabler-icons-3.51.0.tgz"
_MAKI = "mapbox-maki-8.2.0.tgz"
_NAMES = tomllib.loads((Path(__file__).parent / "icons.toml").read_text(encoding="utf-8"))


def pictures(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each icon's file name and drawing.

    Raises:
        SystemExit: an icon is not in its package.
    """
    for name in _NAMES["outline"]:
        yield f"{name}.svg", _white(_one(folder, _TABLER, f"icons/outline/{name}.svg"))
    for name in _NAMES["filled"]:
        yield f"{name}-filled.svg", _white(_one(folder, _TABLER, f"icons/filled/{name}.svg"))
    for name in _NAMES["maki"]:
        drawing = _one(folder, _MAKI, f"icons/{name}.svg")
        yield f"map-{name}.svg", drawing.replace("<svg ", '<svg fill="#ffffff" ', 1).encode()


def licences(folder: Path) -> bytes:
    """The licences of both packages."""
    tabler = read(folder, _TABLER, "LICENSE").decode()
    maki = read(folder, _MAKI, "LICENSE.txt").decode()
    return (
        "All icons but those whose names begin with map-: Tabler Icons.\n\n"
        f"{tabler.strip()}\n\n{'=' * 78}\n\n"
        f"Icons whose names begin with map-: Maki.\n\n{maki.strip()}\n"
    ).encode()


def _one(folder: Path, archive: str, member: str) -> str:
    try:
        return read(folder, archive, member).decode()
    except FileNotFoundError:
        raise SystemExit(f"{archive} has no {member}") from None


def _white(drawing: str) -> bytes:
    """Without what a screen does not need; the paint of the surrounding text becomes white."""
    lines = [line.strip() for line in drawing.splitlines()]
    kept = [
        line for line in lines if not line.startswith("class=") and 'd="M0 0h24v24H0z"' not in line
    ]
    return (" ".join(kept).replace("currentColor", "#ffffff") + "\n").encode()
