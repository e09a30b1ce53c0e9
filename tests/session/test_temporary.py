"""A system without any folder for temporary files: a sentence."""

import os
import shutil

import pytest

from game.session.errors import WriteError
from game.session.temporary import temporary_folder


def test_no_folder_for_temporary_files_is_told(monkeypatch) -> None:
    def none_of_them() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile._get_default_tempdir", none_of_them)
    monkeypatch.setattr("tempfile.tempdir", None)
    with pytest.raises(WriteError, match="TMPDIR"), temporary_folder():
        pass


def test_a_folder_that_cannot_be_removed_stops_nobody(monkeypatch) -> None:
    """As where somebody else still has it open."""

    def in_use(*_: object, **_more: object) -> None:
        raise OSError(16, "Device or resource busy")

    with monkeypatch.context() as patch, temporary_folder() as folder:
        (folder / "copy").touch()
        patch.setattr(os, "rmdir", in_use)
    assert folder.exists()
    shutil.rmtree(folder)
