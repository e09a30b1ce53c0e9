"""web/*: what the classroom's pages are served with: letters for phones, the scripts' library."""

import io
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from .fetch import read

_HTMX = "htmx.org-2.0.8.tgz"
_EVENTS = "htmx-ext-sse-2.2.4.tgz"
_SANS = "IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"
_CONDENSED = "IBMPlexSansCondensed-Regular.ttf", "IBMPlexSansCondensed-SemiBold.ttf"
_LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    *(
        0x202F,
        0x2030,
        0x2032,
        0x2039,
        0x203A,
        0x20AC,
        0x2122,
        0x2212,
        0x2248,
        0x2260,
        0x2264,
        0x2265,
    ),
    *range(0x2190, 0x2194),
)
"""What the pages' own texts need; a name in other letters is shown in the phone's own."""


def web(folder: Path, fonts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each file's name and content.

    Args:
        folder: where the packages' archives lie.
        fonts: the letters of assets/fonts, by the name of their file.
    """
    for name in (*_SANS, *_CONDENSED):
        yield name.replace(".ttf", ".woff2"), _latin(fonts[name])
    yield "htmx.min.js", read(folder, _HTMX, "dist/htmx.min.js")
    yield "sse.min.js", read(folder, _EVENTS, "dist/sse.min.js")
    yield "LICENCE.txt", _licence(folder)


def _latin(font: bytes) -> bytes:
    """A font with Latin letters only, packed for browsers; the same letters make the same bytes."""
    options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    options.drop_tables += ["DSIG"]
    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_LATIN)
    subsetter.subset(opened)
    opened.flavor = "woff2"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _licence(folder: Path) -> bytes:
    htmx, events = (read(folder, archive, "LICENSE").decode() for archive in (_HTMX, _EVENTS))
    return (
        f"htmx.min.js: htmx 2.0.8.\n\n{htmx.strip()}\n\n{'=' * 78}\n\n"
        f"sse.min.js: the extension of htmx for server-sent events, 2.2.4.\n\n{events.strip()}\n\n"
        f"{'=' * 78}\n\n"
        "*.woff2: Latin subsets of IBM Plex, whose licence is ../fonts/LICENCE.txt.\n"
    ).encode()
