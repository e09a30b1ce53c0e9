"""Holds a class: makes or opens its match, binds the chosen network, tells the way in, serves."""

import io
import logging
import random
import secrets
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import segno
import uvicorn
from starlette.types import ASGIApp

from game.content.dealt import DRAWN, NOTHING, Dealt
from game.content.lens import BALANCED, lens_ids
from game.content.load import load_scenario
from game.content.problems import ContentError
from game.futures.cast import cast
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.session.errors import FileError
from game.session.match import Match, Seating, Status
from game.session.places import is_file_of_match, new_path
from game.session.view import MatchView

from . import networks
from .app import application
from .experiment import AGENDA, THEORY, designed
from .faults import ClassroomFault
from .hub import Hub
from .lesson import MOST_TABLES, Lesson, class_file, matches_of
from .lines import Line
from .room import Room
from .store import SUFFIX, Store
from .texts import t
from .wall import join_address

PATIENCE = 5
"""Seconds that an idle connection is kept, and that open ones have when the class ends."""
MOST_CONNECTIONS = 600
TODAY = 12 * 3600
"""Seconds for which a class that was left is told of."""
SCENARIO = "ten_days_in_january"
"""What is played where nothing is said: made for one lesson."""


def host(
    what: str | None,
    folder: Path,
    *,
    address: str | None = None,
    port: int | None = None,
    tables: int = 1,
    seed: int | None = None,
    lens: str | None = None,
    dealt: Dealt = NOTHING,
    experiment: str | None = None,
    opens: bool = True,
    say: Callable[[str], None] = print,
) -> int:
    """Holds a class until Ctrl-C.

    Args:
        what: a scenario, or a match's file to go on with.
        folder: where new matches go.
        address: of the network that it is reached through; the likeliest if None.
        port: where; the one of the last time, else the first free one if None.
        tables: how many games of the scenario.
        seed: the luck; each table has its own if None.
        lens: the theory whose parameters the world has; where the scenario draws no theory by
            itself, a lens is drawn for each table if None.
        dealt: the theory and the agendas that the teacher chose.
        experiment: what is dealt to the tables at random; see `experiment.designed`.
        opens: whether the host's page is opened in a browser.
        say: tells the teacher something.

    Raises:
        ClassroomFault: it cannot be held; the text says why.
        ContentError, FileError: the scenario or the match has mistakes.
    """
    there = networks.cards()
    card = networks.chosen(address, there)
    again = what is not None and is_file_of_match(what)
    left = None if again else unfinished(folder)
    lesson = opened(Path(what)) if what and again else begun(
        what or SCENARIO, folder, tables, seed, lens, dealt, experiment)  # fmt: skip
    if left is not None:
        say(left)
    try:
        return _serve(lesson, card, there, port, opens, say)
    finally:
        lesson.close()


def unfinished(folder: Path) -> str | None:
    """What the teacher is told of a class of today that is not over; None where there is none."""
    since = time.time() - TODAY
    files = [path for path in folder.glob(f"*{SUFFIX}") if path.stat().st_mtime > since]
    for path in sorted(files, key=lambda one: -one.stat().st_mtime):
        for match in [path.with_name(name) for name in matches_of(path) if name][:1]:
            with suppress(FileError, ContentError):
                seen = MatchView.read(match)
                if seen.played and seen.status is not Status.ENDED:
                    title = seen.scenario.title
                    return t("serving.unfinished", title=title, turn=seen.turn, path=match)
    return None


def begun(
    scenario: str,
    folder: Path,
    tables: int = 1,
    seed: int | None = None,
    lens: str | None = None,
    dealt: Dealt = NOTHING,
    experiment: str | None = None,
) -> Lesson:
    """A new class: as many matches of a scenario as there are tables, all seats played by teams.
    Which theory a table's world follows is drawn where nothing is said; the debrief tells.

    Raises:
        ContentError, FileError: see `Match.begin`.
    """
    if not 1 <= tables <= MOST_TABLES:
        raise ClassroomFault(t("serving.tables", most=MOST_TABLES))
    folder.mkdir(parents=True, exist_ok=True)
    dealing = secrets.randbelow(10**6) if seed is None else seed
    read = load_scenario(scenario)
    by_itself = read.setting.theory_odds is not None or dealt.theory != DRAWN
    asked = experiment and designed(experiment, read, tables, dealing)
    if asked and asked.kind == THEORY and dealt.theory != DRAWN:
        raise ClassroomFault(t("experiment.chosen"))
    if asked and asked.kind == AGENDA and asked.what in {seat.name for seat, _ in dealt.agendas}:
        raise ClassroomFault(t("experiment.wanted", seat=asked.what))
    paths = []
    for number in range(tables):
        luck = secrets.randbelow(10**6) if seed is None else seed
        if asked and asked.kind == THEORY and by_itself:
            luck = luck_of(read.setting, asked.dealt[number + 1], luck)
        path = new_path(folder, Path(scenario).stem, luck)
        any_lens = random.Random(f"world {luck} {number}").choice(lens_ids())
        drawn = lens or (BALANCED if by_itself else any_lens)
        if asked and asked.kind == THEORY and not by_itself:
            drawn = asked.dealt[number + 1]
        own = asked.dealt_to(number + 1, dealt) if asked else dealt
        Match.begin(path, scenario, teams(), cast, seed=luck, lens=drawn, dealt=own).close()
        paths.append(path)
    lesson = lesson_of(paths)
    if asked:
        lesson.deal(asked)
    return lesson


def luck_of(setting: Setting, theory: str, luck: int) -> int:
    """The first seed from `luck` on whose game draws a theory: so that it stays secret."""
    wanted = setting.rulebook.theory(theory)
    return next(
        seed
        for seed in count(luck)
        if setting.open_games(game_keys(seed, range(1))).theory[0] == wanted
    )


def teams() -> dict[Seat, Seating]:
    """Every seat is a team's."""
    return {seat: Seating.team(t(f"seats.{seat.name}")) for seat in SEATS}


def opened(match: Path) -> Lesson:
    """A class as it was left, with its other tables; or a match that begins to be a class's."""
    own = class_file(match)
    names = matches_of(own) if own.exists() else []
    paths = [match.with_name(name) for name in names if name] or [match]
    return lesson_of(paths, own)


def lesson_of(paths: Sequence[Path], own: Path | None = None) -> Lesson:
    """The lesson of these matches."""
    matches = list[Match]()
    try:
        for path in paths:
            matches.append(Match.open(path, cast))
        return Lesson(Store(own or class_file(paths[0])), matches, cast)
    except BaseException:
        for match in matches:
            match.close()
        raise


def _serve(
    lesson: Lesson,
    card: networks.Card | None,
    there: Sequence[networks.Card],
    port: int | None,
    opens: bool,
    say: Callable[[str], None],
) -> int:
    bound = [networks.LOOPBACK] if card is None else [networks.LOOPBACK, card.address]
    sockets, number = _sockets(bound, port, lesson.port)
    lesson.on_port(number)
    outside = f"{networks.LOOPBACK if card is None else card.address}:{number}"
    others = [one for one in there if card is None or one.address != card.address]
    room = Room(lesson, outside, others)
    hosts = {f"{name}:{number}" for name in (*bound, "localhost")}
    app = application(room, hosts, lambda address: networks.may_come_from(address, card))
    own = f"http://{networks.LOOPBACK}:{number}/enter/{lesson.host_secret}"
    for line in told(lesson, outside, own, card, others):
        say(line)
    if sys.stdout.isatty() and sys.stdout.encoding.casefold().startswith("utf"):
        say(drawn(join_address(room)))
    if opens:
        with suppress(webbrowser.Error):
            webbrowser.open(own)
    with suppress(KeyboardInterrupt), _ended_alike():
        server_of(app, lesson.hub).run(sockets=sockets)
    if lesson.end():
        say(t("serving.forgotten"))
    say(t("serving.closed", path=lesson.tables[0].match.path or ""))
    return 0


@contextmanager
def _ended_alike() -> Iterator[None]:
    """A closed terminal and a polite end of the process end the class as Ctrl-C does."""
    leads = threading.current_thread() is threading.main_thread()
    names = ("SIGTERM", "SIGHUP") if leads else ()  # no other thread may
    ends = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(end, lambda *_: signal.raise_signal(signal.SIGINT)) for end in ends]
    try:
        yield
    finally:
        for end, handler in zip(ends, before, strict=True):
            signal.signal(end, handler)


class Server(uvicorn.Server):
    """A server that ends what listens before it ends itself, and then has no more to say."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See `uvicorn.Server`."""
        self._hub.close()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # who is slow is cut off
        await super().shutdown(sockets)


def server_of(app: ASGIApp, hub: Hub) -> Server:
    """A server that waits for nobody long and keeps no log."""
    return Server(
        uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            date_header=False,
            ws="none",
            http=Line,
            timeout_keep_alive=PATIENCE,
            timeout_graceful_shutdown=1,
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=16_384,
        ),
        hub,
    )


def _sockets(
    bound: Sequence[str], port: int | None, last: int | None
) -> tuple[list[socket.socket], int]:
    """At the port that was asked for; else at that of the last time, else at a free one."""
    if port is None and last is not None:
        with suppress(ClassroomFault):
            return networks.listening(bound, last)
    return networks.listening(bound, port)


def drawn(text: str) -> str:
    """A QR code in letters, for a terminal."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")


def told(
    lesson: Lesson,
    outside: str,
    own: str,
    card: networks.Card | None,
    others: Sequence[networks.Card],
) -> list[str]:
    """What the teacher reads in the terminal."""
    match = lesson.tables[0].match
    lines = [
        t("serving.title", title=match.scenario.title, tables=len(lesson.tables)),
        t("serving.join", address=outside, code=lesson.code),
        t("serving.own", address=own),
    ]
    if card is None:
        lines.append(t("serving.alone" if not others else "serving.loop"))
    if others:
        listed = "; ".join(f"{one.address} ({one.name})" for one in others)
        lines.append(t("serving.others", listed=listed, first=others[0].address))
    if match.path is not None:
        lines.append(t("serving.kept", path=match.path))
    lines.append(t("serving.stop"))
    return lines
