"""Each doctrine's one exact exchange is as it was."""

import pytest

from tests.golden.compare import first_difference
from tests.golden.transcripts import REGENERATE
from tests.players.exchanges import FOLDER, exchange, names


@pytest.mark.parametrize("name", names())
def test_a_doctrine_answers_as_it_did(name: str) -> None:
    path = FOLDER / name
    assert path.exists(), f"{name} is missing; to write it: {REGENERATE}"
    difference = first_difference(path.read_text(encoding="utf-8"), exchange(name))
    assert not difference, f"{name}\n{difference}\nif it should: {REGENERATE}"


def test_every_doctrine_has_its_exchange_and_no_file_lacks_its_doctrine() -> None:
    there = sorted(path.name for path in FOLDER.glob("*.txt"))
    assert there == names(), f"to put it right: {REGENERATE}"
