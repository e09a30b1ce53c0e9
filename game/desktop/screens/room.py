"""The situation room: map, orders, staff, ladder, ledger, intelligence, timeline, news; and between
turns the curtain and the adjudication.

It asks the match what one seat may see, and gives it that seat's orders. Rules and legality are not
decided here.
"""

from collections.abc import Callable
from enum import Enum
from threading import Thread

import pygame

from game.rules.endings import Ending
from game.rules.seats import Seat
from game.session.errors import FileError
from game.session.match import Match, MatchError

from ..app import App
from ..dates import day
from ..room.choices import ChoiceRow
from ..room.coach import Coach, CoachBox
from ..room.curtain import curtain
from ..room.draft import Draft
from ..room.happened import traces
from ..room.layout import ALL, SIDE, WIDE, Desk, Hands, RoomLayout, turn_words
from ..room.ledger import LedgerPanel
from ..room.orders import Ordering
from ..room.playback import Controls, Playback, playback
from ..room.reading import read_in
from ..room.seen import Seen
from ..screen import Screen
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Centre, Layers
from ..widgets.text import Text
from .briefing import BriefingScreen

QUICK = 0.25
"""Seconds that an adjudication may take before the window says that it is under way."""
COACHED = "turn_zero"
ORDER_KEYS = {pygame.K_d: 0, pygame.K_w: 1, pygame.K_m: 2, pygame.K_f: 3}
"""Deed, word, message, forecast: the keys that open the leaves of the orders."""


class Mode(Enum):
    """What the room shows."""

    CURTAIN = "curtain"
    PLAYBACK = "playback"
    ROOM = "room"
    WAITING = "waiting"


class RoomScreen(Screen):
    """One game, from the room of whoever's turn it is."""

    name = "room"

    def __init__(self, app: App, match: Match) -> None:
        super().__init__(app)
        self.match = match
        self._desks = {seat: Desk() for seat in match.people}
        self._play: Playback | None = None
        self._seen: Seen | None = None
        self._thread: Thread | None = None
        self._fault: Exception | None = None
        self._room: Widget | None = None
        self._mode = Mode.CURTAIN
        self._seat = match.people[0] if match.people else Seat.US
        for desk in self._desks.values():
            desk.caught_up = match.state.turn
            if match.scenario.id == COACHED:
                skipped = app.settings.uncoached == self._file_name != ""
                desk.coach = Coach(match.state.turn, skipped=skipped)

    # --- the way of a turn

    def entered(self) -> None:
        """See `Screen`."""
        if self._mode is Mode.CURTAIN and self._seen is None:
            self._next()
        elif self._mode is Mode.ROOM and self._seen is not None:
            self._desk.staff.ask(self.app, self._seen)

    def left(self) -> None:
        """See `Screen`."""
        self._desk.staff.drop(self.app)
        if self._thread is not None:
            self._thread.join()

    @property
    def _desk(self) -> Desk:
        return self.desk_of(self._seat)

    def desk_of(self, seat: Seat) -> Desk:
        """What a seat has on its desk."""
        return self._desks.setdefault(seat, Desk())

    @property
    def _coach(self) -> Coach | None:
        return self._desk.coach

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
        self._seat, self._seen, self._play = seat, None, None
        if self._hot_seat:
            self._mode = Mode.CURTAIN
            self.app.forget()
        else:
            self._reveal()

    def _reveal(self) -> None:
        """The seat is there: what it has missed, then its room."""
        self._seen = Seen(self.match, self._seat)
        turn = self.match.state.turn
        if self._desk.caught_up < turn:
            self._begin_playback(self._seen)
            return
        self._enter_room()
        if turn == 0 and self._hot_seat:
            self.app.push(BriefingScreen(self.app, self.match, self._seat, self.app.pop))

    def _begin_playback(self, seen: Seen) -> None:
        self._mode = Mode.PLAYBACK
        before = traces(seen.scenario, seen.told[:-1], first_age=1)
        self._play = Playback(list(seen.told[-1]), before)
        self._desk.caught_up = self.match.state.turn
        self.app.ui.focus = ""
        self.app.rebuild()
        self.app.wake_in(0)

    def _enter_room(self) -> None:
        self._mode, self._play = Mode.ROOM, None
        self.state.clear()  # another turn, or another seat: every leaf from its top
        if self._seen is None or self._seen.turn != self.match.state.turn:
            self._seen = Seen(self.match, self._seat)
        self._desk.staff.ask(self.app, self._seen)
        if self._coach is not None:
            self._coach.closed = False
        self._point()
        self.app.ui.focus = ""
        self.app.rebuild()

    def play_again(self, step: int = 0) -> None:
        """Shows the last turn's adjudication once more, from one of its steps on."""
        self._begin_playback(self._the_seen)
        if self._play is not None:
            self._play.step(step)

    def open_why(self, rival: Seat) -> None:
        """Opens the parts of how this seat stands with a rival."""
        LedgerPanel(self.app, self._the_seen).open(rival)

    def _after_playback(self) -> None:
        if self.match.ending is not Ending.NONE:
            self._finish()
        else:
            self._enter_room()

    def _finish(self) -> None:
        from ..flow import finish  # noqa: PLC0415 (it imports this module)

        finish(self.app, self.match, self.match.path)

    def _commit(self) -> None:
        desk = self._desk
        missing = desk.ordering.draft.missing(self.match.scenario.setting.rulebook)
        if missing:
            self.app.toast(missing)
            return
        try:
            draft = desk.ordering.draft
            refused = self.match.commit(self._seat, draft.choice(), draft.forecast)
        except (MatchError, FileError) as error:
            self.app.toast(str(error))
            return
        if refused:
            self.app.toast(" ".join(f"{refusal}." for refusal in refused))
            return
        self._next()

    def _take_back(self, seat: Seat) -> None:
        """From the curtain: a seat that has committed wants to change its orders."""
        given = self.match.commitment(seat)
        if given is not None:
            draft = Draft.of(given.choice, given.forecast)
            try:
                self.match.take_back(seat)
            except (MatchError, FileError) as error:
                self.app.toast(str(error))
                return
            self.desk_of(seat).ordering.draft = draft
        self._hand_to(seat)

    def _adjudicate(self) -> None:
        """Has the turn adjudicated in a thread, for a planner may think for seconds."""
        self._mode, self._fault = Mode.WAITING, None
        self._thread = Thread(target=self._advance, daemon=True)
        self._thread.start()
        self._thread.join(QUICK)
        if self._thread.is_alive():
            self.app.rebuild()
            self.app.wake_in(0.05)
        else:
            self._adjudicated()

    def _advance(self) -> None:
        try:
            self.match.advance()
        except Exception as error:  # told in the window, by its own thread
            self._fault = error

    def _adjudicated(self) -> None:
        self._thread = None
        if self._fault is not None:
            fault, self._fault = self._fault, None
            if not isinstance(fault, MatchError | FileError):
                raise fault
            self.app.toast(str(fault))
            self._hand_to(self._seat)
            return
        for desk in self._desks.values():
            desk.ordering = Ordering()
            desk.leaf = "news"
        if self.match.ending is not Ending.NONE and self._hot_seat:
            self._finish()
        elif self.match.ending is not Ending.NONE:
            self._seen = Seen(self.match, self._seat)
            self._begin_playback(self._seen)
        else:
            self._next()

    def tick(self, now: float) -> float | None:
        """See `Screen`."""
        if self._mode is Mode.WAITING and self._thread is not None:
            if self._thread.is_alive():
                return 0.05
            self._adjudicated()
        if self._mode is not Mode.PLAYBACK or self._play is None:
            return None
        again, moved = self._play.tick(now, still=self.ui.reduced_motion)
        if again is not None or moved:
            self.app.rebuild()
        return again

    # --- building

    def build(self) -> Widget:
        """See `Screen`."""
        if self._mode is Mode.WAITING:
            return Centre(
                Text(t("room.waiting"), "heading", align="centre"), widest=480, middle=True
            )
        if self._mode is Mode.CURTAIN or self._seen is None:
            return self._curtain()
        if self._mode is Mode.PLAYBACK and self._play is not None:
            return self._playback(self._play)
        hands = Hands(self._commit, self._menu, self._open_role)
        room = RoomLayout(self.app, self._the_seen, self._desk, hands).build()
        self._room = room
        step = self._coach.step(self.match.state.turn) if self._coach else None
        if step is None:
            return room
        box = CoachBox(
            step,
            lambda: self._target(step.target),
            lambda: self._target("commit"),
            self._coached,
            self._skip,
            strip=self.ui.units[0] < WIDE,
        )
        return Layers([room, box])

    def _curtain(self) -> Widget:
        match = self.match
        committed = [seat for seat in match.people if seat not in match.waiting_for]
        name = match.seating(self._seat).name
        return curtain(
            self._seat, name, turn_words(self.match), committed, self._reveal, self._take_back
        )

    def _playback(self, play: Playback) -> Widget:
        scenario, turn = self.match.scenario, self.match.state.turn
        over = self.match.ending is not Ending.NONE
        controls = Controls(
            self.app.rebuild,
            self._after_playback,
            t("room.play_end") if over else t("room.play_leave"),
        )
        text = scenario.turns[turn - 1]
        return playback(
            scenario,
            play,
            self._desk.map,
            controls,
            title=t("room.play_title", turn=turn, title=text.title),
            aside=f"{day(text.date)} · {read_in(self._seat)}",
            still=self.ui.reduced_motion,
            wide=self.ui.units[0] >= WIDE,
        )

    @property
    def _the_seen(self) -> Seen:
        if self._seen is None or self._seen.turn != self.match.state.turn:
            self._seen = Seen(self.match, self._seat)
        return self._seen

    # --- the coach

    def _point(self) -> None:
        """Opens the leaf that the coach is about to point at."""
        step = self._coach.step(self.match.state.turn) if self._coach else None
        if step is None:
            return
        wide = self.ui.units[0] >= WIDE
        if step.leaf and not (wide and step.leaf in ("map", "ladder")):
            self._desk.leaf = step.leaf
        if step.orders >= 0:
            self._desk.ordering.leaf = step.orders

    def _coached(self) -> None:
        if self._coach is not None:
            self._coach.at += 1
            self._point()
            self.app.rebuild()

    def _skip(self) -> None:
        if self._coach is not None:
            self._coach.skipped = True
            if self._file_name:
                self.app.change_settings(uncoached=self._file_name)
            self.app.rebuild()

    @property
    def _file_name(self) -> str:
        """What the file of the game is called; empty where it has none."""
        return self.match.path.name if self.match.path else ""

    def _target(self, key: str) -> pygame.Rect | None:
        """Where the widget with a key stands."""
        room = self._room
        found = (w.rect for w in room.walk() if w.key == key and w.rect.width) if room else iter(())
        return next(found, None)

    # --- keys and leaving

    def key_down(self, event: pygame.event.Event) -> bool:
        """See `Screen`."""
        ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        if self._mode is Mode.PLAYBACK and self._play is not None:
            return self._play_key(self._play, event.key)
        if self._mode is not Mode.ROOM:
            return False
        if ctrl and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self._commit()
            return True
        leaves = SIDE if self.ui.units[0] >= WIDE else ALL
        place = event.key - pygame.K_1
        if not ctrl and 0 <= place < len(leaves):
            self._desk.open(self.app, leaves[place])
            return True
        leaf = ORDER_KEYS.get(event.key)
        if not ctrl and leaf is not None:
            self._desk.ordering.leaf = leaf
            self._desk.open(self.app, "orders")
            self.app.frame()
            self._focus_chosen()
            return True
        return False

    def _focus_chosen(self) -> None:
        """Gives the keyboard to the row that is picked."""
        rows = [widget for widget in self.app.top.walk() if isinstance(widget, ChoiceRow)]
        chosen = next((row for row in rows if row.chosen), None)
        if chosen is not None:
            self.app.focus_on(chosen.path)

    def _play_key(self, play: Playback, key: int) -> bool:
        if key in (pygame.K_RIGHT, pygame.K_LEFT):
            play.step(1 if key == pygame.K_RIGHT else -1)
        elif key == pygame.K_p:
            play.paused = not play.paused
            play.step(0)
        else:
            return False
        self.app.rebuild()
        self.app.wake_in(0)
        return True

    def back(self) -> None:
        """See `Screen`: puts the coach's card away; else asks, for a key may lose nothing."""
        coach = self._coach
        if self._mode is Mode.ROOM and coach and coach.step(self.match.state.turn):
            coach.closed = True
            self.app.rebuild()
            return
        self._menu()

    def _menu(self) -> None:
        """Asks what is wanted."""
        answers: list[tuple[str, Callable[[], None]]] = [(t("room.leave"), self.app.pop)]
        if not self._hot_seat and self.match.played and self._mode is Mode.ROOM:
            answers.append((t("room.undo"), self._undo))
        answers += [
            (t("room.settings"), self._open_settings),
            (t("room.handbook"), lambda: self.app.open_page("")),
            (t("room.stay"), lambda: None),
        ]
        kept = t("room.menu_kept") if self.match.path else t("room.menu_not_kept")
        self.app.ask(t("room.menu_title"), kept, answers)

    def _open_settings(self) -> None:
        from .settings import SettingsScreen  # noqa: PLC0415 (few leave the room for it)

        self.app.push(SettingsScreen(self.app))

    def _undo(self) -> None:
        """Takes the last turn back, for somebody who plays alone."""
        try:
            self.match.undo()
        except (MatchError, FileError) as error:
            self.app.toast(str(error))
            return
        desk = self._desk
        desk.caught_up, desk.ordering = self.match.state.turn, Ordering()
        desk.staff.asked_for = None
        self._seen = None
        self._hand_to(self._seat)

    def _open_role(self) -> None:
        self.app.push(BriefingScreen(self.app, self.match, self._seat, self.app.pop))

    def closing(self) -> str:
        """See `Screen`."""
        return "" if self.match.path else t("room.closing")
