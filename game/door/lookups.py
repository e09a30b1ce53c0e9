"""Looking back at a game, and things up in the rulebook."""

import argparse

from .options import (
    FIRST_SEED,
    MOST_CHUNK,
    MOST_GAMES,
    SEATS,
    Commands,
    add_ensemble,
    add_history,
    add_players,
    add_seed,
    add_text,
    add_workers,
    number_between,
    options_given,
    output_asked,
    players_named,
    premises_asked,
)


def add(commands: Commands) -> None:
    """Adds the commands of this module."""
    _add_replay(
        commands.add_parser(
            "replay", help="a kept match, or one game of a simulation, turn by turn"
        )
    )
    _add_report(commands.add_parser("report", help="the debrief of a game as one HTML file"))
    _add_rules(commands)
    _add_check(commands)


def _add_replay(replay: argparse.ArgumentParser) -> None:
    replay.add_argument(
        "name",
        metavar="NAME",
        help="a match's file, ending in .match; or a scenario's name or file",
    )
    replay.add_argument(
        "--explain", action="store_true", help="tell why each seat ordered what it did"
    )
    match_paths = replay.add_argument_group("of a match")
    match_paths.add_argument(
        "--turn", type=number_between(1, 1000), metavar="N", help="tell this turn only, from 1"
    )
    match_paths.add_argument(
        "--spoil",
        action="store_true",
        help="tell everything of a match that is not over, or of its luck",
    )
    add_ensemble(replay)
    replay.add_argument(
        "--game",
        type=number_between(0, MOST_GAMES),
        metavar="K",
        help="of a scenario: the game's number, from 0",
    )
    # None tells an option that was left out from one that says what is done anyhow
    replay.set_defaults(run=_replay, seed=None, lens=None, theory=None, agenda=[])


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
        type=number_between(1, 1000),
        default=3,
        metavar="K",
        help="turns after each use of force that are compared (3)",
    )
    report.add_argument(
        "--futures",
        type=number_between(2, MOST_CHUNK),
        metavar="N",
        help="futures of each turn with force and lens; as many as take a few seconds if left out",
    )
    report.add_argument(
        "--replace", action="store_true", help="write over a file that is no report"
    )
    report.add_argument(
        "--unfinished", action="store_true", help="tell of a match that is still on, secrets too"
    )
    add_workers(report)
    simulated = report.add_argument_group("of a scenario's game")
    simulated.add_argument(
        "--game",
        type=number_between(0, MOST_GAMES),
        metavar="K",
        help="the game's number, from 0 (0)",
    )
    add_seed(simulated)
    add_history(simulated)
    add_players(simulated)
    add_text(report)
    report.set_defaults(run=_report, seed=None)


def _add_rules(commands: Commands) -> None:
    rules = commands.add_parser("rules", help="look something up in the rulebook")
    rules.add_argument(
        "name",
        nargs="*",
        metavar="NAME",
        help="an action, statement, message, figure, parameter, ending ...; all if left out",
    )
    add_text(rules)
    rules.set_defaults(run=_rules)


def _add_check(commands: Commands) -> None:
    check = commands.add_parser("check", help="find the mistakes in scenarios and other data")
    check.add_argument("files", nargs="*", metavar="FILE", help="the game's own if left out")
    check.set_defaults(run=_check)


def _replay(args: argparse.Namespace) -> int:
    from game.session.places import is_file_of_match
    from game.terminal import replay, replay_match
    from game.terminal.errors import UserError

    if is_file_of_match(args.name):
        if others := options_given(
            args, "game", "seed", "lens", "theory", "history", "json", *SEATS
        ):
            raise UserError(
                f"replay of a match: its file says what was played; leave out {others}, which "
                "is for scenarios"
            )
        return replay_match.run(
            args.name, turn=args.turn, reasons=args.explain, spoil=args.spoil, plain=args.text
        )
    if args.game is None or args.turn is not None:
        raise UserError(
            "replay: name a match's file, which ends in .match; or a scenario, and with --game "
            "which of its games (--turn is for matches)"
        )
    return replay.run(
        args.name,
        players_named(args),
        game=args.game,
        seed=FIRST_SEED if args.seed is None else args.seed,
        history=args.history,
        premises=premises_asked(args),
        reasons=args.explain,
        spoil=args.spoil,
        output=output_asked(args),
    )


def _report(args: argparse.Namespace) -> int:
    from game.session.places import is_file_of_match
    from game.terminal import report
    from game.terminal.errors import UserError

    others = options_given(args, "game", "seed", "history", *SEATS)
    if others and is_file_of_match(args.name):
        raise UserError(
            f"report of a match: its file says what was played; leave out {others}, which is for "
            "scenarios"
        )
    seed = FIRST_SEED if args.seed is None else args.seed
    return report.run(
        args.name,
        args.beside,
        report.Simulated(players_named(args), args.game or 0, seed, args.history),
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


def _rules(args: argparse.Namespace) -> int:
    from game.terminal import rules

    return rules.run(" ".join(args.name) or None, plain=args.text)


def _check(args: argparse.Namespace) -> int:
    from game.terminal import check

    return check.run(args.files)
