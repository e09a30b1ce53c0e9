"""History's happenings lie in the days of their scenario, or shortly before."""

import pytest

from game.content.check import check_file
from game.content.load import SCENARIOS
from game.terminal import check


def with_event(folder, day):
    text = (SCENARIOS / "turn_zero.toml").read_text(encoding="utf-8")
    path = folder / "turn_zero.toml"
    event = f'\n[[event]]\ndate = {day}\nrung = 3\ntext = "Rockets fell."\n'
    path.write_text(text + event, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2019-12-14", "after the scenario's end on 2019-12-13"),
        ("2020-12-05", "after the scenario's end"),
        ("2017-12-05", "more than a year before the first turn on 2019-12-03"),
    ],
)
def test_a_day_that_cannot_be_is_a_mistake(tmp_path, day, told):
    path = with_event(tmp_path, day)
    (problem,) = check_file(path)
    assert told in str(problem)
    assert path.read_text(encoding="utf-8").splitlines()[problem.line - 1] == f"date = {day}"


@pytest.mark.parametrize("day", ["2019-12-13", "2019-12-03", "2019-01-05"])
def test_the_days_around_it_are_not(tmp_path, day):
    assert check_file(with_event(tmp_path, day)) == []


def test_check_takes_a_name_and_refuses_what_is_no_data(tmp_path, capsys):
    assert check.run(["turn_zero"]) == 0
    other = tmp_path / "weird.TXT"
    other.write_text("hello", encoding="utf-8")
    assert check.run([str(other)]) == 2
    assert "its name does not end in .toml" in capsys.readouterr().out


@pytest.mark.parametrize("day", ['"soon"', "2019-12-05T10:00:00", "5", "[2019-12-05]"])
def test_what_is_no_day_is_told_as_that(tmp_path, day):
    path = with_event(tmp_path, day)
    (problem,) = check_file(path)
    assert path.read_text(encoding="utf-8").splitlines()[problem.line - 1] == f"date = {day}"
    assert "year" not in problem.what
