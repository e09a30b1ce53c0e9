"""What is told of paths on Windows, whatever system the tests run on."""

from errno import EACCES, ENOENT, ENOSPC
from pathlib import PurePosixPath

import pytest

from game.content.paths import TOO_LONG, what_to_do

SHORT, LONG = PurePosixPath("/games/x.csv"), PurePosixPath("/" + "g" * 255 + "/x.csv")


@pytest.mark.parametrize(
    ("path", "number", "windows", "told"),
    [
        (SHORT, EACCES, True, "close it where it is open, such as in Excel, or name a file"),
        (SHORT, EACCES, False, "name a file in a folder of yours"),
        (SHORT, ENOSPC, True, "name a file in a folder of yours"),
        (LONG, ENOENT, True, TOO_LONG),
        (LONG, ENOENT, False, "name a file in a folder of yours"),
    ],
)
def test_the_remedy_fits_what_the_system_means(path, number, windows, told):
    error = OSError(number, "no")
    assert what_to_do(path, error, windows=windows).startswith(told)
