"""The facilitator's hand at one keyboard: behind a PIN, reached from any question by typing `t`."""

from collections.abc import Callable
from pathlib import Path

from game.content.problems import ContentError
from game.rules.seats import SEATS, Seat
from game.session.errors import FileError, MatchError
from game.session.events import Kind
from game.session.match import Match, Seating, Status
from game.session.pin import SHORTEST, has_pin, is_pin, set_pin
from game.views.handbook.page import Entry
from game.views.names import SEAT_TITLES

from .errors import UserError
from .prompt import BACK, Leave, Prompt

TRIES = 3
MINUTE = 60.0


class ChangedMatch(Exception):
    """Whoever leads has changed the match: the turn goes on from where it stands now."""


def ask_new_pin(prompt: Prompt, path: Path) -> None:
    """Has whoever leads choose a PIN for a match.

    Raises:
        Leave: the input has ended.
        WriteError: the disk does not take it.
    """
    while True:
        pin = prompt.line(f"Teacher: choose a PIN of {SHORTEST} signs or more.")
        if pin != BACK and len(pin.strip()) >= SHORTEST:
            set_pin(path, pin)
            prompt.console.clear()
            return
        prompt.console.warn(f"A PIN has {SHORTEST} signs at the least.")


def ask_pin(prompt: Prompt, path: Path, question: str = "Teacher's PIN?") -> bool:
    """Whether somebody types the right PIN, in a few tries."""
    for _ in range(TRIES):
        try:
            typed = prompt.console.read(question)
        except EOFError:
            return False
        prompt.console.clear()
        if is_pin(path, typed):
            return True
        prompt.console.warn("That is not the PIN.")
    return False


class Leading:
    """What whoever leads may do at the keyboard."""

    def __init__(self, match: Match, prompt: Prompt) -> None:
        self._match, self._prompt, self._console = match, prompt, prompt.console
        self.estimates = not has_pin(match.path)
        """Whether the seats may ask what the staff expects: where somebody leads, only if they
        allow it.
        """
        self._codes: dict[Seat, str] = {}

    @property
    def leads(self) -> bool:
        """Whether somebody leads this match."""
        return has_pin(self._match.path)

    def hold_while_paused(self) -> None:
        """Waits until whoever leads goes on.

        Raises:
            Leave: nobody does.
        """
        match, path = self._match, self._match.path
        while match.status is Status.PAUSED:
            if path is None or not self.leads:
                self._console.say("This match was paused by whoever led it.")
                try:
                    goes_on = self._prompt.yes("Go on with it?", default=False)
                except EOFError:
                    goes_on = False
                if not goes_on:
                    raise Leave
                match.go_on()
                return
            self._console.title("Paused")
            if not ask_pin(self._prompt, path, "The teacher's PIN goes on."):
                raise Leave
            match.go_on()

    def hand_over(self, seat: Seat) -> None:
        """Lets a seat in by its own passcode, which it chooses the first time; the teacher's PIN
        opens it as well.

        Raises:
            Leave: nobody knows it.
        """
        path = self._match.path
        if path is None or not self.leads:
            return
        if seat not in self._codes:
            self._codes[seat] = self._prompt.line(
                f"{SEAT_TITLES[seat]}: choose a passcode for the next hand-over."
            )
            self._console.clear()
            return
        for _ in range(TRIES):
            typed = self._prompt.line(f"{SEAT_TITLES[seat]}: your passcode?")
            if typed == self._codes[seat] or is_pin(path, typed):
                return
            self._console.warn("That is not it.")
        raise Leave

    def take_the_lead(self) -> None:
        """The menu of whoever leads.

        Raises:
            ChangedMatch: the match is another now.
            Leave: the input has ended.
        """
        path = self._match.path
        if path is None or not self.leads:
            self._console.warn("Nobody leads this match: play --pin begins one that is led.")
            return
        if not ask_pin(self._prompt, path):
            return
        shows, self._prompt.show = self._prompt.show, {}  # what a seat may look at is not for now
        try:
            changed = self._menu()
        finally:
            self._prompt.show = shows
        if changed:
            raise ChangedMatch

    def _menu(self) -> bool:
        """Asks what to do, and does it; whether anything was done."""
        deeds: dict[str, tuple[str, Callable[[], None]]] = {
            "pause": ("Pause until the PIN is typed again", self._pause),
            "news": ("Prepared news", self._news),
            "own": ("Your own news", self._own),
            "set": ("Set a figure, with a reason", self._override),
            "minutes": ("Minutes for each turn", self._minutes),
            "computer": ("Give a seat to the computer, or back", self._seat),
            "undo": ("Take the last turn back", self._undo),
            "estimate": ("Allow or forbid the staff estimate", self._estimate),
            "end": ("End the game for the debrief", self._end),
        }
        entries = [Entry(name, told, "") for name, (told, _) in deeds.items()]
        picked = self._prompt.choose("What shall be done?", entries, "entry")
        if picked is None:
            return False
        try:
            deeds[entries[picked].id][1]()
        except (MatchError, ContentError, FileError) as error:
            self._console.warn(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return False
        return True

    def _pause(self) -> None:
        self._match.pause()
        self._console.clear()
        self.hold_while_paused()

    def _news(self) -> None:
        injects = self._match.scenario.injects
        if not injects:
            self._console.warn("This scenario has no prepared news.")
            return
        entries = [Entry(one.id, one.title, one.text) for one in injects]
        picked = self._prompt.choose("Which news?", entries, "news")
        if picked is not None:
            self._match.inject(injects[picked].id)

    def _own(self) -> None:
        title = self._prompt.line("Headline?")
        self._match.inject_own(title, self._prompt.line("Text?"))

    def _override(self) -> None:
        figure = self._prompt.line('Figure, such as us_troops, or "anger US>IRAN"?')
        value = self._prompt.line("Value?")
        reason = self._prompt.line("Reason?")
        try:
            number = float(value)
        except ValueError:
            raise MatchError("a value is a number") from None
        self._match.override(figure, number, reason)

    def _minutes(self) -> None:
        typed = self._prompt.line("Minutes for each turn? 0 for no limit.")
        if not typed.isdigit():
            raise MatchError("write the minutes as a whole number")
        self._match.limit(int(typed) * MINUTE or None)

    def _seat(self) -> None:
        match = self._match
        entries = [
            Entry(
                seat.name,
                SEAT_TITLES[seat],
                "played by the computer: goes to people"
                if match.seating(seat).kind is Kind.COMPUTER
                else "played by people: goes to the computer",
            )
            for seat in SEATS
        ]
        picked = self._prompt.choose("Which seat?", entries, "seat")
        if picked is None:
            return
        seat = SEATS[picked]
        if match.seating(seat).kind is Kind.COMPUTER:
            match.give(seat, Seating.person())
        else:
            match.give(seat, Seating.computer(match.scenario.roles[seat].doctrine))

    def _undo(self) -> None:
        self._match.undo()

    def _estimate(self) -> None:
        self.estimates = not self.estimates
        told = "allowed" if self.estimates else "switched off"
        self._console.say(f"The staff estimate is {told}.")

    def _end(self) -> None:
        if not self._match.played:
            raise MatchError("no turn has been played that could be debriefed")
        self._match.end("ended by the teacher")


def refuse_pin_without_file(*, pin: bool, save: bool) -> None:
    """A PIN lies beside the match's file.

    Raises:
        UserError: there is none.
    """
    if pin and not save:
        raise UserError("--pin needs a game that is kept; leave out --no-save")
