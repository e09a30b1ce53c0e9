"""The staff estimate: what each legal deed may bring, imagined from what the seat knows."""

from game.futures.cast import cast
from game.futures.plan import Forecast, staff_estimate
from game.futures.theory_belief import glances, staff_belief
from game.players.base import Dice
from game.rules.seats import Seat
from game.session.match import Match
from game.views.effects import Range
from game.views.names import counted
from game.views.phrasebook import with_error
from game.views.theory_belief import TheoryBelief, believed, moved

from .console import Console
from .tables import table

FUTURES = 300
"""Imagined for each deed."""
TURNS = 6
"""As far as the staff looks ahead."""
_MEASURES = ("attacks", "us_dead", "highest_rung", "mark")


def belief_about_theories(match: Match, seat: Seat) -> TheoryBelief:
    """What a seat's staff believes about the theories now."""
    setting, played = match.scenario.setting, match.played
    dice = Dice.of(match.state, seat)
    if setting.theory_odds is None:
        played = []
    return staff_belief(match.scenario, glances(setting, seat, played, match.state), dice)


def forecasts(match: Match, seat: Seat) -> list[Forecast]:
    """The estimate of a seat's legal deeds now, the best own mark first."""
    made = staff_estimate(
        match.scenario.setting,
        match.observation(seat),
        match.options(seat),
        cast(match.scenario, {}),
        Dice.of(match.state, seat),
        futures=FUTURES,
        turns=TURNS,
    )
    return sorted(made, key=lambda forecast: -forecast.mean("mark")[0])


def estimate_page(console: Console, match: Match, seat: Seat) -> None:
    """Shows the estimate."""
    deeds = match.scenario.setting.rulebook.deeds[seat]
    ahead = min(TURNS, match.scenario.setting.turns - match.state.turn)
    console.title("The staff estimate")
    console.say(
        f"Your staff imagined {FUTURES} futures of {counted(ahead, 'turn')} for each deed that "
        "you may order now. It knows what you know and guesses the rest; it takes the others for "
        "what their seats usually are. It may be wrong. Each cell: the mean and its standard "
        "error, and in brackets the range of 90 in 100 futures. Best own mark first."
    )
    console.table(
        table(
            "Deed|attacks|American dead|highest rung|your mark",
            [
                (deeds[f.deed].name, *(_cell(f, measure) for measure in _MEASURES))
                for f in forecasts(match, seat)
            ],
        )
    )
    belief = belief_about_theories(match, seat)
    if told := believed(match.scenario, belief):
        console.say(told)
        console.bullets(moved(match.scenario, belief, seat))
    console.aside("Deeds whose marks lie less than three errors apart can hardly be told apart.")
    console.gap()


def _cell(forecast: Forecast, measure: str) -> str:
    mean, error = forecast.mean(measure)
    low, _, high = forecast.quantiles(measure)
    return with_error(mean, error, Range(low, high), 2 if measure == "us_dead" else 1)
