"""How a class of 60 devices fares: everyone edits, and everyone's page hears of it.

    uv run python -m tests.benchmarks.classroom [--devices 60] [--seconds 30]

Prints the milliseconds from one device's change to its arrival on another's page (median and 95th
percentile), the server's memory, and what an idle class costs of a core.
"""

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from game.session.home import HOME

ROOT = Path(__file__).parents[2]
SEATS = ("US", "IRAN", "MILITIA", "IRAQ")
IN_TEAM = 5
IDLE = 15.0
PACE = 2.0
"""Seconds between two changes of one device, about."""


class Member:
    """One device with an open page."""

    def __init__(self, address: str, code: str, table: int, seat: str) -> None:
        self.http = httpx.AsyncClient(base_url=address, timeout=30)
        self.origin = {"origin": address, "hx-request": "true"}
        self.code, self.table, self.seat = code, table, seat
        self.heard: dict[str, float] = {}
        """By the version of the deed part: when it was first heard of."""

    async def join(self) -> None:
        await self.http.post("/", data={"code": self.code}, headers=self.origin)
        form = {"table": self.table, "seat": self.seat, "role": "adviser"}
        answer = await self.http.post("/seats", data=form, headers=self.origin)
        assert answer.status_code == 303, answer.status_code

    async def listen(self) -> None:
        async with self.http.stream("GET", "/team/stream") as answer:
            async for text in answer.aiter_text():
                now = time.perf_counter()
                for base in re.findall(r'data-of="deed" data-base="(\d+)"', text):
                    self.heard.setdefault(base, now)

    async def edit(self, number: int, base: int) -> None:
        form = {"deed": number, "base": base, "anyway": 1}
        await self.http.post("/team/draft/deed", data=form, headers=self.origin)


async def measure(
    address: str, code: str, devices: int, seconds: float, pid: int
) -> tuple[list[float], float]:
    """Seconds from each change to its arrival on each other page of the team; and the share of a
    core that the server takes when all pages listen and nobody does anything.
    """
    members = []
    for k in range(devices):
        team, table = divmod(k // IN_TEAM, len(SEATS))[::-1]
        members.append(Member(address, code, table + 1, SEATS[team]))
    for member in members:
        await member.join()
    listening = [asyncio.create_task(member.listen()) for member in members]
    await asyncio.sleep(3)
    teams: dict[tuple[int, str], list[Member]] = {}
    for member in members:
        teams.setdefault((member.table, member.seat), []).append(member)
    delays: list[float] = []
    end = time.perf_counter() + seconds

    async def work(team: list[Member]) -> None:
        luck, base = random.Random(team[0].seat), 0
        while time.perf_counter() < end:
            await asyncio.sleep(PACE / len(team) * luck.uniform(0.5, 1.5))
            author, started = luck.choice(team), time.perf_counter()
            await author.edit(1 + base % 2, base)
            base += 1
            await asyncio.sleep(0.3)
            for other in team:
                if other is not author and str(base) in other.heard:
                    delays.append(other.heard[str(base)] - started)

    await asyncio.gather(*(work(team) for team in teams.values()))
    before, started = cpu_seconds(pid), time.perf_counter()
    await asyncio.sleep(IDLE)
    spent = (cpu_seconds(pid) - before) / (time.perf_counter() - started)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for member in members:
        await member.http.aclose()
    return delays, spent


def cpu_seconds(pid: int) -> float:
    """Of a process, on Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Resident memory of a process, on Linux."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--devices", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=30)
    args = parser.parse_args()
    tables = -(-args.devices // (IN_TEAM * len(SEATS)))
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "main.py", "host", "--no-open", "--address", "127.0.0.1"]
        server = subprocess.Popen(
            [*command, "--tables", str(tables)],
            cwd=ROOT,
            env=os.environ | {HOME: home, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.stdout is not None
        told = ""
        for line in server.stdout:
            told += line
            if line.startswith("Ctrl-C"):
                break
        try:
            address = re.search(r"(http://\S+?)/enter/", told)[1]  # type: ignore[index]
            code = re.search(r"the code +([A-Z]{4})", told)[1]  # type: ignore[index]
            delays, spent = asyncio.run(
                measure(address, code, args.devices, args.seconds, server.pid)
            )
            delays.sort()
            busy = memory_mb(server.pid)
        finally:
            server.terminate()
            server.wait(10)
    print(f"{args.devices} devices, {len(delays)} arrivals")
    print(f"change to arrival: median {delays[len(delays) // 2] * 1000:.0f} ms, 95th percentile "
          f"{delays[int(len(delays) * 0.95)] * 1000:.0f} ms")  # fmt: skip
    print(f"memory {busy:.0f} MB; an idle class {spent * 100:.1f}% of a core")


if __name__ == "__main__":
    main()
