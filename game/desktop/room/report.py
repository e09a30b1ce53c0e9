"""The turn's report: what came of each of the seat's orders, a line from each capital, what its
blow did; then on to the room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.futures.seen import Seen
from game.views.ending import scene
from game.views.names import CAPITALS, sentence
from game.views.phrasebook import LUCK_ALONE
from game.views.reckoning import Reckoned
from game.views.regard import Blow, blow_sentence
from game.views.regard import Seen as Regarded
from game.views.theory_belief import TheoryBelief
from game.views.voices import Voice

from ..look.ui import Ui
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.beams import Beam
from ..widgets.boxes import Column, Flow, Gap, Grid, Padded, Panel, Row, Rule
from ..widgets.press import Button
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from .leaves.reading import item, read_in
from .leaves.world import told_in_report


@dataclass(frozen=True, slots=True)
class ReportActions:
    """What the report's buttons do."""

    leave: Callable[[], None]
    watch: Callable[[], None]
    """Shows the turn on the map, one thing after the other."""
    news: Callable[[], None]
    """Goes to the room's news."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the seat's staff makes of the turn, as far as it is worked out."""

    asked: bool
    """Whether it was asked at all."""
    regard: Regarded | None
    """How the others see the seat."""
    belief: TheoryBelief | None
    """Which world it is."""


def report_screen(
    ui: Ui, seen: Seen, judged: Judged, actions: ReportActions, *, over: bool
) -> Widget:
    """The window below the strip.

    Args:
        ui: the frame.
        seen: what the seat has seen.
        judged: what its staff makes of the turn.
        actions: what the buttons do.
        over: whether the game is over with this turn.
    """
    wide = ui.units[0] >= 940
    turn = seen.scenario.turns[seen.turn - 1]
    about = t("room.report_about", turn=seen.turn, date=day(turn.date), title=turn.title)
    head: list[Widget] = [
        Text(t("room.report_title"), "title"),
        Text(f"{about} {sentence(read_in(seen.seat))}", "small", "quiet"),
    ]
    regard = judged.regard
    orders = Column(_orders(seen.reckoning(regard)), gap=8)
    capitals = Column(_capitals(seen.voices), gap=8)
    blow = _blow(regard, seen.turn)
    meanwhile = _meanwhile(seen)
    world = told_in_report(seen, judged.belief) if judged.asked else None
    waits = judged.asked and regard is None
    left: list[Widget] = [
        *_end(seen, over=over),
        orders,
        *([reckons()] if waits else []),
        *([] if wide or world is None else [world]),
        *meanwhile,
        *([blow] if blow is not None else []),
    ]
    foot = Flow(
        [
            Button(
                t("room.play_end") if over else t("room.play_leave"),
                actions.leave,
                kind="primary",
                key="leave",
                default=True,
                shortcut=t("room.enter"),
            ),
            Button(t("room.report_watch"), actions.watch, key="watch", icon="player-play"),
            *(
                []
                if over
                else [Button(t("room.report_news"), actions.news, key="all-news", icon="news")]
            ),
        ],
        gap=10,
    )
    if wide:
        told = Scroll(Padded(Column(left, gap=14), right=12), key="report", focusable=True)
        right = [world] if world is not None else []
        right += [Text(t("room.capitals"), "heading"), capitals]
        heard = Scroll(
            Padded(Column(right, gap=10), right=8),
            key="capitals",
            focusable=True,
        )
        body: Widget = Row(
            [Column([told], grow=1.7), Column([heard], grow=1)], gap=24, align="fill", grow=1
        )
    else:
        inner = Column([*left, Text(t("room.capitals"), "heading"), capitals], gap=12)
        body = Scroll(Padded(inner, right=8), key="report", focusable=True)
    top = Row(head, gap=16) if wide else Column(head, gap=2)
    return Padded(
        Column([top, Rule(), body, Rule(), foot], gap=8),
        left=16,
        right=16,
        top=10,
        bottom=10,
        grow=1,
        key="report-page",
    )


def reckons() -> Widget:
    """That the staff still works out what moved the figures, and where it will stand."""
    return Text(t("room.reckons"), "small", "warn", key="reckons")


def what_moved(seen: Seen, judged: Judged) -> list[Widget]:
    """What moved the seat's score in the last turn, for the news; nothing where nobody is asked."""
    if not judged.asked or not seen.turn:
        return []
    if judged.regard is None:
        return [reckons()]
    found = [one for one in seen.reckoning(judged.regard) if one.part == "score"]
    return [Column(_orders(found), key="moved")]


def _end(seen: Seen, *, over: bool) -> list[Widget]:
    """That the game is over, and how it ended, before anything else."""
    if not over:
        return []
    last = scene(seen.scenario, seen.match.state)
    body = Column([Text(last.headline, "heading"), Text(last.told[0])], gap=4)
    return [Panel(body, pad=12, edge="accent", key="end")]


def _orders(found: Sequence[Reckoned]) -> list[Widget]:
    rows: list[Widget] = []
    for place, one in enumerate(found):
        if place:
            rows.append(Rule())
        label = t(f"room.report_part.{one.part}", turn=one.turn)
        head = Row(
            [
                Text(label, "tiny", "quiet", width=132),
                Text(one.name, "strong", grow=1),
                Text(one.chip, "label", "accent", key=f"chip-{one.part}"),
            ],
            gap=8,
        )
        if one.is_silence:
            rows.append(Column([head], key=one.part))
            continue
        *first, last = one.chain
        chain: list[Widget] = [
            *(Text(step, "body", "quiet") for step in first),
            Text(last, "strong" if first else "body"),
        ]
        rows.append(Column([head, Padded(Column(chain, gap=2), left=140)], gap=4, key=one.part))
    return rows


def _capitals(voices: Sequence[Voice]) -> list[Widget]:
    cards: list[Widget] = []
    for voice in voices:
        name = CAPITALS[voice.seat]
        head = Flow(
            [
                Text(name[:1].upper() + name[1:], "strong", voice.seat.name),
                Text(", ".join(voice.did), "condensed", "quiet"),
            ],
            gap=8,
        )
        body = Column([head, Text(voice.line)], gap=4)
        cards.append(Panel(body, pad=12, edge=voice.seat.name, key=f"voice-{voice.seat.name}"))
    return cards


def _meanwhile(seen: Seen) -> list[Widget]:
    """What the others did, in the news; the seat's own orders are told of above."""
    others = [one for one in seen.news[-1] if one.by is not seen.seat]
    if not others:
        return []
    head = Text(t("room.meanwhile"), "tiny", "quiet")
    return [Rule(), Column([head, *(item(one) for one in others)], gap=6, key="meanwhile")]


def _blow(regard: Regarded | None, turn: int) -> Widget | None:
    """What the turn's use of force did to how each of the others sees the seat."""
    blows = [blow for blow in (regard.blows if regard else ()) if blow.turn == turn]
    if not blows:
        return None
    reach = max(max(blow.fear.high, blow.anger.high) for blow in blows)
    cards = [_beam(blow, reach) for blow in blows]
    head = Text(t("room.blow_head"), "heading")
    note = Text(t("room.blow_note", alone=LUCK_ALONE), "small", "quiet")
    body = Column([head, note, Grid(cards, least=190, most=3, gap=16), Gap(2)], gap=6)
    return Panel(body, pad=14, key="blow")


def _beam(blow: Blow, reach: float) -> Widget:
    name = CAPITALS[blow.rival]
    beam = Beam(
        blow.fear,
        blow.anger,
        (t("room.fear"), t("room.anger")),
        reach=reach,
        tip=blow_sentence(blow),
    )
    title = Text(name[:1].upper() + name[1:], "strong", blow.rival.name)
    return Column([title, beam, Text(blow.verdict, "small")], gap=2)
