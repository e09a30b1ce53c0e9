"""The facilitator's hand at one keyboard: behind a PIN, reached from any question by typing `t`."""

from collections.abc import Callable

from game.content.problems import ContentError
from game.rules.seats import SEATS, Seat
from game.session.errors import FileError, MatchError
from game.session.events import Kind
from game.session.forking import fork
from game.session.match import Match, Seating, Status
from game.session.places import new_path
from game.views.handbook.page import Entry
from game.views.names import SEAT_TITLES, sentence

from .match_paths import resume_command
from .prompt import BACK, Leave, Prompt

TRIES = 3
MINUTE = 60.0


class ChangedMatch(Exception):
    """Whoever leads has changed the match: the turn goes on from where it stands now."""


def ask_new_pin(prompt: Prompt, match: Match) -> None:
    """Has whoever leads choose a PIN for a match.

    Raises:
        Leave: the input has ended.
        FileError: the disk does not take it.
    """
    while True:
        pin = prompt.line("Teacher: choose a PIN.")
        try:
            match.lead("" if pin == BACK else pin)
        except MatchError as error:
            prompt.console.warn(sentence(str(error)))
        else:
            prompt.console.clear()
            return


def ask_pin(prompt: Prompt, match: Match, question: str = "Teacher's PIN?") -> bool:
    """Whether somebody types the right PIN, in a few tries."""
    for _ in range(TRIES):
        try:
            typed = prompt.console.read(question)
        except EOFError:
            return False
        prompt.console.clear()
        if match.is_pin(typed):
            return True
        prompt.console.warn("That is not the PIN.")
    return False


class Leading:
    """What whoever leads may do at the keyboard."""

    def __init__(self, match: Match, prompt: Prompt) -> None:
        self._match, self._prompt, self._console = match, prompt, prompt.console

    def hold_while_paused(self) -> None:
        """Waits until whoever leads goes on.

        Raises:
            Leave: nobody does.
        """
        match = self._match
        while match.status is Status.PAUSED:
            if not match.is_led:
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
            if not ask_pin(self._prompt, match, "The teacher's PIN goes on."):
                raise Leave
            match.go_on()

    def hand_over(self, seat: Seat) -> None:
        """Lets a seat in by its own passcode, which it chooses the first time; the teacher's PIN
        opens it as well.

        Raises:
            Leave: nobody knows it.
        """
        match = self._match
        if not match.is_led:
            return
        while not match.has_passcode(seat):
            chosen = self._prompt.line(
                f"{SEAT_TITLES[seat]}: choose a passcode for the next hand-over."
            )
            self._console.clear()
            if chosen in ("", BACK):
                self._console.warn("A passcode is needed, so that no other seat can come in.")
                continue
            try:
                match.choose_passcode(seat, chosen)
            except MatchError as error:
                self._console.warn(sentence(str(error)))
            else:
                return
        for _ in range(TRIES):
            if match.lets_in(seat, self._prompt.line(f"{SEAT_TITLES[seat]}: your passcode?")):
                return
            self._console.warn("That is not it.")
        raise Leave

    def take_the_lead(self) -> None:
        """The menu of whoever leads. In the first turn of a match that nobody leads, its PIN.

        Raises:
            ChangedMatch: the match is another now.
            Leave: the input has ended.
        """
        if not self._match.is_led:
            self._begin_to_lead()
            return
        if not ask_pin(self._prompt, self._match):
            return
        shows, self._prompt.show = self._prompt.show, {}  # what a seat may look at is not for now
        try:
            changed = self._menu()
        finally:
            self._prompt.show = shows
        if changed:
            raise ChangedMatch

    def _begin_to_lead(self) -> None:
        if self._match.played:
            self._console.warn("Nobody leads this match, and it is under way.")
            return
        try:
            leads = self._prompt.yes("Nobody leads this match. Lead it, with a PIN?", default=False)
        except EOFError:
            raise Leave from None
        if leads:
            ask_new_pin(self._prompt, self._match)
            raise ChangedMatch

    def _menu(self) -> bool:
        """Asks what to do, and does it; whether anything was done."""
        deeds: dict[str, tuple[str, Callable[[], None]]] = {
            "pause": ("Pause until the PIN is typed again", self._pause),
            "news": ("Prepared news", self._news),
            "own": ("Your own news", self._own),
            "set": ("Set a figure, with a reason", self._override),
            "minutes": ("Minutes for each turn", self._minutes),
            "more": ("More or less time for this turn", self._more_time),
            "time": ("Call time: who has not committed holds", self._call_time),
            "computer": ("Give a seat to the computer, or back", self._seat),
            "undo": ("Take the last turn back", self._undo),
            "fork": ("A new match from one of its turns on", self._fork),
            "estimate": ("Allow or forbid the staff estimate", self._estimate),
            "note": ("Write something down for the debrief", self._note),
            "pin": ("Choose another PIN", self._pin),
            "end": ("End the game for the debrief", self._end),
        }
        entries = [Entry(name, told, "") for name, (told, _) in deeds.items()]
        picked = self._prompt.choose("What shall be done?", entries, "entry")
        if picked is None:
            return False
        try:
            deeds[entries[picked].id][1]()
        except (MatchError, ContentError, FileError) as error:
            self._console.warn(sentence(str(error)))
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
        if not typed.isdecimal():
            raise MatchError("write the minutes as a whole number")
        self._match.limit(int(typed) * MINUTE or None)

    def _more_time(self) -> None:
        typed = self._prompt.line("How many minutes more? Below 0 for less.")
        if not typed.removeprefix("-").isdecimal():
            raise MatchError("write the minutes as a whole number")
        self._match.loosen(int(typed) * MINUTE)

    def _call_time(self) -> None:
        late = self._match.call_time()
        held = ", ".join(SEAT_TITLES[seat] for seat in late) or "nobody"
        self._console.say(f"Time is called. Held for want of orders: {held}.")

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

    def _fork(self) -> None:
        path = self._match.path
        if path is None:
            raise MatchError("a game that is not kept in a file has no forks")
        typed = self._prompt.line("The first turn that is played anew?")
        if not typed.isdecimal():
            raise MatchError("write the turn as a number")
        target = new_path(path.parent, self._match.scenario.id, self._match.seed)
        made = fork(path, int(typed), target, led=True)
        self._console.say(
            "The new match is led with the same PIN, and this one stays as it is. To play it:\n"
            f"{resume_command(made)}"
        )

    def _note(self) -> None:
        self._match.note(self._prompt.line("Your note?"))

    def _pin(self) -> None:
        ask_new_pin(self._prompt, self._match)

    def _estimate(self) -> None:
        self._match.allow_estimate(not self._match.may_estimate)
        told = "allowed" if self._match.may_estimate else "switched off"
        self._console.say(f"The staff estimate is {told}.")

    def _end(self) -> None:
        if not self._match.played:
            raise MatchError("no turn has been played that could be debriefed")
        self._match.end("ended by the teacher")
