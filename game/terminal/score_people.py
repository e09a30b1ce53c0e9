"""How well the doctrines foretell what people ordered in kept matches, in a table."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from game.content.problems import ContentError
from game.lab.human_moves import HumanMove, human_moves, human_scores, is_human
from game.lab.scores import RATES, UNIFORM
from game.session.errors import FileError
from game.session.places import SUFFIX, is_file_of_match, matches
from game.session.view import MatchView, Status
from game.views.names import counted
from game.views.phrasebook import figure, signed

from .console import Console
from .errors import UserError
from .files import json_with
from .match_paths import file_called, opened
from .tables import table

FORETOLD_PEOPLE = json_with("matches", "seats")
"""An older result of `score FOLDER`."""


def tell_people(out: Console, what: str) -> dict[str, Any]:
    """Scores the doctrines on what people ordered in kept matches, and tells it.

    Args:
        out: where.
        what: a folder of matches, or one match.

    Raises:
        UserError: there is nothing to score.
        FileError: the match cannot be used.
    """
    path = Path(what)
    if path.suffix.lower() in (".json", ".toml"):
        raise UserError(
            f"{what}: a forecast is scored against a record; name one behind it, such as a "
            "timeline's CSV or a match"
        )
    files, unreadable = _files(what)
    found: list[HumanMove] = []
    names: list[str] = []
    left_out = list(unreadable)
    for file in files:
        try:
            match = opened(file, MatchView.read)
            moves = list(human_moves(len(names), match)) if _may_be_scored(match) else []
        except (FileError, ContentError, UserError) as error:
            if is_file_of_match(what):
                raise
            left_out.append(f"{file.name}: {str(error).splitlines()[0]}")
            continue
        if not moves:
            left_out.append(f"{file.name}: {_why_not(match)}")
            continue
        names.append(file.name)
        found += moves
    if not found:
        why = f": {'; '.join(left_out)}" if left_out else ""
        raise UserError(
            f"{what}: no match here that is over has moves of people{why}; name a folder of "
            "matches, or a forecast and a record"
        )
    rows = human_scores(found)
    out.title("How well the doctrines foretell what people do")
    out.say(
        f"Played by people: {counted(len(names), 'match', 'matches')}, "
        f"{counted(len(found), 'move')}. Before each, every doctrine of the seat, by the book, "
        "tells from what the seat could see how likely it "
        "was to order the same."
    )
    _tell_people(out, rows)
    if left_out:
        out.heading("Left out")
        out.bullets(left_out)
    return {"matches": names, "left_out": left_out, "seats": rows}


def _files(what: str) -> tuple[list[Path], list[str]]:
    if is_file_of_match(what):
        return [file_called(what)], []
    folder = Path(what)
    if not folder.is_dir():
        raise UserError(
            f"{what}: this is neither a folder of matches nor a match ({SUFFIX}); a forecast's "
            "file wants a record behind it"
        )
    there, wrong = matches(folder)
    paths = sorted(summary.path for summary in there)
    return paths, [str(error).splitlines()[0] for error in wrong]


def _may_be_scored(match: MatchView) -> bool:
    return match.status is Status.ENDED and is_human(match)


def _why_not(match: MatchView) -> str:
    if match.status is not Status.ENDED:
        return "it is not over"
    return "no people play it" if not is_human(match) else "people ordered nothing in it"


def _tell_people(out: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    out.table(
        table(
            "Seat|>matches|>moves|>own|>blind|>rates|>over blind|>over rates",
            [
                (
                    row["seat"],
                    str(row["matches"]),
                    str(row["moves"]),
                    *(figure(row[name]) for name in ("own", UNIFORM, RATES)),
                    *(_gain(row["gain"][name]) for name in (UNIFORM, RATES)),
                )
                for row in rows
            ],
        )
    )
    out.heading("Each doctrine, the likeliest to do as people did first")
    out.bullets(
        f"{row['seat']}: " + ", ".join(f"{name} {figure(log)}" for name, log in _best(row))
        for row in rows
        if row["doctrines"]
    )
    out.aside(
        "Mean log score: the natural logarithm of the probability of what was done; 0 is perfect. "
        "Own: the doctrine that the scenario gives the seat. Blind: any legal action alike. Rates: "
        "the seat's legal actions as often as in all other moves here. In brackets the 95 % "
        "interval, by whole matches; with few matches none is told."
    )


def _best(row: Mapping[str, Any]) -> list[tuple[str, float]]:
    return sorted(row["doctrines"].items(), key=lambda pair: -pair[1])


def _gain(found: Mapping[str, float | None]) -> str:
    mean, low, high = found["mean"], found["low"], found["high"]
    told = signed(mean or 0.0)
    return told if low is None or high is None else f"{told} [{signed(low)}, {signed(high)}]"
