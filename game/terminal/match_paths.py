"""Matches on the disk, as the commands name them."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from game.content.dealt import DRAWN, NOTHING, Dealt
from game.rules.seats import Seat
from game.session.errors import DamagedError, FileError
from game.session.home import matches_folder, typed_path
from game.session.live import live_luck, live_origin
from game.session.places import SUFFIX, last_unfinished, matches, new_path, summary
from game.session.rescue import rescue
from game.session.view import MatchView, Status

from .errors import UserError
from .started import command, quote

Made = TypeVar("Made")


def folder_called(folder: str | None) -> Path:
    """The folder of matches: the one that was named, else the user's own."""
    return matches_folder() if folder is None else typed_path(folder)


def file_called(file: str) -> Path:
    """The match that somebody names: a path, or the name of a file in the user's own folder."""
    path = typed_path(file)
    own = matches_folder() / path.name
    if os.path.exists(path) or len(path.parts) > 1:
        return path
    for name in (own, own.with_name(f"{own.name}{SUFFIX}")):
        if os.path.exists(name):
            return name
    return path


def unfinished(folder: str | None) -> Path:
    """The match that was played last and is not over.

    Raises:
        UserError: there is none.
    """
    where = folder_called(folder)
    found = last_unfinished(where)
    if found is None:
        sentence = f"{where}: no match here waits to be gone on with"
        if wrong := matches(where)[1]:
            readable = f"{where}: no match here that can be read waits to be gone on with"
            sentence = f"{readable} ({'; '.join(map(str, wrong))})"
        raise UserError(f"{sentence}; begin one with: {command('play')}")
    return found.path


def in_new_file(folder: Path, scenario: str, seed: int, make: Callable[[Path], Made]) -> Made:
    """What is made under the next free name of a folder."""
    while True:
        with suppress(FileExistsError):  # another program took the name just now
            return make(new_path(folder, scenario, seed))


def opened(path: Path, work: Callable[[Path], Made]) -> Made:
    """Does something with a match. A damaged one is saved as far as can be, and said so.

    Raises:
        UserError: the file was damaged; the text says what was saved, and where.
        FileError: it cannot be used for another reason.
    """
    try:
        return work(path)
    except DamagedError as damage:
        raise _saved(path, damage) from None


def refuse_spoiling(path: Path, match: MatchView, what: str, remedy: str) -> None:
    """Refuses to tell the secrets of a match that is not over, or of a fork or copy of such a one.

    Args:
        path: the match's file.
        match: what was read of it.
        what: what would be done, as the beginning of a sentence: "a replay tells".
        remedy: what to do to have it all the same.

    Raises:
        UserError: it would tell what seats cannot know.
    """
    if match.status is not Status.ENDED:
        raise UserError(
            f"{path}: this match is not over, and {what} what its seats cannot know; {remedy}"
        )
    if match.record and (origin := live_origin(path, match.record)):
        raise UserError(
            f"{path}: this game has the luck of {origin.name}, which is not over, and {what} what "
            f"the seats there cannot know; {remedy}"
        )


def refuse_live_luck(scenario: str, seed: int, game: int, option: str) -> None:
    """Refuses to play a game whose luck is that of a match of the user's own that is not over.

    Raises:
        UserError: it would tell what the computers order there.
    """
    if live := live_luck(scenario, seed, game):
        raise UserError(
            f"{live}: this match is not over, and has the same luck; finish it first, or add "
            f"{option} to see all the same what computers would order"
        )


def begin_command(scenario: str, people: Sequence[Seat]) -> str:
    """The command that begins a game for these people, with any luck."""
    seats = [f"--seat {seat.name}" for seat in people]
    return " ".join([command("play"), quote(scenario), *seats])


def play_command(
    scenario: str,
    people: Sequence[Seat],
    given: Mapping[Seat, str | None],
    seed: int,
    dealt: Dealt = NOTHING,
) -> str:
    """The command that begins the same game."""
    parts = [command("play"), quote(scenario)]
    parts += [f"--seat {seat.name}" for seat in people]
    parts += [f"--{seat.name.lower()} {quote(name)}" for seat, name in given.items() if name]
    if dealt.theory != DRAWN:
        parts.append(f"--theory {dealt.theory}")
    parts += [f"--agenda {seat.name}={name}" for seat, name in dealt.agendas]
    return " ".join([*parts, f"--seed {seed}"])


def resume_command(path: Path) -> str:
    """The command that takes a match up again."""
    own = path.parent == Path(os.path.realpath(matches_folder()))
    return command(f"resume {quote(path.name if own else str(path))}")


def _saved(path: Path, damage: DamagedError) -> UserError:
    """What was saved of a damaged match: beside it, else in the user's own folder."""
    told = str(damage)
    for folder in (path.parent, matches_folder()):
        try:
            saved = rescue(path, folder)
        except FileError as error:
            told = str(error)
        else:
            goes_on = not summary(saved.path).over
            told = quote(str(saved.path))
            again = command(f"{'resume' if goes_on else 'replay'} {told}")
            return UserError(saved.sentence, again)
    return UserError(told)
