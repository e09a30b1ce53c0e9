"""The rulebook knows no date, and another year is played the same; `test_layout` reads the code."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from game.content.load import RECORD, RULEBOOK, SCENARIOS, load_record, load_scenario
from game.engine.plain import turn_by_turn as play
from game.players.library import default_players
from game.rules.digest import game_digests, state_hash
from game.rules.luck import game_keys
from tests.common import SCENARIOS as IDS

TEXTS = {
    "source",
    "meaning",
    "name",
    "sentence",
    "report",
    "because",
    "title",
    "text",
    "confidence",
}
"""What is told, and where a number comes from: read by people, not by the rules."""
DATED = re.compile(r"\b(?:19|20)\d\d\b|januar|februar|march\b|decemb|novemb", re.IGNORECASE)
DAY = re.compile(r"^((?:date|end) = )(\d{4}-\d\d-\d\d)$", re.MULTILINE)


def mechanisms(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in a data file but its texts, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}.{key}", key
            if key not in TEXTS:
                yield from mechanisms(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from mechanisms(inner, path)
    else:
        yield path, value


@pytest.mark.parametrize("path", sorted(RULEBOOK.glob("*.toml")), ids=lambda path: path.stem)
def test_no_mechanism_of_the_rulebook_holds_a_date(path: Path) -> None:
    found = [
        (where, value)
        for where, value in mechanisms(tomllib.loads(path.read_text(encoding="utf-8")))
        if isinstance(value, date) or (isinstance(value, str) and DATED.search(value))
    ]
    assert found == []


def a_year_later(path: Path, folder: Path) -> Path:
    """The file with every day of it moved by a year."""
    text = path.read_text(encoding="utf-8")
    moved = DAY.sub(lambda m: m[1] + str(date.fromisoformat(m[2]) + timedelta(365)), text)
    assert moved != text
    other = folder / path.name
    other.write_text(moved, encoding="utf-8")
    return other


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_year_later_everything_but_the_dates_is_the_same(
    scenario_id: str, tmp_path: Path
) -> None:
    other = a_year_later(SCENARIOS / f"{scenario_id}.toml", tmp_path)
    record = load_record(a_year_later(RECORD, tmp_path))
    hashes = []
    for scenario in (load_scenario(scenario_id), load_scenario(other, record=record)):
        keys = game_keys(5, range(32))
        *_, (final, _outcome) = play(scenario.setting, default_players(scenario), keys)
        hashes.append(state_hash(game_digests(final)))
    assert hashes[0] == hashes[1]
    assert scenario.turns[0].date - load_scenario(scenario_id).turns[0].date == timedelta(365)
