"""Many games: ensembles, what-ifs, sweeps."""

import argparse

from .options import (
    MOST_CELLS,
    SEATS,
    Commands,
    add_dealt,
    add_ensemble,
    add_json,
    add_lens,
    add_players,
    add_replace,
    add_seed,
    add_separator,
    add_text,
    add_work,
    number_between,
    output_asked,
    players_named,
    premises_asked,
    work_asked,
)


def add(commands: Commands) -> None:
    """Adds the commands of this module."""
    _add_simulate(commands)
    _add_explore(commands)
    _add_whatif(
        commands.add_parser(
            "whatif", help="the same luck, another choice: what one action did, under each theory"
        )
    )
    _add_sweep(
        commands.add_parser(
            "sweep", help="the same games under many settings, a row for each: CSV or Parquet"
        )
    )


def _add_simulate(commands: Commands) -> None:
    simulate = commands.add_parser("simulate", help="play a scenario many times by computer")
    simulate.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    add_work(simulate, games=1000)
    add_ensemble(simulate)
    simulate.set_defaults(run=_simulate)


def _add_explore(commands: Commands) -> None:
    explore = commands.add_parser(
        "explore", help="play a scenario many times by doctrines of your choice, through a lens"
    )
    explore.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    add_work(explore, games=1000)
    add_seed(explore)
    add_lens(explore)
    add_dealt(explore)
    add_players(explore)
    explore.add_argument("--csv", metavar="FILE", help="write a row for each game; - for stdout")
    add_separator(explore)
    add_json(explore)
    add_text(explore)
    explore.set_defaults(run=_explore)


def _add_whatif(whatif: argparse.ArgumentParser) -> None:
    whatif.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    whatif.add_argument(
        "--turn", type=number_between(1, 1000), required=True, metavar="T", help="when, from 1"
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
        type=number_between(1, 1000),
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
    add_work(whatif, games=4000, chunk=1000)
    add_seed(whatif)
    add_players(whatif)
    add_json(whatif)
    add_text(whatif)
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
        type=number_between(2, MOST_CELLS),
        default=0,
        metavar="N",
        help="N cells of a Latin hypercube, in place of every combination",
    )
    sweep.add_argument(
        "--resume", action="store_true", help="go on with this sweep where it was interrupted"
    )
    add_separator(sweep)
    add_replace(sweep)
    add_work(sweep, games=1000)
    add_seed(sweep)
    add_text(sweep)
    sweep.set_defaults(run=_sweep)


def _simulate(args: argparse.Namespace) -> int:
    from game.terminal import simulate

    return simulate.run(
        args.scenario,
        players_named(args),
        work_asked(args),
        history=args.history,
        premises=premises_asked(args),
        output=output_asked(args),
    )


def _explore(args: argparse.Namespace) -> int:
    from game.terminal import explore

    return explore.run(
        args.scenario,
        players_named(args),
        work_asked(args),
        csv=args.csv,
        separator=args.separator,
        premises=premises_asked(args),
        output=output_asked(args),
    )


def _whatif(args: argparse.Namespace) -> int:
    from game.terminal import whatif

    return whatif.run(
        args.scenario,
        players_named(args),
        work_asked(args),
        turn=args.turn,
        seat=args.seat,
        deed=args.deed,
        instead=args.instead,
        lenses=args.lens or ["all"],
        horizon=args.horizon,
        before=args.before,
        output=output_asked(args),
    )


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
        args.scenario,
        varied,
        work_asked(args),
        out=args.out,
        resume=args.resume,
        separator=args.separator,
        replace=args.replace,
        plain=args.text,
    )
