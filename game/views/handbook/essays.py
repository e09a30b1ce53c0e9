"""The handbook's own pages: how to play, how to read what is shown, what scholars have said."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .page import Entry, Page

FOLDER = Path(__file__).parents[3] / "assets" / "handbook"
KINDS: dict[str, str] = {"guides": "guide", "theory": "theory", "model_card": "guide"}
"""The kind of the pages of each file."""


@dataclass(frozen=True, slots=True)
class Essay:
    """One page of prose."""

    id: str
    kind: str
    title: str
    body: str
    """Paragraphs, points ("- ") and headings ("## "), parted by blank lines."""
    sources: tuple[str, ...]
    see: tuple[str, ...]
    """Names of other pages."""


@cache
def essays() -> tuple[Essay, ...]:
    """All of them in their order; those whose file is missing are left out."""
    found = []
    for name, kind in KINDS.items():
        path = FOLDER / f"{name}.toml"
        if not path.is_file():
            continue
        for page in tomllib.loads(path.read_text(encoding="utf-8"))["page"]:
            found.append(
                Essay(
                    page["id"],
                    kind,
                    page["title"],
                    page["body"].strip(),
                    tuple(page.get("sources", ())),
                    tuple(page.get("see", ())),
                )
            )
    return tuple(found)


def write(essay: Essay, out: Page) -> None:
    """Writes one on a page."""
    out.title(essay.title)
    for block in essay.body.split("\n\n"):
        lines = block.strip().split("\n")
        if lines[0].startswith("## "):
            out.heading(lines.pop(0).removeprefix("## "))
        if lines and lines[0].startswith("- "):
            out.bullets(line.removeprefix("- ") for line in lines)
        elif lines:
            out.say(" ".join(lines))
    if essay.sources:
        out.heading("To read")
        out.bullets(essay.sources)
    if essay.see:
        out.heading("See also")
        out.entries([Entry(name, name) for name in essay.see], first=None)
