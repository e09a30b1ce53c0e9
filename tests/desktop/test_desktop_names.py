"""Names of files that are no text: the window shows them as far as they can be shown."""

import os
import sys
from pathlib import Path

import pytest

from game.desktop.screens.games.resume import ResumeScreen
from game.desktop.screens.title import TitleScreen
from game.session.home import matches_folder
from tests.hostile.matches import good, over

from .common import settle


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x1b[2J", b"a\nb", b"\xe2\x80\xaegnp", b"\x00"[:0]])
def test_a_name_that_is_no_text_is_listed(app, raw):
    folder = matches_folder()
    folder.mkdir(parents=True)
    name = os.fsdecode(os.fsencode(folder) + b"/x" + raw + b".match")
    Path(name).write_bytes(good())
    (folder / "other.match").write_bytes(over())
    app.push(TitleScreen(app))
    app.push(ResumeScreen(app))
    settle(app)
    told = [row.cells[0] for row in app.tree.top.walk() if hasattr(row, "cells")]
    assert sum("Turn Zero" in game for game in told) == 2
    assert any(game.startswith("other") for game in told)


def test_a_pipe_in_place_of_the_settings_is_not_waited_for(tmp_path):
    from game.desktop.shell import settings  # noqa: PLC0415

    os.mkfifo(tmp_path / "settings.json")
    loaded = settings.load(tmp_path / "settings.json")
    assert loaded.settings == settings.Settings()
    assert loaded.kept_aside is not None
