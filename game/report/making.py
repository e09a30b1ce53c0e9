"""From a match to its report, with progress: what commands and windows call."""

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, ExitStack

from game import __version__
from game.content.lens import BALANCED, Lens
from game.futures.force import HORIZON
from game.futures.inquiry import Progress, inquire
from game.session.view import MatchView
from game.views.played import PlayedGame

from .debrief import Subject
from .page import page
from .taking import Unfiled, computers_of, taken


def made(
    match: MatchView,
    lenses: Sequence[Lens],
    *,
    beside: MatchView | None = None,
    horizon: int = HORIZON,
    futures: int | None = None,
    workers: int = 1,
) -> Generator[Progress, None, str]:
    """Gives progress as it goes, and the document as the generator's value; closing it ends the
    work.

    Args:
        match: what is told of; at least one turn of it was played. One without a file must be
            played as its scenario is written, through no lens.
        lenses: the theories under which its uses of force are looked at, at least one.
        beside: another match of the same scenario, such as the one it was forked from.
        horizon: turns after each use of force that are compared.
        futures: of each turn with force and lens; as many as take a few seconds if None.
        workers: processes; they change no result.

    Raises:
        ContentError: this version of the game cannot play a match's texts.
        ValueError: no turn of one of them was played.
    """
    with ExitStack() as stack:
        game = stack.enter_context(_taken(match))
        other = None if beside is None else stack.enter_context(_taken(beside))
        findings = yield from inquire(
            game,
            lenses,
            computers_of(match),
            horizon=horizon,
            futures=futures,
            workers=workers,
        )
        return page(Subject(game, findings), other, __version__)


def _taken(match: MatchView) -> AbstractContextManager[PlayedGame]:
    return taken(match, unfiled=None if match.record else Unfiled(match.scenario, BALANCED))
