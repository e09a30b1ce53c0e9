"""A scenario's own agendas and theories, and a doctrine's weights on agendas."""

from pathlib import Path

import pytest

from game.content.check import check_file
from game.content.load import DOCTRINES, SCENARIOS, load_rulebook, load_scenario
from game.rules.endings import Ending
from game.rules.seats import Seat

OWN = """[[role.US.agenda]]
id = "troops_home"
odds = 3
[[role.US.agenda]]
id = "embassy"
name = "The embassy stands"
text = "What counts is that the embassy is not overrun."
points = { position = 3, lives = 1 }
inclination = { harden = 1, posture = 0.5 }
endings = { restraint = 8 }
"""


def written(folder: Path, *, agendas: str = "", theories: str = "") -> Path:
    """The practice game with these tables before its first role, as a file."""
    text = (SCENARIOS / "turn_zero.toml").read_text(encoding="utf-8")
    head, rest = text.split("[role.IRAN]", 1)
    path = folder / "turn_zero.toml"
    path.write_text(f"{head}{agendas}\n{theories}\n[role.IRAN]{rest}", encoding="utf-8")
    return path


def test_a_role_may_have_agendas_of_its_own(tmp_path: Path) -> None:
    """One that the rulebook has is as it is there where nothing else is said."""
    book = load_scenario(written(tmp_path, agendas=OWN)).setting.rulebook
    usual = load_rulebook()
    home, embassy = book.agendas[Seat.US]
    known = usual.agendas[Seat.US][usual.agenda(Seat.US, "troops_home")]
    assert (home.odds, home.points, home.text) == (3, known.points, known.text)
    assert embassy.seat is Seat.US
    told = {part.id: part.points for part in book.objectives(Seat.US, 1)}
    assert told == {"position": 75, "lives": 25}
    assert book.ending_mark(Seat.US, 1, Ending.RESTRAINT) == 8
    assert book.ending_mark(Seat.US, 0, Ending.RESTRAINT) == 4, "as usual"
    assert book.agendas[Seat.IRAN] == usual.agendas[Seat.IRAN]


def test_odds_of_theories_are_in_any_unit(tmp_path: Path) -> None:
    text = "[theories]\nspiral = 6\ndeterrence = 2"
    odds = load_scenario(written(tmp_path, theories=text)).setting.theory_odds
    assert odds.tolist() == [0, 0.25, 1]


@pytest.mark.parametrize(
    ("agendas", "theories", "told"),
    [
        (OWN.replace("position", "possition"), "", 'did you mean "position"?'),
        (OWN.replace("harden", "hardn"), "", 'did you mean "harden"?'),
        (OWN.replace("restraint", "restrain"), "", 'did you mean "restraint"?'),
        (OWN.replace('"embassy"', '"troops_home"'), "", "a second agenda"),
        (
            OWN.replace('name = "The embassy stands"\n', ""),
            "",
            '"name" is missing, as the rulebook has no agenda "embassy"; add it, or name one of '
            "pressure, security, troops_home",
        ),
        ("", "[theories]\nspirall = 1", 'unknown theory "spirall"; did you mean "spiral"?'),
        ("", "[theories]\nspiral = 0", '"spiral" is 0, too small'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    agendas: str, theories: str, told: str, tmp_path: Path
) -> None:
    path = written(tmp_path, agendas=agendas, theories=theories)
    (problem,) = check_file(path)
    assert told in str(problem)
    line = int(str(problem).removeprefix(f"{path}:").split(":")[0])
    text = path.read_text(encoding="utf-8").splitlines()
    first = text.index("[[role.US.agenda]]" if agendas else "[theories]") + 1
    assert first <= line <= first + len(OWN.splitlines())


def test_a_doctrine_names_agendas_of_its_seat(tmp_path: Path) -> None:
    text = (DOCTRINES / "restraint.toml").read_text(encoding="utf-8")
    path = tmp_path / "doctrines" / "restraint.toml"
    path.parent.mkdir()
    for weight, told in (("agenda:troops_home", ""), ("agenda:troops_hom", "agenda:troops_home")):
        more = text.replace("[deeds.hold]\n", f'[deeds.hold]\n"{weight}" = 1.5\n')
        assert more != text
        path.write_text(more, encoding="utf-8")
        found = [str(problem) for problem in check_file(path)]
        assert len(found) == bool(told)
        assert all(told in problem for problem in found)
