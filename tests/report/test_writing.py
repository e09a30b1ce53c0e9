"""A report is on the disk whole or not at all, and never takes the place of other work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.report.page import GENERATOR
from game.report.pdf import MARK, NoPrinterError, check_printer, pdf
from game.report.writing import InTheWayError, ReportError, check, is_report, write

REPORT = f'<meta name="generator" content="{GENERATOR}">'.encode()
ROOT = Path(__file__).parents[2]
unprivileged = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write into any folder"
)


def test_a_report_is_written_and_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write(path, REPORT)
    write(path, REPORT + b"newer")
    assert path.read_bytes() == REPORT + b"newer"
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside it"


def test_other_work_is_not_written_over_unless_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "thesis.html"
    path.write_text("years of work")
    for act in (check, lambda at: write(at, REPORT)):
        with pytest.raises(InTheWayError, match="it is no report; name another one"):
            act(path)
    assert path.read_text() == "years of work"
    write(path, REPORT, replace=True)
    assert is_report(path)


def test_an_empty_file_is_nobody_s_work(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.touch()
    write(path, REPORT)


@pytest.mark.parametrize("data", [REPORT, b"x" * 100_000 + MARK])
def test_reports_are_known_again(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert is_report(path)
    path.write_bytes(b"x" * 3000 + REPORT)
    assert not is_report(path)


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="this is a folder"):
        write(tmp_path, REPORT)
    with pytest.raises(ReportError, match=r"cannot be written \(No such file or directory\)"):
        write(tmp_path / "no" / "a.html", REPORT)


@unprivileged
def test_a_folder_that_may_not_be_written_into(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ReportError, match="Permission denied"):
        check(tmp_path / "a.html")


FULL = """
import resource, signal, sys
from pathlib import Path
from game.report.page import GENERATOR
from game.report.writing import ReportError, write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
head = f'<meta name="generator" content="{GENERATOR}">'.encode()
try:
    write(Path(sys.argv[1]), head + b"x" * 20_000)
except ReportError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files here")
def test_a_disk_that_takes_no_more_leaves_the_old_report(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write(path, REPORT)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "cannot be written (File too large)" in done.stdout
    assert path.read_bytes() == REPORT
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_leads_to_its_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    write(real, REPORT)
    link.symlink_to(real)
    write(link, REPORT + b"2")
    assert link.is_symlink()
    assert real.read_bytes() == REPORT + b"2"


# --- PDF


def test_without_the_printer_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for act in (check_printer, lambda: pdf("<p>x</p>")):
        with pytest.raises(NoPrinterError, match="open the HTML file in a browser and print it"):
            act()


def test_a_pdf_fetches_nothing_and_is_known_again(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="the extra `pdf` is not installed")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf('<h1>A title</h1><img src="http://127.0.0.1:9/x.png">'))
    assert path.read_bytes().startswith(b"%PDF-")
    assert is_report(path)
