"""What is on the table: deals that a rival offers, to be signed at once; what it offers itself,
and the offers that have lapsed; deals in force, and a truce, with how long they last.
"""

from collections.abc import Callable, Sequence
from itertools import chain

from game.futures.seen import Seen
from game.rules.legal import why_not_whisper
from game.rules.orders import Order
from game.views.deals import Proposal, gone, in_force, offered_by, on_the_table
from game.views.names import CAPITALS, counted
from game.views.pledges import Pledge, of_deal, of_truce, told

from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Panel, Row
from ..widgets.press import Button
from ..widgets.text import Text
from .orders.ordering import not_now


def table(
    seen: Seen,
    order: Order,
    sign: Callable[[int, int], None],
    pledges: Sequence[Pledge] = (),
    ends: str = "",
) -> Widget | None:
    """The card; None where nothing is offered, holds or has lapsed.

    Args:
        seen: what the seat sees.
        order: the orders in the making.
        sign: orders the message that signs a deal, with its rival.
        pledges: how long deals and a truce may last, as far as the staff was asked.
        ends: how often the game may be over soon where the seat holds, in a clause.
    """
    book = seen.scenario.setting.rulebook
    offers = on_the_table(book, seen.now)
    lines: list[Widget] = []
    for offer in offers:
        head = t("room.table.offer", who=CAPITALS[offer.rival], deal=offer.name)
        left = Text(offer.left, "condensed", "accent")
        act = _signing(seen, order, offer, sign)
        lines += [
            Row([Text(head, "strong", grow=1), left], gap=8),
            Row([Text(offer.terms, "small", grow=1), act], gap=10),
            *_lasts(seen, of_deal(pledges, offer.rival, offer.whisper)),
        ]
    if (days := int(seen.now.columns["iraq_order_days"][0])) > 0:
        lines.append(Text(t("room.table.order_out", days=counted(days, "day")), "small"))
    lines += [Text(line, "small", "quiet") for line in in_force(book, seen.now)]
    for rival in seen.seat.rivals:
        if code := int(seen.now.deal[rival, 0]):
            lines += _lasts(seen, of_deal(pledges, rival, code))
    if seen.now.columns["mil_truce"][0] > 0:
        lines += _lasts(seen, of_truce(pledges))
    if ends:
        lines.append(Text(t("room.table.ends", ends=ends), "small", "warn"))
    lines += [Text(line, "small", "quiet") for line in offered_by(book, seen.now)]
    if seen.before is not None:
        lost = chain(*gone(book, seen.before, seen.now).values())
        lines += [Text(line, "small", "warn") for line in lost]
    if not lines:
        return None
    return Panel(Column(lines, gap=4), pad=10, border="accent" if offers else "line", key="table")


def _lasts(seen: Seen, pledge: Pledge | None) -> list[Widget]:
    return [] if pledge is None else [Text(told(seen.seat, pledge), "small", "warn")]


def _signing(seen: Seen, order: Order, offer: Proposal, sign: Callable[[int, int], None]) -> Widget:
    """The button that signs a deal, or that the draft signs it."""
    whisper, to = offer.whisper, int(offer.rival)
    if (order.whisper, order.whisper_to) == (whisper, to):
        return Text(t("room.table.signed"), "label", "accent")
    setting, state = seen.scenario.setting, seen.match.state
    reasons = "; ".join(why_not_whisper(setting, state, seen.seat, whisper, to))
    return Button(
        t("room.table.sign"),
        lambda: sign(whisper, to),
        key=f"sign-{offer.rival.name}",
        why_not=not_now(reasons),
        tip=t("room.table.sign_tip"),
    )
