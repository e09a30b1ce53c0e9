"""The people around one keyboard, turn by turn, from wherever a match stands to its end."""

from game.content.visible import visible
from game.futures.seen import Seen
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.session.errors import MatchError
from game.session.match import Match, Status
from game.views.ending import EARNEST, PRACTICE
from game.views.names import counted

from .briefing import (
    Shown,
    news_page,
    prologue,
    prologue_page,
    role_sheet,
    turn_page,
    whole_situation,
)
from .casting import SEAT_LABELS
from .console import Console
from .debrief import debrief, history_page, last_turn, whole_story
from .errors import INTERRUPTED
from .estimate import counsel, estimate_page
from .leading import ChangedMatch, Leading
from .match_paths import begin_command, resume_command
from .ordering import Ordering
from .prompt import Leave, Prompt
from .rules import explain
from .started import command, quote
from .telling import regard_page


class UndoneTurn(Exception):
    """The player who plays alone takes the last turn back."""


def sit_down(match: Match, prompt: Prompt, again: str, *, resumed: bool = False) -> int:
    """Plays a match to its end, or until somebody leaves it, and closes it.

    Args:
        match: the match.
        prompt: asks.
        again: the command that begins the same game.
        resumed: it was begun another time.

    Returns:
        0, also when a player leaves or the input ends; 130 after Ctrl-C.
    """
    out = prompt.console
    try:
        HotSeatSession(match, prompt, resumed=resumed).play()
        last_turn(out, match)
        debrief(out, match, again, begin_command(EARNEST, match.people))
        if match.path is not None:
            out.say(f"The whole match is kept in {visible(match.path)}")
            told = command(f"report {quote(str(match.path))} --out debrief.html")
            out.say(
                "What each use of force did, under every theory, and what told the staffs in which "
                f"world they played, its debrief tells as one page:\n{told}"
            )
        _offer_story(prompt, match)
    except Leave:
        _farewell(out, match, again)
    except KeyboardInterrupt:
        out.gap()
        _farewell(out, match, again)
        return INTERRUPTED
    finally:
        match.close()
    return 0


class HotSeatSession:
    """The people around one keyboard."""

    def __init__(self, match: Match, prompt: Prompt, *, resumed: bool = False) -> None:
        self._match, self._prompt, self._console = match, prompt, prompt.console
        self._shown: dict[Seat, Shown] = {seat: {} for seat in SEATS}
        self._resumed = resumed
        self._leading = Leading(match, prompt)
        self._new = set(match.people) if resumed and self._hot_seat else set[Seat]()
        """Seats of which nobody knows yet who sits there this time."""

    def play(self) -> None:
        """Plays the game to its end.

        Raises:
            Leave: a player leaves.
        """
        match = self._match
        self._prompt.kept = match.path is not None
        self._leading.hold_while_paused()
        self._opening()
        self._prompt.enter("Go on?")
        while match.status is not Status.ENDED:
            try:
                for seat in match.waiting_for:
                    self._turn_of(seat)
                match.advance()
            except UndoneTurn:
                match.undo()
            except ChangedMatch:
                self._console.clear()

    def _opening(self) -> None:
        match, console = self._match, self._console
        if self._resumed:
            console.title(match.scenario.title)
            done = counted(len(match.played), "turn").capitalize()
            verb = "has" if len(match.played) == 1 else "have"
            console.say(f"The match goes on where it was left. {done} {verb} been played.")
            if ready := [SEAT_LABELS[s] for s in match.people if match.commitment(s) is not None]:
                console.say(f"Orders of this turn that are in already: {', '.join(ready)}.")
        else:
            prologue(console, match.scenario)
        console.aside(
            f"\nSeed {match.seed}. Whoever begins with it has the same luck; until the game is "
            "over, keep it to yourselves. Type ? for help at any question."
        )
        if match.path is not None:
            console.aside(f"Every order is kept as it is given, in {visible(match.path)}")

    @property
    def _hot_seat(self) -> bool:
        return len(self._match.people) > 1

    def _turn_of(self, seat: Seat) -> None:
        match = self._match
        self._prompt.show, self._prompt.note = {}, None
        if self._hot_seat or seat in self._new:
            self._curtain(seat)
            self._new.discard(seat)
        before = self._shown[seat]
        ordering = Ordering(match, seat, self._prompt, lambda order: self._counsel(seat, order))
        self._prompt.show = {
            "s": lambda: whole_situation(self._console, match, seat, before),
            "n": lambda: self._news(seat),
            "r": lambda: role_sheet(self._console, match, seat, sources=True),
            "p": lambda: prologue_page(self._console, match.scenario, match.state.turn),
            "e": lambda: self._estimate(seat, ordering.order),
            "v": lambda: regard_page(self._console, Seen(match, seat)),
            "u": self._undo,
            "t": self._leading.take_the_lead,
        }
        book = match.scenario.setting.rulebook
        self._prompt.explain = lambda about: explain(self._console, about, book)
        self._prompt.note = lambda words: self._write_down(words, seat)
        if match.state.turn == 0:
            role_sheet(self._console, match, seat)
            self._prompt.enter("Go on?")
        self._shown[seat] = turn_page(self._console, match, seat, before, self._pause)
        while refused := self._commit(seat, ordering.run(), ordering.forecast):
            for refusal in refused:
                self._console.warn(refusal)
        if self._hot_seat:
            self._console.clear()

    def _commit(self, seat: Seat, order: Order, forecast: dict[Seat, float]) -> list[str]:
        return [str(refusal) for refusal in self._match.commit(seat, order, forecast)]

    def _counsel(self, seat: Seat, order: Order) -> None:
        """What the staff says of an order before it is committed, where that is allowed."""
        if self._match.may_estimate:
            counsel(self._console, self._match, seat, order)

    def _estimate(self, seat: Seat, draft: Order) -> None:
        """What the staff expects; where somebody leads, only if they allow it."""
        if self._match.may_estimate:
            estimate_page(self._console, self._match, seat, draft)
        else:
            self._console.warn("The teacher has switched the staff estimate off.")

    def _undo(self) -> None:
        """Takes the last turn back, for somebody who plays alone."""
        if self._hot_seat:
            self._console.warn("Only somebody who plays alone can take a turn back.")
        elif self._match.is_led:
            self._console.warn("Whoever leads this game takes turns back: type t.")
        elif not self._match.played:
            self._console.warn("No turn has been played that could be taken back.")
        else:
            try:
                undoes = self._prompt.yes("Take the last turn back?", default=False)
            except EOFError:
                raise Leave from None
            if undoes:
                raise UndoneTurn

    def _news(self, seat: Seat) -> None:
        if self._match.account(seat) is None:
            self._console.say("No news yet.")
        else:
            news_page(self._console, self._match, seat)

    def _write_down(self, words: str, seat: Seat) -> None:
        try:
            self._match.note(words, seat)
        except MatchError as error:
            self._console.warn(f"{str(error).capitalize()}.")
        else:
            self._console.aside("Noted, for the debrief.")

    def _pause(self) -> None:
        if self._console.is_short():
            self._console.gap()
            self._prompt.enter("Go on?")

    def _curtain(self, seat: Seat) -> None:
        """Hides what the last seat saw until the next one is there."""
        self._console.clear()
        self._console.title("Hand over")
        name = self._match.seating(seat).name
        self._console.say(
            f"Pass the keyboard to {f'{name}, who plays ' if name else ''}{SEAT_LABELS[seat]}."
        )
        self._prompt.enter("Press Enter when you are alone with the screen.")
        self._leading.hand_over(seat)


def _offer_story(prompt: Prompt, match: Match) -> None:
    """The truth of the game, and of history, for those who want it."""
    default = match.scenario.id == PRACTICE  # which teaches to look at the end
    try:
        prompt.console.gap()
        if prompt.yes(
            "See all that happened in this game, what was hidden too, turn by turn?",
            default=default,
        ):
            whole_story(prompt.console, match)
        if match.scenario.events:
            prompt.console.gap()
            if prompt.yes("See what really happened in those days, in history?", default=default):
                history_page(prompt.console, match.scenario)
    except EOFError:
        return


def _farewell(out: Console, match: Match, again: str) -> None:
    if match.status is Status.ENDED:
        return
    turn, turns = match.turn, len(match.scenario.turns)
    if match.path is None:
        out.say(
            f"You left in turn {turn} of {turns}; the game is not kept. To begin it again with the "
            f"same luck:\n{again}"
        )
    else:
        out.say(
            f"You left in turn {turn} of {turns}. The game is kept, with every order that was "
            f"committed. To go on with it:\n{resume_command(match.path)}"
        )
