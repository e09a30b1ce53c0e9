"""How games that are kept are told of: what they are called, who plays, how they ended."""

import os
from datetime import datetime
from pathlib import Path

from game.content.load import load_rulebook
from game.session.events import Kind
from game.session.match_files import given_name
from game.session.places import Summary
from game.session.record import Game
from game.views.called import lens_name
from game.views.names import SEAT_TITLES

from ...texts import t
from ...texts.dates import short_day

_LONGEST = 45
"""Letters of a path."""


def describe_match(match: Summary) -> str:
    """What a game is called: as somebody named it, and what it is."""
    name = given_name(match.path)
    return f"{name}: {whence(match.game)}" if name else whence(match.game)


def whence(game: Game) -> str:
    """The title of a game with its seed, and from which turn on it leaves an earlier one."""
    if game.parent_turn is None:
        return t("resume.own", title=game.title, seed=_short(game.seed_text))
    seed = _short(game.seed_text)
    return t("resume.fork", title=game.title, seed=seed, turn=game.parent_turn)


def tip(match: Summary) -> str:
    """What is told of a game beside what the list shows."""
    game = match.game
    words = t(
        "resume.seed",
        seed=_short(game.seed_text),
        lens=lens_name(game.lens),
        file=match.path.name,
    )
    if game.parent_turn is None or game.parent_file is None:
        return words
    return f"{words} {t('resume.fork_tip', turn=game.parent_turn, file=game.parent_file)}"


def _short(seed: str) -> str:
    """A seed that anybody may have made as long as they like, with its middle left out."""
    return seed if len(seed) <= 12 else f"{seed[:5]}…{seed[-5:]}"


def people(match: Summary) -> str:
    """The seats that people play, with their names."""
    named = [
        f"{SEAT_TITLES[seat]}" + (f" ({name})" if name else "")
        for seat, (kind, name) in sorted(match.seats.items())
        if kind is not Kind.COMPUTER
    ]
    return ", ".join(named) or t("resume.people_none")


def ending(match: Summary) -> str:
    """How a game ended."""
    named = {ending.id: ending.name for ending in load_rulebook().endings}
    return named.get(match.ending, t("resume.early"))


def when(stamp: str) -> str:
    """A moment, as a journal has it, in the time of this place."""
    moment = datetime.fromisoformat(stamp).astimezone()
    return f"{short_day(moment.date())}, {moment:%H:%M}"


def short_path(folder: Path) -> str:
    """A folder's path that a line holds: of a long one, its end; the tip tells all of it."""
    whole = str(folder)
    if len(whole) <= _LONGEST:
        return whole
    end = whole[-_LONGEST:]
    return f"…{end[max(0, end.find(os.sep)) :]}"
