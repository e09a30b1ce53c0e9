"""The situation room; and between turns the curtain, the turn's peaks, its report, and what
happened on the map.

It asks the match what one seat may see, and gives it that seat's orders. Rules and legality are not
decided here.
"""

from enum import Enum

import pygame

from game.futures.seen import Seen
from game.rules.endings import Ending
from game.rules.seats import Seat
from game.session.drafting import Draft
from game.session.errors import FileError
from game.session.match import Match, MatchError, Status

from ..room.clock import LOOK, SHORT
from ..room.coaching import Coaching
from ..room.codes import ask_passcode
from ..room.curtain import curtain, paused
from ..room.desks import Desks
from ..room.layout import ALL, SIDE, WIDE, Desk, RoomActions, RoomLayout
from ..room.leaves.ledger import LedgerPanel
from ..room.menu import go_on, open_menu
from ..room.notes import NoteQuestion
from ..room.orders.choices import ChoiceRow
from ..room.orders.draft import what_is_missing
from ..room.settling import Settling
from ..room.strip import clock, turn_words
from ..room.telling import Telling, Ways
from ..shell.app import App
from ..shell.layouts import as_digit
from ..shell.screen import Screen
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Centre
from ..widgets.text import Text
from .games.briefing import BriefingScreen
from .leading import LeadingScreen
from .settings import SettingsScreen

QUICK = 0.25
"""Seconds that an adjudication may take before the window says that it is under way."""
ORDER_KEYS = {pygame.K_d: 0, pygame.K_w: 1, pygame.K_p: 2, pygame.K_f: 3}
"""Deed, word, whisper (in private), forecast: the keys that open the leaves of the orders."""
NOTE_KEY = pygame.K_n
ASKS_STAFF = ("ledger", "world")
"""Leaves that show what the staff makes of others, also where it is not asked of orders."""


class Mode(Enum):
    """What the room shows."""

    CURTAIN = "curtain"
    TELLING = "telling"
    ROOM = "room"
    WAITING = "waiting"


class RoomScreen(Screen):
    """One game, from the room of whoever's turn it is."""

    name = "room"

    def __init__(self, app: App, match: Match) -> None:
        super().__init__(app)
        self.match = match
        self.rules = match.scenario.setting.rulebook
        self._coaching = Coaching(app, match)
        self._desks = Desks(app, match, self._coaching)
        self._notes = NoteQuestion(app, match)
        self.telling: Telling | None = None
        """What came of the last turn, while it is told."""
        self._seen: Seen | None = None
        self._settling: Settling | None = None
        self._mode = Mode.CURTAIN
        self._seat = match.people[0] if match.people else Seat.US
        self._briefed = set[Seat]()
        """Seats that have been shown their role sheet."""
        self._tens = 0
        """Whole tens of seconds that were left at the last look at the clock."""
        self._instead_of: Seat | None = None
        """Who was to come before a seat that wants to change its orders; None where none does."""

    # --- the way of a turn

    def entered(self) -> None:
        """See `Screen`."""
        if self._mode is Mode.CURTAIN and self._seen is None:
            self._next()
        elif self._mode is Mode.ROOM:
            self._ask_staff()

    def left(self) -> None:
        """See `Screen`."""
        self._desk.staff.drop(self.app)
        if self._settling is not None:
            self._settling.wait()

    @property
    def _desk(self) -> Desk:
        return self.desk_of(self._seat)

    def _ask_staff(self) -> None:
        """Has the seat's staff look at its draft, while it thinks."""
        if self._seen is None:
            return
        desk, over = self._desk, self.match.ending is not Ending.NONE
        regard = self.app.estimates(self.match) or desk.leaf in ASKS_STAFF
        desk.staff.ask(self.app, self._seen, desk.ordering.draft.order, regard=regard, over=over)

    def desk_of(self, seat: Seat) -> Desk:
        """What a seat has on its desk."""
        return self._desks.of(seat)

    @property
    def _hot_seat(self) -> bool:
        return len(self.match.people) > 1

    def _next(self) -> None:
        """Whose turn it is now: the next seat that has not committed, or everybody's to see."""
        waiting = self.match.waiting_for
        if not waiting:
            self._adjudicate()
            return
        self._hand_to(waiting[0])

    def _hand_to(self, seat: Seat) -> None:
        """Hides everything until the seat says that it is there; one person alone need not."""
        self._desk.staff.drop(self.app)
        self._seat, self._seen, self.telling = seat, None, None
        self._instead_of = None
        if self._hot_seat:
            self._mode = Mode.CURTAIN
            self.app.forget()
        else:
            self._reveal()

    def _reveal(self) -> None:
        """The seat is there: what it has missed, then its room."""
        if self._instead_of is not None and not self._take_back():
            return
        self._instead_of = None
        self._seen = Seen(self.match, self._seat)
        turn = self.match.state.turn
        if self._desk.caught_up < turn:
            self._tell(self._seen).begin()
            return
        self._enter_room()
        if turn == 0 and self._hot_seat and self._seat not in self._briefed:
            self._briefed.add(self._seat)
            short = BriefingScreen(self.app, self.match, self._seat, self.app.pop, whole=False)
            self.app.push(short)

    def _tell(self, seen: Seen) -> Telling:
        """What tells the seat of the last turn."""
        self._desk.caught_up = self.match.state.turn
        self._ask_staff()
        ways = Ways(self._after_report, self._to_news, self._menu)
        self.telling = Telling(self.app, self.match, seen, self._desk, ways)
        self._mode = Mode.TELLING
        return self.telling

    def _enter_room(self) -> None:
        self._mode, self.telling = Mode.ROOM, None
        self._desk.ordering.heed = self._ask_staff
        self.state.clear()  # another turn, or another seat: every leaf from its top
        if self._seen is None or self._seen.turn != self.match.state.turn:
            self._seen = Seen(self.match, self._seat)
        self._ask_staff()
        if self._desk.coach is not None:
            self._desk.coach.closed = False
        if self._desk.restored:
            self._desk.restored = False
            game = self.match.record.game if self.match.record else None
            forked = game is not None and game.parent_turn == self.match.turn
            self.app.mention(t("room.restored_fork" if forked else "room.restored"))
        self._coaching.point(self._desk)
        self.app.ui.focus = ""
        self.app.rebuild()
        self.app.wake_in(0)

    def tell_again(self) -> Telling:
        """Tells of the last turn once more, from its first peak on."""
        telling = self._tell(self._the_seen)
        telling.begin()
        return telling

    def open_why(self, rival: Seat) -> None:
        """Opens the parts of how this seat stands with a rival."""
        LedgerPanel(self.app, self._the_seen, self._desk.staff.regard).open(rival)

    def _to_news(self) -> None:
        self._desk.leaf = "news"
        self._enter_room()

    def _after_report(self) -> None:
        if self.match.ending is not Ending.NONE:
            self._finish()
            return
        if self._desk.leaf == "news":
            self._desk.leaf = "orders"  # the report has just told the news
        self._enter_room()

    def _finish(self) -> None:
        self.app.routes.end(self.app, self.match)

    def _commit(self) -> None:
        desk = self._desk
        draft = desk.ordering.draft
        book = self.match.scenario.setting.rulebook
        if missing := what_is_missing(book, draft.order):
            self.app.mention(missing)
            return
        try:
            refused = self.match.commit(self._seat, draft.order, draft.forecast)
        except (MatchError, FileError) as error:
            self.app.toast(str(error))
            return
        if refused:
            self.app.mention(" ".join(f"{refusal}." for refusal in refused))
            return
        self.app.sound("commit")
        self._desks.committed(self._seat)
        self._next()

    def _wants_back(self, seat: Seat) -> None:
        """From the curtain: a seat that has committed wants to change its orders. They stand until
        it says that it is there.
        """
        before = self._instead_of or self._seat
        self._hand_to(seat)
        self._instead_of = before

    def _take_back(self) -> bool:
        """Takes the orders of the seat back that wants to change them; whether that was done."""
        given = self.match.commitment(self._seat)
        if given is not None:
            draft = Draft(given.order, dict(given.forecast))
            try:
                self.match.take_back(self._seat)
            except (MatchError, FileError) as error:
                self.app.toast(str(error))
                return False
            self._desk.ordering.begin(draft)
        return True

    def _adjudicate(self) -> None:
        """Has the turn adjudicated; where that takes long, the window says so."""
        self._mode, self._settling = Mode.WAITING, Settling(self.match)
        if self._settling.wait(QUICK):
            self._adjudicated()
        else:
            self.app.rebuild()
            self.app.wake_in(0.05)

    def _adjudicated(self) -> None:
        fault = self._settling.fault if self._settling else ""
        self._settling = None
        if fault:
            self.app.toast(fault)
            self._hand_to(self._seat)
            return
        self._desks.settled()
        if self.match.ending is not Ending.NONE and self._hot_seat:
            self._finish()
        elif self.match.ending is not Ending.NONE:
            self._seen = Seen(self.match, self._seat)
            self._tell(self._seen).begin()
        else:
            self._next()

    def tick(self, now: float) -> float | None:
        """See `Screen`."""
        if self._mode is Mode.WAITING and self._settling is not None:
            if not self._settling.wait(0):
                return 0.05
            self._adjudicated()
        if self._mode is Mode.TELLING and self.telling is not None and not self._is_held:
            return self.telling.tick(now)
        if self.match.clock.limit is None:
            return None
        self._tick_last_minute()
        self.app.redraw()
        return LOOK

    def _tick_last_minute(self) -> None:
        """A tick each ten seconds of a turn's last minute."""
        tens = int((self.match.clock.look() or 0.0) // 10)
        if 0 < tens < SHORT // 10 and tens != self._tens:
            self.app.sound("tick")
        self._tens = tens

    # --- building

    def build(self) -> Widget:
        """See `Screen`."""
        if self._mode is Mode.WAITING:
            return Centre(
                Text(t("room.waiting"), "heading", align="centre"), widest=480, middle=True
            )
        if self._is_held:
            return paused(lambda: go_on(self.app, self.match), self._menu)
        if self._mode is Mode.CURTAIN or self._seen is None:
            return self._curtain()
        if self._mode is Mode.TELLING and self.telling is not None:
            return self.telling.build()
        actions = RoomActions(self._commit, self._menu, self._open_role)
        words = self._coaching.card(self._desk)
        layout = RoomLayout(self.app, self.match, self._the_seen, self._desk, actions, words)
        return self._coaching.over(layout.build(), self._desk)

    def _curtain(self) -> Widget:
        match = self.match
        committed = [seat for seat in match.people if seat not in (*match.waiting_for, self._seat)]
        name, instead = match.seating(self._seat).name, self._instead_of
        return curtain(
            self._seat,
            name,
            turn_words(self.match),
            clock(self.match),
            committed,
            lambda: ask_passcode(self.app, match, self._seat, self._reveal),
            self._wants_back,
            None if instead is None else (instead, lambda: self._hand_to(instead)),
            menu=self._menu,
        )

    @property
    def _the_seen(self) -> Seen:
        if self._seen is None or self._seen.turn != self.match.state.turn:
            self._seen = Seen(self.match, self._seat)
        return self._seen

    # --- keys and leaving

    def key_down(self, event: pygame.event.Event) -> bool:
        """See `Screen`."""
        if self._mode is Mode.TELLING and self.telling is not None and not self._is_held:
            return self.telling.key(event.key)
        ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        if self._mode is not Mode.ROOM or self._is_held:
            return False
        if ctrl and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self._commit()
            return True
        return not ctrl and self._open_by_key(as_digit(event))

    def _open_by_key(self, code: int) -> bool:
        """Opens a leaf by its number, or a part of the orders by its letter; whether it did."""
        leaves = SIDE if self.ui.units[0] >= WIDE else ALL
        place, part = code - pygame.K_1, ORDER_KEYS.get(code)
        if 0 <= place < len(leaves):
            self._desk.open(self.app, leaves[place])
        elif code == NOTE_KEY:
            self._write_note()
        elif part is not None:
            self._desk.ordering.leaf = part
            self._desk.open(self.app, "orders")
            self.app.frame()
            self._focus_chosen()
        else:
            return False
        return True

    def _focus_chosen(self) -> None:
        """Gives the keyboard to the row that is picked."""
        rows = [widget for widget in self.app.tree.top.walk() if isinstance(widget, ChoiceRow)]
        chosen = next((row for row in rows if row.chosen), None)
        if chosen is not None:
            self.app.focus_on(chosen.path)

    def back(self) -> None:
        """See `Screen`: puts the coach's card away; else asks, for a key may lose nothing."""
        if self._mode is Mode.ROOM and not self._is_held and self._coaching.put_away(self._desk):
            return
        self._menu()

    def _menu(self) -> None:
        alone = not self._hot_seat and self._mode is Mode.ROOM
        undo = self._undo if alone and self.match.played else None
        note = self._write_note if self._mode is Mode.ROOM and not self._is_held else None
        open_menu(self.app, self.match, undo, self._open_settings, self._lead, note)

    def _write_note(self) -> None:
        self._notes.ask(self._seat)

    def _lead(self) -> None:
        self._desk.staff.drop(self.app)
        self.app.push(LeadingScreen(self.app, self.match, self._moved))

    def _moved(self) -> None:
        """Whoever leads has changed the match: the room opens where it stands now."""
        undone = self._desks.moved()
        if self.match.status is Status.ENDED:
            self._finish()
            return
        self._next()
        if undone:
            self.app.mention(t("room.undone", turn=self.match.turn))

    @property
    def _is_held(self) -> bool:
        """Whether whoever leads has paused the game: nothing of any seat is shown then."""
        return self.match.is_led and self.match.status is Status.PAUSED

    def _open_settings(self) -> None:
        self.app.push(SettingsScreen(self.app))

    def _undo(self) -> None:
        """Takes the last turn back, for somebody who plays alone."""
        try:
            self.match.undo()
        except (MatchError, FileError) as error:
            self.app.toast(str(error))
            return
        self._moved()

    def _open_role(self) -> None:
        self.app.push(BriefingScreen(self.app, self.match, self._seat, self.app.pop))

    def closing(self) -> str:
        """See `Screen`."""
        return "" if self.match.path else t("room.closing")
