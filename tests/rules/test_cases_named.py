"""The net of numbered cases has no holes: each parameter, each number of the theories and each
array of the state stands in some case.

A parameter is named where a case sets it, as "group.parameter"; an array where a case sets or reads
it. What a name stands for is for the case to check, to the number.
"""

import ast
from pathlib import Path

import pytest

from game.rules.parameters import GROUPS, TheoryNumbers
from game.rules.state import array_names

HERE = Path(__file__).resolve()
FILES = [
    *(path for path in HERE.parent.glob("test_cases_*.py") if path != HERE),
    HERE.parents[1] / "players" / "test_cases_utility.py",  # the two dials of the doctrines
    HERE.parents[1] / "players" / "test_cases_people.py",  # how people choose
]
PARAMETERS = [
    f"{group}.{name}"
    for group, kind in (GROUPS | {"theory": TheoryNumbers}).items()
    for name in kind._fields
]


def named() -> set[str]:
    """Every name in the code of the cases: attributes, arguments and texts, comments apart."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case (
                    ast.Attribute(attr=name)
                    | ast.keyword(arg=str(name))
                    | ast.Constant(value=str(name))
                ):
                    found.add(name)
    return found


NAMED = named()


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_stands_in_a_case(parameter: str) -> None:
    assert parameter in NAMED, f"no numbered case sets {parameter}: write one, with its number"


@pytest.mark.parametrize(
    "column",
    [name for name in array_names() if name not in ("key", "ending", "ended_turn")],
)
def test_every_column_stands_in_a_case(column: str) -> None:
    assert column in NAMED, f"no numbered case reads or sets {column}: write one, with its number"
