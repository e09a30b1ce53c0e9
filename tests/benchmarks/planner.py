"""How well the planner plays: its marks and those of every doctrine of its seat, game by game.

    python tests/benchmarks/planner.py                          400 games a player: half an hour
    python tests/benchmarks/planner.py --games 20 --strength novice
    python tests/benchmarks/planner.py --keep marks.json        goes on where it was stopped

In The Article, each seat in turn is given to the planner and to each of its doctrines; the other
three are the scenario's own. All play the same games by their luck, so the difference is paired. An
interval is of 95 %.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.load import doctrine_ids, load_scenario
from game.engine.plain import turn_by_turn as play
from game.engine.play import use_compiled
from game.futures.cast import cast
from game.futures.edition import edition
from game.futures.plan import STRENGTHS
from game.futures.statistics import Paired
from game.rules.endings import marks
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat

SCENARIO = "the_article"
PIECE = 20
"""Games played together by the planner; the doctrines play all at once."""
MARK_STEP = 0.01


def marks_of(seat: Seat, name: str, games: range, seed: int) -> list[float]:
    """The seat's marks in the numbered games with that player in it."""
    scenario = load_scenario(SCENARIO)
    players = cast(scenario, {seat: name})
    *_, (final, _) = play(scenario.setting, players, game_keys(seed, games))
    return [round(float(mark), 4) for mark in marks(scenario.setting, final)[seat]]


class Notes:
    """The marks so far, on disk where that is asked for."""

    def __init__(self, file: Path | None, **about: object) -> None:
        self._file = file
        self._about = {key: str(value) for key, value in about.items()}
        self.marks: dict[str, list[float]] = {}
        if file is not None and file.exists():
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["about"] != self._about:
                raise SystemExit(f"{file}: holds other games: {kept['about']}; name another file")
            self.marks = kept["marks"]

    def add(self, player: str, more: Sequence[float]) -> None:
        """Keeps the next marks of a player."""
        self.marks.setdefault(player, []).extend(more)
        if self._file is not None:
            new = self._file.with_suffix(".part")
            new.write_text(json.dumps({"about": self._about, "marks": self.marks}))
            new.replace(self._file)


def line(name: str, ours: Sequence[float], planned: Sequence[float] | None = None) -> str:
    """A player's mean mark with its interval, and how much better the planner was."""
    alone = Paired(MARK_STEP)
    alone.add(np.asarray(ours, np.float32), np.zeros(len(ours), np.float32))
    mean = alone.difference
    told = f"  {name:<22} {mean.mean:6.2f}  [{mean.low:6.2f}, {mean.high:6.2f}]"
    if planned is not None:
        paired = Paired(MARK_STEP)
        paired.add(np.asarray(planned, np.float32), np.asarray(ours, np.float32))
        gain = paired.difference
        clear = "" if gain.low > 0 else "   NOT BETTER"
        told += f"  {gain.mean:+6.2f}  [{gain.low:+6.2f}, {gain.high:+6.2f}]{clear}"
    return told


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--games", type=int, default=400, help="for each player (400)")
    parser.add_argument("--strength", choices=STRENGTHS, default="seasoned", help="(seasoned)")
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--seats", nargs="+", choices=[s.name for s in SEATS], metavar="SEAT")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the marks there")
    options = parser.parse_args()
    planner = f"planner-{options.strength}"
    use_compiled()
    notes = Notes(options.keep, edition=edition(), seed=options.seed)
    for seat in [Seat[name] for name in options.seats] if options.seats else SEATS:
        schools = [name for name, of in doctrine_ids().items() if of is seat]
        for name in (*schools, planner):
            player = f"{seat.name} {name}"
            piece = PIECE if name == planner else options.games
            while (done := len(notes.marks.get(player, []))) < options.games:
                span = range(done, min(done + piece, options.games))
                notes.add(player, marks_of(seat, name, span, options.seed))
        planned = notes.marks[f"{seat.name} {planner}"][: options.games]
        print(f"{seat.name}: mean mark and interval; the planner's gain on it, and interval")
        print(line(planner, planned), flush=True)
        for name in schools:
            print(line(name, notes.marks[f"{seat.name} {name}"][: options.games], planned))
    return 0


if __name__ == "__main__":
    sys.exit(main())
