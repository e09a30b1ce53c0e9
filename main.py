"""The door: reads the command line and opens one room."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.rules.seats import Seat
    from game.terminal.simulate import Work

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
  python main.py explore the_article --us restraint --lens spiral
  python main.py whatif the_article --turn 10 --seat US --deed strike_depots --instead hold
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
    _add_work(simulate, games=1000)
    _add_ensemble(simulate)
    simulate.set_defaults(run=_simulate)

    explore = commands.add_parser(
        "explore",
        help="play a scenario many times by doctrines of your choice, through a lens",
        allow_abbrev=False,
    )
    explore.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    _add_work(explore, games=1000)
    _add_seed(explore)
    _add_lens(explore)
    _add_players(explore)
    explore.add_argument("--csv", metavar="FILE", help="write a row for each game; - for stdout")
    _add_json(explore)
    _add_text(explore)
    explore.set_defaults(run=_explore)

    _add_whatif(
        commands.add_parser(
            "whatif",
            help="the same luck, another choice: what one deed did, under each theory",
            allow_abbrev=False,
        )
    )

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
    replay.add_argument(
        "--explain", action="store_true", help="tell why each seat ordered what it did"
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


def _add_whatif(whatif: argparse.ArgumentParser) -> None:
    whatif.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    whatif.add_argument(
        "--turn", type=_number(1, 1000), required=True, metavar="T", help="when, from 1"
    )
    whatif.add_argument("--seat", required=True, metavar="SEAT", help="who: " + ", ".join(SEATS))
    whatif.add_argument("--deed", required=True, metavar="DEED", help="what it orders")
    whatif.add_argument(
        "--instead", default="hold", metavar="DEED", help="what it orders in the other line (hold)"
    )
    whatif.add_argument(
        "--lens",
        nargs="+",
        action="extend",
        metavar="LENS",
        help="theories: balanced, deterrence, proxy, resolve, spiral, a file, or all (all)",
    )
    whatif.add_argument(
        "--horizon",
        type=_number(1, 1000),
        default=3,
        metavar="K",
        help="turns that are compared, this one included (3)",
    )
    whatif.add_argument(
        "--before",
        choices=("history", "players"),
        default="history",
        help="who plays until then: history's orders, or the same players as afterwards (history)",
    )
    _add_work(whatif, games=4000, chunk=1000)
    _add_seed(whatif)
    _add_players(whatif)
    _add_json(whatif)
    _add_text(whatif)
    whatif.set_defaults(run=_whatif)


def _add_work(parser: argparse.ArgumentParser, games: int, chunk: int = 4096) -> None:
    parser.add_argument(
        "--games",
        type=_number(1, MOST_GAMES),
        default=games,
        metavar="N",
        help=f"how many games ({games})",
    )
    parser.add_argument(
        "--chunk",
        type=_number(1, MOST_CHUNK),
        default=chunk,
        metavar="C",
        help=f"games played together ({chunk}); changes nothing but the time",
    )
    parser.add_argument(
        "--workers",
        type=_number(1, MOST_WORKERS),
        default=1,
        metavar="W",
        help="processes (1); changes nothing but the time",
    )


def _add_seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=_seed, default=1, metavar="S", help="the luck of all games (1)"
    )


def _add_lens(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lens",
        default="balanced",
        metavar="LENS",
        help="a theory: balanced, deterrence, proxy, resolve, spiral, or a file (balanced)",
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", metavar="FILE", help="write the results there; - for stdout")


def _add_ensemble(parser: argparse.ArgumentParser) -> None:
    _add_seed(parser)
    _add_lens(parser)
    parser.add_argument(
        "--history", action="store_true", help="all seats give the historical orders"
    )
    _add_players(parser)
    _add_json(parser)
    _add_text(parser)


def _add_players(parser: argparse.ArgumentParser) -> None:
    for seat in SEATS:
        parser.add_argument(
            f"--{seat.lower()}",
            metavar="PLAYER",
            help=f"who plays {seat}: a doctrine (rules lists them), planner, uniform, history",
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

    return simulate.run(
        args.scenario,
        _players(args),
        _work(args),
        history=args.history,
        lens=args.lens,
        json=args.json,
        plain=args.text,
    )


def _explore(args: argparse.Namespace) -> int:
    from game.terminal import explore

    return explore.run(
        args.scenario,
        _players(args),
        _work(args),
        lens=args.lens,
        json=args.json,
        csv=args.csv,
        plain=args.text,
    )


def _whatif(args: argparse.Namespace) -> int:
    from game.terminal import whatif

    return whatif.run(
        args.scenario,
        _players(args),
        _work(args),
        turn=args.turn,
        seat=args.seat,
        deed=args.deed,
        instead=args.instead,
        lenses=args.lens or ["all"],
        horizon=args.horizon,
        before=args.before,
        json=args.json,
        plain=args.text,
    )


def _work(args: argparse.Namespace) -> "Work":
    from game.terminal.simulate import Work

    return Work(args.games, args.seed, args.chunk, args.workers)


def _replay(args: argparse.Namespace) -> int:
    from game.terminal import replay

    return replay.run(
        args.scenario,
        _players(args),
        game=args.game,
        seed=args.seed,
        history=args.history,
        lens=args.lens,
        reasons=args.explain,
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
