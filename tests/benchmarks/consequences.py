"""How often the room shows a choice: turns of The Article in which two orders differ beyond their
noise, as the staff sees them.

uv run python -m tests.benchmarks.consequences
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

from game.content.load import load_scenario
from game.engine.play import use_compiled
from game.futures.cast import cast
from game.futures.consequences import FUTURES, consequences
from game.futures.seen import Seen
from game.players.base import Dice, decide
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.match import Match, Status
from game.views.consequences import Consequences

SCENARIO = "the_article"
AIM = 0.9
"""The share of games in which every turn should show a choice."""


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


def main() -> int:
    """Prints, for each seat, in how many games every turn shows a choice, and how many turns do;
    1 where a seat misses the aim.
    """
    parser = argparse.ArgumentParser(description="how often the room shows a choice")
    parser.add_argument("--games", type=int, default=40)
    games = parser.parse_args().games
    use_compiled()
    missed = False
    for seat in SEATS:
        played = [list(turns(seat, seed)) for seed in range(1, games + 1)]
        whole, shown = sum(map(all, played)), sum(map(sum, played))
        missed |= whole < AIM * games
        of_turns = f"{shown} of {sum(map(len, played))} turns"
        print(f"{seat.name}: {whole} of {games} games (aim: {AIM:.0%}), {of_turns}", flush=True)
        for seed, game in enumerate(played, 1):
            if not all(game):
                dull = [str(turn) for turn, shows in enumerate(game, 1) if not shows]
                print(f"    seed {seed}: none in turn {', '.join(dull)}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
