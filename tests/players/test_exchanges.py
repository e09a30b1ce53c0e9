"""Each doctrine's one exact exchange is as it was."""

import pytest

from tests.golden.compare import assert_all_there, assert_as_it_was
from tests.players.exchanges import FOLDER, exchange, names


@pytest.mark.parametrize("name", names())
def test_a_doctrine_answers_as_it_did(name: str) -> None:
    assert_as_it_was(FOLDER / name, exchange(name))


def test_every_doctrine_has_its_exchange_and_no_file_lacks_its_doctrine() -> None:
    assert_all_there(FOLDER, names())
