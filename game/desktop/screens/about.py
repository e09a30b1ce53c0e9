"""About: what this is, what it cannot tell, who made what it is made of."""

import json
from typing import NamedTuple

from ..look.theme import ASSETS
from ..shell.frame import page, section
from ..shell.screen import Screen
from ..texts import t
from ..widgets.base import Widget
from ..widgets.table import Head, table
from ..widgets.text import Text


class Credit(NamedTuple):
    """One package that assets were made from."""

    package: str
    version: str
    licence: str


def credits_of_assets() -> list[Credit]:
    """What fonts, map and icons were made from; empty where the list is missing."""
    try:
        data = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Credit(row["package"], row["version"], row["licence"]) for row in data["sources"]]


class AboutScreen(Screen):
    """About the game, with credits."""

    name = "about"

    def build(self) -> Widget:
        """See `Screen`."""
        found = credits_of_assets()
        heads = [
            Head(t("about.package"), 5),
            Head(t("about.version"), 1.4),
            Head(t("about.licence"), 4),
        ]
        used: Widget = table(heads, found, style="small") if found else Text(t("about.no_manifest"))
        return page(
            self,
            t("about.title"),
            [
                section(t("about.what"), Text(t("about.what_text"))),
                section(t("about.cannot"), Text(t("about.cannot_text"))),
                section(t("about.history"), Text(t("about.history_text"))),
                section(t("about.program"), Text(t("about.program_licence"))),
                section(t("about.made_with"), Text(t("about.packages"))),
                section(t("about.used"), used, Text(t("about.licences"), "small", "quiet")),
            ],
            widest=820,
            gap=24,
        )
