"""How often the room shows a choice: turns of The Article in which two orders differ beyond their
noise, as the staff sees them.

uv run python -m tests.benchmarks.consequences --games 10
"""

import argparse
from collections.abc import Iterator, Sequence

from game.content.load import load_scenario
from game.futures.cast import cast
from game.futures.consequences import FUTURES, consequences
from game.futures.seen import Seen
from game.players.base import Dice, decide
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.match import Match, Status
from game.views.consequences import Consequences

SCENARIO = "the_article"


def differ(found: Sequence[Consequences]) -> bool:
    """Whether two orders differ: in some measure the one is seen to go up against holding and the
    other is not, or down and not.
    """
    ways = {
        tuple(_way(change.is_seen, change.change.mean) for change in one.changes) for one in found
    }
    return len(ways) > 1


def _way(is_seen: bool, mean: float) -> int:
    return 0 if not is_seen else 1 if mean > 0 else -1


def turns(seat: Seat, seed: int) -> Iterator[bool]:
    """Of each turn of a game of one seat's, which its usual player plays, whether it shows a choice
    between two orders other than holding.
    """
    scenario = load_scenario(SCENARIO)
    players = cast(scenario, {})
    match = Match(scenario, {s: players[s] for s in SEATS if s is not seat}, seed)
    while match.status is not Status.ENDED:
        seen = Seen(match, seat)
        dice = Dice.of(match.state, seat)
        found = consequences(scenario, seen.now, seen.options, HOLD, dice, FUTURES)
        yield differ([one for one in found if one.deed])
        made = decide(players[seat], scenario.setting, match.state, match.last_outcome, seat)
        match.commit(seat, made.order())
        match.advance()


def main() -> None:
    """Prints, for each seat, in how many games every turn shows a choice, and how many turns do."""
    parser = argparse.ArgumentParser(description="how often the room shows a choice")
    parser.add_argument("--games", type=int, default=10)
    games = parser.parse_args().games
    for seat in SEATS:
        played = [list(turns(seat, seed)) for seed in range(1, games + 1)]
        whole, shown = sum(map(all, played)), sum(map(sum, played))
        print(f"{seat.name}: {whole} of {games} games, {shown} of {sum(map(len, played))} turns")


if __name__ == "__main__":
    main()
