"""How far to trust the model."""

import argparse
import os

from .options import (
    SEATS,
    Commands,
    add_amount,
    add_json,
    add_lens,
    add_seed,
    add_text,
    add_workers,
    day,
    output_asked,
)


def add(commands: Commands) -> None:
    """Adds the commands of this module."""
    _add_validation(commands)
    _add_forecasts(commands)
    _add_depth(commands)


def _add_validation(commands: Commands) -> None:
    """What the room of validation can do: how far the model holds."""
    validate = commands.add_parser("validate", help="how the model does against what happened")
    # With fewer of any, the intervals that the command is for would mean nothing.
    add_amount(validate, "games", 8000, "whole games from the autumn on, 400 or more", least=400)
    add_amount(
        validate,
        "pairs",
        4000,
        "pairs of games with and without the strike of March, 800 or more",
        least=800,
    )
    add_amount(validate, "particles", 1024, "games that follow the record, 64 or more", least=64)
    add_lens(validate)
    validate.add_argument(
        "--only",
        choices=["scores", "propositions"],
        metavar="PART",
        help="a part that takes seconds: scores, how well the players foretell history's moves, or "
        "propositions, beside placebos (everything)",
    )
    validate.set_defaults(run=_validate)

    cases = commands.add_parser("cases", help="history's moves and how likely the model finds each")
    cases.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    add_amount(cases, "particles", 1024, "games that follow the record, 64 or more", least=64)
    add_lens(cases)
    add_seed(cases)
    add_json(cases)
    add_text(cases)
    cases.set_defaults(run=_cases)

    calibrate = commands.add_parser(
        "calibrate", help="fit the balanced lens to the record up to January"
    )
    add_amount(calibrate, "rounds", 4, "rounds of the search")
    add_amount(calibrate, "draws", 100, "sets of parameters tried in a round", least=8)
    add_amount(calibrate, "games", 512, "autumns simulated for each")
    add_amount(calibrate, "particles", 192, "games that follow the record for each")
    calibrate.add_argument(
        "--side",
        default="calibration.part",
        metavar="FILE",
        help="keeps what an interrupted run has found (calibration.part)",
    )
    calibrate.set_defaults(run=_calibrate)

    recovery = commands.add_parser(
        "recovery", help="whether the fit finds the parameters of records that the model made"
    )
    add_amount(recovery, "records", 100, "records that the model makes, 8 or more", least=8)
    add_amount(recovery, "draws", 400, "sets of parameters weighed for each, 8 or more", least=8)
    add_amount(recovery, "games", 256, "autumns simulated for each set")
    add_amount(recovery, "particles", 16, "games that follow each record, for each set")
    recovery.add_argument(
        "--side",
        default="recovery.part",
        metavar="FILE",
        help="keeps what an interrupted run has found (recovery.part)",
    )
    recovery.set_defaults(run=_recovery)

    sensitivity = commands.add_parser(
        "sensitivity", help='what the answer to "did it deter?" rests on'
    )
    add_amount(sensitivity, "trajectories", 16, "paths through all parameters (Morris)", least=2)
    add_amount(sensitivity, "base", 32, "base points over the few that matter (Sobol)", least=2)
    add_amount(sensitivity, "few", 5, "how many those are", least=2)
    add_amount(sensitivity, "games", 600, "pairs of games for each point", least=2)
    add_amount(sensitivity, "tornado-games", 4000, "pairs for each end of a bar", least=30)
    sensitivity.set_defaults(run=_sensitivity)
    for command in (validate, calibrate, recovery, sensitivity):
        add_workers(command)
        add_seed(command)
        add_json(command)
        command.add_argument(
            "--adopt", action="store_true", help="make the result the game's own, files and all"
        )
        add_text(command)


def _add_forecasts(commands: Commands) -> None:
    """What is said before anybody knows, and how well it was said."""
    forecast = commands.add_parser(
        "forecast", help="lodge what the model expects of a scenario, to be scored later"
    )
    forecast.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    add_amount(forecast, "games", 4000, "whole games, 100 or more", least=100)
    forecast.add_argument(
        "--out",
        metavar="FILE",
        help="a new JSON file; one that is there is never written over "
        "(forecast_SCENARIO_DAY.json)",
    )
    add_seed(forecast)
    add_workers(forecast)
    add_text(forecast)
    forecast.set_defaults(run=_forecast)

    score = commands.add_parser(
        "score", help="how well a lodged forecast did, or the doctrines on what people played"
    )
    score.add_argument(
        "what", metavar="FILE", help="a forecast; or a folder of matches, or a match"
    )
    score.add_argument(
        "records",
        metavar="RECORD",
        nargs="*",
        help="what a forecast is scored by: timelines (.csv), scenarios, matches",
    )
    score.add_argument(
        "--until",
        type=day,
        metavar="DAY",
        help="the last day that a timeline tells of (that of its last row)",
    )
    add_json(score)
    add_text(score)
    score.set_defaults(run=_score)


def _add_depth(commands: Commands) -> None:
    """Whether the model is a game: what its decisions are worth."""
    depth = commands.add_parser(
        "depth", help="what decisions are worth in a scenario, and whether any plan needs none"
    )
    depth.add_argument("scenario", metavar="SCENARIO", help="a scenario's name or file")
    depth.add_argument(
        "--seat",
        nargs="+",
        action="extend",
        metavar="SEAT",
        help="whose rows: " + ", ".join(SEATS) + " (all)",
    )
    depth.add_argument(
        "--only",
        nargs="+",
        action="extend",
        metavar="MEASURE",
        help="some of: board, stakes, own, dull, alive, contingency, signals, information, "
        "worlds, endings, opposition, skill, day, plans (all)",
    )
    add_amount(
        depth, "games", 2000, "whole games for each figure; all else follows from it", least=128
    )
    add_amount(depth, "rounds", 2, "how often the seats answer each other, for plans")
    add_lens(depth)
    add_workers(depth)
    add_seed(depth)
    add_json(depth)
    depth.add_argument(
        "--adopt", action="store_true", help="keep the figures with the game, to compare with"
    )
    add_text(depth)
    depth.set_defaults(run=_depth)


def _depth(args: argparse.Namespace) -> int:
    # The games are spread over threads already: numpy's own would only stand in their way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from game.lab.depth.world import Effort
    from game.terminal import depth

    return depth.run(
        args.scenario,
        Effort(args.games, args.seed, args.workers, args.rounds),
        seats=args.seat or [],
        only=args.only or [],
        lens=args.lens,
        adopt_it=args.adopt,
        output=output_asked(args),
    )


def _validate(args: argparse.Namespace) -> int:
    from game.lab.validate import Plan
    from game.terminal import validate

    plan = Plan(args.lens, args.games, args.pairs, args.particles, args.seed, args.workers)
    return validate.run(
        plan,
        only=args.only,
        adopt=args.adopt,
        output=output_asked(args),
    )


def _cases(args: argparse.Namespace) -> int:
    from game.terminal import cases

    return cases.run(
        args.scenario,
        lens=args.lens,
        seed=args.seed,
        particles=args.particles,
        output=output_asked(args),
    )


def _forecast(args: argparse.Namespace) -> int:
    from game.lab.forecast import Request
    from game.terminal import forecast

    asked = Request(args.scenario, args.games, args.seed)
    return forecast.run(asked, out=args.out, workers=args.workers, plain=args.text)


def _score(args: argparse.Namespace) -> int:
    from game.terminal import score

    return score.run(
        args.what,
        args.records,
        until=args.until,
        output=output_asked(args),
    )


def _calibrate(args: argparse.Namespace) -> int:
    from game.lab.calibrate import Budget
    from game.terminal import calibrate
    from game.terminal.side_files import Asked

    return calibrate.run(
        Budget(args.seed, args.rounds, args.draws, args.games, args.particles),
        Asked(args.side, args.workers, args.json, args.replace, args.adopt, args.text),
    )


def _recovery(args: argparse.Namespace) -> int:
    from game.lab.recovery import Effort
    from game.terminal import recovery
    from game.terminal.side_files import Asked

    return recovery.run(
        Effort(args.seed, args.records, args.draws, args.games, args.particles),
        Asked(args.side, args.workers, args.json, args.replace, args.adopt, args.text),
    )


def _sensitivity(args: argparse.Namespace) -> int:
    from game.lab.sensitivity import Spending
    from game.terminal import sensitivity

    spending = Spending(
        args.seed,
        args.trajectories,
        args.base,
        args.few,
        args.games,
        args.tornado_games,
        args.workers,
    )
    return sensitivity.run(spending, adopt=args.adopt, output=output_asked(args))
