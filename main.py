"""The door: reads the command line and opens one room."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.rules.seats import Seat
    from game.terminal.simulate import Work

SEATS = ("US", "IRAN", "MILITIA", "IRAQ")
MOST_GAMES = 100_000_000
MOST_CHUNK = 100_000
MOST_CELLS = 100_000
MOST_WORKERS = 61  # Windows can wait for no more

EPILOG = """\
examples:
  python main.py play turn_zero --seat US        the practice game, fifteen minutes
  python main.py play the_article --seat IRAN --seat US   two people, one keyboard
  python main.py rules strike_depots             what a deed costs and does
  python main.py simulate the_article --games 10000 --seed 7
  python main.py explore the_article --us restraint --lens spiral
  python main.py whatif the_article --turn 10 --seat US --deed strike_depots --instead hold
  python main.py report the_article --game 42 --seed 7 -o debrief.html
  python main.py validate                        how the model does against what happened
  python main.py cases the_article               history's moves and the model's odds for each
  python main.py sweep the_article --us all --lens all --games 200 --out cells.csv
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status: 0, 2 for a mistake in what was asked for, 130
    after Ctrl-C.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 (who runs an older one should read why it fails)
        print("The game needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    from game.terminal.errors import guarded

    given = sys.argv[1:] if arguments is None else arguments
    return guarded(lambda: _run(given), prints=bool(given))


def _run(arguments: Sequence[str]) -> int:
    parser = _parser()
    if not arguments:
        from game.desktop import start

        return _in_window(start.title)
    args = parser.parse_args(arguments)
    from game.terminal.spelling import READABLE

    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, READABLE), (sys.stderr, READABLE)):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)
    return int(args.run(args))


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
        "play",
        help="play one or more seats, in a window or in the terminal",
        description="Plays in a window. Where there is no screen for one, and where input or "
        "output is no terminal, it plays in the terminal.",
        allow_abbrev=False,
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
    play.add_argument(
        "--no-save", action="store_true", help="in the terminal; the game is not kept"
    )
    play.add_argument(
        "--folder", metavar="DIR", help="in the terminal; where the game is kept (your own folder)"
    )
    play.add_argument(
        "--terminal", action="store_true", help="in the terminal, with boxes and colours"
    )
    _add_text(play)
    play.set_defaults(run=_play)

    shots = commands.add_parser(
        "shots", help="pictures of every screen of the window, as PNG", allow_abbrev=False
    )
    shots.add_argument("folder", metavar="DIR", help="where they are written")
    shots.set_defaults(run=_shots)

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

    _add_sweep(
        commands.add_parser(
            "sweep",
            help="the same games under many settings, a row for each: CSV or Parquet",
            allow_abbrev=False,
        )
    )

    _add_validation(commands)

    _add_kept(commands)
    _add_replay(
        commands.add_parser(
            "replay",
            help="a kept match, or one game of a simulation, turn by turn",
            allow_abbrev=False,
        )
    )

    _add_report(
        commands.add_parser(
            "report", help="the debrief of a game as one HTML file", allow_abbrev=False
        )
    )

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


def _add_kept(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands for matches that are kept on the disk."""
    resume = commands.add_parser(
        "resume", help="go on with a match, whatever ended it the last time", allow_abbrev=False
    )
    resume.add_argument(
        "file", nargs="?", metavar="FILE", help="the match; the last one not over if left out"
    )
    _add_folder(resume)
    _add_text(resume)
    resume.set_defaults(run=_resume)

    matches = commands.add_parser("matches", help="list the matches", allow_abbrev=False)
    _add_folder(matches)
    _add_text(matches)
    matches.set_defaults(run=_matches)

    fork = commands.add_parser(
        "fork", help="a new match that goes on from a turn of another", allow_abbrev=False
    )
    fork.add_argument("file", metavar="FILE", help="the match that it comes from")
    fork.add_argument(
        "--turn",
        type=_number(1, 1000),
        required=True,
        metavar="N",
        help="the first turn that is played anew",
    )
    _add_folder(fork)
    _add_text(fork)
    fork.set_defaults(run=_fork)

    export = commands.add_parser(
        "export",
        help="a match as tables with a dictionary of their columns, or as one file",
        allow_abbrev=False,
    )
    export.add_argument("file", metavar="FILE", help="the match")
    export.add_argument("--csv", metavar="DIR", help="write CSV files into this folder")
    export.add_argument(
        "--parquet", metavar="DIR", help="write Parquet files into this folder (extra: export)"
    )
    export.add_argument("--match", metavar="FILE", help="write a copy of the match itself")
    _add_text(export)
    export.set_defaults(run=_export)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder", metavar="DIR", help="where matches are kept (your own folder for them)"
    )


def _add_replay(replay: argparse.ArgumentParser) -> None:
    replay.add_argument(
        "name",
        metavar="NAME",
        help="a match's file, ending in .match; or a scenario's name or file",
    )
    replay.add_argument(
        "--explain", action="store_true", help="tell why each seat ordered what it did"
    )
    kept = replay.add_argument_group("of a match")
    kept.add_argument(
        "--turn", type=_number(1, 1000), metavar="N", help="tell this turn only, from 1"
    )
    kept.add_argument(
        "--spoil", action="store_true", help="tell everything of a match that is not over"
    )
    _add_ensemble(replay)
    replay.add_argument(
        "--game",
        type=_number(0, MOST_GAMES),
        metavar="K",
        help="of a scenario: the game's number, from 0",
    )
    replay.set_defaults(run=_replay)


def _add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument(
        "name",
        metavar="FILE",
        help="a match's file; or a scenario's name or file, of which a game is played by computer",
    )
    report.add_argument(
        "-o", "--out", required=True, metavar="OUT.html", help="the file that is written"
    )
    report.add_argument("--pdf", action="store_true", help="a PDF beside it (extra: pdf)")
    report.add_argument(
        "--lens",
        nargs="+",
        action="extend",
        metavar="LENS",
        help="theories to look at force by: balanced, deterrence, proxy, resolve, spiral, a file, "
        "or all (all)",
    )
    report.add_argument(
        "--beside", metavar="FILE", help="another match to lay beside it, such as a fork's parent"
    )
    report.add_argument(
        "--horizon",
        type=_number(1, 1000),
        default=3,
        metavar="K",
        help="turns after each use of force that are compared (3)",
    )
    report.add_argument(
        "--futures",
        type=_number(2, MOST_CHUNK),
        metavar="N",
        help="futures of each turn with force and lens; as many as take a few seconds if left out",
    )
    report.add_argument(
        "--replace", action="store_true", help="write over a file that is no report"
    )
    report.add_argument(
        "--unfinished", action="store_true", help="tell of a match that is still on, secrets too"
    )
    report.add_argument(
        "--workers",
        type=_number(1, MOST_WORKERS),
        default=1,
        metavar="W",
        help="processes (1); changes nothing but the time",
    )
    simulated = report.add_argument_group("of a scenario's game")
    simulated.add_argument(
        "--game",
        type=_number(0, MOST_GAMES),
        default=0,
        metavar="K",
        help="the game's number, from 0 (0)",
    )
    _add_seed(simulated)
    simulated.add_argument(
        "--history", action="store_true", help="all seats give the historical orders"
    )
    _add_players(simulated)
    _add_text(report)
    report.set_defaults(run=_report)


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


def _add_sweep(sweep: argparse.ArgumentParser) -> None:
    sweep.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    sweep.add_argument("--out", required=True, metavar="FILE", help="a .csv or .parquet file")
    for seat in SEATS:
        sweep.add_argument(
            f"--{seat.lower()}",
            nargs="+",
            action="extend",
            metavar="PLAYER",
            help=f"players of {seat}, as for explore, or all for its doctrines",
        )
    sweep.add_argument(
        "--lens", nargs="+", action="extend", metavar="LENS", help="lenses, or all (balanced)"
    )
    sweep.add_argument(
        "--vary",
        action="append",
        default=[],
        metavar="NAME=VALUES",
        help="a parameter of the rulebook or a figure of the opening, with values 0.5,1,2, or "
        "LOW:HIGH:COUNT; with --sample also LOW:HIGH, or no values for its whole range; may be "
        "repeated",
    )
    sweep.add_argument(
        "--sample",
        type=_number(2, MOST_CELLS),
        default=0,
        metavar="N",
        help="N cells of a Latin hypercube, in place of every combination",
    )
    sweep.add_argument(
        "--resume", action="store_true", help="go on with this sweep where it was interrupted"
    )
    _add_work(sweep, games=1000)
    _add_seed(sweep)
    _add_text(sweep)
    sweep.set_defaults(run=_sweep)


def _add_validation(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What the room of validation can do: how far the model holds."""
    validate = commands.add_parser(
        "validate", help="how the model does against what happened", allow_abbrev=False
    )
    _add_amount(validate, "games", 8000, "whole games from the autumn on")
    _add_amount(validate, "pairs", 4000, "pairs of games with and without the strike of March")
    _add_amount(validate, "particles", 1024, "games that follow the record")
    _add_lens(validate)
    validate.set_defaults(run=_validate)

    cases = commands.add_parser(
        "cases", help="history's moves and how likely the model finds each", allow_abbrev=False
    )
    cases.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    _add_amount(cases, "particles", 1024, "games that follow the record")
    _add_lens(cases)
    _add_seed(cases)
    _add_json(cases)
    _add_text(cases)
    cases.set_defaults(run=_cases)

    calibrate = commands.add_parser(
        "calibrate", help="fit the balanced lens to the record up to January", allow_abbrev=False
    )
    _add_amount(calibrate, "rounds", 4, "rounds of the search")
    _add_amount(calibrate, "draws", 100, "sets of parameters tried in a round", least=8)
    _add_amount(calibrate, "games", 512, "autumns simulated for each")
    _add_amount(calibrate, "particles", 192, "games that follow the record for each")
    calibrate.add_argument(
        "--side",
        default="calibration.part",
        metavar="FILE",
        help="keeps what an interrupted run has found (calibration.part)",
    )
    calibrate.set_defaults(run=_calibrate)

    sensitivity = commands.add_parser(
        "sensitivity", help='what the answer to "did it deter?" rests on', allow_abbrev=False
    )
    _add_amount(sensitivity, "trajectories", 16, "paths through all parameters (Morris)", least=2)
    _add_amount(sensitivity, "base", 32, "base points over the few that matter (Sobol)", least=2)
    _add_amount(sensitivity, "few", 5, "how many those are", least=2)
    _add_amount(sensitivity, "games", 600, "pairs of games for each point", least=2)
    _add_amount(sensitivity, "tornado-games", 4000, "pairs for each end of a bar", least=2)
    sensitivity.set_defaults(run=_sensitivity)
    for command in (validate, calibrate, sensitivity):
        _add_workers(command)
        _add_seed(command)
        _add_json(command)
        command.add_argument(
            "--adopt", action="store_true", help="make the result the game's own, files and all"
        )
        _add_text(command)


def _add_amount(
    parser: argparse.ArgumentParser, name: str, default: int, what: str, least: int = 1
) -> None:
    parser.add_argument(
        f"--{name}",
        type=_number(least, 1_000_000),
        default=default,
        metavar="N",
        help=f"{what} ({default})",
    )


def _add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=_number(1, MOST_WORKERS),
        default=1,
        metavar="W",
        help="processes (1); changes nothing but the time",
    )


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
    _add_workers(parser)
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask cluster's, such as tcp://10.0.0.5:8786, in place of processes",
    )


def _add_seed(parser: argparse._ActionsContainer) -> None:
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


def _add_players(parser: argparse._ActionsContainer) -> None:
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
    in_terminal = args.text or args.terminal or args.no_save or args.folder
    if not in_terminal and _at_a_terminal():
        from game.desktop import window

        if window.has_display():
            return _play_in_window(args)
        print(window.PLAYS_IN_TERMINAL, file=sys.stderr)
    from game.terminal import play

    return play.run(
        args.scenario,
        args.seat,
        _players(args),
        seed=args.seed,
        plain=args.text,
        save=not args.no_save,
        folder=args.folder,
    )


def _resume(args: argparse.Namespace) -> int:
    from game.terminal import resume

    return resume.run(args.file, folder=args.folder, plain=args.text)


def _matches(args: argparse.Namespace) -> int:
    from game.terminal import matches

    return matches.run(folder=args.folder, plain=args.text)


def _fork(args: argparse.Namespace) -> int:
    from game.terminal import fork

    return fork.run(args.file, turn=args.turn, folder=args.folder, plain=args.text)


def _export(args: argparse.Namespace) -> int:
    from game.terminal import export

    return export.run(
        args.file, csv=args.csv, parquet=args.parquet, match=args.match, plain=args.text
    )


def _at_a_terminal() -> bool:
    """Whether somebody sits there: a pipe wants the text that it has always had."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _play_in_window(args: argparse.Namespace) -> int:
    from game.desktop import start
    from game.terminal import casting, play

    people, given = casting.seats_called(args.seat), _players(args)
    casting.refuse_unknown(given)
    play.refuse_both(people, given)
    named = {seat: name for seat, name in given.items() if name}
    return _in_window(lambda: start.play(args.scenario, people, named, args.seed))


def _shots(args: argparse.Namespace) -> int:
    from pathlib import Path

    from game.desktop import start

    return _in_window(lambda: start.pictures(Path(args.folder)))


def _in_window(go: "Callable[[], int]") -> int:
    """Does something that needs the window; what keeps it from opening is told in a sentence."""
    from game.desktop.faults import DesktopFault
    from game.terminal.errors import UserError

    try:
        return go()
    except DesktopFault as fault:
        raise UserError(str(fault)) from None


def _simulate(args: argparse.Namespace) -> int:
    from game.terminal import simulate

    return simulate.run(
        args.scenario,
        _players(args),
        _work(args),
        history=args.history,
        **_shared(args),
    )


def _explore(args: argparse.Namespace) -> int:
    from game.terminal import explore

    return explore.run(
        args.scenario,
        _players(args),
        _work(args),
        csv=args.csv,
        **_shared(args),
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

    return Work(args.games, args.seed, args.chunk, args.workers, args.scheduler)


def _shared(args: argparse.Namespace) -> dict[str, Any]:
    """What simulate, explore and replay are told alike."""
    return {"lens": args.lens, "json": args.json, "plain": args.text}


def _sweep(args: argparse.Namespace) -> int:
    from game.rules.seats import Seat
    from game.terminal import sweep

    varied = sweep.Varied(
        players={Seat[seat]: getattr(args, seat.lower()) or [] for seat in SEATS},
        lenses=args.lens or ["balanced"],
        figures=args.vary,
        samples=args.sample,
    )
    return sweep.run(
        args.scenario, varied, _work(args), out=args.out, resume=args.resume, plain=args.text
    )


def _replay(args: argparse.Namespace) -> int:
    from game.terminal import kept, replay, retell
    from game.terminal.errors import UserError

    if kept.is_file_of_match(args.name):
        if args.game is not None or args.json is not None or args.history:
            raise UserError("replay of a match: --game, --json and --history are for scenarios")
        return retell.run(
            args.name, turn=args.turn, reasons=args.explain, spoil=args.spoil, plain=args.text
        )
    if args.game is None or args.turn is not None:
        raise UserError(
            "replay: name a match's file, which ends in .match; or a scenario, and with --game "
            "which of its games (--turn is for matches)"
        )
    return replay.run(
        args.name,
        _players(args),
        game=args.game,
        seed=args.seed,
        history=args.history,
        reasons=args.explain,
        **_shared(args),
    )


def _report(args: argparse.Namespace) -> int:
    from game.terminal import report

    return report.run(
        args.name,
        args.beside,
        report.Simulated(_players(args), args.game, args.seed, args.history),
        report.Wanted(
            out=args.out,
            pdf=args.pdf,
            lenses=args.lens or ["all"],
            horizon=args.horizon,
            futures=args.futures,
            workers=args.workers,
            replace=args.replace,
            unfinished=args.unfinished,
        ),
        plain=args.text,
    )


def _validate(args: argparse.Namespace) -> int:
    from game.terminal import validate
    from game.validation.validate import Plan

    plan = Plan(args.lens, args.games, args.pairs, args.particles, args.seed, args.workers)
    return validate.run(plan, json=args.json, adopt=args.adopt, plain=args.text)


def _cases(args: argparse.Namespace) -> int:
    from game.terminal import cases

    return cases.run(
        args.scenario,
        lens=args.lens,
        seed=args.seed,
        particles=args.particles,
        json=args.json,
        plain=args.text,
    )


def _calibrate(args: argparse.Namespace) -> int:
    from game.terminal import calibrate
    from game.validation.calibrate import Budget

    return calibrate.run(
        Budget(args.seed, args.rounds, args.draws, args.games, args.particles),
        side=args.side,
        workers=args.workers,
        json=args.json,
        adopt=args.adopt,
        plain=args.text,
    )


def _sensitivity(args: argparse.Namespace) -> int:
    from game.terminal import sensitivity
    from game.validation.sensitivity import Spending

    spending = Spending(
        args.seed,
        args.trajectories,
        args.base,
        args.few,
        args.games,
        args.tornado_games,
        args.workers,
    )
    return sensitivity.run(spending, json=args.json, adopt=args.adopt, plain=args.text)


def _rules(args: argparse.Namespace) -> int:
    from game.terminal import rules

    return rules.run(" ".join(args.name) or None, plain=args.text)


def _check(args: argparse.Namespace) -> int:
    from game.terminal import check

    return check.run(args.files)


if __name__ == "__main__":
    sys.exit(main())
