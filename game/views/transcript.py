"""The referee's own telling of a game: everything, hidden things included, for replays and records.

Never shown to a seat while its game is on.
"""

from collections.abc import Iterator

from game.content.scenario import Scenario
from game.rules.digest import game_digests
from game.rules.endings import Ending, marks
from game.rules.orders import Orders
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import SEATS, Cause, Seat
from game.rules.state import State

from .names import CAPITALS, CAUSE_NAMES, rung_name
from .weapons import went_off

_SOURCES = {
    Source.MILITIA: "militia",
    Source.SPLINTER: "splinter cell",
    Source.THIRD_PARTY: "third party",
    Source.IRAN: "Iran",
}
_KEY_COLUMNS = (
    "us_support",
    "us_case",
    "us_protection",
    "iran_network",
    "iran_grip",
    "mil_rockets",
    "mil_standing",
    "iraq_authority",
    "iraq_momentum",
    "brink",
)


def turn_lines(
    scenario: Scenario, orders: Orders, outcome: Outcome, after: State, game: int = 0
) -> list[str]:
    """One turn in the referee's telling: orders, what happened, and the state's digest."""
    text = scenario.turns[outcome.turn - 1]
    return [
        f"Turn {outcome.turn}, {text.date.day} {text.date:%B %Y}: {text.title}",
        *(f"  {CAPITALS[seat]}: {order_line(scenario, orders, seat, game)}" for seat in SEATS),
        *(f"  > {line}" for line in _happenings(scenario, outcome, game)),
        *(f"  = {line}" for line in _state_lines(after, game)),
    ]


def order_line(scenario: Scenario, orders: Orders, seat: Seat, game: int = 0) -> str:
    """One seat's orders by their ids: "strike_depots at jurf; justify_defence; notice > IRAQ"."""
    book, order = scenario.setting.rulebook, orders.order(seat, game)
    deed = book.deeds[seat][order.deed].id
    parts = [deed if order.site == ANY_SITE else f"{deed} at {book.sites[order.site].id}"]
    if order.word:
        to = f" {Seat(order.word_to).name}" if order.word_to != NO_SEAT else ""
        rung = f" at rung {order.word_rung}" if order.word_rung else ""
        parts.append(f"{book.words[order.word].id}{to}{rung}")
    if order.whisper:
        parts.append(f"{book.whispers[order.whisper].id} > {Seat(order.whisper_to).name}")
    return "; ".join(parts)


def _happenings(scenario: Scenario, outcome: Outcome, game: int) -> Iterator[str]:
    book = scenario.setting.rulebook
    for source in Source:
        if outcome.fire_attacks[source, game]:
            figures = {
                name: int(getattr(outcome, f"fire_{name}")[source, game])
                for name in (
                    "attacks",
                    "rounds",
                    "hits",
                    "us_killed",
                    "us_wounded",
                    "coalition_killed",
                    "iraqi_killed",
                )
            }
            told = ", ".join(f"{name} {count}" for name, count in figures.items() if count)
            warned = ", warned" if outcome.warned[source, game] else ""
            place = book.sites[outcome.fire_site[source, game]].id
            if went_off(book, outcome, source, game):
                told = told.replace("rounds", "bombs")
            yield f"fire by {_SOURCES[source]} at {place}: {told}{warned}"
    if outcome.strike_militia_killed[game] or outcome.strike_rockets[game]:
        yield (
            f"strike: militia killed {int(outcome.strike_militia_killed[game])}, rockets "
            f"{int(outcome.strike_rockets[game])}, Iraqi forces killed "
            f"{int(outcome.strike_iraqi_killed[game])}, civilians killed "
            f"{int(outcome.strike_civilians_killed[game])}"
        )
    yield from _chance(outcome, game)
    yield from _minds(outcome, game)
    yield f"rung {int(outcome.rung[game])} ({rung_name(outcome.rung[game])})"


def _chance(outcome: Outcome, game: int) -> Iterator[str]:
    for name, told in (
        ("shirked", "the militia did not follow Tehran's guidance"),
        ("caught", "Tehran found out"),
        ("leaked", "Washington's notice leaked to the militia"),
        ("tip_off_known", "the militia learnt of Baghdad's tip-off"),
        ("protest", "wave of protest"),
        ("discredited", "the American justification was discredited"),
        ("vote_failed", "the vote failed"),
        ("show_of_force", "armed men at the gates"),
    ):
        if getattr(outcome, name)[game]:
            yield told
    for name, told in (
        ("us_wounded_reported", "wounded reported"),
        ("revised", "wounded added to the reports"),
        ("detained", "detained"),
        ("released", "released"),
    ):
        if count := int(getattr(outcome, name)[game]):
            yield f"{told}: {count}"
    if (finding := int(outcome.finding[game])) >= 0:
        yield f"Baghdad's finding: {CAUSE_NAMES[Cause(finding)]}"


def _minds(outcome: Outcome, game: int) -> Iterator[str]:
    for name, told in (
        ("crossed", "saw its line crossed by"),
        ("answered", "answered"),
        ("lapsed", "let pass"),
    ):
        flags = getattr(outcome, name)
        for i in SEATS:
            for j in i.rivals:
                if flags[i, j, game]:
                    yield f"{i.name} {told} {j.name}"


def _state_lines(state: State, game: int) -> Iterator[str]:
    yield ", ".join(f"{name} {getattr(state, name)[game]:.4g}" for name in _KEY_COLUMNS)
    for what in ("anger", "debt"):
        array = getattr(state, what)
        told = [
            f"{i.name}>{j.name} {array[i, j, game]:.2g}"
            for i in SEATS
            for j in i.rivals
            if array[i, j, game] >= 0.005
        ]
        if told:
            yield f"{what}: {', '.join(told)}"
    yield f"digest {int(game_digests(state)[game]):016x}"


def ending_lines(scenario: Scenario, state: State, game: int = 0) -> list[str]:
    """How the game ended, and every seat's mark."""
    ending = Ending(int(state.ending[game]))
    if ending is Ending.NONE:
        return ["The game is still on."]
    text = scenario.setting.rulebook.endings[ending - 1]
    points = marks(scenario.setting, state)[:, game]
    return [
        f"Ending after turn {int(state.ended_turn[game])}: {text.name}. {text.sentence}",
        "Marks: " + ", ".join(f"{seat.name} {points[seat]:.1f}" for seat in SEATS),
    ]
