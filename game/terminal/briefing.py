"""What a seat reads: the prologue, its role sheet, and each turn's page. Made of what the seat may
know and of nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date as date_type
from datetime import timedelta

from game.content.scenario import Scenario
from game.futures.seen import Seen
from game.rules.account import Account, account
from game.rules.observe import Observation
from game.rules.seats import Seat
from game.session.match import Match
from game.views.deals import standing
from game.views.handbook.players import scale
from game.views.names import CAPITALS, counted, rung_name, sentence
from game.views.news import news
from game.views.secrets import has_secret, own_agenda, own_objectives
from game.views.situation import (
    Figure,
    LedgerRow,
    attack_in_question,
    ledger,
    situation,
    suspicion,
)
from game.views.theory_belief import believed, said

from .casting import SEAT_HEADINGS, SEAT_LABELS
from .console import Console
from .estimate import belief_about_theories
from .tables import table
from .telling import peaks_page, reckoning_page, stakes_page


def day(date: date_type) -> str:
    """A day as people write it, the same on every system."""
    return f"{date.day} {date:%B %Y}"


Shown = dict[str, str]
"""The values of the last situation that a seat was shown, by column."""


def prologue(console: Console, scenario: Scenario) -> None:
    """What everybody knows before the first turn."""
    first, turns = scenario.turns[0].date, len(scenario.turns)
    console.title(scenario.title)
    console.aside(
        f"{counted(turns, 'turn').capitalize()}, from {day(first)} to {day(scenario.end)}; about "
        f"{scenario.minutes} minutes in a class."
    )
    console.gap()
    console.say(scenario.prologue)


def prologue_page(console: Console, scenario: Scenario, turn: int) -> None:
    """The prologue once more, and where it and the morning's note are known from."""
    prologue(console, scenario)
    ids = (*scenario.prologue_sources, *scenario.turns[turn].sources)
    sources_page(console, scenario, "Where this, and today's note, is known from", ids)


def sources_page(console: Console, scenario: Scenario, heading: str, ids: Iterable[str]) -> None:
    """The sources with these ids, each once; nothing where there are none."""
    if found := scenario.sources_of(dict.fromkeys(ids)):
        console.heading(heading)
        for source in found:
            console.aside(f"{source.title}. {source.url}".strip())


def role_sheet(console: Console, match: Match, seat: Seat, *, sources: bool = False) -> None:
    """Who the seat is, what it wants, and what it knows; if wanted, where that is known from."""
    scenario, seen = match.scenario, match.observation(seat)
    role, agenda = scenario.roles[seat], own_agenda(scenario, seen)
    console.title(f"{SEAT_HEADINGS[seat]}: {role.title}")
    console.say(role.who)
    for heading, lines in (
        ("What you want", role.goals),
        ("Your red lines", role.red_lines),
        ("What you know", role.knows),
    ):
        console.heading(heading)
        console.bullets(lines)
    if has_secret(scenario, seat):
        console.heading(f"Your agenda, which only you know: {agenda.name}")
        console.say(agenda.text)
    parts = own_objectives(scenario, seen)
    console.heading("How your score of 100 is made")
    console.figures((f"{part.name}, {part.points:.3g}", sentence(scale(part))) for part in parts)
    if sources:
        known_from = (*role.sources, *agenda.source)
        sources_page(console, scenario, "Where this is known from", known_from)


def turn_page(
    console: Console, match: Match, seat: Seat, before: Shown, pause: Callable[[], None]
) -> Shown:
    """The morning of a turn, as the seat sees it.

    Args:
        console: shows it.
        match: the game.
        seat: who looks.
        before: what it was shown last turn, to tell what moved.
        pause: called between the news and the figures.

    Returns:
        What it was shown now.
    """
    observation, seen = match.observation(seat), Seen(match, seat)
    peaks_page(console, seen)
    _dateline(console, match, seat)
    if match.news:
        console.heading("Just in, for everybody")
        console.bullets(f"{item.title}. {item.words}" for item in match.news)
    reckoning_page(console, seen)
    news_page(console, match, seat)
    pause()
    stakes_page(console, seen)
    figures = situation(observation, match.scenario.setting)
    own = {heading: figures[heading] for heading in (next(iter(figures)), "The crisis")}
    _figures(console, own, before)
    _ledger(console, match, observation)
    console.aside(
        "s shows all figures, the others' too; v how they see you; e what your staff expects; "
        "? ledger what these words mean; ? all that may be typed."
    )
    console.gap()
    return {figure.column: figure.value for rows in figures.values() for figure in rows}


def _dateline(console: Console, match: Match, seat: Seat) -> None:
    scenario, turn = match.scenario, match.state.turn
    text, days = scenario.turns[turn], scenario.setting.days[turn]
    until = text.date + timedelta(days=days)
    console.title(f"Turn {turn + 1} of {len(scenario.turns)}: {day(text.date)}. {text.title}")
    console.aside(
        f"You decide for {SEAT_LABELS[seat]}. The turn lasts {counted(days, 'day')}, "
        f"until {day(until)}."
    )
    if text.note:
        console.gap()
        console.say(text.note)
    if text.anniversary_of:
        console.say(f"The day recalls {text.anniversary_of}.")


def news_page(console: Console, match: Match, seat: Seat) -> None:
    """The news of the last turn from the seat's own place."""
    learnt = _learnt(match, seat)
    if not learnt:
        return
    where = f"in {CAPITALS[seat]}" if seat is not Seat.MILITIA else "among the militias"
    console.heading(f"The news of the last turn, as it is read {where}")
    console.bullets(news(match.scenario, learnt[-1], learnt[:-1]))


def _learnt(match: Match, seat: Seat) -> list[Account]:
    """What the seat learnt of each turn."""
    setting = match.scenario.setting
    return [account(setting, played.outcome, seat) for played in match.played]


def whole_situation(console: Console, match: Match, seat: Seat, before: Mapping[str, str]) -> None:
    """All figures that the seat has, its own and its estimates of the others'."""
    observation = match.observation(seat)
    _figures(console, situation(observation, match.scenario.setting), before)
    _ledger(console, match, observation)


def _figures(console: Console, figures: dict[str, list[Figure]], before: Mapping[str, str]) -> None:
    for heading, rows in figures.items():
        console.heading(heading)
        console.figures([(figure.label, figure.value + _moved(figure, before)) for figure in rows])


def _moved(figure: Figure, before: Mapping[str, str]) -> str:
    """What the figure was last turn, where it was another."""
    was = before.get(figure.column, figure.value)
    return f"  (was {was.removesuffix(' of 100')})" if was != figure.value else ""


def _ledger(console: Console, match: Match, observation: Observation) -> None:
    rows, to_come = ledger(observation), sum(match.scenario.setting.days[match.state.turn :])
    console.heading("How you stand with the others, each of 100")
    console.table(
        table(
            "Seat|>credible|>spares you|>feared|>your anger|their line|your line",
            map(_ledger_row, rows),
        )
    )
    console.gap()
    for row in rows:
        if row.debt:
            console.warn(
                f"In the eyes of the world, {CAPITALS[row.rival]} crossed your line. You owe an "
                f"answer to rung {row.debt}, {rung_name(row.debt)}. "
                + (
                    f"{_days(row.days_left)} left."
                    if row.days_left <= to_come
                    else "You have until the end of the game."
                )
            )
    for lines in standing(match.scenario.setting.rulebook, observation).values():
        for line in lines:
            console.say(line)
    if attack := attack_in_question(match.scenario, _learnt(match, observation.seat)):
        console.say(suspicion(observation, attack=attack))
    belief = belief_about_theories(match, observation.seat)
    if told := believed(match.scenario, belief):
        console.say(told)
    if turn := said(match.scenario, belief, observation.seat):
        console.say(turn.headline)
        console.bullets([f"{spoke.text} That speaks {spoke.verdict}." for spoke in turn.spoke])


def _ledger_row(row: LedgerRow) -> tuple[str, ...]:
    shares = (row.credible, row.spared, row.feared, row.anger)
    return (
        _short(row.rival),
        *(f"{share * 100:.0f}" for share in shares),
        _line(row.its_line),
        _line(row.own_line),
    )


def _days(days: int) -> str:
    return f"{counted(days, 'day').capitalize()} {'is' if days == 1 else 'are'}"


def _short(seat: Seat) -> str:
    return CAPITALS[seat].removeprefix("the ").capitalize()


def _line(rung: int | None) -> str:
    return f"rung {rung}" if rung else "none"
