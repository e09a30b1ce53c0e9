"""Changes everything that a seat may not know, again and again, and looks whether a byte of what it
is sent changes with it.

    uv run python -m tests.classroom.leaks --flips 10000 --seed 1

Prints counts as JSON; leaves with an error where something shows.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from game.classroom import serving, team, wall
from game.classroom.drafts import PARTS
from game.classroom.guesses import Guess
from game.classroom.host import view as host
from game.classroom.lesson import Lesson
from game.classroom.people import ROLES
from game.classroom.room import Room
from game.classroom.table import Table
from game.classroom.talk import Message, channels
from game.players.base import decide
from game.players.uniform import Uniform
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.rules.state import State
from game.session.match import Status
from game.session.match_state import Played
from tests.properties.anything import told_otherwise, without_looking

SCENARIOS = ("ten_days_in_january", "turn_zero", "the_article")


class Watched:
    """A class in the middle of a game: what each seat is sent of it, while the rest changes."""

    def __init__(self, folder: Path, scenario: str, seed: int) -> None:
        self.lesson: Lesson = serving.begun(scenario, folder, seed=seed)
        self.room, self.table = Room(self.lesson, "127.0.0.1:1"), self.lesson.tables[0]
        for seat in SEATS:
            for role in ROLES:  # awake, however long it takes
                self.lesson.join(1, seat, role, "", None)[0].streams = 1

    def turn(self) -> None:
        """Plays a turn of anything legal."""
        for seat in SEATS:
            self.table.match.commit(seat, anything(self.table, seat))
        self.table.match.advance()
        self.table.turned(())

    def made(self, seat: Seat, member: int) -> dict[str, str]:
        """Every part of every page of one member of a team, and the projector's."""
        room, table = self.room, self.table
        device, names = self.lesson.team(1, seat)[member], (*team.PARTIAL, "rules")
        told = team.parts_of_page(room, table, device, channels(seat)[1], names)
        parts = {f"{device.role}/{name}": one for name, one in zip(names, told, strict=True)}
        return parts | {"wall": wall.parts_of_page(room, table, ["board"])[0]}

    def led(self) -> dict[str, str]:
        """The host's page: it knows no more of what is hidden, but what the teams write."""
        told = host.parts_of_page(self.room, self.table, host.PARTS)
        return {f"host/{name}": part for name, part in zip(host.PARTS, told, strict=True)}

    def disguise(self, seat: Seat, luck: np.random.Generator) -> None:
        """Puts other values in place of everything in the match that a seat cannot know."""
        state, setting = self.table.match.match_state, self.table.match.scenario.setting
        state.state = without_looking(state.state, seat, luck)
        state.played[:] = [
            Played(
                without_looking(one.before, seat, luck),
                one.orders,
                told_otherwise(setting, one.outcome, seat, luck),
            )
            for one in state.played
        ]
        self.table.version += 1

    def mix(self, seat: Seat, luck: np.random.Generator) -> None:
        """Has the other teams draft, write among themselves, predict and be told other things."""
        table = self.table
        for other in seat.rivals:
            shared, order = table.drafts[other], anything(table, other)
            for part, names in PARTS.items():
                values = {name: int(getattr(order, name)) for name in names}
                shared.set(part, values, f"by {luck.integers(1000)}")
            words = f"{luck.integers(10**9)}"
            number = table.messages[-1].n + 1 if table.messages else 1
            apart = [one for one in channels(other) if seat not in one]
            channel = apart[luck.integers(len(apart))]
            turn = table.match.turn
            table.messages.append(Message(number, turn, "10:00", other, channel, words, words))
            table.hints[other] = [(turn, words)]
            for device in self.lesson.team(1, other):
                odds = {rival: float(luck.integers(101)) / 100 for rival in other.rivals}
                table.predictions[device.id, turn] = odds
                table.guesses[device.id] = Guess()
                device.nick = words
        table.version += 1

    def keep(self) -> tuple[State, list[Played]]:
        """The truth, to be put back."""
        return self.table.match.match_state.state, list(self.table.match.match_state.played)

    def put_back(self, truth: tuple[State, list[Played]]) -> None:
        """Puts the truth back."""
        state = self.table.match.match_state
        state.state, state.played[:] = truth
        self.table.version += 1


def anything(table: Table, seat: Seat) -> Order:
    """Any legal orders."""
    match = table.match
    setting = match.scenario.setting
    return decide(Uniform(), setting, match.state, match.last_outcome, seat).order()


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The parts that are no longer the same."""
    return [name for name in before if before[name] != after[name]]


def flipped(watched: Watched, luck: np.random.Generator, flips: int) -> Iterator[list[str]]:
    """For each seat, what shows of so many changes of everything hidden: to its members, one after
    the other, to everybody, and to the host; and of as many changes of what others write.
    """
    truth = watched.keep()
    for seat in SEATS:
        watched.put_back(truth)
        members = range(len(watched.lesson.team(1, seat)))
        before, led = [watched.made(seat, member) for member in members], watched.led()
        for flip in range(flips):
            member = flip % len(members)
            watched.disguise(seat, luck)
            shows = changed(before[member], watched.made(seat, member))
            if flip % 5 == 0:
                shows += changed(led, watched.led())
                watched.mix(seat, luck)
                shows += changed(before[member], watched.made(seat, member))
                led = watched.led()
            yield [f"{seat.name}: {name}" for name in shows]
    watched.put_back(truth)


def look(
    flips: int, seed: int, told: Callable[[dict[str, int]], None] = lambda _: None
) -> dict[str, int]:
    """Changes all that is hidden so many times, in games of all kinds; gives counts.

    Raises:
        AssertionError: something shows.
    """
    luck = np.random.default_rng(seed)
    counts = {"flips": 0, "games": 0, "turns": 0}
    while counts["flips"] < flips:
        scenario = SCENARIOS[counts["games"] % len(SCENARIOS)]
        with tempfile.TemporaryDirectory() as folder:
            watched = Watched(Path(folder), scenario, int(luck.integers(10**6)))
            counts["games"] += 1
            for _ in range(len(watched.table.match.scenario.turns)):
                for shows in flipped(watched, luck, 25):
                    assert shows == [], shows
                    counts["flips"] += 1
                watched.turn()
                counts["turns"] += 1
                told(counts)
                if counts["flips"] >= flips or watched.table.match.status is Status.ENDED:
                    break
            watched.lesson.close()
    return counts


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--flips", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    counts = look(args.flips, args.seed, lambda now: print(json.dumps(now), end="\r", flush=True))
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
