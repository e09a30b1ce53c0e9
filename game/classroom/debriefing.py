"""The debrief on the projector, step by step, from the same sections as the report. It is worked
out in a process of its own: the class goes on meanwhile.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from game import __version__
from game.content.lens import BALANCED, Lens, lens_ids, load_lens
from game.futures.inquiry import Findings, inquire
from game.players.base import Player
from game.report.debrief import Subject
from game.report.front import Act, front_page
from game.report.page import page
from game.report.sections import Decisive, decisive_turn, describe_uses, own_questions
from game.report.taking import computers_of, taken
from game.rules.seats import SEATS, Seat
from game.session.match import Status
from game.session.view import MatchView
from game.views.beliefs import AttackJudged, attacks_judged
from game.views.forecasts import scores
from game.views.names import CAUSE_NAMES, sentence
from game.views.phrasebook import LUCK_ALONE
from game.views.played import PlayedGame
from game.views.public import public_picture
from game.views.secrets import (
    possible_theories,
    revealed_agendas,
    revealed_theory,
    revealed_world,
)
from game.views.signals import Tally, signals, tallies

from .apart import Apart
from .faults import ClassroomFault
from .guesses import Guess, told_right
from .table import Table
from .texts import t

STEPS = (
    *("saw", "predicted", "fired", "wanted", "world", "acts", "words", "decisive", "luck"),
    "questions",
)
"""The steps, in the order in which the host turns them."""
BEATS = 2
"""Of each step: first what is asked, then what is shown."""
MOST_ROWS = 4
SURE = 0.5
"""From these odds on, force was foreseen."""


class Row(NamedTuple):
    """One line of a step: what it is about, and what there is to tell."""

    head: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the steps show, in words; nothing in it has to be looked up in the match again."""

    title: str
    headline: str
    dead: str
    rows: dict[str, tuple[Row, ...]]
    """By step."""
    lenses: tuple[str, ...]
    world: str
    """The theory that held in the game."""
    acts: tuple[Act, ...]
    questions: tuple[str, ...]
    report: str
    """The whole report, as HTML."""


def debrief_of(path: Path, guesses: Sequence[Guess]) -> Debrief:
    """The debrief of a match that is over; some seconds of work.

    Args:
        path: the match's file.
        guesses: what the members of all teams guessed of its secrets.

    Raises:
        FileError, ContentError: the match cannot be read.
        ValueError: no turn of it was played.
    """
    match = MatchView.read(path)
    with taken(match) as game:
        names = [game.lens, *(one for one in lens_ids() if one not in (game.lens, BALANCED))]
        lenses = [load_lens(name) for name in names]
        findings = _findings(game, lenses, computers_of(match))
        uses, decisive = describe_uses(findings), decisive_turn(game, findings)
        front = front_page(game, uses, own_questions(game, uses, decisive))
        return Debrief(
            title=game.title,
            headline=front.headline,
            dead=front.dead,
            rows={
                "saw": tuple(_saw(match)),
                "predicted": tuple(_predicted(game)),
                "fired": tuple(_fired(game)),
                "wanted": tuple(_wanted(game, guesses)),
                "world": tuple(_worlds(game, findings, guesses)),
                "words": tuple(_words(game)),
                "decisive": tuple(_decisive(decisive)),
                "luck": tuple(
                    # What it did on average, with both its widths, stands in the report.
                    Row(use.heading, (use.verdict, use.in_futures))
                    for use in uses[:MOST_ROWS]
                ),
            },
            lenses=tuple(lens.name for lens in findings.lenses),
            world=revealed_world(game.scenario, game.final, game.lens),
            acts=front.acts,
            questions=front.questions,
            report=page(Subject(game, findings), None, __version__),
        )


def _worlds(game: PlayedGame, findings: Findings, guesses: Sequence[Guess]) -> Iterator[Row]:
    """The worlds that it might have been, and how many guessed which one it was."""
    if game.scenario.setting.theory_odds is None:
        yield from (Row(lens.name, (lens.claim,)) for lens in findings.lenses)
        return
    held = revealed_theory(game.scenario, game.final)
    right = told_right((one.theory for one in guesses), held.id)
    for theory in possible_theories(game.scenario):
        yield Row(theory.name, (theory.sentence, right if theory is held else ""))


def _wanted(game: PlayedGame, guesses: Sequence[Guess]) -> Iterator[Row]:
    """What each seat wanted most, in secret, and how many of the others guessed it."""
    for seat, agenda in revealed_agendas(game.scenario, game.final).items():
        right = told_right((one.agendas.get(seat, "") for one in guesses), agenda.id)
        yield Row(t(f"seats.{seat.name}"), (agenda.name, agenda.text, right))


def _findings(
    game: PlayedGame, lenses: Sequence[Lens], computers: Mapping[Seat, Player]
) -> Findings:
    """All the futures."""
    working = inquire(game, lenses, computers)
    while True:
        try:
            next(working)
        except StopIteration as done:
            findings: Findings = done.value
            return findings


def _saw(match: MatchView) -> Iterator[Row]:
    """Of each turn, the gravest thing that everybody knew of."""
    scenario, outcomes = match.scenario, [played.outcome for played in match.played]
    for number in range(1, len(outcomes) + 1):
        told = public_picture(scenario, match.played[number - 1].before, outcomes[:number]).told
        items = sorted(told, key=lambda item: -item.rung)
        first = items[0].text if items else t("debrief.quiet")
        yield Row(t("debrief.turn", turn=number), (first,))


def _predicted(game: PlayedGame) -> Iterator[Row]:
    for score in scores(game):
        hits = [f for f in score.forecasts if f.came and f.odds >= SURE]
        missed = [f for f in score.forecasts if f.came and f.odds < SURE]
        yield Row(
            t(f"seats.{score.seat.name}"),
            (
                t("debrief.score", brier=f"{score.brier:.2f}", coin=f"{score.coin:.2f}"),
                t("debrief.foreseen", hits=len(hits), missed=len(missed)),
            ),
        )


def _fired(game: PlayedGame) -> Iterator[Row]:
    for judged in attacks_judged(game):
        right = [t(f"seats.{seat.name}") for seat in SEATS if _saw_through(judged, seat)]
        yield Row(
            t("debrief.turn", turn=judged.turn),
            (
                sentence(CAUSE_NAMES[judged.truth]),
                t("debrief.right", who=", ".join(right)) if right else t("debrief.nobody_right"),
            ),
        )


def _saw_through(judged: AttackJudged, seat: Seat) -> bool:
    return judged.suspected[seat].first is judged.truth


def _words(game: PlayedGame) -> Iterator[Row]:
    told = signals(game)
    for seat in SEATS:
        own = [
            sentence(f"{tally.kind}: {_counts(tally)}")
            for tally in tallies([signal for signal in told if signal.seat is seat])
            if _counts(tally)
        ]
        yield Row(t(f"seats.{seat.name}"), tuple(own) or (t("debrief.silent"),))


def _counts(tally: Tally) -> str:
    return ", ".join(f"{count} {verdict.value}" for verdict, count in tally.counts.items() if count)


def _decisive(decisive: Decisive) -> Iterator[Row]:
    head = t("debrief.decisive", turn=decisive.turn, title=decisive.title)
    close = (t("debrief.close"),) if decisive.is_close else ()
    yield Row(head, ((decisive.happened or t("debrief.quiet")), *close, LUCK_ALONE))
    for told in decisive.swings:
        moved = told.swing.pairs
        seat = max(SEATS, key=lambda seat: abs(moved[seat].difference.mean))
        by = moved[seat].difference.mean
        yield Row(
            t("debrief.turn", turn=told.swing.turn),
            (t("debrief.moved", seat=t(f"seats.{seat.name}"), by=f"{by:+.1f}"),),
        )


class Debriefing:
    """One table's debrief, as far as it is worked out."""

    def __init__(self) -> None:
        self.found: Debrief | None = None
        self.fault = ""
        """Why there is none; empty where there is, or will be."""
        self._of = -1
        self._working: asyncio.Task[None] | None = None
        self._apart = Apart()

    def look(self, table: Table, tell: Callable[[], None]) -> None:
        """Begins to work it out once a match is over, anew where it went on since.

        Args:
            table: whose match.
            tell: called when it is there.
        """
        match = table.match
        if match.status is not Status.ENDED or not match.played or match.path is None:
            return
        state = len(match.played), table.number, str(match.path)
        if self._of == hash(state):
            return
        self._of = hash(state)
        self.found, self.fault = None, ""
        self.close()
        self._working = asyncio.create_task(
            self._work(match.path, list(table.guesses.values()), tell)
        )

    async def _work(self, path: Path, guesses: Sequence[Guess], tell: Callable[[], None]) -> None:
        try:
            self.found = await self._apart.do(debrief_of, path, guesses)
            report_path(path).write_text(self.found.report, encoding="utf-8")
        except ClassroomFault as fault:
            self.fault = str(fault)
        except OSError as error:
            self.fault = t("debrief.not_written", why=error.strerror)
        tell()

    def close(self) -> None:
        """Leaves the work."""
        self._apart.stop()


def report_path(match: Path) -> Path:
    """Where a class's report is written: beside its match."""
    return match.with_name(f"{match.stem}_debrief.html")
