"""A page for each seat: what it ordered, knew, said and reached; to be handed to its team."""

from collections.abc import Sequence
from typing import NamedTuple

from game.content.scenario import Role, Scenario
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import SEATS, Seat
from game.views.beliefs import attacks_judged
from game.views.forecasts import Score, scores
from game.views.happenings import place
from game.views.names import SEAT_NAMES, counted
from game.views.phrasebook import share
from game.views.played import PlayedGame, Remark, Turn
from game.views.signals import Signal, Tally, tallies
from game.views.situation import MarkLine, mark_sheet, total_mark

from .telling import SEAT_TITLES


class TurnOrders(NamedTuple):
    """What a seat ordered in one turn."""

    turn: int
    deed: str
    said: str
    whispered: str


class SeatPage(NamedTuple):
    """One seat's page."""

    seat: Seat
    title: str
    player: str
    role: Role
    total: float
    marks: list[MarkLine]
    orders: list[TurnOrders]
    belief: str
    """How well it knew who had fired; empty where there was nothing to know."""
    tallies: list[Tally]
    score: Score | None
    remarks: list[Remark]


def seat_pages(game: PlayedGame, told: Sequence[Signal]) -> list[SeatPage]:
    """All four."""
    scored = {score.seat: score for score in scores(game)}
    return [
        SeatPage(
            seat=seat,
            title=SEAT_TITLES[seat],
            player=game.players.get(seat, ""),
            role=game.scenario.roles[seat],
            total=total_mark(game.scenario, game.final, seat),
            marks=mark_sheet(game.scenario, game.final, seat),
            orders=[_orders(game.scenario, turn, seat) for turn in game.turns],
            belief=_belief(game, seat),
            tallies=tallies([signal for signal in told if signal.seat is seat]),
            score=scored.get(seat),
            remarks=[remark for remark in game.remarks if remark.seat is seat],
        )
        for seat in SEATS
    ]


def _orders(scenario: Scenario, turn: Turn, seat: Seat) -> TurnOrders:
    book, order = scenario.setting.rulebook, turn.orders.order(seat)
    deed = book.deeds[seat][order.deed].name
    where = f", {place(scenario, order.site)}" if order.site != ANY_SITE else ""
    said = book.words[order.word].name if order.word else ""
    if said and order.word_to != NO_SEAT:
        said += f" ({SEAT_NAMES[Seat(order.word_to)]})"
    if order.word_rung:
        said += f", rung {order.word_rung}"
    sent = ""
    if order.whisper and order.whisper_to != NO_SEAT:
        sent = f"{book.whispers[order.whisper].name} ({SEAT_NAMES[Seat(order.whisper_to)]})"
    return TurnOrders(turn.number, deed + where, said, sent)


def _belief(game: PlayedGame, seat: Seat) -> str:
    judged = attacks_judged(game)
    if not judged:
        return ""
    right = sum(one.suspected[seat].first is one.truth for one in judged)
    mean = sum(one.on_truth(seat) for one in judged) / len(judged)
    return (
        f"After {counted(len(judged), 'turn')} with an attack on Americans that nobody signed, the "
        f"true author was the likeliest in its eyes in {right} of {len(judged)}; on average it "
        f"gave {share(mean)} to the truth."
    )
