"""Lenses: the game's own are good; a broken one is told its lines and what to do."""

from dataclasses import fields
from typing import NamedTuple

import pytest

from game.content.check import check_file
from game.content.lens import (
    BALANCED,
    LENSES,
    lens_ids,
    load_lens,
    parameter_names,
    seen_through,
    through,
)
from game.content.load import load_rulebook, load_scenario
from game.content.problems import ContentError

GOOD = """\
id = "own"
name = "Own"
theory = "Somebody, 2020"
claim = \"\"\"
It is as I say."\"\"

[parameters]
"minds.fear_weight" = 2.0
"minds.anger_gain" = 0.5
"chance.splinter_hazard" = 0.25
""".replace('say."""', 'say."""')


class Case(NamedTuple):
    """One way to break the good file, and all that is told of it."""

    name: str
    old: str
    new: str
    told: tuple[str, ...]
    """Line, what, remedy, as they are told after the file's name."""


CASES = [
    Case(
        "unknown parameter",
        '"minds.anger_gain"',
        '"minds.anger_gein"',
        (':9: unknown parameter "minds.anger_gein"; did you mean "minds.anger_gain"?',),
    ),
    Case(
        "above its range",
        '"minds.anger_gain" = 0.5',
        '"minds.anger_gain" = 5.5',
        (':9: "minds.anger_gain" is 5.5, out of its range; write a number from 0 to 5',),
    ),
    Case(
        "below its range",
        '"chance.splinter_hazard" = 0.25',
        '"chance.splinter_hazard" = -1.0',
        (
            ':10: "chance.splinter_hazard" is -1.0, out of its range; write a number from '
            "{low} to {high}",
        ),
    ),
    Case(
        "another id",
        'id = "own"',
        'id = "other"',
        (':1: the id "other" is not the name of the file; write "own", or rename the file',),
    ),
    Case(
        "several at once",
        '"minds.fear_weight" = 2.0\n"minds.anger_gain" = 0.5',
        '"minds.fear_weigth" = 2.0\n"minds.anger_gain" = 99',
        (
            ':8: unknown parameter "minds.fear_weigth"; did you mean "minds.fear_weight"?',
            ':9: "minds.anger_gain" is 99.0, out of its range; write a number from 0 to 5',
        ),
    ),
]


def written(tmp_path, text):
    folder = tmp_path / "lenses"
    folder.mkdir()
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def ranges(name):
    from game.content.load import RULEBOOK, read_part  # noqa: PLC0415

    group, _, parameter = name.partition(".")
    low, high = read_part(RULEBOOK / "parameters.toml").root[group][parameter].range
    return {"low": f"{low:g}", "high": f"{high:g}"}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_lens_is_told_its_lines(tmp_path, case):
    assert GOOD.count(case.old) == 1
    path = written(tmp_path, GOOD.replace(case.old, case.new))
    told = [str(problem) for problem in check_file(path)]
    limits = ranges("chance.splinter_hazard")
    assert told == [str(path) + line.format(**limits) for line in case.told]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('name = "Own"\n', "", 1, '"name" is missing'),
        ('theory = "Somebody, 2020"', "theory = 2020", 3, '"theory" must be a text'),
        ('"minds.anger_gain" = 0.5', '"minds.anger_gain" = "0.5"', 9, "must be a number"),
        ('"minds.anger_gain" = 0.5', '"minds.anger_gain" = nan', 9, "number"),
        ('"minds.anger_gain" = 0.5', '"minds.anger_gain" =', 9, "the value cannot be read"),
        ('"minds.anger_gain" = 0.5', '"minds.fear_weight" = 0.5', 9, ""),
        ('"minds.anger_gain" = 0.5', "minds.anger_gain = 0.5", 9, ""),
        ("[parameters]", "[parameter]", 7, '"parameter"'),
        ("[parameters]", "parameters = 3\n[other]", 7, "must be a table"),
    ],
)
def test_other_mistakes_are_told_where_they_stand(tmp_path, old, new, line, what):
    assert GOOD.count(old) == 1
    problems = check_file(written(tmp_path, GOOD.replace(old, new)))
    assert problems, "it should have been refused"
    assert any(p.line == line and what in p.what for p in problems), problems


def test_a_good_lens(tmp_path):
    path = written(tmp_path, GOOD)
    assert check_file(path) == []
    lens = load_lens(path)
    assert (lens.id, lens.theory) == ("own", "Somebody, 2020")
    assert lens.parameters["minds.fear_weight"] == 2


@pytest.mark.parametrize("name", lens_ids())
def test_the_games_own(name):
    assert check_file(LENSES / f"{name}.toml") == []
    lens = load_lens(name)
    assert lens.id == name
    assert bool(lens.parameters) is (name != BALANCED)


def test_there_are_five_and_the_balanced_one_is_the_first():
    assert lens_ids() == ("balanced", "deterrence", "proxy", "resolve", "spiral")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("spirl", 'did you mean "spiral"?'), ("xyzzy", "write one of these: balanced, deterrence")],
)
def test_an_unknown_lens(name, remedy):
    with pytest.raises(ContentError, match=f'unknown lens "{name}"') as caught:
        load_lens(name)
    assert remedy in str(caught.value)


def test_a_lens_changes_its_parameters_and_nothing_else():
    scenario = load_scenario("turn_zero")
    for name in lens_ids():
        lens = load_lens(name)
        seen = seen_through(scenario, lens)
        plain, changed = scenario.setting.rulebook.parameters, seen.setting.rulebook.parameters
        for full in parameter_names():
            group, _, parameter = full.partition(".")
            before = getattr(getattr(plain, group), parameter)
            now = getattr(getattr(changed, group), parameter)
            assert now == lens.parameters.get(full, before), full
        for field in fields(scenario):
            if field.name != "setting":
                assert getattr(seen, field.name) is getattr(scenario, field.name)


def test_the_balanced_lens_changes_nothing():
    scenario = load_scenario("turn_zero")
    assert seen_through(scenario, load_lens(BALANCED)) is scenario


def test_a_parameter_that_does_not_exist_is_no_parameter():
    with pytest.raises(KeyError, match=r"minds\.no_such"):
        through(load_rulebook(), {"minds.no_such": 1.0})
