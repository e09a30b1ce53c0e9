"""`main.py play`: people at one keyboard play one or more seats, computers the others."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from game.content.dealt import DRAWN, Dealt, with_dealt
from game.content.load import load_scenario, scenario_ids
from game.content.scenario import Scenario
from game.futures.cast import cast
from game.rules.seats import SEATS, Seat
from game.session.errors import WriteError
from game.session.match import Match, Seating
from game.views.handbook.page import Entry
from game.views.names import SEAT_TITLES, counted

from .casting import casting, players, refuse_unknown, seats_called, seen
from .casting import dealt as dealt_as_asked
from .console import open_console
from .errors import UserError
from .hot_seat import sit_down
from .leading import ask_new_pin
from .match_paths import folder_called, in_new_file, play_command
from .prompt import Leave, Prompt
from .rules import explain

SEEDS = 1_000_000
"""Seeds that nobody chose lie below this: they can be read to a friend."""


def run(
    scenario: str | None,
    seats: Sequence[str],
    given: Mapping[Seat, str | None],
    *,
    seed: int | None,
    plain: bool,
    save: bool = True,
    folder: str | None = None,
    pin: bool = False,
    theory: str = DRAWN,
    agendas: Sequence[str] = (),
) -> int:
    """Plays a game to its end, or until the player leaves it.

    Args:
        scenario: a scenario's id or file; asked for if None.
        seats: names of the seats that people play; asked for if empty.
        given: players for the seats of the computer.
        seed: the game's luck; any if None.
        plain: without boxes, colours and tricks.
        save: the match is kept in a file as it is played.
        folder: where; the user's own folder of matches if None.
        pin: somebody leads it, behind a PIN that is asked for.
        theory: one that everybody knows to hold, or `drawn`.
        agendas: those that some seats have, as "SEAT=AGENDA"; the others are drawn.

    Returns:
        0, also when the player leaves or the input ends; 130 after Ctrl-C.
    """
    people = seats_called(seats)
    refuse_unknown(given)
    refuse_both(people, given)
    out = open_console(plain=plain, paged=True)
    prompt = Prompt(out)
    prompt.explain = lambda about: explain(out, about)
    try:
        chosen = seen(scenario or _ask_scenario(prompt))
        dealt = dealt_as_asked(chosen, theory, agendas)
        people = people or (_ask_seat(prompt, chosen, given),)
    except Leave:
        out.say("No game was begun.")
        return 0
    luck = secrets.randbelow(SEEDS) if seed is None else seed
    called = scenario or chosen.id
    kept = folder_called(folder) if save else None
    match = _match(chosen, called, people, given, luck, kept, dealt)
    again = play_command(called, people, given, match.seed, dealt)
    if pin:
        try:
            ask_new_pin(prompt, match)
        except Leave:
            match.close()
            return 0
    return sit_down(match, prompt, again)


def refuse_both(people: Sequence[Seat], given: Mapping[Seat, str | None]) -> None:
    """Refuses seats that a person and a computer are both asked to play."""
    for seat in people:
        if given.get(seat):
            raise UserError(
                f"--{seat.name.lower()}: a person plays {seat.name}; leave this option out, or "
                f"leave out --seat {seat.name}"
            )


def _match(
    scenario: Scenario,
    called: str,
    people: Sequence[Seat],
    given: Mapping[Seat, str | None],
    seed: int,
    folder: Path | None,
    dealt: Dealt,
) -> Match:
    """A match in a new file of the folder; without a folder, one that nobody keeps."""
    names = casting(scenario, given)
    computers = {seat: names[seat] for seat in SEATS if seat not in people}
    made = players(scenario, computers)
    if folder is None:
        return Match(with_dealt(scenario, dealt), made, seed)
    seats = {seat: Seating.person() for seat in people}
    seats |= {seat: Seating.computer(name) for seat, name in computers.items()}
    try:
        return in_new_file(
            folder,
            scenario.id,
            seed,
            lambda path: Match.begin(path, called, seats, cast, seed=seed, dealt=dealt),
        )
    except WriteError as error:
        raise UserError(f"{error}; or play with --no-save, and nothing is kept") from None


def _ask_scenario(prompt: Prompt) -> str:
    known = [load_scenario(name) for name in scenario_ids()]
    known.sort(key=lambda scenario: scenario.minutes)
    entries = [
        Entry(
            s.id,
            s.title,
            s.blurb,
            f"{counted(len(s.turns), 'turn').capitalize()}, about {s.minutes} minutes in a class",
        )
        for s in known
    ]
    prompt.console.title("Which scenario?")
    picked = None
    while picked is None:
        picked = prompt.choose("The scenario?", entries, "scenario", default=0)
    return known[picked].id


def _ask_seat(prompt: Prompt, scenario: Scenario, given: Mapping[Seat, str | None]) -> Seat:
    entries = [
        Entry(
            seat.name,
            SEAT_TITLES[seat],
            f"{role.title}. {role.who}",
            closed=f"{given[seat]} plays it, by your --{seat.name.lower()}" if given[seat] else "",
        )
        for seat, role in scenario.roles.items()
    ]
    free = [place for place, entry in enumerate(entries) if not entry.closed]
    if not free:
        raise UserError("every seat is given to a computer player; leave one of them to yourself")
    prompt.console.title(f"{scenario.title}: which seat do you take?")
    picked = None
    while picked is None:
        picked = prompt.choose("The seat?", entries, "seat", default=free[0])
    return SEATS[picked]
