"""The door: reads the command line and opens one room."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.rules.seats import Seat

SEATS = ("US", "IRAN", "MILITIA", "IRAQ")
MOST_GAMES = 100_000_000
MOST_CHUNK = 100_000
MOST_WORKERS = 61  # Windows can wait for no more

EPILOG = """\
examples:
  python main.py play turn_zero --seat US        the practice game, fifteen minutes
  python main.py play the_article --seat IRAN --seat US   two people, one keyboard
  python main.py rules strike_depots             what a deed costs and does
  python main.py simulate the_article --games 10000 --seed 7
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status: 0, 2 for a mistake in what was asked for, 130
    after Ctrl-C.
    """
    parser = _parser()
    if not (sys.argv[1:] if arguments is None else arguments):
        print("Welcome. The window is not built yet; the game is played in the terminal.\n")
        parser.print_help()
        return 0
    args = parser.parse_args(arguments)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from game.terminal.errors import guarded

    return guarded(lambda: int(args.run(args)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Restoring Deterrence: the crisis between the United States, Iran, the Iraqi "
        "militias and the Iraqi government, 2019 to 2020. Does force restore deterrence?",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    play = commands.add_parser(
        "play", help="play one or more seats in the terminal", allow_abbrev=False
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
    play.add_argument("--seed", type=_seed, metavar="N", help="the game's luck; any if left out")
    _add_players(play)
    _add_text(play)
    play.set_defaults(run=_play)

    simulate = commands.add_parser(
        "simulate", help="play a scenario many times by computer", allow_abbrev=False
    )
    simulate.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    simulate.add_argument(
        "--games",
        type=_number(1, MOST_GAMES),
        default=1000,
        metavar="N",
        help="how many games (1000)",
    )
    simulate.add_argument(
        "--chunk",
        type=_number(1, MOST_CHUNK),
        default=4096,
        metavar="C",
        help="games played together (4096); changes nothing but the time",
    )
    simulate.add_argument(
        "--workers",
        type=_number(1, MOST_WORKERS),
        default=1,
        metavar="W",
        help="processes (1); changes nothing but the time",
    )
    _add_ensemble(simulate)
    simulate.set_defaults(run=_simulate)

    replay = commands.add_parser(
        "replay", help="one game of a simulation, turn by turn", allow_abbrev=False
    )
    replay.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    replay.add_argument(
        "--game",
        type=_number(0, MOST_GAMES),
        required=True,
        metavar="K",
        help="the game's number, from 0",
    )
    _add_ensemble(replay)
    replay.set_defaults(run=_replay)

    rules = commands.add_parser(
        "rules", help="look something up in the rulebook", allow_abbrev=False
    )
    rules.add_argument(
        "name",
        nargs="*",
        metavar="NAME",
        help="a deed, word, message, figure, parameter, ending ...; all if left out",
    )
    _add_text(rules)
    rules.set_defaults(run=_rules)

    check = commands.add_parser(
        "check", help="find the mistakes in scenarios and other data", allow_abbrev=False
    )
    check.add_argument("files", nargs="*", metavar="FILE", help="the game's own if left out")
    check.set_defaults(run=_check)
    return parser


def _add_ensemble(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=_seed, default=1, metavar="S", help="the luck of all games (1)"
    )
    parser.add_argument(
        "--history", action="store_true", help="all seats give the historical orders"
    )
    _add_players(parser)
    parser.add_argument("--json", metavar="FILE", help="write the results there; - for stdout")
    _add_text(parser)


def _add_players(parser: argparse.ArgumentParser) -> None:
    for seat in SEATS:
        parser.add_argument(
            f"--{seat.lower()}",
            metavar="PLAYER",
            help=f"who plays {seat}: a doctrine (rules lists them), uniform, history",
        )


def _add_text(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--text", action="store_true", help="plain text, for screen readers and simple terminals"
    )


def _number(low: int, high: int) -> Callable[[str], int]:
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


def _seed(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text[:40]}" is no seed; write a whole number'
        ) from None


def _players(args: argparse.Namespace) -> "dict[Seat, str | None]":
    from game.rules.seats import Seat

    return {Seat[seat]: getattr(args, seat.lower()) for seat in SEATS}


def _play(args: argparse.Namespace) -> int:
    from game.terminal import play

    return play.run(args.scenario, args.seat, _players(args), seed=args.seed, plain=args.text)


def _simulate(args: argparse.Namespace) -> int:
    from game.terminal import simulate

    work = simulate.Work(args.games, args.seed, args.chunk, args.workers)
    return simulate.run(
        args.scenario, _players(args), work, history=args.history, json=args.json, plain=args.text
    )


def _replay(args: argparse.Namespace) -> int:
    from game.terminal import replay

    return replay.run(
        args.scenario,
        _players(args),
        game=args.game,
        seed=args.seed,
        history=args.history,
        json=args.json,
        plain=args.text,
    )


def _rules(args: argparse.Namespace) -> int:
    from game.terminal import rules

    return rules.run(" ".join(args.name) or None, plain=args.text)


def _check(args: argparse.Namespace) -> int:
    from game.terminal import check

    return check.run(args.files)


if __name__ == "__main__":
    sys.exit(main())
