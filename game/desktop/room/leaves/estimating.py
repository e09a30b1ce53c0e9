"""The staff estimate, made in a process of its own: quick first, then finer."""

from collections.abc import Iterator

from game.content.scenario import Scenario
from game.futures.cast import cast
from game.futures.plan import Forecast, staff_estimate
from game.players.base import Dice, Options
from game.rules.observe import Observation

ROUNDS = (40, 150, 400)
"""Futures imagined for each deed, in one round after the other."""
TURNS = 6
"""As far as the staff looks ahead."""


def estimate(
    scenario: Scenario,
    observation: Observation,
    legal: Options,
    dice: Dice,
    rounds: tuple[int, ...] = ROUNDS,
) -> Iterator[tuple[int, list[Forecast]]]:
    """The estimate of every legal deed, again and again with more futures.

    Args:
        scenario: what is played.
        observation: what the seat sees (B = 1).
        legal: what it may order.
        dice: the seat's own luck; the futures' is made from it.
        rounds: futures for each deed, round by round.

    Yields:
        Futures imagined for each deed, and one Forecast a legal deed.
    """
    rollout = cast(scenario, {})
    for futures in rounds:
        yield (
            futures,
            staff_estimate(
                scenario.setting,
                observation,
                legal,
                rollout,
                dice,
                futures=futures,
                turns=TURNS,
            ),
        )
