"""Pages of figures name what moves them, the referee's own workings too."""

import re
from pathlib import Path

import pytest

from game.rules import phases
from game.rules.state import COLUMNS, PAIR_COLUMNS
from game.terminal.console import open_console
from game.views.handbook import figures
from game.views.handbook.mechanisms import mechanisms
from game.views.handbook.topics import called

CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(phases.__file__).parent.glob("*.py")
)


def moved_by_code():
    """The columns that a phase writes to."""
    write = r"(?:g|some|playing|lost)\.(\w+)(?:\[[^\]]*\])? (?:[-+*]=|=) "
    stocks = re.findall(r'Source\.\w+: "(\w+)"', CODE)  # what salvos come out of
    return {*re.findall(write, CODE), *stocks} & COLUMNS.keys()


def test_every_column_that_the_code_moves_has_its_sentence():
    assert len(moved_by_code()) > 30
    assert moved_by_code() - mechanisms().keys() == set()
    assert mechanisms().keys() - COLUMNS.keys() == set()


def page(name, capsys):
    (topic,) = called(name)
    topic.show(open_console(plain=True))
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("us_case", "A justification by Washington"),
        ("brink", "Exchanges between states, killed leaders"),
        ("iraq_momentum", "American strikes on Iraqi soil"),
    ],
)
def test_the_page_tells_the_main_causes(name, told, capsys):
    assert told in page(name, capsys)


def test_no_page_of_a_pair_speaks_of_i_and_j(capsys):
    assert figures.PAIRS.keys() == PAIR_COLUMNS.keys()
    for name in PAIR_COLUMNS:
        assert not re.search(r"\b[ij]\b", page(name, capsys)), name


def test_what_a_figure_counts_for_is_not_rounded_to_nothing(capsys):
    for name in COLUMNS:
        assert " 0 for each unit" not in page(name, capsys), name


def test_a_word_says_when_it_counts(capsys):
    assert "used force in the open; without that" in page("justify_imminent", capsys)
    assert "or American force, is recent; without that" in page("condemn", capsys)
    assert "without that" not in page("threaten", capsys)


def test_places_name_their_source_plainly(capsys):
    told = page("tehran", capsys) if len(called("tehran")) == 1 else page("taji", capsys)
    assert "Position from: gazetteers (lists of places) in public code repositories" in told
