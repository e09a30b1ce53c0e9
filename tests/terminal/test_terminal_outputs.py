"""Results as spreadsheets open them: other separators, and a workbook."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

import main
from game.content.load import DOCTRINES
from game.report.match_sheets import SHEETS
from game.terminal.files import write_json
from tests.session.common import begin, play
from tests.terminal.conftest import Run

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def match(tmp_path: Path) -> Path:
    played = play(begin(tmp_path, {}))
    played.note('=HYPERLINK("http://x") و نام')
    played.close()
    return tmp_path / "a.match"


def cells(path: Path) -> dict[str, list[list[str]]]:
    """The cells of every sheet of a workbook, by its name."""
    with zipfile.ZipFile(path) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        shared = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        texts = ["".join(text.itertext()) for text in shared]
        names = [sheet.attrib["name"] for sheet in book.iter(f"{SPACE}sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            page = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            found[name] = [
                [
                    texts[int(cell[0].text)] if cell.get("t") == "s" else str(cell[0].text)
                    for cell in row
                ]
                for row in page.iter(f"{SPACE}row")
            ]
        return found


def test_a_workbook_has_every_sheet_and_the_dictionary(
    run: Run, match: Path, tmp_path: Path
) -> None:
    target = tmp_path / "a.xlsx"
    assert run("export", str(match), "--xlsx", str(target)).status == 0
    found = cells(target)
    assert list(found) == [*(sheet.name for sheet in SHEETS), "dictionary"]
    for sheet in SHEETS:
        assert found[sheet.name][0] == list(sheet.columns)
    assert any('=HYPERLINK("http://x") و نام' in row for row in found["notes"])
    with zipfile.ZipFile(target) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist()), "no formula"
    raw = target.read_bytes()
    assert run("export", str(match), "--xlsx", str(target)).status == 0, "an older one is replaced"
    assert target.read_bytes() == raw, "the same rows are the same bytes"


def test_a_workbook_of_somebody_is_left_alone(run: Run, match: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.xlsx"
    target.write_bytes(b"my letters")
    result = run("export", str(match), "--xlsx", str(target))
    assert result.status == 2
    assert "add --replace to write over it" in result.err
    assert target.read_bytes() == b"my letters"
    assert run("export", str(match), "--xlsx", str(tmp_path / "a.txt")).status == 2


@pytest.mark.parametrize(("typed", "sign"), [(";", ";"), ("tab", "\t")])
def test_a_spreadsheet_opens_the_tables_by_a_double_click(
    run: Run, match: Path, tmp_path: Path, typed: str, sign: str
) -> None:
    for folder, more in (("plain", []), ("other", ["--separator", typed])):
        done = run("export", str(match), "--csv", str(tmp_path / folder), *more)
        assert done.status == 0
    for sheet in SHEETS:
        plain = (tmp_path / "plain" / f"{sheet.name}.csv").read_text(encoding="utf-8")
        raw = (tmp_path / "other" / f"{sheet.name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=sign))
        wanted = list(csv.reader(plain.splitlines()))
        assert len(rows) == len(wanted)
        kinds = [meaning.kind for meaning in sheet.columns.values()]
        for row, told in zip(rows[1:], wanted[1:], strict=True):
            for cell, text, kind in zip(row, told, kinds, strict=True):
                assert cell == (text.replace(".", ",") if kind is float and sign == ";" else text)
    again = run("export", str(match), "--csv", str(tmp_path / "other"))
    assert again.status == 0, "an older table of the same kind is replaced, however it is parted"


def test_an_ensemble_is_parted_alike(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "games.csv"
    explore = ["explore", "turn_zero", "--games", "3", "--text", "--csv", str(target)]
    assert run(*explore).status == 0
    plain = target.read_text(encoding="utf-8")
    assert run(*explore, "--separator", ";").status == 0
    assert target.read_text(encoding="utf-8") == "\ufeff" + plain.replace(",", ";").replace(
        ".", ","
    )
    assert run(*explore, "--separator", "|").status == 2


def test_the_log_of_a_deleted_match_is_set_aside(run: Run, match: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.match"
    orphan = tmp_path / "b.match-wal"
    orphan.write_bytes(b"the log of another match")
    result = run("export", str(match), "--match", str(target))
    assert result.status == 0
    assert "is now called b.match-wal.old-1" in " ".join(result.out.split())
    assert not orphan.exists()
    assert (tmp_path / "b.match-wal.old-1").read_bytes() == b"the log of another match"
    assert run("replay", str(target), "--text").status == 0


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8"])
def test_json_is_json_whatever_the_output_is_in(monkeypatch, encoding):
    value = {"name": "Qasem \u2013 \u0642\u0627\u0633\u0645 \u00e9"}
    out = io.TextIOWrapper(io.BytesIO(), encoding, errors="replace")
    monkeypatch.setattr(sys, "stdout", out)
    write_json("-", value)
    out.flush()
    assert json.loads(out.buffer.getvalue().decode("utf-8")) == value


@pytest.mark.parametrize(("encoding", "mark"), [("cp1252", b""), ("utf-8", b"\xef\xbb\xbf")])
def test_the_mark_of_utf_8_stands_only_before_utf_8(monkeypatch, encoding, mark):
    out = io.TextIOWrapper(io.BytesIO(), encoding, newline="\n")
    monkeypatch.setattr(sys, "stdout", out)
    command = ["explore", "turn_zero", "--games", "2", "--separator", ";", "--csv", "-"]
    assert main.main(command) == 0
    out.flush()
    assert out.buffer.getvalue().startswith(mark + b"game;ending;")


@pytest.mark.parametrize(
    ("one", "other"), [("Out", "out"), ("caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe\u0301")]
)
def test_two_names_of_one_file_are_seen_where_signs_are_alike(run, monkeypatch, one, other):
    monkeypatch.setattr("game.door.given.sys", SimpleNamespace(platform="darwin"))
    result = run("explore", "turn_zero", "--games", "2", "--csv", one, "--json", other)
    assert result.status == 2
    assert "names the same; give each its own file" in result.err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["simulate", "turn_zero", "--games", "2", "--json"], "a.json"),
        (["replay", "turn_zero", "--game", "0", "--text", "--json"], "a.json"),
        (["sweep", "turn_zero", "--games", "2", "--out"], "a.csv"),
    ],
)
def test_a_folder_whose_name_is_no_text_does_not_spoil_the_result(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], name: str
) -> None:
    """It is told as JSON tells such signs."""
    monkeypatch.chdir(tmp_path)
    folder = Path("\udcff")
    folder.mkdir()
    (folder / "restraint.toml").write_bytes((DOCTRINES / "restraint.toml").read_bytes())
    names = [str(folder / "restraint.toml"), *(["restraint"] if command[0] == "sweep" else [])]
    result = run(*command, name, "--us", *names)
    assert result.status == 0, result.err
    assert "\\udcff/restraint.toml" in Path(name).read_text(encoding="utf-8")
    refused = run("forecast", str(folder / "turn_zero.toml"), "--games", "100")
    assert "a forecast has to name its scenario, and this name is no text" in refused.err
