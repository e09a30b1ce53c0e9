"""The desks of everybody who plays at this machine."""

from functools import partial

from game.rules.seats import Seat
from game.session.drafting import Draft
from game.session.match import Match

from ..shell.app import App
from .coaching import Coaching
from .layout import Desk
from .orders.draft_store import DraftStore


class Desks:
    """What each seat has on its desk, and its orders in the making on the disk."""

    def __init__(self, app: App, match: Match, coaching: Coaching) -> None:
        self._match, self._drafts = match, DraftStore(match, app.toast, app.untell)
        self._coaching, self._turn = coaching, match.state.turn
        self._desks = {seat: self._desk(seat, coaching) for seat in match.people}

    def _desk(self, seat: Seat, coaching: Coaching) -> Desk:
        """A desk as its seat left it when the window closed."""
        desk = Desk()
        desk.caught_up = turn = self._match.state.turn
        desk.coach = coaching.coach()
        waits = seat in self._match.waiting_for
        kept = self._drafts.read(seat) or self._match.last_ordered(seat) if waits else None
        if kept is not None:
            desk.ordering.draft, desk.restored = kept, True
        elif waits and turn and len(self._match.people) > 1:
            desk.caught_up = turn - 1  # nothing tells whether it has sat here since: shown again
        elif waits and turn:
            desk.leaf = "news"
        desk.ordering.keep = partial(self._drafts.keep, seat)
        return desk

    def of(self, seat: Seat) -> Desk:
        """One seat's."""
        return self._desks.setdefault(seat, Desk())

    def moved(self) -> bool:
        """The match has moved by the hand of whoever leads, or a turn was taken back: then the
        orders that were given in it lie on the desks again. Returns whether one was.
        """
        turn, before = self._match.state.turn, self._turn
        self._turn = turn
        for seat in self._match.people:
            if seat not in self._desks:
                self._desks[seat] = self._desk(seat, self._coaching)
            desk = self._desks[seat]
            desk.staff.forget()
            if turn < before:
                desk.caught_up = min(desk.caught_up, turn)
                desk.ordering.begin(self._match.last_ordered(seat))
        return turn < before

    def committed(self, seat: Seat) -> None:
        """The match has the seat's orders now."""
        self._drafts.keep(seat, Draft())

    def settled(self) -> None:
        """A turn has been adjudicated: new orders for everybody, and its news."""
        self._turn = self._match.state.turn
        for desk in self._desks.values():
            desk.ordering.begin()
            desk.leaf = "news"
