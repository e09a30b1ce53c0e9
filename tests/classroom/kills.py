"""A class whose server is killed again and again: nothing that was acknowledged is lost or doubled.

    uv run python -m tests.classroom.kills --kills 300 --seed 1

Prints counts as JSON; leaves with an error where something is lost.
"""

import argparse
import json
import random
import re
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from game.rules.seats import SEATS, Seat
from game.session.match import Status
from game.session.view import MatchView

from .process import Forked, Process, nursery

PATIENCE = 600.0
"""Seconds after which an answer counts as lost: a busy machine is no fault of the class's."""
DEEDS = 2
"""Each team changes between holding and this deed, which is always legal."""


@dataclass
class Known:
    """What the class has acknowledged; and what was asked for last, acknowledged or not."""

    drafts: dict[Seat, int] = field(default_factory=lambda: dict.fromkeys(SEATS, 0))
    committed: dict[Seat, int | None] = field(default_factory=lambda: dict.fromkeys(SEATS))
    played: int = 0
    asked: tuple[str, Seat | None, int] = ("", None, 0)


class Class:
    """The four chairs and the host, each with its cookies."""

    def __init__(self, server: Process) -> None:
        self.teams = {seat: httpx.Client(timeout=PATIENCE) for seat in SEATS}
        self.host = httpx.Client(timeout=PATIENCE)
        self.host.get(server.address + server.secret)
        for seat, chair in self.teams.items():
            self._post(server, chair, "/", code=server.code)
            self._post(server, chair, "/seats", table=1, seat=seat.name, role="chair")
        self._post(server, self.host, "/host/1/do", what="begin", minutes="")

    def _post(self, server: Process, who: httpx.Client, path: str, **form: object) -> bool:
        headers = {"origin": server.address, "hx-request": "true"}
        answer = who.post(server.address + path, data=form, headers=headers)
        return answer.status_code in (204, 303)

    def act(self, server: Process, known: Known, luck: random.Random) -> None:
        """Does one thing, and notes what was acknowledged."""
        seat = luck.choice(SEATS)
        chair = self.teams[seat]
        waiting = [one for one in SEATS if known.committed[one] is None]
        if not waiting:
            known.asked = ("time", None, 0)
            if self._post(server, self.host, "/host/1/do", what="time"):
                known.played += 1
                known.committed = dict.fromkeys(SEATS)
                known.drafts = dict.fromkeys(SEATS, 0)
        elif known.committed[seat] is not None:
            known.asked = ("back", seat, 0)
            if luck.random() < 0.2 and self._post(server, chair, "/team/back"):
                known.committed[seat] = None
        elif luck.random() < 0.6:
            deed = luck.randrange(DEEDS)
            known.asked = ("draft", seat, deed)
            if self._post(server, chair, "/team/draft/deed", deed=deed, base=0, anyway=1):
                known.drafts[seat] = deed
        else:
            page = chair.get(server.address + "/team/orders").text
            version = re.search(r'name="version" value="(\d+)"', page)
            known.asked = ("commit", seat, known.drafts[seat])
            if version and self._post(server, chair, "/team/commit", version=version[1], sure=1):
                known.committed[seat] = known.drafts[seat]

    def settle(self, server: Process, known: Known) -> bool:
        """Compares the class with what it had acknowledged, and takes over what it did of the last
        thing asked; whether it had done it.
        """
        match = MatchView.read(server.match)
        kind, seat, number = known.asked
        played = len(match.played)
        assert played in ({known.played, known.played + 1} if kind == "time" else {known.played})
        did = played != known.played
        if did:
            known.played, known.committed = played, dict.fromkeys(SEATS)
            known.drafts = dict.fromkeys(SEATS, 0)
        for one in SEATS:
            given = match.commitment(one)
            deed = None if given is None else given.order.deed
            allowed = {known.committed[one]}
            if one is seat and kind in ("commit", "back"):
                allowed.add(number if kind == "commit" else None)
            assert deed in allowed, (one, deed, allowed)
            did |= deed != known.committed[one]
            known.committed[one] = deed
            page = self.teams[one].get(server.address + "/team/orders").text
            shown = re.search(r'data-of="deed" data-base="\d+" data-set="(\d+)"', page)
            if shown:
                drafts = {known.drafts[one]} | (
                    {number} if (one, kind) == (seat, "draft") else set()
                )
                assert int(shown[1]) in drafts, (one, shown[1], drafts)
                did |= int(shown[1]) != known.drafts[one]
                known.drafts[one] = int(shown[1])
        return did

    def close(self) -> None:
        """Ends it."""
        for client in (*self.teams.values(), self.host):
            client.close()


def soak(
    kills: int, seed: int, told: Callable[[dict[str, int]], None] = lambda _: None
) -> dict[str, int]:
    """Kills so many times; gives counts, and tells them after each."""
    luck = random.Random(seed)
    counts = {"kills": 0, "acts": 0, "unreported": 0, "turns": 0, "classes": 0}
    with nursery() as ready:
        while counts["kills"] < kills:
            with tempfile.TemporaryDirectory() as folder:
                server = Forked(ready, Path(folder), "turn_zero", "--seed", "5")
                _one_class(server, kills, luck, counts, told)
    return counts


def _one_class(
    server: Forked,
    kills: int,
    luck: random.Random,
    counts: dict[str, int],
    told: Callable[[dict[str, int]], None],
) -> None:
    """Plays one class to its end, killing it on the way."""
    people, known = Class(server), Known()
    counts["classes"] += 1
    try:
        while counts["kills"] < kills:
            killing = threading.Timer(luck.uniform(0.0, 0.2), server.kill)
            left = luck.randrange(12)
            try:
                while MatchView.read(server.match).status is not Status.ENDED:
                    if left == 0:
                        killing.start()
                    left -= 1
                    people.act(server, known, luck)
                    counts["acts"] += 1
            except httpx.HTTPError:
                pass
            if left >= 0:  # it was over before
                killing.start()
            killing.join()
            server.again()
            counts["kills"] += 1
            told(counts)
            counts["unreported"] += people.settle(server, known)
            if MatchView.read(server.match).status is Status.ENDED:
                break
        counts["turns"] += known.played
    finally:
        people.close()
        server.kill()


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    counts = soak(args.kills, args.seed, lambda now: print(json.dumps(now), end="\r", flush=True))
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
