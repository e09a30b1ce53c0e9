"""Tells where a file was written, and leads there."""

import webbrowser
from pathlib import Path
from threading import Thread

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Panel
from ...widgets.entry import copy
from ...widgets.press import Button
from ...widgets.text import Text


def tell(app: App, title: str, path: Path) -> None:
    """Tells where a page was written, and offers to open it, where there is a browser, and to copy
    its path.
    """

    def put() -> None:
        app.mention(t("frame.copied" if copy(str(path)) else "frame.not_copied"))

    def show() -> None:
        app.close_overlay()
        # Some browsers only come back when they are closed.
        Thread(target=webbrowser.open, args=(path.absolute().as_uri(),), daemon=True).start()

    def build() -> Widget:
        ways: list[Widget] = [
            Button(t("frame.copy"), put, key="copy"),
            Button(t("frame.done"), app.close_overlay, kind="quiet", key="done"),
        ]
        if has_browser():
            ways.insert(0, Button(t("frame.open"), show, kind="primary", default=True, key="open"))
        parts = [Text(title, "heading"), Text(str(path)), Flow(ways)]
        return Panel(Column(parts, gap=12), pad=24, border="accent")

    app.open_overlay(build)


def has_browser() -> bool:
    """Whether a page can be shown outside of the game."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
