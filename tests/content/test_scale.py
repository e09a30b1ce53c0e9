"""A scenario's own worst and best for a mark: a short game has fewer dead than a long one."""

import pytest

from game.content.check import check_file
from game.content.load import SCENARIOS, load_rulebook, load_scenario
from game.rules.seats import Seat


def written(folder, *rows):
    """The practice game with these scales instead of its own, as a file."""
    text = (SCENARIOS / "turn_zero.toml").read_text(encoding="utf-8")
    head, rest = text.split("[[scale]]", 1)
    scales = "".join(f"[[scale]]\n{row}\n\n" for row in rows)
    path = folder / "turn_zero.toml"
    path.write_text(head + scales + rest[rest.index("[role.US]") :], encoding="utf-8")
    return path


def test_a_scale_changes_that_mark_alone(tmp_path):
    path = written(tmp_path, 'seat = "US"\nmark = "deterrence"\nworst = 7\nbest = 1')
    marks = load_scenario(path).setting.rulebook.marks
    for mark, usual in zip(marks, load_rulebook().marks, strict=True):
        if (mark.seat, mark.id) == (Seat.US, "deterrence"):
            assert (mark.worst, mark.best) == (7, 1)
            assert (mark.column, mark.points) == (usual.column, usual.points)
        else:
            assert mark == usual


def test_without_a_scale_the_rulebooks_holds():
    assert load_scenario("the_article").setting.rulebook.marks == load_rulebook().marks


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('seat = "US"\nmark = "deterence"\nworst = 6\nbest = 0', 'did you mean "deterrence"?'),
        ('seat = "US"\nmark = "men"\nworst = 6\nbest = 0', 'unknown mark "men"'),
        ('seat = "UK"\nmark = "lives"\nworst = 6\nbest = 0', 'unknown seat "UK"'),
        ('seat = "US"\nmark = "lives"\nworst = 6\nbest = 6', '"best" and "worst" are the same'),
        ('seat = "US"\nmark = "lives"\nworst = 0\nbest = 5e-5', "nearly meet"),
        ('seat = "US"\nmark = "lives"\nworst = 9e4\nbest = 90001', "nearly meet"),
        ('seat = "US"\nmark = "lives"\nworst = 6', '"best" is missing'),
    ],
)
def test_a_wrong_scale_is_told_with_its_line(tmp_path, row, told):
    path = written(tmp_path, row)
    (problem,) = check_file(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines.index("[[scale]]") + 1
    assert told in str(problem)
    assert first <= int(str(problem).removeprefix(f"{path}:").split(":")[0]) <= first + 4


def test_the_same_mark_twice_is_told(tmp_path):
    row = 'seat = "US"\nmark = "lives"\nworst = 6\nbest = 0'
    (problem,) = check_file(written(tmp_path, row, row))
    assert "lives" in str(problem)
