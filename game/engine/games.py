"""What is asked of the engine, and what it gives back."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from game.players.base import Choice, Player
from game.rules.digest import game_digests
from game.rules.endings import marks
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Floats, Keys, State

Given = Mapping[int, Mapping[Seat, Choice | Player]]
"""Orders by turn, counted from 0, and seat: (B,) or, for all games alike, (1,); or who gives them
in that turn, in place of the seat's player.
"""


class Played(Protocol):
    """B games that were played on."""

    _setting: Setting
    kept: dict[str, NDArray[Any]]
    """Arrays by name, (turns, …, B), as they stood after every turn that was played."""

    @property
    def state(self) -> State:
        """As it stands."""

    @property
    def outcome(self) -> Outcome:
        """What happened in the last turn."""

    @property
    def scores(self) -> Floats:
        """(4, B) the marks as they stand."""
        return marks(self._setting, self.state)

    @property
    def digests(self) -> Keys:
        """(B,) the digests of the states."""
        return game_digests(self.state)

    def array(self, name: str) -> NDArray[Any]:
        """(…, B) an array of the state, the outcome or the orders."""
