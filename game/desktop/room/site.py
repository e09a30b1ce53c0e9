"""The card of a place that was picked on the map: what the seat knows of it, and whether it is the
target.
"""

from collections.abc import Callable

from game.futures.seen import Seen
from game.rules.legal import site_mask
from game.rules.orders import Order
from game.views.places import HOSTS, place_lines

from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Panel, Row
from ..widgets.press import Button
from ..widgets.text import Text


def targets(seen: Seen, order: Order) -> tuple[int, ...]:
    """The places that the picked deed may name now; empty where it names none."""
    setting = seen.scenario.setting
    if setting.rulebook.deeds[seen.seat][order.deed].at is None:
        return ()
    allowed = site_mask(setting, seen.match.state, seen.seat, order.deed)[:, 0]
    return tuple(int(site) for site in allowed.nonzero()[0])


def site_card(
    seen: Seen,
    site: int,
    order: Order,
    aim: Callable[[int], None],
    close: Callable[[], None],
) -> Widget:
    """The card.

    Args:
        seen: what the seat sees.
        site: which place.
        order: the orders in the making.
        aim: makes a place the target.
        close: puts the card away.
    """
    book = seen.scenario.setting.rulebook
    place, deed = book.sites[site], book.deeds[seen.seat][order.deed]
    name = place.name[:1].upper() + place.name[1:]
    head: list[Widget] = [
        Text(name, "strong"),
        Text(HOSTS[place.host], "small", "quiet", grow=1),
    ]
    if order.site == site:
        head.append(Text(t("room.site_target"), "label", "accent"))
    head.append(Button("", close, kind="quiet", icon="x", key="site-close", tip=t("room.close")))
    lines: list[Widget] = [
        Row(
            [Text(line.label, "condensed", "quiet", width=52), Text(line.text, "small", grow=1)],
            gap=6,
            align="top",
        )
        for line in place_lines(seen.scenario, seen.now, seen.accounts, site)
    ]
    if site in targets(seen, order) and order.site != site:
        label = t("room.site_aim", deed=deed.name)
        lines.append(Row([Button(label, lambda: aim(site), key="site-aim")]))
    return Panel(
        Column([Row(head, gap=8), *lines], gap=3), pad=10, border="accent", key="site-card"
    )
