"""Reads the command line and opens one room."""

import argparse
import sys
from collections.abc import Sequence
from functools import cache

from .machine import objection

EPILOG = """\
examples:
  python main.py play turn_zero --seat US        the practice game, fifteen minutes
  python main.py play the_article --seat IRAN --seat US   two people, one keyboard
  python main.py resume                          goes on with the game that was left last
  python main.py host                            a class: teams join with their phones
  python main.py rules strike_depots             what a deed costs and does
  python main.py simulate the_article --games 10000 --seed 7
  python main.py explore the_article --us restraint --lens spiral
  python main.py whatif the_article --turn 10 --seat US --deed strike_depots --instead hold
  python main.py report the_article --game 42 --seed 7 -o debrief.html
  python main.py validate                        how the model does against what happened
  python main.py forecast the_article            lodges what the model expects, to be scored later
  python main.py depth the_article --games 256   what decisions are worth in it
  python main.py cases the_article               history's moves and the model's odds for each
  python main.py sweep the_article --us all --lens all --games 200 --out cells.csv
"""


def run(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit status."""
    from game.terminal.errors import MISTAKE, guarded

    if why := objection():
        print(why, file=sys.stderr)
        return MISTAKE
    return guarded(lambda: _run(arguments), prints=bool(arguments))


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        from game.desktop import start
        from game.door.window import in_window

        return in_window(start.title)
    from game.door.given import check
    from game.terminal.spelling import READABLE
    from game.terminal.started import command

    args = reader(command()).parse_args(arguments)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, READABLE), (sys.stderr, READABLE)):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)
    check(args)
    return int(args.run(args))


@cache
def reader(start: str) -> argparse.ArgumentParser:
    """Of all commands; its examples begin as the game was started."""
    from game.door import classroom, lookups, many_games, matches, trust
    from game.door.parser import Parser

    parser = Parser(
        prog="main.py",
        description="Restoring Deterrence: the crisis between the United States, Iran, the Iraqi "
        "militias and the Iraqi government, 2019 to 2020. Does force restore deterrence?",
        epilog=EPILOG.replace("python main.py", start),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for room in (matches, classroom, many_games, lookups, trust):
        room.add(commands)
    return parser
