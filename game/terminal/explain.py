"""Why computers ordered what they ordered, in words; for replays, where nobody is spied upon."""

from collections.abc import Iterator, Mapping
from typing import Any

from game.content.scenario import Scenario
from game.futures.plan import Planner
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.players.reasons import Reason, Reasons, reasons
from game.players.uniform import Uniform
from game.rules.orders import Orders
from game.rules.seats import Seat
from game.session.view import MatchView
from game.views.names import CAPITALS
from game.views.phrasebook import hundredths, signed

from .casting import SEAT_LABELS
from .console import Console
from .tables import table

TOP = 3
"""How many options are told of each part of an order."""
PARTS: dict[str, str] = {
    "gain": "gain",
    "cost": "cost",
    "anger": "anger",
    "fear": "fear",
    "duty": "duty to answer",
    "bond": "a deal that it would break",
    "guidance": "Tehran's guidance",
    "agenda": "agenda",
    "inclination": "inclination",
    "habit": "habit",
}
"""What the parts of a utility are called."""
HOW_TO_READ = (
    "How to read the reasons: a player holds each option worth something, and the more it is worth "
    "the likelier it is chosen; the chance is of 100. Worth is the sum of what the action gains "
    "and costs by the player's own values, of anger at those it hits, of fear of them, of the duty "
    "to answer a crossed line, of the deals that it would break, of Tehran's guidance, of the "
    "doctrine's inclination in such a moment, and of habit: by how much the record shows such a "
    "action likelier than its worth. An arrow marks what was chosen."
)


class Minds:
    """What every computer player of a match weighs in the turn to come."""

    def __init__(self, match: MatchView, players: Mapping[Seat, Player]) -> None:
        """Looks at the match before it is advanced, with the eyes of its players."""
        self._scenario, self._players = match.scenario, players
        self._seen = {seat: (match.observation(seat), match.options(seat)) for seat in players}

    def weighed(self, orders: Orders) -> dict[Seat, Reasons | str]:
        """The reasons of every seat for one game's orders; a sentence for players without any."""
        return {seat: self._of(seat, player, orders) for seat, player in self._players.items()}

    def _of(self, seat: Seat, player: Player, orders: Orders) -> Reasons | str:
        if not isinstance(player, DoctrinePlayer):
            return without_reasons(player)
        setting = self._scenario.setting
        return reasons(player, setting, *self._seen[seat], int(orders.deed[seat, 0]))


def without_reasons(player: Player) -> str:
    """What there is to say of a player that weighs nothing."""
    if isinstance(player, Uniform):
        return "Plays at random: every legal order was as likely."
    if isinstance(player, Planner):
        return "Looks ahead: the action with the best mean mark over imagined futures."
    return "Follows history, as far as its orders are legal here."


def tell_reasons(
    out: Console, scenario: Scenario, orders: Orders, weighed: Mapping[Seat, Reasons | str]
) -> None:
    """Under the telling of a turn: why each seat ordered what it did."""
    for seat, why in weighed.items():
        out.heading(f"Why {SEAT_LABELS[seat]} did it")
        if isinstance(why, str):
            out.say(why)
            continue
        deed = scenario.setting.rulebook.deeds[seat][int(orders.deed[seat, 0])].id
        out.table(table("Action|>chance|>worth|made of", _rows(why.deeds, deed)))
        out.aside(f"In public: {_line(why.words, _word(scenario, orders, seat))}.")
        out.aside(f"In private: {_line(why.whispers, _whisper(scenario, orders, seat))}.")


def as_json(
    scenario: Scenario, orders: Orders, weighed: Mapping[Seat, Reasons | str]
) -> dict[str, Any]:
    """The same for programs, every option included."""
    return {
        seat.name: {"player": why}
        if isinstance(why, str)
        else {
            "deed": scenario.setting.rulebook.deeds[seat][int(orders.deed[seat, 0])].id,
            "word": _word(scenario, orders, seat),
            "whisper": _whisper(scenario, orders, seat),
            "deeds": [_as_json(reason) for reason in why.deeds],
            "words": [_as_json(reason) for reason in why.words],
            "whispers": [_as_json(reason) for reason in why.whispers],
        }
        for seat, why in weighed.items()
    }


def _as_json(reason: Reason) -> dict[str, Any]:
    return {
        "option": reason.option,
        "probability": round(reason.probability, 6),
        "utility": round(reason.utility, 6),
        "parts": {name: round(value, 6) for name, value in reason.parts.items()},
    }


def _word(scenario: Scenario, orders: Orders, seat: Seat) -> str:
    return scenario.setting.rulebook.words[int(orders.word[seat, 0])].id


def _whisper(scenario: Scenario, orders: Orders, seat: Seat) -> str:
    whisper = scenario.setting.rulebook.whispers[int(orders.whisper[seat, 0])]
    to = int(orders.whisper_to[seat, 0])
    return f"{whisper.id}>{Seat(to).name}" if to >= 0 else "none"


def _top_and_chosen(weighed: tuple[Reason, ...], chosen: str) -> Iterator[tuple[bool, Reason]]:
    """The top options and, if it is not among them, the chosen one; whether each was chosen."""
    for place, reason in enumerate(weighed):
        if place < TOP or reason.option == chosen:
            yield reason.option == chosen, reason


def _rows(weighed: tuple[Reason, ...], chosen: str) -> Iterator[tuple[str, ...]]:
    for was_chosen, reason in _top_and_chosen(weighed, chosen):
        yield (
            ("> " if was_chosen else "  ") + reason.option,
            hundredths(reason.probability),
            signed(reason.utility),
            _parts(reason),
        )


def _parts(reason: Reason) -> str:
    """The parts that can be seen at this precision, the weightiest first."""
    sorted_parts = sorted(reason.parts.items(), key=lambda part: -abs(part[1]))
    told = [f"{PARTS[name]} {signed(value)}" for name, value in sorted_parts]
    return ", ".join(part for part in told if not part.endswith(" 0.00")) or "nothing either way"


def _line(weighed: tuple[Reason, ...], chosen: str) -> str:
    return ", ".join(
        f"{'> ' if was_chosen else ''}{_option(reason.option)} {hundredths(reason.probability)}"
        for was_chosen, reason in _top_and_chosen(weighed, chosen)
    )


def _option(option: str) -> str:
    """A message with its receiver: "notice to Baghdad"."""
    name, _, to = option.partition(">")
    return f"{name} to {CAPITALS[Seat[to]]}" if to else name
