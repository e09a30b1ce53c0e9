"""Playing, and the matches that are kept."""

import argparse
import os
import stat
import sys

from .options import (
    SEATS,
    Commands,
    add_dealt,
    add_folder,
    add_players,
    add_replace,
    add_separator,
    add_text,
    number_between,
    players_named,
    seed_number,
)
from .window import in_window


def add(commands: Commands) -> None:
    """Adds the commands of this module."""
    _add_play(commands)
    _add_kept(commands)


def _add_play(commands: Commands) -> None:
    play = commands.add_parser(
        "play",
        help="play one or more seats, in a window or in the terminal",
        description="Plays in a window. Where there is no screen for one, and where input or "
        "output is a pipe or a file, it plays in the terminal; --window and --text say which.",
    )
    play.add_argument(
        "scenario",
        nargs="?",
        metavar="SCENARIO",
        help="a scenario's name or file; asked for if left out",
    )
    play.add_argument(
        "--seat",
        action="append",
        default=[],
        metavar="SEAT",
        help=f"a seat that a person plays: {', '.join(SEATS)}; may be repeated",
    )
    play.add_argument(
        "--seed", type=seed_number, metavar="N", help="the game's luck; any if left out"
    )
    add_dealt(play)
    add_players(play)
    play.add_argument(
        "--no-save", action="store_true", help="in the terminal; the game is not kept"
    )
    play.add_argument(
        "--folder", metavar="DIR", help="in the terminal; where the game is kept (your own folder)"
    )
    play.add_argument(
        "--pin",
        action="store_true",
        help="somebody leads the game, with a PIN that is asked for",
    )
    _add_where(play)
    play.set_defaults(run=_play)


def _add_kept(commands: Commands) -> None:
    """The commands for matches that are kept on the disk."""
    resume = commands.add_parser(
        "resume",
        help="go on with a match, in a window or in the terminal",
        description="Goes on with a match, whatever ended it the last time: in a window, and where "
        "play would, in the terminal. The window debriefs one that is over.",
    )
    resume.add_argument(
        "file", nargs="?", metavar="FILE", help="the match; the last one not over if left out"
    )
    add_folder(resume)
    _add_where(resume)
    resume.set_defaults(run=_resume)

    matches = commands.add_parser("matches", help="list the matches")
    add_folder(matches)
    add_text(matches)
    matches.set_defaults(run=_matches)

    fork = commands.add_parser("fork", help="a new match that goes on from a turn of another")
    fork.add_argument("file", metavar="FILE", help="the match that it comes from")
    fork.add_argument(
        "--turn",
        type=number_between(1, 1000),
        required=True,
        metavar="N",
        help="the first turn that is played anew",
    )
    fork.add_argument(
        "--spoil", action="store_true", help="fork a match that is not over: its fork tells secrets"
    )
    add_folder(fork)
    add_text(fork)
    fork.set_defaults(run=_fork)

    export = commands.add_parser(
        "export", help="a match as tables with a dictionary of their columns, or as one file"
    )
    export.add_argument("file", metavar="FILE", help="the match")
    export.add_argument("--csv", metavar="DIR", help="write CSV files into this folder")
    export.add_argument(
        "--parquet", metavar="DIR", help="write Parquet files into this folder (extra: export)"
    )
    export.add_argument(
        "--xlsx", metavar="FILE", help="write a workbook for Excel, LibreOffice and others"
    )
    add_separator(export)
    export.add_argument("--match", metavar="FILE", help="write a copy of the match itself")
    export.add_argument(
        "--spoil", action="store_true", help="write the tables of a match that is not over"
    )
    add_replace(export)
    add_text(export)
    export.set_defaults(run=_export)


def _add_where(parser: argparse.ArgumentParser) -> None:
    """Adds where a game is played."""
    parser.add_argument(
        "--window", action="store_true", help="in a window, also where no terminal is"
    )
    parser.add_argument(
        "--terminal", action="store_true", help="in the terminal, with boxes and colours"
    )
    add_text(parser)


def _play(args: argparse.Namespace) -> int:
    if args.no_save and args.folder:
        raise _mistake("--no-save keeps nothing: leave it out, or leave out --folder")
    if _is_for_a_window(args, "--no-save", "--folder"):
        return _play_in_window(args)
    from game.terminal import play

    return play.run(
        args.scenario,
        args.seat,
        players_named(args),
        seed=args.seed,
        plain=args.text,
        save=not args.no_save,
        folder=args.folder,
        pin=args.pin,
        theory=args.theory,
        agendas=args.agenda,
    )


def _mistake(told: str) -> Exception:
    from game.terminal.errors import UserError

    return UserError(told)


def _is_for_a_window(args: argparse.Namespace, *terminals_own: str) -> bool:
    """Whether a game is played in a window: as the command says, else where somebody can see one.

    Args:
        args: what was typed.
        terminals_own: options that only the terminal has.
    """
    options = ("--text", "--terminal", *terminals_own)
    said = [name for name in options if getattr(args, name.strip("-").replace("-", "_"))]
    if args.window and said:
        raise _mistake(f"--window opens a window: leave it out, or leave out {said[0]}")
    if args.window or said:
        return bool(args.window)
    at_a_terminal = _at_a_terminal()
    if not at_a_terminal and _is_fed():
        return False
    from game.desktop.shell import window

    if window.has_display():
        return True
    if at_a_terminal:
        print(window.PLAYS_IN_TERMINAL, file=sys.stderr)
    return False


def _at_a_terminal() -> bool:
    """Whether somebody sits there: a pipe wants the text that it has always had."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _is_fed() -> bool:
    """Whether input comes from a terminal, a pipe or a file: one that was started by a click has
    none, and what it played as text nobody would see.
    """
    if sys.stdin is None:
        return False
    try:
        kind = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):  # another program's own input
        return True
    return sys.stdin.isatty() or not stat.S_ISCHR(kind)


def _play_in_window(args: argparse.Namespace) -> int:
    from game.desktop import start
    from game.desktop.screens.games.picking import USUAL
    from game.terminal import casting, play

    people, given = casting.seats_called(args.seat), players_named(args)
    casting.refuse_unknown(given)
    play.refuse_both(people, given)
    named = {seat: name for seat, name in given.items() if name}
    dealt = casting.dealt(casting.seen(args.scenario or USUAL), args.theory, args.agenda)
    return in_window(
        lambda: start.play(args.scenario, people, named, args.seed, dealt, led=args.pin)
    )


def _resume(args: argparse.Namespace) -> int:
    if _is_for_a_window(args):
        return _resume_in_window(args)
    from game.terminal import resume

    return resume.run(args.file, folder=args.folder, plain=args.text)


def _resume_in_window(args: argparse.Namespace) -> int:
    from game.desktop import start
    from game.session.view import MatchView
    from game.terminal.match_paths import file_called, opened, unfinished

    path = unfinished(args.folder) if args.file is None else file_called(args.file)
    opened(path, MatchView.read)  # a mistake is told before any window opens
    return in_window(lambda: start.resume(path))


def _matches(args: argparse.Namespace) -> int:
    from game.terminal import matches

    return matches.run(folder=args.folder, plain=args.text)


def _fork(args: argparse.Namespace) -> int:
    from game.terminal import fork

    return fork.run(
        args.file, turn=args.turn, folder=args.folder, spoil=args.spoil, plain=args.text
    )


def _export(args: argparse.Namespace) -> int:
    from game.terminal import export

    return export.run(
        args.file,
        csv=args.csv,
        parquet=args.parquet,
        xlsx=args.xlsx,
        separator=args.separator,
        match=args.match,
        spoil=args.spoil,
        replace=args.replace,
        plain=args.text,
    )
