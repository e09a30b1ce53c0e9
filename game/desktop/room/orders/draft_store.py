"""Orders in the making, kept beside the matches so that a window that closes in the middle of a
turn loses none of them: a file for each game and seat, which nothing but that seat's desk reads.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, ValidationError

from game.content.order_codec import order_names, order_of
from game.rules.seats import Seat
from game.session.drafting import Draft
from game.session.events import Odds, OrderNames
from game.session.home import matches_folder
from game.session.view import MatchView

from ...texts import t

FOLDER = "drafts"
VERSION: Literal[1] = 1
_BYTES = getattr(os, "O_BINARY", 0)
"""Else Windows writes its own line ends."""


class _Kept(OrderNames):
    """A file: an order by name, as a journal has it, and of which turn it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[1]
    turn: int
    after: str
    """The digest of the state that the turn before led to; empty before the first."""
    forecast: dict[str, Odds]


class DraftStore:
    """The orders in the making of one match. One without a file keeps none."""

    def __init__(
        self, match: MatchView, tell: Callable[[str], None], untell: Callable[[str], None]
    ) -> None:
        """`tell` is told in a sentence where the disk takes none, `untell` the same sentence when
        it is no longer true.
        """
        self._match, self._tell, self._untell = match, tell, untell
        self._game = match.record.game.id if match.record else ""
        self._told = ""
        """What was told of the disk, until it takes orders again."""

    def _path(self, seat: Seat) -> Path:
        return matches_folder().parent / FOLDER / f"{self._game}-{seat.name}.json"

    @property
    def _after(self) -> str:
        turns = self._match.match_state.turns
        return turns[-1].hash if turns else ""

    def read(self, seat: Seat) -> Draft | None:
        """What a seat had picked for this very turn; None where nothing was kept, or it does not
        fit.
        """
        if not self._game:
            return None
        try:
            path = self._path(seat)
            if not os.path.isfile(path):  # a pipe would be waited for
                return None
            kept = _Kept.model_validate_json(path.read_bytes())
            if (kept.turn, kept.after) != (self._match.state.turn, self._after):
                return None
            order = order_of(self._match.scenario.setting.rulebook, seat, dict(kept))
            return Draft(order, {Seat[name]: odds for name, odds in kept.forecast.items()})
        except (OSError, ValidationError, ValueError, KeyError):
            return None

    def keep(self, seat: Seat, draft: Draft) -> None:
        """Keeps what a seat has picked; an empty draft is forgotten."""
        if not self._game:
            return
        path = self._path(seat)
        if draft == Draft():
            with suppress(OSError):  # an old one is of another turn, and is not read
                path.unlink(missing_ok=True)
            self._untell(self._told)
            return
        try:
            _write(path, self._as_json(seat, draft).encode())
        except OSError as error:
            if not self._told:
                self._told = t("room.draft_not_kept", folder=path.parent, why=error.strerror)
                self._tell(self._told)
            return
        self._untell(self._told)
        self._told = ""

    def _as_json(self, seat: Seat, draft: Draft) -> str:
        names = order_names(self._match.scenario.setting.rulebook, seat, draft.order)
        kept = _Kept.model_validate(
            {
                **names,
                "version": VERSION,
                "turn": self._match.state.turn,
                "after": self._after,
                "forecast": {about.name: float(p) for about, p in draft.forecast.items()},
            }
        )
        return kept.model_dump_json(indent=1)


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, on the disk when it returns; for its owner alone to read.

    Raises:
        OSError: the disk does not take it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BYTES, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
