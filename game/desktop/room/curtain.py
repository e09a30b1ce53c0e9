"""The curtain between two people at one machine: nothing that any seat knows is on it."""

from collections.abc import Callable, Sequence

from game.rules.seats import Seat
from game.views.names import SEAT_TITLES

from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Centre, Column, Flow, Gap, Panel, Row
from ..widgets.press import Button
from ..widgets.text import Text


def curtain(
    seat: Seat,
    name: str,
    turn: str,
    clock: Sequence[Widget],
    committed: Sequence[Seat],
    reveal: Callable[[], None],
    take_back: Callable[[Seat], None],
    instead: tuple[Seat, Callable[[], None]] | None = None,
    *,
    menu: Callable[[], None],
) -> Widget:
    """The whole screen.

    Args:
        seat: who is to come.
        name: of the person or team; may be empty.
        turn: which turn it is, in words.
        clock: what is left of its time, where there is a limit.
        committed: the people's seats that have committed.
        reveal: the seat says that it is there.
        take_back: a seat that has committed wants to change its orders.
        instead: who was to come before one that wants to change its orders, and what hands the
            screen back to that seat; None where none does.
        menu: opens the menu.
    """

    def back(who: Seat) -> Callable[[], None]:
        return lambda: take_back(who)

    who = t("room.curtain_named", seat=SEAT_TITLES[seat], name=name) if name else SEAT_TITLES[seat]
    ways: list[Widget] = [
        Button(
            t("room.curtain_here", who=SEAT_TITLES[seat]),
            reveal,
            kind="primary",
            key="reveal",
            default=True,
        )
    ]
    if instead is not None:
        before, hand_back = instead
        ways.append(
            Button(
                t("room.curtain_instead", seat=SEAT_TITLES[before]),
                hand_back,
                key="instead",
                tip=t("room.curtain_instead_tip", seat=SEAT_TITLES[seat]),
            )
        )
    body: list[Widget] = [
        Row(
            [
                Text(turn, "label", "accent", grow=1),
                *clock,
                Button(t("room.menu"), menu, kind="quiet", key="menu", shortcut="Esc"),
            ]
        ),
        Text(t("room.curtain_title", who=who), "title", seat.name),
        Text(t("room.curtain_text")),
        Gap(4),
        Flow(ways),
    ]
    if committed:
        body += [
            Gap(8),
            Text(t("room.curtain_committed"), "small", "quiet"),
            Flow(
                [
                    Button(
                        t("room.curtain_back", seat=SEAT_TITLES[other]),
                        back(other),
                        key=f"back-{other.name}",
                        seat=other,
                        tip=t("room.curtain_back_tip"),
                    )
                    for other in committed
                ]
            ),
        ]
    inner = Panel(Column(body, gap=12), pad=28, edge=seat.name)
    return Centre(inner, widest=560, grow=1, middle=True)


def paused(go_on: Callable[[], None], menu: Callable[[], None]) -> Widget:
    """The whole screen while whoever leads has paused the game: nothing of any seat is on it."""
    ways: list[Widget] = [
        Button(t("room.go_on"), go_on, kind="primary", key="go-on"),
        Button(t("room.menu"), menu, kind="quiet", key="menu", shortcut="Esc"),
    ]
    body = [Text(t("room.paused"), "title", "warn"), Text(t("room.paused_led")), Flow(ways)]
    return Centre(Panel(Column(body, gap=12), pad=28), widest=560, grow=1, middle=True)
