"""Kills matches with SIGKILL while they are played, and looks at what is left.

    uv run python tests/session/kills.py --kills 2000

One process forks children. A child takes the match up, tells the parent, and plays as fast as it
can: commits, replaced and taken-back orders, notes, turns, an undo now and then. What a call has
returned from it reports through a pipe, one byte sequence a call. The parent kills it after a
random while, and holds the file against the reports: all that was reported is there, once, in
order; at most one call more; and the hashes are those of a game that was never disturbed.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.futures.cast import cast
from game.players.base import decide
from game.players.uniform import Uniform
from game.rules.seats import Seat
from game.session.errors import FileError
from game.session.events import Adjudicated, Event, Opened, Ordered, TakenBack, Undone
from game.session.match import Match, Seating, Status
from game.session.reading import read
from game.session.view import MatchView

PEOPLE = {Seat.US: Seating.person("Ana"), Seat.IRAN: Seating.person("Ben")}
SCENARIO = "turn_zero"


def act(match: Match, luck: random.Random) -> None:
    """One thing that people do at a table; a turn is adjudicated when it can be."""
    if match.status is Status.READY and luck.random() < 0.8:
        match.advance()
    elif match.played and luck.random() < 0.04:
        match.undo()
    elif luck.random() < 0.1:
        match.note(f"note {luck.random()}", Seat.US)
    elif luck.random() < 0.1:
        match.take_back(luck.choice(list(PEOPLE)))
    else:
        seat = luck.choice(match.waiting_for or match.people)
        setting = match.scenario.setting
        choice = decide(Uniform(), setting, match.state, match.last_outcome, seat)
        match.commit(seat, choice.order(), {Seat.IRAQ: 0.5})


def child(path: Path, reports: int, seed: int) -> None:
    """Plays until it is killed, or the match is over; reports how many rows are safe."""
    match = Match.open(path, cast)
    luck = random.Random(seed)
    os.write(reports, b"open\n")
    while match.status is not Status.ENDED:
        act(match, luck)
        os.write(reports, b"%d\n" % len(match.record.events))


def one_kill(path: Path, luck: random.Random, longest: float) -> tuple[int, bool]:
    """Starts a child, kills it; the rows that it reported as safe, and whether it was alive."""
    told_here, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(told_here)
            child(path, write, luck.getrandbits(30))
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    early = luck.random() < 0.2  # while it still opens the file
    if not early:
        os.read(told_here, 1)
    time.sleep(luck.random() ** 2 * longest)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    told = b""
    while part := os.read(told_here, 65536):
        told += part
    os.close(told_here)
    whole = told[: told.rfind(b"\n") + 1].split()
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the child failed by itself")
    return max([int(n) for n in whole if n.isdigit()], default=0), os.WIFSIGNALED(status)


def check(path: Path, before: Sequence[Event], safe: int) -> MatchView:
    """What the file holds now.

    Raises:
        AssertionError: something that was reported is lost, changed or doubled.
    """
    match = MatchView.read(path)
    assert match.record is not None
    events = match.record.events
    assert len(events) >= safe, f"{safe} rows were reported safe, {len(events)} are there"
    assert events[: len(before)] == list(before), "what was there has changed"
    assert [event.n for event in events] == list(range(1, len(events) + 1)), "lost or doubled"
    once = [(event.n, event.turn, event.seat) for event in events if isinstance(event, Ordered)]
    assert len(once) == len(set(once))
    whole(events)
    if any(isinstance(event, Adjudicated) for event in events[len(before) :]):
        undisturbed(match)
    return match


def whole(events: Sequence[Event]) -> None:
    """No transaction is there in part: a turn stands with its computers' orders, or not at all."""
    for place, event in enumerate(events):
        if isinstance(event, Ordered) and event.given_by == "computer":
            rest = events[place : place + 3]
            assert any(isinstance(e, Adjudicated) for e in rest), "orders without their turn"
    assert not isinstance(events[-1], TakenBack | Undone) or events[-1].n == len(events)


def undisturbed(match: MatchView) -> None:
    """The same orders in a match that nobody killed give the same hashes."""
    alone = Match(match.scenario, {}, match.seed)
    for played, turn in zip(match.played, match.match_state.turns, strict=True):
        for seat in Seat:
            assert alone.commit(seat, played.orders.order(seat)) == []
        alone.advance()
        assert alone.match_state.turns[-1].hash == turn.hash, f"turn {turn.turn}"


def kill_many(kills: int, folder: Path, seed: int, longest: float = 0.1) -> dict[str, int]:
    """Kills so many times; counts what was hit.

    Raises:
        AssertionError: a match was hurt.
    """
    luck = random.Random(seed)
    counts = {"kills": 0, "matches": 0, "rows": 0, "unreported": 0, "turns": 0}
    path, events, over = folder, list[Event](), True
    while counts["kills"] < kills:
        if over:
            counts["rows"] += len(events)
            path = folder / f"{counts['matches']}.match"
            Match.begin(path, SCENARIO, PEOPLE, cast, seed=counts["matches"]).close()
            events = read(path).events
            counts["matches"] += 1
        safe, killed = one_kill(path, luck, longest)
        match = check(path, events, safe)
        now = match.record.events
        fresh = now[max(len(events), safe) :]
        counts["unreported"] += any(not isinstance(event, Opened) for event in fresh)
        counts["turns"] += sum(isinstance(event, Adjudicated) for event in now[len(events) :])
        counts["kills"] += killed
        events, over = list(now), match.status is Status.ENDED
    counts["rows"] += len(events)
    return counts


def main() -> int:
    """Kills by hand, for as long as somebody likes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args()
    with TemporaryDirectory() as name:
        try:
            counts = kill_many(args.kills, Path(name), args.seed)
        except (AssertionError, FileError):
            kept = Path.cwd() / "tests" / "crashes" / f"kills-{args.seed}"
            shutil.copytree(name, kept)
            print(f"seed {args.seed}: the files are in {kept}")
            raise
    print(json.dumps({"seed": args.seed} | counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
