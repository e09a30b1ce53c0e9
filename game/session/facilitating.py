"""The facilitator's hand: pause, clock, news, figures that are set, time called, turns undone."""

from collections.abc import Mapping

from game.rules.endings import Ending
from game.rules.legal import refusals
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.rules.state import State

from . import overrides
from .errors import MatchError
from .events import MOST_NAME, Event, Injected, Overridden, TakenBack, Undone
from .ordering import assembled
from .writing import WritableMatch, words_of


class FacilitatedMatch(WritableMatch):
    """A match with somebody who leads it. All that this hand does is on record, and marked."""

    def pause(self) -> None:
        """Takes no orders until `go_on`; the clock stands still."""
        self._must_be_on()
        self._control("pause")

    def go_on(self) -> None:
        """Ends a pause, or takes up again what `end` had ended."""
        if self.ending is not Ending.NONE:
            raise MatchError("the game is over")
        self._control("go_on")

    def end(self, reason: str) -> None:
        """Ends the match before its end, for the debrief. `go_on` opens it again."""
        self._must_be_on()
        self._control("end", reason=words_of(reason, "a reason"))

    def limit(self, seconds: float | None) -> None:
        """Sets how long each turn may last, from the next look at the clock on; None for no limit.

        When time is up nothing happens by itself: whoever leads the match decides on `call_time`.
        """
        self._must_be_on()
        self._control("limit", seconds=_seconds(seconds))
        self.clock.limit = self._match_state.limit

    def loosen(self, seconds: float) -> None:
        """Gives this turn more time."""
        self._must_be_on()
        self._control("loosen", seconds=_seconds(seconds))
        self.clock.extra += seconds

    def call_time(self) -> tuple[Seat, ...]:
        """Has the seats that have not committed hold and keep silent; returns them."""
        self._must_be_on()
        self._must_go_on()
        late, events = self.waiting_for, list[Event]()
        for seat in late:
            events.append(self._ordered(seat, HOLD, "clock", {}, after=events))
        self._do(*events)
        return late

    def inject(self, inject: str) -> tuple[Seat, ...]:
        """Puts in prepared news, by its id in the scenario.

        Returns:
            The seats whose committed orders are no longer legal, and were taken back.

        Raises:
            MatchError: there is none of that id, or the game is over.
        """
        known = {prepared.id: prepared for prepared in self.scenario.injects}
        if inject not in known:
            names = ", ".join(known) or "none"
            raise MatchError(f'there is no prepared news "{inject}"; there is: {names}')
        prepared = known[inject]
        return self._inject(prepared.id, prepared.title, prepared.text, prepared.effects)

    def inject_own(
        self, title: str, words: str, effects: Mapping[str, float] | None = None
    ) -> tuple[Seat, ...]:
        """Puts in the facilitator's own news, with what it adds to columns of the state.

        Returns:
            The seats whose committed orders are no longer legal, and were taken back.

        Raises:
            MatchError: the text is empty or too long, an effect is none, or the game is over.
        """
        return self._inject(
            None, words_of(title, "a title", MOST_NAME), words_of(words, "news"), effects or {}
        )

    def override(self, figure: str, value: float, reason: str) -> tuple[Seat, ...]:
        """Sets a figure of the state: "us_troops", or "anger US>IRAN". It stays marked.

        Returns:
            The seats whose committed orders are no longer legal, and were taken back.

        Raises:
            MatchError: there is no such figure, it cannot have that value, a reason is missing, or
                the game is over.
        """
        self._must_be_on()
        chosen = overrides.Figure.called(figure)
        value = overrides.checked_value(self.scenario.setting.rulebook, self.state, chosen, value)
        event = self._make(
            Overridden,
            figure=chosen.column,
            pair=chosen.pair,
            was=float(chosen.of(self.state)[0]),
            value=value,
            reason=words_of(reason, "a reason"),
        )
        return self._change(event, overrides.with_value(self.state, chosen, value))

    def undo(self, reason: str = "") -> None:
        """Takes the last turn back: its orders, and whatever came after it. Its luck stays what it
        was. For a teacher, or somebody who plays alone; whoever calls it knows which.

        Raises:
            MatchError: no turn has been played.
        """
        if not self._match_state.turns:
            raise MatchError("no turn has been played that could be taken back")
        reason = words_of(reason, "a reason") if reason else ""
        self._do(self._make(Undone, undone=self._match_state.turns[-1].n, reason=reason))
        self.clock.restart()
        self._hold_clock()

    def _inject(
        self, inject: str | None, title: str, words: str, effects: Mapping[str, float]
    ) -> tuple[Seat, ...]:
        self._must_be_on()
        checked = overrides.checked_effects(effects)
        event = self._make(Injected, inject=inject, title=title, words=words, effects=checked)
        return self._change(event, overrides.with_effects(self.state, checked))

    def _change(self, event: Event, after: State) -> tuple[Seat, ...]:
        """Writes down what changes the state, and takes back the orders that it makes illegal."""
        given = self._match_state.committed
        orders = assembled(given)
        wrong = refusals(self.scenario.setting, after, orders)
        seats = tuple(seat for seat in SEATS if any(r.seat is seat for r in wrong))
        events = [event]
        for seat in seats:
            reason = "no longer legal after what the facilitator changed"
            events.append(self._make(TakenBack, after=events, orders=given[seat].n, reason=reason))
        self._do(*events)
        return seats


def _seconds(seconds: float | None) -> float | None:
    if seconds is not None and not 0 <= seconds <= 1e7:
        raise MatchError("write the time in seconds, from 0 on")
    return None if seconds is None else float(seconds)
