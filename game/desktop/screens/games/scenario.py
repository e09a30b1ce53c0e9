"""Choosing a game: the scenario, who plays which seat, the world, the lens, the seed."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from game.content.dealt import DRAWN, NOTHING
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.rules.seats import SEATS, Seat
from game.views.names import SEAT_TITLES, counted

from ...look.ui import Ui
from ...room.codes import ask_new_pin
from ...shell.app import App
from ...shell.frame import page, section
from ...shell.screen import Screen
from ...texts import t
from ...texts.dates import day
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Grid, Panel, Row
from ...widgets.choice import Choice
from ...widgets.entry import Field
from ...widgets.press import Button, Toggle
from ...widgets.seat import SeatIcon
from ...widgets.select import Item, Select
from ...widgets.text import Text, points
from .briefing import first_sentences
from .casting import Candidate, candidates, lenses
from .picking import SEEDS, USUAL, Picked, scenarios
from .starting import put_untouched_aside, start_match

WIDE = 960
"""Units of width from which the scenarios stand beside what is picked."""
ROOMY = 1120


class ScenarioCard(Widget):
    """A scenario to pick: its title and its length."""

    focusable = True

    def __init__(self, scenario: Scenario, *, chosen: bool, pick: Callable[[], None]) -> None:
        inner = Column(
            [
                Text(scenario.title, "heading"),
                Text(_short(scenario), "small", "accent" if chosen else "quiet"),
            ],
            gap=2,
        )
        panel = Panel(
            inner,
            pad=12,
            colour="chosen" if chosen else "panel",
            border="accent" if chosen else "line",
            edge="accent" if chosen else "",
        )
        super().__init__([panel], key=scenario.id)
        self.label, self._pick = scenario.title, pick

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        self._pick()


def _short(scenario: Scenario) -> str:
    return t(
        "scenario.short",
        turns=counted(len(scenario.turns), "turn").capitalize(),
        minutes=scenario.minutes,
    )


def _length(scenario: Scenario) -> str:
    return t(
        "scenario.length",
        turns=counted(len(scenario.turns), "turn").capitalize(),
        start=day(scenario.turns[0].date),
        end=day(scenario.end),
        minutes=scenario.minutes,
    )


class ScenarioScreen(Screen):
    """Everything that a game begins with, on one page."""

    name = "scenario"

    def __init__(self, app: App, picked: Picked | None = None) -> None:
        super().__init__(app)
        self._picked = picked or Picked(USUAL)
        self._files: dict[str, str] = {}
        self._more = self._picked.is_unusual
        self._known, self._wrong = list(scenarios()[0]), scenarios()[1]
        if self._picked.scenario not in [s.id for s in self._known]:
            own = load_scenario(self._picked.scenario)
            self._known.append(own)
            self._files[own.id] = self._picked.scenario
            self._picked.scenario = own.id

    def build(self) -> Widget:
        """See `Screen`."""
        picked = self._picked
        scenario = next(s for s in self._known if s.id == picked.scenario)
        wide = self.ui.units[0] >= WIDE
        left = section(t("scenario.which"), self._cards() if wide else self._list())
        if self._wrong:
            left.children.append(Text(t("scenario.broken", why=self._wrong), "small", "bad"))
        first = scenario.turns[0].date
        right = Column(
            [
                section(
                    scenario.title,
                    Text(first_sentences(scenario.blurb, 0)),
                    note=t("scenario.dates", start=day(first), end=day(scenario.end)),
                ),
                section(t("scenario.seats"), *(self._seat(scenario, seat) for seat in SEATS)),
                *self._rest(scenario),
            ],
            gap=20,
        )
        roomy = self.ui.units[0] >= ROOMY
        left.width, right.grow = ((340 if roomy else 270), 1) if wide else (None, 0)
        body: Widget = (
            Row([left, right], gap=32, align="top") if wide else Column([left, right], gap=24)
        )
        return page(
            self,
            t("scenario.title"),
            [body],
            widest=1180,
            actions=[
                Button(
                    t("scenario.begin"),
                    self.begin,
                    kind="primary",
                    default=True,
                    why_not=self._picked.why_not,
                )
            ],
        )

    def _rest(self, scenario: Scenario) -> list[Widget]:
        """What a game can do without: more about it, and what else may be set; to unfold."""
        fold = Button(
            t("scenario.more"),
            self._fold,
            kind="link",
            icon="chevron-down" if self._more else "chevron-right",
            key="more",
        )
        if not self._more:
            return [Flow([fold])]
        led = Toggle(
            t("scenario.led"), self._picked.led, self._set_led, key="led",
            tip=t("leading.new_text"),
        )  # fmt: skip
        settings = [self._theory(scenario), self._lens(), self._seed()]
        return [
            Flow([fold]),
            Grid(settings, least=300, most=2, gap=24),
            led,
            section(t("scenario.about"), Text(scenario.blurb)),
            section(t("scenario.aims"), points(scenario.aims)),
        ]

    def _fold(self) -> None:
        self._more = not self._more
        self.app.rebuild()

    def _choose(self, scenario: str) -> None:
        """Picks a scenario; the computer's players are another scenario's then."""
        self._picked.scenario = scenario
        self._picked.players.clear()
        self._picked.dealt = NOTHING
        self.state.clear()  # another one is read from its beginning
        self.app.rebuild()

    def _set_led(self, led: bool) -> None:
        self._picked.led = led
        self.app.rebuild()

    def _cards(self) -> Widget:
        return Column(
            [
                ScenarioCard(
                    scenario,
                    chosen=scenario.id == self._picked.scenario,
                    pick=partial(self._choose, scenario.id),
                )
                for scenario in self._known
            ],
            gap=8,
        )

    def _list(self) -> Widget:
        ids = [scenario.id for scenario in self._known]
        return Select(
            [Item(scenario.title, _length(scenario)) for scenario in self._known],
            ids.index(self._picked.scenario),
            lambda place: self._choose(ids[place]),
            key="scenario",
            title=t("scenario.which"),
            over=self.app,
        )

    def _seat(self, scenario: Scenario, seat: Seat) -> Widget:
        """A row for one seat: its mark and name, person or computer, and which computer."""
        picked = self._picked
        known = candidates(scenario, seat)
        ids = [candidate.id for candidate in known]
        player = picked.players.get(seat, scenario.roles[seat].doctrine)
        if player not in ids:  # a file that the command line named
            known.append(Candidate(player, Path(player).stem, player))
            ids.append(player)

        def set_person(place: int) -> None:
            (picked.people.discard if place else picked.people.add)(seat)
            self.app.rebuild()

        def set_player(place: int) -> None:
            picked.players[seat] = ids[place]
            self.app.rebuild()

        is_person = seat in picked.people
        who = Choice(
            [t("scenario.person"), t("scenario.computer")],
            0 if is_person else 1,
            set_person,
            key=f"who-{seat.name}",
        )
        role = scenario.roles[seat].title
        name = Text(SEAT_TITLES[seat], "strong", width=132, tip=role)
        named = Row([SeatIcon(seat), name], gap=8)
        which = Select(
            [Item(candidate.name, candidate.text) for candidate in known],
            ids.index(player),
            set_player,
            key=f"which-{seat.name}",
            title=t("scenario.pick_player", seat=SEAT_TITLES[seat]),
            over=self.app,
            width=280 if self.ui.units[0] >= ROOMY else 264,
        )
        return Flow([named, who, *([] if is_person else [which])], gap=12)

    def _theory(self, scenario: Scenario) -> Widget:
        """Which theory holds: drawn in secret, or one that everybody knows."""
        theories = scenario.setting.rulebook.theories
        ids = [DRAWN, *(theory.id for theory in theories)]
        drawn = Item(t("scenario.drawn"), t("scenario.drawn_text"))

        def pick(place: int) -> None:
            self._picked.dealt = replace(self._picked.dealt, theory=ids[place])
            self.app.rebuild()

        items = [drawn, *(Item(theory.name, theory.sentence) for theory in theories)]
        return self._one_of("theory", items, ids.index(self._picked.dealt.theory), pick)

    def _lens(self) -> Widget:
        known = lenses()
        ids = [lens.id for lens in known]

        def pick(place: int) -> None:
            self._picked.lens = ids[place]
            self.app.rebuild()

        items = [Item(lens.name, lens.claim) for lens in known]
        return self._one_of("lens", items, ids.index(self._picked.lens), pick)

    def _one_of(
        self, name: str, items: list[Item], chosen: int, pick: Callable[[int], None]
    ) -> Widget:
        """A list to pick from, under its title, and what it is for."""
        title = t(f"scenario.{name}_title")
        return section(
            t(f"scenario.{name}"),
            Select(items, chosen, pick, key=name, title=title, over=self.app),
            Text(t(f"scenario.{name}_note"), "small", "quiet"),
        )

    def _seed(self) -> Widget:
        def change(text: str) -> None:
            self._picked.seed = text
            self.app.rebuild()

        field = Field(
            self._picked.seed,
            change,
            key="seed",
            most=18,
            allowed=lambda letter: letter in "0123456789",
            width=None,
            grow=1,
        )
        another = Button(
            t("scenario.another"), lambda: change(str(secrets.randbelow(SEEDS))), key="another"
        )
        return section(
            t("scenario.seed"),
            Row([field, another]),
            Text(t("scenario.seed_note"), "small", "quiet"),
        )

    def begin(self) -> None:
        """Begins the game that is picked."""
        picked = self._picked
        scenario = self._files.get(picked.scenario, picked.scenario)
        dealt, luck = picked.dealt, int(picked.seed)

        def start(pin: str) -> None:
            put_untouched_aside(self.app)
            start_match(self.app, scenario, picked.seatings, luck, picked.lens, dealt, pin)

        if picked.led:
            ask_new_pin(self.app, start)
        else:
            start("")
