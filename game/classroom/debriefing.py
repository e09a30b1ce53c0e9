"""The debrief on the projector, step by step, from the same sections as the report. It is worked
out in a process of its own: the class goes on meanwhile.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from game import __version__
from game.content.lens import BALANCED, Lens, lens_ids, load_lens
from game.futures.inquiry import Findings, inquire
from game.players.base import Player
from game.report.debrief import Subject, theory_beliefs
from game.report.front import Act, front_page
from game.report.page import HANDED_OUT, page
from game.report.sections import (
    Decisive,
    UseDescription,
    decisive_turn,
    describe_uses,
    own_questions,
)
from game.report.taking import computers_of, taken
from game.report.telling import lens_titles
from game.rules.seats import SEATS, Cause, Rung, Seat
from game.session.match import Status
from game.session.view import MatchView
from game.views.beliefs import AttackJudged, attacks_judged
from game.views.effects import Way
from game.views.forecasts import Score, scores
from game.views.names import CAPITALS, CAUSE_NAMES, counted, listed, sentence
from game.views.phrasebook import futures
from game.views.played import PlayedGame
from game.views.public import public_picture
from game.views.secrets import (
    possible_theories,
    revealed_agendas,
    revealed_theory,
    revealed_world,
)
from game.views.signals import Signal, Verdict, signals

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
AT_ONCE = {"acts": 5, "luck": 4}
"""Of some steps so many rows fit on the projector: the others follow on a page of their own."""
MOST_COUNTED = 2
"""Of what a seat is scored by, so many parts are named."""
MOST_SAID = 2
"""Of what a seat said, so much is told at length."""


_T = TypeVar("_T")


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
    claims: tuple[tuple[str, str], ...]
    """What each theory holds, by its name."""
    world: str
    """The theory that held in the game."""
    was_secret: bool
    """Nobody was told which one it was."""
    leanings: dict[Seat, tuple[float, ...]]
    """How surely each seat's staff could think so, before the first turn and after every one; empty
    where there was nothing to find out.
    """
    acts: tuple[Act, ...]
    questions: tuple[str, ...]
    report: str
    """The whole report, as HTML."""
    handed_out: str
    """Its first page and each team's page, to be printed."""


class Beat(NamedTuple):
    """What the projector shows at once: what a step asks, or a page of what it shows."""

    step: str
    page: int
    """From 1; 0 where it only asks."""
    pages: int


def beats(found: Debrief) -> list[Beat]:
    """Every beat of a debrief: each step first asks, then shows."""
    told = list[Beat]()
    for step in STEPS:
        rows = len(found.acts) if step == "acts" else len(found.rows.get(step, ()))
        pages = max(1, -(-rows // AT_ONCE[step])) if step in AT_ONCE else 1
        told += [Beat(step, page, pages) for page in range(pages + 1)]
    return told


def on_page(rows: Sequence[_T], beat: Beat) -> Sequence[_T]:
    """The rows of a beat's page."""
    most = AT_ONCE.get(beat.step, len(rows))
    return rows[most * (beat.page - 1) : most * beat.page]


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
        subject = Subject(game, findings)
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
                "luck": tuple(Row(use.heading, tuple(_without_it(use))) for use in uses),
            },
            lenses=tuple(lens_titles(findings)),
            claims=tuple((lens.name, lens.claim) for lens in lenses[1:]),
            world=revealed_world(game.scenario, game.final, game.lens),
            was_secret=len(possible_theories(game.scenario)) > 1,
            leanings={told.seat: tuple(told.shares) for told in theory_beliefs(game)},
            acts=front.acts,
            questions=front.questions,
            report=page(subject, None, __version__),
            handed_out=page(subject, None, __version__, HANDED_OUT),
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
    book = game.scenario.setting.rulebook
    for seat, agenda in revealed_agendas(game.scenario, game.final).items():
        right = told_right((one.agendas.get(seat, "") for one in guesses), agenda.id)
        parts = book.objectives(seat, book.agendas[seat].index(agenda))
        first = sorted(parts, key=lambda part: -part.points)[:MOST_COUNTED]
        counts = [t("debrief.counts", name=one.name, points=f"{one.points:g}") for one in first]
        told = sentence(t("debrief.counted", parts=listed(counts)))
        yield Row(t(f"seats.{seat.name}"), (f"{agenda.name}. {right}".strip(), told))


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
    """Of each turn, all force in the open and, where there was none, the gravest thing that
    everybody knew of.
    """
    scenario, outcomes = match.scenario, [played.outcome for played in match.played]
    for number in range(1, len(outcomes) + 1):
        told = public_picture(scenario, match.played[number - 1].before, outcomes[:number]).told
        items = sorted(told, key=lambda item: -item.rung)
        force = [item.text for item in items if item.rung >= Rung.MILITIA_STRUCK]
        first = items[0].text if items else t("debrief.quiet")
        yield Row(t("debrief.turn", turn=number), tuple(force) or (first,))


def _predicted(game: PlayedGame) -> Iterator[Row]:
    for score in scores(game):
        better = "better" if score.brier < score.coin else "no_better"
        judged = t(f"debrief.{better}", brier=f"{score.brier:.2f}", coin=f"{score.coin:.2f}")
        yield Row(t(f"seats.{score.seat.name}"), (_odds(score), _came(score), judged))


def _odds(score: Score) -> str:
    """What a team gave each rival, in the mean of its turns."""
    given = [
        t("debrief.odds", seat=CAPITALS[rival], odds=f"{100 * sum(odds) / len(odds):.0f}")
        for rival in score.seat.rivals
        if (odds := [one.odds for one in score.forecasts if one.of is rival])
    ]
    return t("debrief.gave", given=listed(given))


def _came(score: Score) -> str:
    """Who of those used force, and how often."""
    times = {
        rival: sum(one.came for one in score.forecasts if one.of is rival)
        for rival in score.seat.rivals
    }
    used = [
        t("debrief.used", seat=CAPITALS[rival], turns=counted(count, "turn"))
        for rival, count in times.items()
        if count
    ]
    return sentence(t("debrief.came", used=listed(used))) if used else t("debrief.none_came")


def _fired(game: PlayedGame) -> Iterator[Row]:
    own = game.scenario.setting.rulebook.deeds[Seat.MILITIA]
    for judged in attacks_judged(game):
        truth = sentence(CAUSE_NAMES[judged.truth])
        ordered = int(game.turns[judged.turn - 1].orders.deed[Seat.MILITIA, 0])
        if judged.truth is Cause.MILITIA and not own[ordered].fire:
            truth = f"{truth} {t('debrief.campaign')}"
        right = [CAPITALS[seat] for seat in SEATS if _saw_through(judged, seat)]
        told = t("debrief.right", who=listed(right)) if right else t("debrief.nobody_right")
        yield Row(
            t("debrief.turn", turn=judged.turn),
            (truth, sentence(told)),
        )


def _saw_through(judged: AttackJudged, seat: Seat) -> bool:
    """Whether a seat suspected the truth most; those who knew it do not count."""
    knew = _KNOW.get(judged.truth, ())
    return seat not in knew and judged.suspected[seat].first is judged.truth


_KNOW = {Cause.TEHRAN: (Seat.IRAN, Seat.MILITIA), Cause.MILITIA: (Seat.MILITIA,)}
"""Who knows beforehand that it was so."""


def _words(game: PlayedGame) -> Iterator[Row]:
    """What each seat said and did: what was put to the test; of the rest how much there was."""
    told = signals(game)
    for seat in SEATS:
        own = [signal for signal in told if signal.seat is seat]
        tested = [signal for signal in own if signal.verdict is not Verdict.UNTESTED]
        lines = [_said(signal) for signal in tested[:MOST_SAID]]
        if len(tested) > MOST_SAID:
            lines.append(t("debrief.tested_more", count=len(tested) - MOST_SAID))
        if untested := len(own) - len(tested):
            lines.append(t("debrief.untested", count=untested))
        yield Row(t(f"seats.{seat.name}"), tuple(lines) or (t("debrief.silent"),))


def _said(signal: Signal) -> str:
    """Something that was said, what was done, and what it came to."""
    when = t("debrief.turn", turn=signal.turn) if signal.turn else t("debrief.before")
    return t(
        "debrief.signal",
        when=when,
        said=signal.said,
        did=signal.did,
        verdict=sentence(signal.verdict.value),
    )


def _without_it(use: UseDescription) -> Iterator[str]:
    """In how many futures a use of force made what difference, and what leaves that open. What
    it did on average, with both its widths, stands in the report.
    """
    paired = use.found.effects[0].pairs[use.aim.measure]
    if use.found.turns_after <= 0 or not paired.games:
        yield t("debrief.too_late")
        return
    way = paired.difference.way
    if way is Way.FEW:
        yield t(f"debrief.width.{_WIDTHS[way]}")
        return
    if not paired.more and not paired.less:
        yield t("debrief.width.same", noun=use.aim.phrase)
        if way is Way.OPEN:
            yield t("debrief.width.same_open")
        return
    yield sentence(futures(paired.more, paired.same, paired.less, use.aim.phrase))
    yield t(f"debrief.width.{_WIDTHS[way]}")


_WIDTHS = {
    Way.FEWER: "told",
    Way.MORE: "told",
    Way.UNCLEAR: "luck",
    Way.OPEN: "open",
    Way.FEW: "few",
}
"""The sentence for each way that an effect may have gone."""


def _decisive(decisive: Decisive) -> Iterator[Row]:
    head = t("debrief.decisive", turn=decisive.turn, title=decisive.title)
    close = (t("debrief.close"),) if decisive.is_close else ()
    yield Row(head, ((decisive.happened or t("debrief.quiet")), *close, t("debrief.one_set")))
    for told in decisive.swings:
        moved = told.swing.pairs
        seat = max(SEATS, key=lambda seat: abs(moved[seat].difference.mean))
        by, seat_name = moved[seat].difference.mean, t(f"seats.{seat.name}")
        yield Row(
            t("debrief.turn", turn=told.swing.turn),
            (t("debrief.rose" if by > 0 else "debrief.fell", seat=seat_name, by=f"{abs(by):.1f}"),),
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
            pages_path(path).write_text(self.found.handed_out, encoding="utf-8")
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


def pages_path(match: Path) -> Path:
    """Where the pages to be handed out are written: beside the report."""
    return match.with_name(f"{match.stem}_pages.html")
