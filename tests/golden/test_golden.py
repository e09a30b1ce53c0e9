"""Two golden games of every scenario, told turn by turn with their digests, are as they were."""

import subprocess
import sys
from pathlib import Path

import pytest

from game.content.load import load_scenario
from tests.common import SCENARIOS
from tests.golden.compare import (
    REGENERATE,
    assert_all_there,
    assert_as_it_was,
    first_difference,
)
from tests.golden.transcripts import FOLDER, names, transcript

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", names())
def test_a_game_is_told_as_it_was(name: str) -> None:
    assert_as_it_was(FOLDER / name, transcript(name))


def test_every_scenario_has_its_files_and_no_file_lacks_its_scenario() -> None:
    assert_all_there(FOLDER, names())


@pytest.mark.parametrize("name", names())
def test_a_transcript_has_the_digest_of_every_turn(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    turns = text.count("\nTurn ")
    assert text.count("\n  = digest ") == turns
    scenario = load_scenario(name.split(".", maxsplit=1)[0])
    over_early = f"Ending after turn {turns}:" in text
    assert turns == scenario.setting.turns or over_early


def test_no_scenario_is_looked_for_in_vain() -> None:
    assert {name.split(".")[0] for name in names()} == set(SCENARIOS)


def test_the_first_difference_is_shown() -> None:
    shown = first_difference("a\nb\nc\n", "a\nB\nc\nd\n")
    assert "line 2 (2 of 4 lines differ)" in shown
    assert "was: b" in shown
    assert "is:  B" in shown
    assert first_difference("a\n", "a\n") == ""
    assert first_difference("a\n", "a") != ""
    assert "(no such line)" in first_difference("a\n", "a\nb\n")


def test_the_command_that_a_failure_names_is_there() -> None:
    script = Path(*REGENERATE.split()[1].split("/"))
    code = f"import runpy; runpy.run_path({str(script)!r}, run_name='looked_at')"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
