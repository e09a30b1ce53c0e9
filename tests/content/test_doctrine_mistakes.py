"""What a broken doctrine is told: file, line, what is wrong and what to do, each in full."""

from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from game.content.check import check_file
from game.content.doctrine import FEATURES, load_doctrine
from game.content.load import DOCTRINES, doctrine_ids
from game.content.problems import ContentError
from game.rules.rulebook import Group
from game.rules.seats import Seat
from game.rules.state import COLUMNS, ESTIMATED

DOCTRINE = "restraint"
GOOD = (DOCTRINES / f"{DOCTRINE}.toml").read_text(encoding="utf-8")


class Case(NamedTuple):
    """One way to break the file; `new` shows in which line the mistake must be told."""

    name: str
    old: str
    new: str
    sentence: str


LINE = "line = 5          # needed, but it threatens nobody"
CASES = [
    *(
        Case(
            f"{feature} of a deed",
            "[deeds.harden]\nbase = -0.2",
            f"[deeds.harden]\nbase = -0.2\n{feature} = 1",
            f"no deed can be weighed by itself, as {feature} would; use it for words and whispers",
        )
        for feature in ("with_force", "with_fire", "with_strike")
    ),
    Case(
        "a group weighed by its own deed",
        "[groups.posture]",
        "[groups.posture]\nwith_force = 1",
        "no deed can be weighed by itself, as with_force would; use it for words and whispers",
    ),
    Case(
        "a message that offers no deal",
        '[whispers."assure>IRAN"]',
        '[whispers."assure>IRAN"]\noffered = 1',
        "only a message that offers a deal can have been offered; leave offered out",
    ),
    Case(
        "no such group",
        "[groups.posture]",
        "[groups.defence]",
        'unknown group "defence"; write one of these: force, posture, politics, economy',
    ),
    Case("a line below all", LINE, "line = 1", '"line" is 1, too small; write 2 or more'),
    Case("a line above all", LINE, "line = 10", '"line" is 10, too large; write 9 or less'),
    *(
        Case(
            f"a worth of {column}",
            "[values]\nus_protection = 4",
            f"[values]\nus_protection = 4\n{column} = 3",
            f"US neither sees nor estimates {column}; value a column that it knows of",
        )
        for column in ("mil_favour", "us_wounded_unreported", "mil_guidance")
    ),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "doctrines" / f"{DOCTRINE}.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_doctrine_is_told_its_line(case: Case, tmp_path: Path) -> None:
    assert GOOD.count(case.old) == 1
    text = GOOD.replace(case.old, case.new)
    path = written(tmp_path, text)
    line = text.count("\n", 0, text.index(case.new) + len(case.new)) + 1
    expected = [f"{path}:{line}: {case.sentence}"]
    with pytest.raises(ContentError) as refused:
        load_doctrine(path)
    assert [str(problem) for problem in refused.value.problems] == expected
    assert [str(problem) for problem in check_file(path)] == expected


def without(text: str, *tables: str) -> str:
    """The file without some of its tables."""
    for name in tables:
        head, _, rest = text.partition(f"[{name}]\n")
        text = head + rest[rest.index("[") :]
    return text


def test_a_deed_is_weighed_by_itself_or_with_its_group(tmp_path: Path) -> None:
    """A new row in the rulebook asks nothing of a doctrine that weighs the row's group."""
    by_group = without(GOOD, "deeds.hold", "deeds.harden", "deeds.cyber")
    path = written(tmp_path, by_group)
    assert check_file(path) == []
    assert not {"hold", "harden", "cyber"} & load_doctrine(path).deeds.keys()
    path.write_text(without(by_group, "groups.posture"), encoding="utf-8")
    (problem,) = check_file(path)
    assert "deeds without a weight: hold, harden" in str(problem)
    assert str(problem).endswith("give each one, or its group, at least a base, however low")


def test_without_any_table_of_deeds_the_groups_must_weigh_them_all(tmp_path: Path) -> None:
    tables = [line[1:-1] for line in GOOD.split("\n") if line.startswith("[deeds.")]
    path = written(tmp_path, without(GOOD, *tables))
    assert check_file(path) == []
    assert load_doctrine(path).deeds == {}


@pytest.mark.parametrize("name", doctrine_ids())
def test_every_doctrine_weighs_every_group(name: str) -> None:
    """So that a new deed is one row, and every player knows what to make of it."""
    assert set(load_doctrine(name).groups) == set(get_args(Group))


@pytest.mark.parametrize("line", [2, 9])
def test_the_ends_of_a_line_are_good(line: int, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace(LINE, f"line = {line}"))
    assert check_file(path) == []
    assert load_doctrine(path).line == line


def test_with_its_own_deed_a_word_may_be_weighed(tmp_path: Path) -> None:
    head = "[words.silence]\nbase = 0.6"
    path = written(tmp_path, GOOD.replace(head, head + "\nwith_force = 1"))
    assert load_doctrine(path).words["silence"] == {"base": 0.6, "with_force": 1}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_seat_may_value_what_it_sees_or_estimates_and_nothing_else(
    column: str, tmp_path: Path
) -> None:
    head = "[values]\n"
    kept = "\n".join(line for line in GOOD.split("\n") if not line.startswith(f"{column} = "))
    path = written(tmp_path, kept.replace(head, f"{head}{column} = 1\n"))
    refused = [problem for problem in check_file(path) if problem.what.endswith(column)]
    assert bool(refused) != (Seat.US in COLUMNS[column].seen_by or column in ESTIMATED)


def test_a_doctrine_is_for_its_own_seat() -> None:
    assert load_doctrine(DOCTRINE, seat=Seat.US).id == DOCTRINE
    with pytest.raises(ContentError) as error:
        load_doctrine(DOCTRINE, seat=Seat.IRAN)
    (problem,) = error.value.problems
    assert str(problem).endswith("this doctrine plays US, not IRAN; name one for IRAN")
    assert GOOD.splitlines()[problem.line - 1].startswith("seat = ")


def test_a_doctrine_that_there_is_not_is_guessed_or_listed() -> None:
    with pytest.raises(
        ContentError, match=r'unknown doctrine "restraimt"; did you mean "restraint"'
    ):
        load_doctrine("restraimt")
    with pytest.raises(ContentError, match=r'unknown doctrine "qqqq"; write one of these: '):
        load_doctrine("qqqq")


def test_the_author_s_guide_names_whatever_a_doctrine_can_weigh() -> None:
    guide = (Path(__file__).parents[2] / "scenarios" / "README.md").read_text(encoding="utf-8")
    told = {name for name in FEATURES if f"`{name}`" in guide}
    like_the_us = {f"{who}_{how}" for who in ("iran", "mil", "iraq") for how in ("firm", "soft")}
    assert told | like_the_us == set(FEATURES)
