"""Files that are missing, out of bounds or no text at all, and names that nothing has."""

import codecs
import os
import time
from pathlib import Path

import pytest

from game.content import load
from game.content.check import check_file
from game.content.document import MAX_BYTES, read_document
from game.content.lens import LENSES
from game.content.load import doctrine_ids, load_scenario
from game.content.problems import ContentError
from game.rules.seats import Seat


def refusal(path):
    with pytest.raises(ContentError) as caught:
        read_document(path)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_missing_file(tmp_path):
    path = tmp_path / "none.toml"
    assert refusal(path) == f"{path}: there is no such file; check its name and folder"


def test_file_as_a_folder(tmp_path):
    path = tmp_path / "file.toml"
    path.write_text("a = 1")
    assert refusal(path / "other.toml") == (
        f"{path / 'other.toml'}: there is no such file; check its name and folder"
    )


def test_folder(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}: this is a folder; name a TOML file inside it"


def test_empty_file(tmp_path):
    path = tmp_path / "empty.toml"
    for content in ("", "\n\n", "# only a comment\n"):
        path.write_text(content)
        assert refusal(path) == f"{path}:1: the file is empty; copy one that works and change it"


def test_not_utf8(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "one"\nblurb = "Bashar al-As\xe2d"\n'.encode("latin-1"))
    assert refusal(path) == (
        f"{path}:2: this line is not in the encoding UTF-8; save the file as UTF-8 in your editor"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_characters(tmp_path, encoding):
    path = tmp_path / "wide.toml"
    path.write_text('title = "one"\n', encoding=encoding)
    assert refusal(path) == (
        f"{path}:1: this line is not in the encoding UTF-8; save the file as UTF-8 in your editor"
    )


def test_sparse_giant_is_refused_unread(tmp_path):
    path = tmp_path / "giant.toml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    started = time.perf_counter()
    assert refusal(path) == (
        f"{path}: the file is larger than 2 MB; a scenario is text of a few pages: check that "
        "this is the right file"
    )
    assert time.perf_counter() - started < 0.5


def test_file_that_grows_while_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "grows.toml"
    path.write_text("a = 1")
    status = path.stat()
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    monkeypatch.setattr(Path, "stat", lambda self, **_: status)
    assert "larger than 2 MB" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    assert refusal(path) == f"{path}: this is not an ordinary file; name a TOML file"


def test_file_without_permission(tmp_path, monkeypatch):
    path = tmp_path / "locked.toml"
    path.write_text("a = 1")

    def locked(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    assert refusal(path) == f"{path}: the file may not be read; change its permissions"


@pytest.mark.parametrize("name", ["x" * 5000 + ".toml", "null\0.toml"])
def test_impossible_name(tmp_path, name):
    assert refusal(tmp_path / name).endswith("; check its name and its disk")


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: codecs.BOM_UTF8 + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: codecs.BOM_UTF8 + raw.replace(b"\n", b"\r\n"),
    ],
    ids=["byte order mark", "line ends of Windows", "both"],
)
def test_marks_of_other_systems_do_no_harm(library, tmp_path, change, problems_of):
    path = tmp_path / "a-winter.toml"
    path.write_bytes(change(library.scenario_text.encode()))
    assert library.load(path).prologue.count("\n") == 3
    text = library.scenario_text.replace("rung = 6", "rung = 60")
    path.write_bytes(change(text.encode()))
    told = problems_of(lambda: library.load(path))
    assert [problem.line for problem in told] == [text[: text.index("rung = 60")].count("\n") + 1]


def test_problem_is_told_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("a = 1\nb =\n")
    assert refusal(tmp_path / "bad.toml").startswith("bad.toml:2: ")


def test_unknown_scenario(tmp_path, monkeypatch, problems_of):
    monkeypatch.setattr(load, "SCENARIOS", tmp_path)
    for name in ("the-article", "turn-zero"):
        (tmp_path / f"{name}.toml").write_text("x = 1")
    assert load.scenario_ids() == ("the-article", "turn-zero")
    assert [str(p) for p in problems_of(lambda: load_scenario("the-articel"))] == [
        f'{tmp_path}: unknown scenario "the-articel"; did you mean "the-article"? There are: '
        "the-article, turn-zero"
    ]
    assert [str(p) for p in problems_of(lambda: load_scenario(".."))] == [
        f'{tmp_path}: unknown scenario ".."; write one of these: the-article, turn-zero'
    ]


def test_doctrine_without_seat(tmp_path, problems_of):
    folder = tmp_path / "doctrines"
    folder.mkdir()
    (folder / "good.toml").write_text('id = "good"\nseat = "US"\nweights = { anger = 1 }\n')
    assert doctrine_ids(folder) == {"good": Seat.US}
    (folder / "bad.toml").write_text('id = "bad"\nseat = "USA"\n')
    sentence = f'{folder / "bad.toml"}:2: unknown seat "USA"; did you mean "US"?'
    assert [str(p) for p in problems_of(lambda: doctrine_ids(folder))] == [sentence]
    assert sentence in [str(p) for p in check_file(folder / "bad.toml")]


@pytest.mark.parametrize("kind", [load.DOCTRINES / "pinprick.toml", LENSES / "spiral.toml"])
def test_a_copy_elsewhere_is_checked_as_what_it_is(tmp_path, kind):
    """Whoever changes a doctrine does so in a folder of their own."""
    copy = tmp_path / kind.name
    copy.write_bytes(kind.read_bytes())
    assert check_file(copy) == []
    copy.write_bytes(kind.read_bytes() + b"\n[aims]\nmore = 1\n")
    (problem,) = check_file(copy)
    assert '"aims"' in str(problem)
