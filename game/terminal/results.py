"""An ensemble's results as tables and as JSON."""

import math
from typing import Any

from game.content.scenario import Scenario
from game.futures.ensemble import Ensemble, Gathering
from game.futures.tally import Spread, Tally
from game.rules.endings import Ending
from game.rules.seats import SEATS
from game.views.names import counted

from .briefing import day
from .casting import SEAT_HEADINGS
from .console import Console
from .files import json_with
from .tables import table

_SPREADS = (
    ("attacks", "Attacks on Americans and partners"),
    ("us_dead", "Americans killed"),
    ("us_wounded", "Americans wounded, as reported"),
    ("highest_rung", "Highest rung"),
)

RESULT = json_with("scenario", "endings", "state_hash")
"""Whether a file is such a result."""
FEW = 20
"""From so many games on, the 5 % and 95 % quantiles leave a game out at either end."""


def tables(out: Console, scenario: Scenario, gathering: Gathering, seconds: float) -> None:
    """The results for people."""
    tally = gathering.tally
    out.heading("How the games ended")
    names = {e.id: e.name for e in scenario.setting.rulebook.endings}
    out.table(
        table(
            "Ending|>games|>of 100",
            [
                (names[ending], f"{round(share * tally.games):,}", f"{share * 100:.1f}")
                for ending, share in endings(tally).items()
                if share
            ],
        )
    )
    out.heading("What happened: median, and the range of 90 in 100 games")
    out.table(
        table(
            "|>median|>5 %|>95 %|>mean",
            [(label, *_row(getattr(tally, name))) for name, label in _SPREADS],
        )
    )
    out.heading("Marks, of 100")
    out.table(
        table(
            "Seat|>median|>5 %|>95 %|>mean",
            [(SEAT_HEADINGS[seat], *_row(tally.marks[seat], digits=1)) for seat in SEATS],
        )
    )
    out.heading("Attacks by turn, mean over the games still on")
    out.table(
        table(
            "Turn|From|>attacks|>games",
            [
                (f"{turn}", day(text.date), "-" if mean is None else f"{mean:.2f}", f"{playing:,}")
                for turn, (text, mean, playing) in enumerate(
                    zip(
                        scenario.turns, attacks_per_turn(tally), tally.playing_by_turn, strict=True
                    ),
                    1,
                )
            ],
        )
    )
    out.gap()
    if tally.games < FEW:
        out.aside(f"Of fewer than {FEW} games, 5 % and 95 % are the least and the most of them.")
    out.aside(
        f"{counted(tally.games, 'game').capitalize()}, {counted(tally.game_turns, 'turn')} in "
        f"{seconds:.1f} s: "
        f"{tally.game_turns / seconds:,.0f} turns a second.\nState hash {gathering.state_hash}"
    )


def as_json(
    scenario: Scenario, ensemble: Ensemble, gathering: Gathering, seconds: float
) -> dict[str, Any]:
    """The results for programs; a mean over no games is null."""
    tally = gathering.tally
    return {
        "scenario": scenario.id,
        "games": tally.games,
        "seed": ensemble.seed,
        "players": {seat.name: name for seat, name in ensemble.players},
        "lens": ensemble.lens,
        "endings": endings(tally),
        "attacks_per_turn": attacks_per_turn(tally),
        **{name: _summary(getattr(tally, name)) for name, _ in _SPREADS},
        "marks": {seat.name: _summary(tally.marks[seat]) for seat in SEATS},
        "state_hash": gathering.state_hash,
        "game_turns": tally.game_turns,
        "seconds": round(seconds, 3),
        "game_turns_per_s": round(tally.game_turns / seconds),
    }


def endings(tally: Tally) -> dict[str, float]:
    """The share of games by ending, in the rulebook's order."""
    return {
        ending.name.lower(): int(tally.endings[ending]) / tally.games
        for ending in Ending
        if ending is not Ending.NONE
    }


def attacks_per_turn(tally: Tally) -> list[float | None]:
    """Mean attacks of each turn over the games that were still on; None where none was."""
    return [
        int(attacks) / int(playing) if playing else None
        for attacks, playing in zip(tally.attacks_by_turn, tally.playing_by_turn, strict=True)
    ]


def _summary(spread: Spread) -> dict[str, float | None]:
    return {
        "mean": None if math.isnan(spread.mean) else spread.mean,
        "p05": round(spread.quantile(0.05), 6),
        "p50": round(spread.median, 6),
        "p95": round(spread.quantile(0.95), 6),
    }


def _row(spread: Spread, digits: int = 0) -> tuple[str, ...]:
    whole = spread.median.is_integer() or digits
    quantiles = [spread.quantile(share) for share in (0.05, 0.95)]
    return (
        f"{spread.median:,.{digits if whole else 1}f}",
        *(f"{value:,.{digits}f}" for value in quantiles),
        f"{spread.mean:,.{digits or 2}f}",
    )
