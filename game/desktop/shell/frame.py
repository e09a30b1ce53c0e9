"""How a page is laid out: Back and a title, a body that scrolls, a foot with actions."""

from collections.abc import Sequence

from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Centre, Column, Flow, Padded, Row, Rule
from ..widgets.press import Button
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from .screen import Screen

LOW = 380
"""Units of a window's height below which head and foot scroll, too."""
WIDEST = 1080
"""Units that a page's body is not wider than: longer lines are hard to read."""


def page(
    screen: Screen,
    title: str,
    body: Sequence[Widget],
    *,
    actions: Sequence[Widget] = (),
    aside: str = "",
    below_title: Sequence[Widget] = (),
    widest: float = WIDEST,
    gap: float = 16,
    scrolls: bool = True,
    key: str = "page",
) -> Widget:
    """A whole page.

    Args:
        screen: whose `back` the Back button calls.
        title: stands at the top.
        body: one below the other, scrolled where they are higher than the window.
        actions: stand in the foot, which is left out where there are none.
        aside: quiet words beside the title.
        below_title: what stays in its place below the title, such as tabs.
        widest: units that the body is not wider than.
        gap: units between the parts of the body.
        scrolls: whether the body scrolls as a whole; a screen whose parts scroll for themselves
            says no, and gives the part that takes the rest of the height `grow`.
        key: another one for each tab, so that each keeps its own scrolling.
    """
    head = Row(
        [
            Button(t("frame.back"), screen.back, kind="link", key="back", shortcut="Esc"),
            Text(title, "title", grow=1),
            *([Text(aside, "small", "quiet")] if aside else []),
        ],
        gap=16,
    )
    inner: Widget = Column(list(body), gap=gap, grow=1)
    if scrolls and screen.ui.units[1] < LOW:
        foot = [Rule(), Flow(list(actions), gap=12)] if actions else []
        whole = Column([head, *below_title, inner, *foot], gap=14)
        return Scroll(Padded(whole, left=24, right=24, top=16, bottom=16), key=key, focusable=True)
    if scrolls:
        inner = Scroll(Padded(inner, bottom=12, right=16), key=key, focusable=True)
    rows: list[Widget] = [head, *below_title, inner]
    if actions:
        rows += [Rule(), Flow(list(actions), gap=12)]
    return Padded(Centre(Column(rows, gap=14), widest=widest), left=24, right=24, top=16, bottom=16)


def section(title: str, *body: Widget, note: str = "", gap: float = 10) -> Column:
    """A part of a page under its heading."""
    head: list[Widget] = [Text(title, "heading")]
    if note:
        head.append(Text(note, "small", "quiet"))
    return Column([Column(head, gap=2), *body], gap=gap)
