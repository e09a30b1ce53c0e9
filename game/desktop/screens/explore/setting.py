"""What is to be explored: scenario, players, lens, how many futures, and the luck."""

import secrets
from dataclasses import dataclass, field

from game.content.lens import BALANCED
from game.futures.ensemble import Ensemble
from game.rules.seats import SEATS, Seat
from game.views.names import SEAT_TITLES

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Row
from ...widgets.choice import Choice
from ...widgets.entry import Field
from ...widgets.seat import SeatIcon
from ...widgets.select import Item, Select
from ...widgets.text import Text
from ..games.casting import candidates, lenses
from ..games.picking import USUAL, scenarios

COUNTS = (200, 1_000, 5_000, 20_000)


@dataclass(slots=True)
class Query:
    """What is to be explored."""

    scenario: str = USUAL
    players: dict[Seat, str] = field(default_factory=dict)
    lens: str = BALANCED
    games: int = COUNTS[1]
    seed: str = field(default_factory=lambda: str(secrets.randbelow(1_000_000)))

    def ensemble(self) -> Ensemble:
        """The games."""
        return Ensemble(
            self.scenario,
            self.games,
            int(self.seed or 0),
            tuple(self.players.items()),
            self.lens,
            rows=True,
        )


class Setting:
    """Builds the form that it is asked by."""

    def __init__(self, app: App, query: Query) -> None:
        self._app, self._query = app, query

    def build(self) -> list[Widget]:
        """The form."""
        query = self._query
        known = scenarios()[0]
        scenario = next(s for s in known if s.id == query.scenario)
        known_lenses = lenses()

        def set_scenario(place: int) -> None:
            query.scenario = known[place].id
            query.players.clear()
            self._app.rebuild()

        def set_lens(place: int) -> None:
            query.lens = known_lenses[place].id
            self._app.rebuild()

        def set_games(place: int) -> None:
            query.games = COUNTS[place]
            self._app.rebuild()

        def set_seed(text: str) -> None:
            query.seed = text
            self._app.rebuild()

        return [
            Text(t("explore.scenario"), "label", "quiet"),
            Select(
                [Item(s.title, s.blurb) for s in known],
                known.index(scenario),
                set_scenario,
                key="scenario",
                title=t("explore.scenario"),
                over=self._app,
            ),
            Text(t("explore.players"), "label", "quiet"),
            *(self._player(seat) for seat in SEATS),
            Text(t("explore.lens"), "label", "quiet"),
            Select(
                [Item(lens.name, lens.claim) for lens in known_lenses],
                [lens.id for lens in known_lenses].index(query.lens),
                set_lens,
                key="lens",
                title=t("explore.lens"),
                over=self._app,
            ),
            Text(t("explore.games"), "label", "quiet"),
            Choice([f"{n:,}" for n in COUNTS], COUNTS.index(query.games), set_games, key="games"),
            Text(t("explore.seed"), "label", "quiet"),
            Field(
                query.seed,
                set_seed,
                key="seed",
                most=18,
                allowed=lambda letter: letter in "0123456789",
                width=None,
            ),
        ]

    def _player(self, seat: Seat) -> Widget:
        scenario = next(s for s in scenarios()[0] if s.id == self._query.scenario)
        known = candidates(scenario, seat)
        ids = [candidate.id for candidate in known]

        def pick(place: int) -> None:
            self._query.players[seat] = ids[place]
            self._app.rebuild()

        chosen = self._query.players.get(seat, scenario.roles[seat].doctrine)
        select = Select(
            [Item(candidate.name, candidate.text) for candidate in known],
            ids.index(chosen),
            pick,
            key=f"player-{seat.name}",
            title=t("scenario.pick_player", seat=SEAT_TITLES[seat]),
            over=self._app,
        )
        name = Row([SeatIcon(seat), Text(SEAT_TITLES[seat], "label", seat.name, grow=1)], gap=6)
        return Column([name, select], gap=3)
