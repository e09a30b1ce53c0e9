"""The end of a game: how it ended, every seat's mark with its parts, what to talk about."""

from collections.abc import Sequence

from game.content.scenario import Event, Scenario
from game.rules.seats import SEATS, Seat
from game.rules.state import State
from game.session.match import Match
from game.views.happenings import happenings, spoken, whispered
from game.views.names import CAPITALS, listed, number, rung_name, sentence
from game.views.played import Turn
from game.views.secrets import (
    possible_theories,
    revealed_agendas,
    revealed_theory,
)
from game.views.situation import mark_sheet, total_mark
from game.views.theory_belief import held
from game.views.timeline import history

from .briefing import day, news_page, sources_page
from .casting import SEAT_HEADINGS
from .console import Console
from .estimate import belief_about_theories
from .telling import ending_page, practice_page

QUESTIONS = 3
"""How many of the scenario's questions the end shows."""


def last_turn(console: Console, match: Match) -> None:
    """What happened in the last turn: the one player's news, or, for several, the whole truth."""
    if len(match.people) == 1:
        news_page(console, match, match.people[0])
    else:
        played = match.played[-1]
        turn = Turn(played.before, played.orders, played.outcome, match.state)
        _true_turn(console, match.scenario, turn)


def debrief(console: Console, match: Match, command: str, onward: str) -> None:
    """How the game ended and what it brought.

    Args:
        console: shows it.
        match: the game, over.
        command: how to play the same game again.
        onward: how to begin the game that practice leads to.
    """
    scenario, ending = match.scenario, match.ending
    ending_page(console, match)
    text = scenario.setting.rulebook.endings[ending - 1]
    console.title(f"The end: {text.name}")
    turns, of = int(match.state.ended_turn[0]), len(scenario.turns)
    console.say(text.sentence)
    console.aside(f"The game lasted {number(turns)} of {number(of)} turns.")
    secrets(console, scenario, match.state)
    if len(possible_theories(scenario)) > 1:
        truth = int(match.state.theory[0])
        for seat in match.people:
            console.say(held(scenario, belief_about_theories(match, seat), seat, truth))
    mark_tables(console, scenario, match.state, match.people)
    console.heading("To talk about")
    console.bullets(scenario.questions[:QUESTIONS])
    console.heading("The same game again")
    console.say(
        f"The seed of this game is {match.seed}. Whoever starts with it has the same luck; what "
        f"comes of it depends on the orders. To give the game to a friend:\n{command}"
    )
    practice_page(console, match, onward)


def secrets(console: Console, scenario: Scenario, state: State) -> None:
    """What the game kept secret: the theory that held, and what each seat wanted most."""
    theory = revealed_theory(scenario, state)
    console.heading(f"The world of this game: {theory.name.lower()}")
    console.say(theory.sentence)
    if wanted := revealed_agendas(scenario, state):
        console.heading("What each wanted most, in secret")
        console.figures((SEAT_HEADINGS[seat], agenda.name) for seat, agenda in wanted.items())


def mark_tables(
    console: Console, scenario: Scenario, state: State, first: Sequence[Seat] = ()
) -> None:
    """Every seat's mark and what it is made of; the seats of `first` before the others."""
    for seat in dict.fromkeys((*first, *SEATS)):
        total = total_mark(scenario, state, seat)
        console.heading(f"{SEAT_HEADINGS[seat]}: {total:.0f} of 100")
        console.figures(
            [
                (line.name, f"{line.points:.1f} of {line.of:g}" if line.of else f"{line.points:+g}")
                for line in mark_sheet(scenario, state, seat)
            ]
        )


def history_page(console: Console, scenario: Scenario) -> None:
    """What really happened in those days, as far as is known, and where it is known from."""
    console.title("What really happened, in history")
    contested, used = False, list[str]()
    for place, turn in enumerate(history(scenario)):
        text = scenario.turns[place]
        console.heading(f"The days of turn {turn.turn}, from {day(text.date)}")
        console.bullets(_describe_event(event) for event in turn.events)
        if not turn.events:
            console.say("The scenario tells of nothing in these days.")
        contested |= any(event.contested for event in turn.events)
        used += [source for event in turn.events for source in event.sources]
    if contested:
        console.gap()
        console.say("Contested: accounts differ; each is told with whose it is, where we know it.")
    sources_page(console, scenario, "Where this is known from", used)


def _describe_event(event: Event) -> str:
    return f"{day(event.date)}: {'(contested) ' if event.contested else ''}{event.text}"


def whole_story(console: Console, match: Match) -> None:
    """What happened in the game, hidden things included, turn by turn."""
    for played, state in zip(match.played, match.match_state.after, strict=True):
        _true_turn(
            console, match.scenario, Turn(played.before, played.orders, played.outcome, state)
        )


def _true_turn(console: Console, scenario: Scenario, turn: Turn) -> None:
    text, orders = scenario.turns[turn.number - 1], turn.orders
    held = [CAPITALS[seat] for seat in SEATS if orders.deed[seat, 0] == 0]
    rung = int(turn.outcome.rung[0])
    console.heading(f"Turn {turn.number}, {day(text.date)}: {text.title}")
    console.bullets(
        [
            *(happening.text for happening in happenings(scenario, turn)),
            *([sentence(f"{listed(held)} held")] if held else []),
            *spoken(scenario, turn),
            *whispered(scenario, turn),
            f"The turn reached rung {rung}: {rung_name(rung)}.",
        ]
    )


def tell(console: Console, lines: Sequence[str]) -> None:
    """One turn of the referee's telling; its first line is a heading."""
    told = [(line.strip()[:1], line.strip().lstrip(">= ")) for line in lines[1:]]
    console.heading(lines[0])
    console.figures(
        (who[0].upper() + who[1:], what)
        for mark, line in told
        if mark not in ">="
        for who, _, what in [line.partition(": ")]
    )
    console.bullets(sentence(line) for mark, line in told if mark == ">")
    for mark, line in told:
        if mark == "=":
            console.aside(line)
