"""Options that several commands share, and what was said in them."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from game.rules.seats import Seat
    from game.terminal.casting import Premises
    from game.terminal.files import Output
    from game.terminal.simulate import Work

    Commands = argparse._SubParsersAction[Any]
else:
    Commands = object

SEATS = ("US", "IRAN", "MILITIA", "IRAQ")
MOST_GAMES = 100_000_000
MOST_CHUNK = 100_000
MOST_CELLS = 100_000
FIRST_SEED = 1
"""The luck where nothing is said of it."""
MOST_WORKERS = 61  # Windows can wait for no more


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Adds where matches are kept."""
    parser.add_argument(
        "--folder", metavar="DIR", help="where matches are kept (your own folder for them)"
    )


def add_amount(
    parser: argparse.ArgumentParser, name: str, default: int, what: str, least: int = 1
) -> None:
    """Adds a whole number of something, with its usual value."""
    parser.add_argument(
        f"--{name}",
        type=number_between(least, 1_000_000),
        default=default,
        metavar="N",
        help=f"{what} ({default})",
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Adds how many processes."""
    parser.add_argument(
        "--workers",
        type=number_between(1, MOST_WORKERS),
        default=1,
        metavar="W",
        help="processes (1); changes nothing but the time",
    )


def add_work(parser: argparse.ArgumentParser, games: int, chunk: int = 4096) -> None:
    """Adds how many games, and how they are cut and spread."""
    parser.add_argument(
        "--games",
        type=number_between(1, MOST_GAMES),
        default=games,
        metavar="N",
        help=f"how many games ({games})",
    )
    parser.add_argument(
        "--chunk",
        type=number_between(1, MOST_CHUNK),
        default=chunk,
        metavar="C",
        help=f"games played together ({chunk}); changes nothing but the time",
    )
    add_workers(parser)
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask cluster's, such as tcp://10.0.0.5:8786, in place of processes",
    )


def add_seed(parser: argparse._ActionsContainer) -> None:
    """Adds the luck of all games."""
    parser.add_argument(
        "--seed",
        type=seed_number,
        default=FIRST_SEED,
        metavar="S",
        help="the luck of all games (1)",
    )


def add_lens(parser: argparse.ArgumentParser) -> None:
    """Adds one theory."""
    parser.add_argument(
        "--lens",
        default="balanced",
        metavar="LENS",
        help="a theory: balanced, deterrence, proxy, resolve, spiral, or a file (balanced)",
    )


def add_dealt(parser: argparse.ArgumentParser) -> None:
    """Adds what is drawn unless somebody chooses."""
    parser.add_argument(
        "--theory",
        default="drawn",
        metavar="THEORY",
        help="the theory that holds: drawn in secret (the usual), or one that everybody knows: "
        "balanced, deterrence or spiral",
    )
    parser.add_argument(
        "--agenda",
        action="append",
        default=[],
        metavar="SEAT=AGENDA",
        help="what a seat wants most, such as US=troops_home; drawn if left out; may be repeated",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Adds a file for the results."""
    parser.add_argument("--json", metavar="FILE", help="write the results there; - for stdout")
    add_replace(parser)


def add_separator(parser: argparse.ArgumentParser) -> None:
    """Adds what parts the cells of CSV."""
    parser.add_argument(
        "--separator",
        type=_separator,
        default=",",
        metavar="SIGN",
        help="what parts the cells of CSV: , or ; or tab; with the latter two a spreadsheet opens "
        "the file by a double click, and with ; numbers have a comma, as in much of Europe (,)",
    )


def _separator(text: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if sign not in (",", ";", "\t"):
        raise argparse.ArgumentTypeError(f'"{text[:40]}" will not do; write , or ; or tab')
    return sign


def add_replace(parser: argparse.ArgumentParser) -> None:
    """Adds the leave to write over a file."""
    parser.add_argument(
        "--replace", action="store_true", help="write over a file that is no older result"
    )


def add_ensemble(parser: argparse.ArgumentParser) -> None:
    """Adds what simulate and replay are told alike."""
    add_seed(parser)
    add_lens(parser)
    add_dealt(parser)
    add_history(parser)
    add_players(parser)
    add_json(parser)
    add_text(parser)


def add_history(parser: argparse._ActionsContainer) -> None:
    """Adds that history is played."""
    parser.add_argument(
        "--history", action="store_true", help="all seats give the historical orders"
    )


def add_players(parser: argparse._ActionsContainer) -> None:
    """Adds who plays each seat."""
    for seat in SEATS:
        parser.add_argument(
            f"--{seat.lower()}",
            metavar="PLAYER",
            help=f"who plays {seat}: a doctrine (rules lists them; people:NAME plays it as people "
            "choose, see rules choosing), planner, uniform, history",
        )


def add_text(parser: argparse.ArgumentParser) -> None:
    """Adds plain text."""
    parser.add_argument(
        "--text", action="store_true", help="plain text, for screen readers and simple terminals"
    )


def number_between(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers in a range."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(
                f'"{text[:40]}" will not do; write a whole number from {low} to {high}'
            )
        return number

    return read


def day(text: str) -> "date":
    """A reader of days."""
    from datetime import date

    from game.content.kinds import FIRST_YEAR, LAST_YEAR

    try:
        found = date.fromisoformat(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError(text)
        return found
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text[:40]}" will not do; write a day as 2020-06-30'
        ) from None


def seed_number(text: str) -> int:
    """A reader of seeds: whole numbers of 64 bits, for no more of them counts."""
    try:
        seed = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text[:40]}" is no seed; write a whole number'
        ) from None
    if not -(2**63) <= seed < 2**64:
        raise argparse.ArgumentTypeError(
            f'"{text[:40]}" has too many digits for a seed; write one from 0 to {2**64 - 1}'
        )
    return seed


def players_named(args: argparse.Namespace) -> "dict[Seat, str | None]":
    """Who was named for each seat; None where nobody was."""
    from game.rules.seats import Seat

    return {Seat[seat]: getattr(args, seat.lower()) for seat in SEATS}


def work_asked(args: argparse.Namespace) -> "Work":
    """How much is to be played, and where."""
    from game.terminal.simulate import Work

    return Work(args.games, args.seed, args.chunk, args.workers, args.scheduler)


def premises_asked(args: argparse.Namespace) -> "Premises":
    """Which world games are played by."""
    from game.terminal.casting import Premises

    return Premises(args.lens or "balanced", args.theory or "drawn", args.agenda)


def output_asked(args: argparse.Namespace) -> "Output":
    """How the result is given."""
    from game.terminal.files import Output

    return Output(args.json, args.replace, args.text)


def options_given(args: argparse.Namespace, *names: str) -> str:
    """Those of these options that were given, as they are typed."""
    given = [name.lower() for name in names]
    return ", ".join(
        f"--{name}" for name in given if not any(getattr(args, name) is x for x in (None, False))
    )
