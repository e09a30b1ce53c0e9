"""A system without any folder for temporary files: a sentence."""

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
