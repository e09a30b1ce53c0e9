"""The hand of whoever leads a game at this machine; it is opened by the PIN, and shows nothing that
one of the seats may not see.
"""

from collections.abc import Callable
from functools import partial

from game.content.kinds import PAIR_NAMES
from game.content.problems import ContentError
from game.content.scenario import Inject
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS, PAIR_COLUMNS
from game.session.errors import FileError
from game.session.events import MOST_NAME, MOST_WORDS, Kind
from game.session.forking import fork
from game.session.match import Match, MatchError, Seating, Status
from game.session.places import new_path
from game.views.names import SEAT_TITLES, listed, sentence

from ..room.codes import give_pin
from ..shell.app import App
from ..shell.frame import page, section
from ..shell.screen import Screen
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Grid, Row
from ..widgets.choice import Choice
from ..widgets.entry import Field
from ..widgets.press import Button, Toggle
from ..widgets.seat import SeatIcon
from ..widgets.select import Item, Select
from ..widgets.text import Text

MINUTES = (0, 3, 5, 7, 10, 15)
"""Minutes that a turn may last; 0 for no limit."""
MINUTE = 60.0


class LeadingScreen(Screen):
    """Everything that whoever leads may do to a match."""

    name = "leading"

    def __init__(self, app: App, match: Match, changed: Callable[[], None]) -> None:
        """`changed` is called when the screen is left and something was done."""
        super().__init__(app)
        self._match, self._changed = match, changed
        self.rules = match.scenario.setting.rulebook
        self._typed = dict.fromkeys(("headline", "words", "value", "reason", "note", "turn"), "")
        self._figure, self._pair = next(iter(COLUMNS)), next(iter(PAIR_NAMES))
        self._acted = False

    def back(self) -> None:
        """See `Screen`: the game goes on from where it stands now."""
        self.app.pop()
        if self._acted:
            self._changed()

    # --- doing

    def _do(self, act: Callable[[], object]) -> None:
        """Does something with the match, or tells what stands in the way."""
        self._is_done(act)

    def _is_done(self, act: Callable[[], object]) -> bool:
        """Does something with the match, or tells what stands in the way; whether it was done."""
        try:
            act()
        except (MatchError, FileError, ContentError, FileExistsError) as error:
            self.app.toast(sentence(str(error)))
            return False
        self._acted = True
        self.app.rebuild()
        return True

    def _state_changed(self, act: Callable[[], tuple[Seat, ...]]) -> bool:
        """Does something to the state, and tells whose orders went back."""
        seats: list[str] = []
        done = self._is_done(lambda: seats.extend(SEAT_TITLES[seat] for seat in act()))
        if seats:
            self.app.toast(t("leading.back_again", seats=listed(seats)))
        return done

    def _ask(self, title: str, text: str, act: Callable[[], None]) -> None:
        self.app.ask(title, text, [(t("leading.yes"), act), (t("leading.no"), lambda: None)])

    # --- building

    def build(self) -> Widget:
        """See `Screen`."""
        turns, turn = self._match.scenario.turns, self._match.turn
        aside = t("leading.aside", turn=turn, turns=len(turns), date=day(turns[turn - 1].date))
        parts = [
            Column([self._course(), self._clock(), self._seats()], gap=24),
            Column([self._news(), self._figures(), self._class()], gap=24),
        ]
        return page(
            self,
            t("leading.title", scenario=self._match.scenario.title),
            [Text(t("leading.note"), "small", "quiet"), Grid(parts, least=440, most=2, gap=32)],
            aside=aside,
            actions=[Button(t("leading.leave"), self.back, kind="primary", key="leave")],
            widest=1180,
            gap=20,
        )

    def _course(self) -> Widget:
        match, paused = self._match, self._match.status is Status.PAUSED
        none = "" if match.played else t("leading.undo_none")
        ways: list[Widget] = [
            Button(
                t("leading.go_on" if paused else "leading.pause"),
                lambda: self._do(match.go_on if paused else match.pause),
                key="pause",
                tip="" if paused else t("leading.pause_tip"),
            ),
            Button(t("leading.undo"), self._undo, key="undo", why_not=none),
            Button(t("leading.end"), self._end, kind="danger", key="end", why_not=none),
        ]
        told = [Text(t("leading.paused_now"), "body", "warn")] if paused else []
        last = len(match.played) + 1
        turns = [str(turn) for turn in range(1, last + 1)]
        chosen = turns.index(self._typed["turn"]) if self._typed["turn"] in turns else last - 1
        forks = Row(
            [
                Text(t("leading.fork_turn"), "body", "quiet"),
                self._select("turn", t("leading.fork_turn"), turns, chosen),
                Button(
                    t("leading.fork"),
                    lambda: self._fork(int(turns[chosen])),
                    key="fork",
                    tip=t("leading.fork_note"),
                    why_not="" if match.path else t("leading.fork_unkept"),
                ),
            ],
            gap=10,
        )
        return section(t("leading.course"), *told, Flow(ways), forks)

    def _clock(self) -> Widget:
        match = self._match
        now = round((match.clock.limit or 0) / MINUTE)
        choices = [*MINUTES, *([now] if now not in MINUTES else [])]
        labels = [str(minutes) if minutes else t("leading.no_limit") for minutes in choices]
        late = listed([SEAT_TITLES[seat] for seat in match.waiting_for] or [""])
        limited = match.clock.limit is not None
        loosen: list[Widget] = [
            Button(t(f"leading.{name}"), partial(self._loosen, seconds), key=name)
            for name, seconds in (("more", MINUTE), ("less", -MINUTE))
            if limited
        ]
        call = Button(
            t("leading.call"),
            lambda: self._ask(
                t("leading.call"),
                t("leading.call_ask", seats=late),
                lambda: self._do(match.call_time),
            ),
            key="call",
            why_not="" if match.waiting_for else t("leading.call_none"),
        )
        return section(
            t("leading.clock"),
            Text(t("leading.minutes"), "body", "quiet"),
            Choice(
                labels,
                choices.index(now),
                lambda place: self._do(lambda: match.limit(choices[place] * MINUTE or None)),
                key="minutes",
            ),
            Flow([*loosen, call]),
        )

    def _seats(self) -> Widget:
        return section(t("leading.seats"), *(self._seat(seat) for seat in SEATS))

    def _seat(self, seat: Seat) -> Widget:
        match = self._match
        is_computer = match.seating(seat).kind is Kind.COMPUTER

        def give(place: int) -> None:
            if place and match.people == (seat,):
                self.app.mention(t("leading.last_person"))
                return
            computer = Seating.computer(match.scenario.roles[seat].doctrine)
            self._do(lambda: match.give(seat, computer if place else Seating.person()))

        parts: list[Widget] = [
            Row([SeatIcon(seat), Text(SEAT_TITLES[seat], "strong", width=132)], gap=8),
            Choice(
                [t("leading.people"), t("leading.computer")],
                int(is_computer),
                give,
                key=f"who-{seat.name}",
            ),
        ]
        if match.has_passcode(seat):
            drop = partial(self._do, lambda: match.choose_passcode(seat, ""))
            parts.append(
                Button(
                    t("leading.passcode_drop"),
                    drop,
                    kind="quiet",
                    key=f"passcode-{seat.name}",
                    tip=t("leading.passcode_drop_tip"),
                )
            )
        return Flow(parts, gap=12)

    def _news(self) -> Widget:
        match, typed = self._match, self._typed
        put = {inject.inject for inject in match.match_state.injects}
        rows: list[Widget] = [
            self._inject(inject, is_in=inject.id in put) for inject in match.scenario.injects
        ]
        own = Button(t("leading.put_in"), self._own, key="own")
        preview = [Text(typed["words"], "small", "quiet")] if typed["words"] else []
        return section(
            t("leading.news"),
            *(rows or [Text(t("leading.news_none"), "small", "quiet")]),
            self._field("headline", t("leading.own_title"), MOST_NAME),
            self._field("words", t("leading.own_words"), MOST_WORDS, self._own),
            *preview,
            Flow([own]),
        )

    def _inject(self, inject: Inject, *, is_in: bool) -> Widget:
        meant = t("leading.news_turn", turn=inject.turn) if inject.turn else ""
        aside = t("leading.news_in") if is_in else meant
        changes = [f"{name} {amount:+g}" for name, amount in inject.effects.items()]
        told = t("leading.effects", what=listed(changes)) if changes else t("leading.effects_none")

        def put() -> None:
            self._state_changed(lambda: self._match.inject(inject.id))

        def ask() -> None:
            self._ask(inject.title, f"{inject.text}\n\n{told}", put)

        button = Button(t("leading.put_in"), ask, key=f"inject-{inject.id}")
        words = Column(
            [Text(inject.title), *([Text(aside, "small", "quiet")] if aside else [])], grow=1
        )
        return Row([words, button], gap=12)

    def _figures(self) -> Widget:
        columns = {**COLUMNS, **PAIR_COLUMNS}
        names, pairs = list(columns), list(PAIR_NAMES)
        items = [Item(name, spec.meaning) for name, spec in columns.items()]

        def pick(place: int) -> None:
            self._figure = names[place]
            self.app.rebuild()

        def pick_pair(place: int) -> None:
            self._pair = pairs[place]
            self.app.rebuild()

        place, title = names.index(self._figure), t("leading.figure")
        rows: list[Widget] = [
            Select(items, place, pick, key="figure", title=title, over=self.app),
        ]
        if self._figure in PAIR_COLUMNS:
            told = [Item(pair) for pair in pairs]
            place, title = pairs.index(self._pair), t("leading.pair")
            rows.append(Select(told, place, pick_pair, key="pair", title=title, over=self.app))
        rows += [
            self._field("value", t("leading.value"), 20),
            self._field("reason", t("leading.reason"), MOST_NAME, self._set),
            Flow([Button(t("leading.set"), self._set, key="set")]),
        ]
        return section(t("leading.figures"), *rows, note=t("leading.figures_note"))

    def _class(self) -> Widget:
        match = self._match
        return section(
            t("leading.class"),
            Toggle(
                t("leading.estimate"),
                match.may_estimate,
                lambda on: self._do(lambda: match.allow_estimate(on)),
                key="estimate",
            ),
            self._field("note", t("leading.write_note"), MOST_WORDS, self._write),
            Flow(
                [
                    Button(t("leading.write"), self._write, key="write"),
                    Button(
                        t("leading.another_pin"),
                        lambda: give_pin(self.app, match, self.app.rebuild),
                        key="pin",
                    ),
                ]
            ),
        )

    # --- parts

    def _field(
        self, name: str, hint: str, most: int, enter: Callable[[], None] | None = None
    ) -> Widget:
        def change(text: str) -> None:
            self._typed[name] = text
            self.app.rebuild()

        return Field(
            self._typed[name], change, key=name, hint=hint, most=most, width=None, enter=enter
        )

    def _select(self, name: str, title: str, labels: list[str], chosen: int) -> Widget:
        def pick(place: int) -> None:
            self._typed[name] = labels[place]
            self.app.rebuild()

        items = [Item(label) for label in labels]
        return Select(items, chosen, pick, key=name, title=title, over=self.app, width=100)

    # --- what takes more than a line

    def _loosen(self, seconds: float) -> None:
        self._do(lambda: self._match.loosen(seconds))

    def _own(self) -> None:
        typed = self._typed
        if self._state_changed(lambda: self._match.inject_own(typed["headline"], typed["words"])):
            typed.update(headline="", words="")

    def _set(self) -> None:
        typed = self._typed
        figure = self._figure
        if figure in PAIR_COLUMNS:
            figure = f"{figure} {self._pair}"

        def act() -> tuple[Seat, ...]:
            try:
                value = float(typed["value"])
            except ValueError:
                raise MatchError("a value is a number") from None
            return self._match.override(figure, value, typed["reason"])

        if self._state_changed(act):
            self.app.mention(t("leading.set_done", figure=figure, value=typed["value"]))
            typed.update(value="", reason="")

    def _write(self) -> None:
        if self._is_done(lambda: self._match.note(self._typed["note"])):
            self._typed["note"] = ""
            self.app.mention(t("leading.written"))

    def _undo(self) -> None:
        turn = len(self._match.played)
        act = partial(self._do, self._match.undo)
        self._ask(t("leading.undo"), t("leading.undo_ask", turn=turn), act)

    def _fork(self, turn: int) -> None:
        path = self._match.path
        assert path is not None, "the button is closed without a file"
        target = new_path(path.parent, self._match.scenario.id, self._match.seed)
        if self._is_done(lambda: fork(path, turn, target, led=True)):
            self.app.toast(t("leading.forked", name=target.stem))

    def _end(self) -> None:
        def act() -> None:
            if self._is_done(lambda: self._match.end(t("leading.end_reason"))):
                self.back()

        self._ask(t("leading.end"), t("leading.end_ask"), act)
