"""What the report tells, as data for its templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from game.futures.inquiry import Findings
from game.futures.theory_belief import beliefs_in
from game.rules.seats import SEATS, Seat
from game.views.beliefs import attacks_judged, estimates
from game.views.deterrence import ledger_over_time
from game.views.forecasts import Forecast, forecasts, scores
from game.views.names import CAUSE_NAMES, RUNG_NAMES
from game.views.played import PlayedGame
from game.views.secrets import possible_theories, revealed_agendas, revealed_theory
from game.views.signals import Verdict, signals, tallies
from game.views.summary import parting, put_in, summary, the_dead
from game.views.theory_belief import moved
from game.views.timeline import history, ladder, prelude, timeline

from . import pictures
from .front import front_page
from .handout import handouts
from .seats import seat_pages
from .sections import (
    Decisive,
    UseDescription,
    decisive_turn,
    describe_pairs,
    describe_uses,
    marks_table,
    own_questions,
)
from .telling import SEAT_TITLES, lens_titles, measured

PAIRS_SHOWN = 6
"""Relations of the ledger that are drawn; the others are told in one table."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The game that is told of, and what the futures told about it."""

    game: PlayedGame
    findings: Findings


class World(NamedTuple):
    """The world that a game was played in."""

    name: str
    claim: str
    was_secret: bool
    """Drawn, and told to nobody."""
    by_lens: bool
    """Its numbers are those of a lens, beside the theory."""


class TheoryTold(NamedTuple):
    """What one seat's staff could believe about the theories."""

    seat: Seat
    shares: list[float]
    """That it gave to the truth, before the first turn and after every one."""
    moved: list[str]
    """What told it most."""


def context(subject: Subject, beside: PlayedGame | None, version: str) -> dict[str, Any]:
    """Everything that the templates name.

    Args:
        subject: the game.
        beside: another game to lay beside it, such as the one it was forked from.
        version: of the program.
    """
    game, findings = subject.game, subject.findings
    scenario = game.scenario
    told = signals(game)
    ledger = ledger_over_time(game)
    uses: list[UseDescription] = describe_uses(findings)
    decisive: Decisive = decisive_turn(game, findings)
    turns, real = timeline(game), history(scenario)
    questions = own_questions(game, uses, decisive)
    front = front_page(game, uses, questions)
    return {
        "game": game,
        "scenario": scenario,
        "beside": beside,
        "parting": None if beside is None else parting(game, beside),
        "beside_turns": [] if beside is None else timeline(beside),
        "version": version,
        "seats": SEATS,
        "seat_titles": SEAT_TITLES,
        "causes": CAUSE_NAMES,
        "rungs": RUNG_NAMES,
        "verdicts": Verdict,
        "ending": _ending(game),
        "beside_ending": None if beside is None else _ending(beside),
        "findings": findings,
        "story": summary(game),
        "measured": measured(findings),
        "dead": the_dead(game),
        "beside_dead": None if beside is None else the_dead(beside),
        "world": _world(game, findings),
        "agendas": revealed_agendas(scenario, game.final),
        "theory_beliefs": theory_beliefs(game),
        "attacks": game.happened("attacks"),
        "beside_attacks": None if beside is None else beside.happened("attacks"),
        "put_in": _put_in(game, beside),
        "turns": turns,
        "history": real,
        "prelude": prelude(scenario),
        "ladder": ladder(game),
        "timeline_chart": pictures.timeline_chart(game, beside),
        "uses": uses,
        "ledger": describe_pairs(game, ledger[:PAIRS_SHOWN]),
        "other_pairs": ledger[PAIRS_SHOWN:],
        "judged": attacks_judged(game),
        "belief_charts": pictures.belief_charts(game),
        "estimates": estimates(game),
        "signals": {seat: [s for s in told if s.seat is seat] for seat in SEATS},
        "tallies": tallies(told),
        "scores": scores(game),
        "forecast_rows": _by_turn(forecasts(game)),
        "marks": marks_table(game),
        "beside_marks": None if beside is None else marks_table(beside),
        "marks_chart": pictures.marks_chart(game, beside),
        "decisive": decisive,
        "outlook_charts": pictures.outlook_charts(game, findings),
        "own_questions": questions,
        "front": front,
        "lens_titles": lens_titles(findings),
        "handouts": handouts(game, uses, front, told),
        "seat_pages": seat_pages(game, told),
        "source_numbers": scenario.source_numbers(),
    }


def _world(game: PlayedGame, findings: Findings) -> World:
    """The theory that was drawn or chosen; where there was none, that of the lens."""
    theory, lens = revealed_theory(game.scenario, game.final), findings.lenses[0]
    if game.scenario.setting.theory_odds is None:
        return World(lens.name, lens.claim, was_secret=False, by_lens=False)
    secret = len(possible_theories(game.scenario)) > 1
    return World(theory.name, theory.sentence, was_secret=secret, by_lens=True)


def theory_beliefs(game: PlayedGame) -> list[TheoryTold]:
    """What each seat's staff could believe about the theories; none where nothing was drawn."""
    truth = int(game.final.theory[0])
    return [
        TheoryTold(
            seat,
            [shares[truth] for shares in belief.course],
            moved(game.scenario, belief, seat),
        )
        for seat, belief in beliefs_in(game, SEATS).items()
    ]


def _ending(game: PlayedGame) -> str:
    if not game.ending:
        return "still on" if game.ended_early is None else "the facilitator, early"
    return game.scenario.setting.rulebook.endings[game.ending - 1].name


def _put_in(game: PlayedGame, beside: PlayedGame | None) -> list[tuple[str, int, int]]:
    """What facilitators put in, in this game and the other one; only what either has."""
    theirs = put_in(beside or game)
    rows = [
        (what, ours, other) for (what, ours), (_, other) in zip(put_in(game), theirs, strict=True)
    ]
    return [row for row in rows if row[1] or row[2]]


def _by_turn(given: Sequence[Forecast]) -> list[tuple[int, Seat, dict[Seat, Forecast]]]:
    """The forecasts as rows: turn, who gave them, and one for each seat that they are about."""
    rows: dict[tuple[int, Seat], dict[Seat, Forecast]] = {}
    for forecast in given:
        rows.setdefault((forecast.turn, forecast.by), {})[forecast.of] = forecast
    return [(turn, by, row) for (turn, by), row in rows.items()]
