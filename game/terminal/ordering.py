"""The dialogue in which one seat's orders are made: deed, site, word, message, and the last look.

Each step asks one thing and says whether to go on or back. What is legal, and why something is
not, comes from the rules; nothing is committed before the last step.
"""

from collections.abc import Callable
from typing import NamedTuple

from game.rules.legal import (
    HIGHEST_LINE,
    LOWEST_LINE,
    site_mask,
    why_not_deed,
    why_not_whisper,
    why_not_word,
)
from game.rules.orders import Order
from game.rules.rulebook import ANY_SITE, NO_SEAT, Deed
from game.rules.seats import Seat
from game.session.drafting import Draft
from game.session.match import Match
from game.views.handbook import amounts
from game.views.handbook.orders import GROUPS
from game.views.handbook.page import Entry
from game.views.messages import when_heard
from game.views.names import SEAT_NAMES, SEAT_TITLES, rung_name, sentence
from game.views.occasions import moment
from game.views.offers import AMMUNITION, sense, told_order, told_whisper

from .forecast_input import QUESTION, format_forecast, parse_forecast
from .prompt import BACK, Prompt


class Step(NamedTuple):
    """One question: whether it has to be put, and putting it; False goes back."""

    applies: Callable[[], bool]
    ask: Callable[[], bool]


def _always() -> bool:
    return True


class Ordering:
    """Asks one seat for its orders of one turn."""

    def __init__(
        self, match: Match, seat: Seat, prompt: Prompt, counsel: Callable[[Order], None]
    ) -> None:
        """`counsel` shows what the seat's staff says of a whole order."""
        self._counsel = counsel
        self._match, self._seat, self._prompt = match, seat, prompt
        self._console = prompt.console
        self._setting = match.scenario.setting
        self._book = self._setting.rulebook
        self._typed = ""
        self._draft = Draft()
        self._steps = (
            Step(_always, self._begin),
            Step(_always, self._deed),
            Step(self._names_site, self._site),
            Step(_always, self._word),
            Step(lambda: self._book.words[self.order.word].to_seat, self._word_to),
            Step(lambda: self._book.words[self.order.word].to_rung, self._word_rung),
            Step(lambda: len(self._whispers) > 1, self._whisper),
            Step(lambda: len(self._receivers(self.order.whisper)) > 1, self._whisper_to),
            Step(_always, self._foretell),
            Step(_always, self._commit),
        )

    @property
    def order(self) -> Order:
        """What has been picked so far."""
        return self._draft.order

    @property
    def forecast(self) -> dict[Seat, float]:
        """Odds, 0 to 1, of each rival's using force this turn; empty where none were given."""
        return self._draft.forecast

    def run(self) -> Order:
        """The orders that the seat commits to.

        Raises:
            Leave: the player leaves.
        """
        place = 0
        while place < len(self._steps):
            step = self._steps[place]
            if not step.applies() or step.ask():
                place += 1
                continue
            place -= 1
            while place > 0 and not self._steps[place].applies():
                place -= 1
            place = max(place, 0)
        return self.order

    # --- the steps

    def _begin(self) -> bool:
        self._typed = self._prompt.line("Your orders: Enter lists your actions; ? helps. [Enter]")
        if self._typed == BACK:
            self._typed = ""
            self._console.warn("This is the first step: there is nothing to go back to.")
            return False
        if self._typed.casefold() in ("l", "list"):
            self._typed = ""  # as Enter does, the next step lists them
        return True

    def _deed(self) -> bool:
        order = self._deed_order()
        entries = [self._deed_entry(index) for index in order]
        typed, self._typed = self._typed, ""
        if not typed:
            self._list_deeds(order, entries)
        picked = self._prompt.choose(
            "Your action?",
            entries,
            "action",
            default=order.index(self.order.deed),
            typed=typed,
            shown=True,
        )
        if picked is None:
            return False
        if order[picked] != self.order.deed:
            self._draft.pick(deed=order[picked], site=ANY_SITE)
        return True

    def _site(self) -> bool:
        deed = self._own_deed
        held = site_mask(self._setting, self._match.state, self._seat, self.order.deed)[:, 0]
        sites = [(i, s) for i, s in enumerate(self._book.sites) if s.host == deed.at]
        entries = [Entry("anywhere", "leave it to the staff")]
        entries += [
            Entry(
                s.id, s.name, closed="" if held[i] else "that base has been handed over", topic=s.id
            )
            for i, s in sites
        ]
        self._console.heading(f"{deed.name}: where?")
        places = [ANY_SITE, *(i for i, _ in sites)]
        picked = self._prompt.choose(
            "The place?", entries, "place", default=places.index(self.order.site), first=0
        )
        if picked is None:
            return False
        self._draft.pick(site=places[picked])
        return True

    def _word(self) -> bool:
        order = [i for i, word in enumerate(self._book.words) if self._seat in word.seats]
        entries = [self._word_entry(index) for index in order]
        self._console.heading("What you say in public")
        before = order.index(self.order.word)
        picked = self._prompt.choose("Your public statement?", entries, "statement", default=before)
        if picked is None:
            return False
        if picked != before:
            self._draft.pick(word=order[picked], word_to=NO_SEAT, word_rung=0)
        return True

    def _word_to(self) -> bool:
        word = self._book.words[self.order.word]
        rivals = self._seat.rivals
        self._console.heading(f"{word.name}: whom do you mean?")
        before = rivals.index(Seat(self.order.word_to)) if self.order.word_to != NO_SEAT else None
        picked = self._prompt.choose(
            "The seat?", [_seat_entry(s) for s in rivals], "seat", default=before
        )
        if picked is None:
            return False
        self._draft.pick(word_to=rivals[picked])
        return True

    def _word_rung(self) -> bool:
        rungs = range(LOWEST_LINE, HIGHEST_LINE + 1)
        entries = [Entry(str(rung), rung_name(rung), topic=f"rung {rung}") for rung in rungs]
        self._console.heading("The line: what will you answer, from which rung up?")
        before = rungs.index(self.order.word_rung) if self.order.word_rung else None
        picked = self._prompt.choose(
            "The rung?", entries, "rung", default=before, first=LOWEST_LINE
        )
        if picked is None:
            return False
        self._draft.pick(word_rung=rungs[picked])
        return True

    def _whisper(self) -> bool:
        order = self._whispers
        entries = [self._whisper_entry(index) for index in order]
        self._console.heading("What you say in private, to one seat")
        before = order.index(self.order.whisper)
        picked = self._prompt.choose("Your private message?", entries, "message", default=before)
        if picked is None:
            return False
        if picked != before:
            receivers = self._receivers(order[picked])
            to = receivers[0] if len(receivers) == 1 else NO_SEAT
            self._draft.pick(whisper=order[picked], whisper_to=to)
        return True

    def _whisper_to(self) -> bool:
        whisper = self._book.whispers[self.order.whisper]
        receivers = self._receivers(self.order.whisper)
        entries = [
            _seat_entry(seat)._replace(closed="; ".join(self._why_not(self.order.whisper, seat)))
            for seat in receivers
        ]
        self._console.heading(f"{whisper.name}: to whom?")
        to = self.order.whisper_to
        before = receivers.index(Seat(to)) if to != NO_SEAT else None
        picked = self._prompt.choose("The receiver?", entries, "seat", default=before)
        if picked is None:
            return False
        self._draft.pick(whisper_to=receivers[picked])
        return True

    def _foretell(self) -> bool:
        self._console.heading("Your forecast, for the debrief (you may skip it)")
        self._console.say(QUESTION)
        rivals = self._seat.rivals
        names = ", ".join(SEAT_NAMES[seat] for seat in rivals)
        before = format_forecast(self.forecast, rivals)
        while True:
            typed = self._prompt.line(f"{names[0].upper()}{names[1:]}? [{before or 'skip'}]")
            if typed == BACK:
                return False
            if not typed:
                return True
            try:
                self._draft.forecast = parse_forecast(typed, rivals)
            except ValueError as error:
                self._console.warn(str(error))
            else:
                return True

    def _commit(self) -> bool:
        self._console.heading("Your orders")
        self._console.say(self.summary())
        self._counsel(self.order)
        while True:
            answer = self._prompt.line("Commit? Enter commits, b goes back. [commit]").casefold()
            if answer in ("", "y", "yes", "commit"):
                return True
            if answer in (BACK, "n", "no"):
                return False
            self._console.warn("Please press Enter to commit, or type b to go back.")

    # --- what the steps show

    @property
    def _own_deed(self) -> Deed:
        return self._book.deeds[self._seat][self.order.deed]

    def _names_site(self) -> bool:
        return self._own_deed.at is not None

    def _deed_order(self) -> list[int]:
        """The seat's deeds as they are listed: by group."""
        deeds = self._book.deeds[self._seat]
        return [i for group in GROUPS for i, deed in enumerate(deeds) if deed.group == group]

    def _list_deeds(self, order: list[int], entries: list[Entry]) -> None:
        deeds = self._book.deeds[self._seat]
        place = 0
        for group in GROUPS:
            own = sum(deeds[index].group == group for index in order)
            if own:
                self._console.heading(group.capitalize())
                self._console.entries(entries[place : place + own], place + 1)
            place += own
        self._console.gap()

    def _deed_entry(self, index: int) -> Entry:
        deed = self._book.deeds[self._seat][index]
        reasons = why_not_deed(self._setting, self._match.state, self._seat, index)
        cost = amounts.costs(deed.costs, deed.fire, AMMUNITION.get(self._seat, ""))
        borne = moment(self._setting, self._match.observation(self._seat), index)
        notes = "; ".join(part for part in (f"Rung {deed.rung}", cost, *borne) if part)
        topic = f"{self._seat.name}.{deed.id}"
        return Entry(deed.id, deed.name, deed.sentence, notes, "; ".join(reasons), topic)

    def _word_entry(self, index: int) -> Entry:
        word = self._book.words[index]
        reasons = why_not_word(self._setting, self._match.state, self._seat, index)
        told = word.sentence.format(to="a seat that you name", rung="N")
        return Entry(word.id, word.name, told, closed="; ".join(reasons), topic=word.id)

    @property
    def _whispers(self) -> list[int]:
        """The messages that the seat can send to anybody, none first."""
        return [i for i, _ in enumerate(self._book.whispers) if not i or self._receivers(i)]

    def _receivers(self, whisper: int) -> list[Seat]:
        links = self._book.whispers[whisper].links
        return [to for to in self._seat.rivals if (self._seat, to) in links]

    def _whisper_entry(self, index: int) -> Entry:
        whisper, receivers = self._book.whispers[index], self._receivers(index)
        reasons = [self._why_not(index, seat) for seat in receivers]
        closed = "; ".join(reasons[0]) if reasons and all(reasons) else ""
        state, some_seat = self._match.state, "a seat that you name"
        told = told_whisper(self._setting, state, self._seat, index, some_seat)
        heard = sentence(when_heard(whisper)).removesuffix(".") if whisper.links else ""
        return Entry(whisper.id, whisper.name, told, heard, closed, whisper.id)

    def _why_not(self, whisper: int, to: Seat) -> tuple[str, ...]:
        return why_not_whisper(self._setting, self._match.state, self._seat, whisper, to)

    def summary(self) -> str:
        """The order in a few sentences."""
        told = told_order(self._book, self._seat, self.order)
        lines = [told.deed, f"In public: {told.word}", f"In private: {told.whisper}"]
        if self.forecast:
            odds = format_forecast(self.forecast, self._seat.rivals, SEAT_NAMES)
            lines.append(sentence(f"You expect force, of 100, from: {odds}"))
        doubts = sense(self._setting, self._match.state, self._seat, self.order)
        lines += [f"Mind: {text}" for text in doubts]
        return "\n".join(lines)


def _seat_entry(seat: Seat) -> Entry:
    return Entry(seat.name, SEAT_TITLES[seat], topic=seat.name)
