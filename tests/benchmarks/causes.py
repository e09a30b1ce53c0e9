"""Whether every move of a figure has its causes told: in games of The Article, how much of what
moved a seat's score its staff leaves as what it cannot trace.

uv run python -m tests.benchmarks.causes
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator

from game.content.load import load_scenario
from game.futures.cast import cast
from game.futures.regard import WORLDS, live
from game.futures.seen import Seen
from game.players.base import Dice, decide
from game.rules.luck import imagined_keys
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS
from game.session.match import Match, Status
from game.views.scoring import moved

SCENARIO = "the_article"
AIM = 0.95
"""The share of moves whose causes should be told."""
SMALL, PART = 2.0, 0.1
"""Points, and share of the move, below which what is left does not count."""


def moves(seat: Seat, seed: int) -> Iterator[tuple[str, int, float, float]]:
    """Of each figure that moved the seat's score in a turn of a game that its usual player plays:
    its column, the turn, its move, and what of it is left without a cause, as they are printed.
    """
    scenario = load_scenario(SCENARIO)
    players = cast(scenario, {})
    match = Match(scenario, {s: players[s] for s in SEATS if s is not seat}, seed)
    while match.status is not Status.ENDED:
        made = decide(players[seat], scenario.setting, match.state, match.last_outcome, seat)
        match.commit(seat, made.order())
        match.advance()
        seen = Seen(match, seat)
        if seen.before is None:
            continue
        dice = Dice.of(match.state, seat)
        keys = imagined_keys(dice.keys, dice.turn, WORLDS)[:, 0]
        causes = live(scenario.setting, seen.past, keys, seen.now).causes
        parts = scenario.setting.rulebook.objectives(seat, int(seen.now.agenda[0]))
        columns = {part.name: part.column for part in parts}
        for one in moved(scenario, seen.before, seen.now, causes):
            column = columns[one.name]
            scale = 100 if COLUMNS[column].unit == "share" else 1
            change = float((seen.now.columns[column] - seen.before.columns[column])[0]) * scale
            known = sum(cause.by for cause in causes if cause.column == column) * scale
            yield column, seen.turn, change, change - known


def is_told(change: float, left: float) -> bool:
    """Whether what is left of a move is small."""
    return abs(left) < max(SMALL, PART * abs(change))


def main() -> int:
    """Prints, for each seat and figure, how many moves have their causes told, and the largest
    rest; 1 where a seat misses the aim.
    """
    parser = argparse.ArgumentParser(description="whether causes are told of every move")
    parser.add_argument("--games", type=int, default=200)
    games = parser.parse_args().games
    missed = False
    for seat in SEATS:
        found: dict[str, list[tuple[int, int, float, float]]] = defaultdict(list)
        for seed in range(1, games + 1):
            for column, turn, change, left in moves(seat, seed):
                found[column].append((seed, turn, change, left))
        every = [(change, left) for rows in found.values() for *_, change, left in rows]
        told = sum(is_told(*one) for one in every)
        missed |= told < AIM * len(every)
        print(f"{seat.name}: {told} of {len(every)} moves (aim: {AIM:.0%})", flush=True)
        for column, rows in sorted(found.items()):
            good = sum(is_told(change, left) for *_, change, left in rows)
            seed, turn, change, left = max(rows, key=lambda row: abs(row[3]))
            worst = f"largest rest {left:+.1f} of {change:+.1f} (seed {seed}, turn {turn})"
            print(f"    {column}: {good} of {len(rows)}, {worst}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
