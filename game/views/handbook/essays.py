"""The handbook's own pages: how to play, how to read what is shown, what scholars have said."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .measured import outdated
from .page import Entry, Page

FOLDER = Path(__file__).parents[3] / "assets" / "handbook"
KINDS: dict[str, str] = {"guides": "guide", "theory": "theory", "model_card": "guide"}
"""The kind of the pages of each file."""
MEASURE = "python main.py validate"
"""What measures such figures anew."""


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
    measured_with: Mapping[str, Any] | None = None
    """For a page of measured figures, what they were measured with."""


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
                    page.get("measured_with"),
                )
            )
    return tuple(found)


def write(essay: Essay, out: Page) -> None:
    """Writes one on a page."""
    out.title(essay.title)
    if essay.measured_with and (why := outdated(essay.measured_with)):
        out.heading("Not of the rules as they are now")
        out.say(f"The figures below were measured before the rules were changed. {' '.join(why)}")
        out.aside(f"To measure anew: {MEASURE}")
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
