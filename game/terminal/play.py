"""`main.py play`: people at one keyboard play one or more seats, computers the others."""

import secrets
from collections.abc import Mapping, Sequence
from shlex import quote

from game.content.load import load_scenario, scenario_ids
from game.content.scenario import Scenario
from game.rules.endings import Ending
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from game.views.names import counted

from .briefing import Shown, news_page, prologue, role_sheet, turn_page, whole_situation
from .casting import SEAT_LABELS, SEAT_TITLES, casting, players, seats_called
from .debrief import debrief, last_turn, story
from .errors import INTERRUPTED, UserError
from .estimate import estimate_page
from .ordering import Ordering
from .prompt import Leave, Prompt
from .rules import explain
from .screen import Entry, Screen, screen

SEEDS = 1_000_000
"""Seeds that nobody chose lie below this: they can be read to a friend."""


def run(
    scenario: str | None,
    seats: Sequence[str],
    given: Mapping[Seat, str | None],
    *,
    seed: int | None,
    plain: bool,
) -> int:
    """Plays a game to its end, or until the player leaves it.

    Args:
        scenario: a scenario's id or file; asked for if None.
        seats: names of the seats that people play; asked for if empty.
        given: players for the seats of the computer.
        seed: the game's luck; any if None.
        plain: without boxes, colours and tricks.

    Returns:
        0, also when the player leaves or the input ends; 130 after Ctrl-C.
    """
    out = screen(plain=plain)
    prompt = Prompt(out)
    prompt.explain = lambda about: explain(out, about)
    try:
        chosen = load_scenario(scenario or _ask_scenario(prompt))
        people = seats_called(seats) or (_ask_seat(prompt, chosen),)
    except Leave:
        out.say("No game was begun.")
        return 0
    match = _match(chosen, people, given, secrets.randbelow(SEEDS) if seed is None else seed)
    again = _command(scenario or chosen.id, people, given, match.seed)
    try:
        Table(match, prompt).play()
        last_turn(out, match)
        debrief(out, match, again)
        _offer_story(prompt, match)
    except Leave:
        _farewell(out, match, again)
    except KeyboardInterrupt:
        out.gap()
        _farewell(out, match, again)
        return INTERRUPTED
    return 0


class Table:
    """The people around one keyboard, turn by turn."""

    def __init__(self, match: Match, prompt: Prompt) -> None:
        self._match, self._prompt, self._screen = match, prompt, prompt.screen
        self._shown: dict[Seat, Shown] = {seat: {} for seat in match.people}

    def play(self) -> None:
        """Plays the game to its end.

        Raises:
            Leave: a player leaves.
        """
        match = self._match
        prologue(self._screen, match.scenario)
        self._screen.aside(f"\nSeed {match.seed}. Type ? for help at any question.")
        self._prompt.enter("Go on?")
        while match.ending is Ending.NONE:
            for seat in match.people:
                self._turn_of(seat)
            match.advance()

    @property
    def _hot_seat(self) -> bool:
        return len(self._match.people) > 1

    def _turn_of(self, seat: Seat) -> None:
        match = self._match
        self._prompt.show = {}
        if self._hot_seat:
            self._curtain(seat)
        before = self._shown[seat]
        self._prompt.show = {
            "s": lambda: whole_situation(self._screen, match, seat, before),
            "n": lambda: news_page(self._screen, match, seat),
            "r": lambda: role_sheet(self._screen, match.scenario, seat),
            "e": lambda: estimate_page(self._screen, match, seat),
        }
        if match.state.turn == 0:
            role_sheet(self._screen, match.scenario, seat)
            self._prompt.enter("Go on?")
        self._shown[seat] = turn_page(self._screen, match, seat, before, self._pause)
        while refused := match.commit(seat, Ordering(match, seat, self._prompt).run()):
            for refusal in refused:
                self._screen.warn(str(refusal))
        if self._hot_seat:
            self._screen.clear()

    def _pause(self) -> None:
        if self._screen.is_short():
            self._screen.gap()
            self._prompt.enter("Go on?")

    def _curtain(self, seat: Seat) -> None:
        """Hides what the last seat saw until the next one is there."""
        self._screen.clear()
        self._screen.title("Hand over")
        self._screen.say(f"Pass the keyboard to {SEAT_LABELS[seat]}.")
        self._prompt.enter("Press Enter when you are alone with the screen.")


def _match(
    scenario: Scenario, people: Sequence[Seat], given: Mapping[Seat, str | None], seed: int
) -> Match:
    for seat in people:
        if given.get(seat):
            raise UserError(
                f"--{seat.name.lower()}: a person plays {seat.name}; leave this option out, or "
                f"leave out --seat {seat.name}"
            )
    names = casting(scenario, given)
    cast = players(scenario, {seat: names[seat] for seat in SEATS if seat not in people})
    return Match(scenario, cast, seed)


def _command(
    scenario: str, people: Sequence[Seat], given: Mapping[Seat, str | None], seed: int
) -> str:
    """The command that begins the same game."""
    parts = ["python main.py play", quote(scenario)]
    parts += [f"--seat {seat.name}" for seat in people]
    parts += [f"--{seat.name.lower()} {quote(name)}" for seat, name in given.items() if name]
    return " ".join([*parts, f"--seed {seed}"])


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
    prompt.screen.title("Which scenario?")
    picked = None
    while picked is None:
        picked = prompt.choose("The scenario?", entries, "scenario", default=0)
    return known[picked].id


def _ask_seat(prompt: Prompt, scenario: Scenario) -> Seat:
    entries = [
        Entry(seat.name, SEAT_TITLES[seat], f"{role.title}. {role.who}")
        for seat, role in scenario.roles.items()
    ]
    prompt.screen.title(f"{scenario.title}: which seat do you take?")
    picked = None
    while picked is None:
        picked = prompt.choose("The seat?", entries, "seat", default=0)
    return SEATS[picked]


def _offer_story(prompt: Prompt, match: Match) -> None:
    """The truth, for those who want it."""
    try:
        prompt.screen.gap()
        wants = prompt.yes("See what really happened, turn by turn?", default=False)
    except EOFError:
        return
    if wants:
        story(prompt.screen, match)


def _farewell(out: Screen, match: Match, again: str) -> None:
    if match.ending is not Ending.NONE:
        return
    turn, turns = match.state.turn + 1, len(match.scenario.turns)
    out.say(
        f"You left in turn {turn} of {turns}; the game is not kept. To begin it again with the "
        f"same luck:\n{again}"
    )
