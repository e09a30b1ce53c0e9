"""The data files that a match is played by, as texts: gathered from the program when it begins,
compiled from its own file ever after. So an old match keeps its rules when the program's change.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.content.doctrine import load_doctrine
from game.content.document import read_document
from game.content.kinds import is_number
from game.content.lens import LENSES, Lens, LensSheet, load_lens, parameter_names, seen_through
from game.content.load import (
    DOCTRINES,
    RULEBOOK,
    RULEBOOK_FILES,
    SCENARIOS,
    doctrine_ids,
    load_base,
    load_rulebook,
    load_scenario,
    read_part,
)
from game.content.problems import ContentError
from game.content.reading import read_toml
from game.content.scenario import Scenario

from .errors import MatchError

Texts = Mapping[str, str]
"""Texts of data files by their names: rulebook/deeds.toml, doctrines/restraint.toml, …"""
TEXT_NAME = re.compile(r"(rulebook|doctrines|lenses|scenarios)/([a-z0-9][a-z0-9_-]{0,39})\.toml")
MOST_TEXTS = 200


def gathered(scenario: str | Path, lens: str | Path) -> dict[str, str]:
    """All that a new match stands on: scenario, lens, rulebook and every doctrine.

    Raises:
        ContentError: a file is missing or cannot be read.
    """
    load_lens(lens)  # refuses one whose id is not its name
    texts = dict(_own_texts())
    for folder, given, own in (("scenarios", scenario, SCENARIOS), ("lenses", lens, LENSES)):
        path = own / f"{given}.toml" if _is_id(given) else Path(given)
        texts[f"{folder}/{path.name}"] = read_document(path).text
    return texts


def with_doctrine(texts: Texts, player: str) -> tuple[str, dict[str, str]]:
    """What a match calls a computer player, and the text that it lacks to play it.

    A doctrine's file becomes part of the match; every other player has its name already.

    Raises:
        ContentError: the file is no doctrine.
        MatchError: the match knows another doctrine of that name.
    """
    if not player.endswith(".toml"):
        return player, {}
    doctrine = load_doctrine(Path(player))
    name, text = f"doctrines/{doctrine.id}.toml", read_document(Path(player)).text
    if texts.get(name, text) != text:
        raise MatchError(
            f'the match has another doctrine with the id "{doctrine.id}"; give the file '
            "and its id a new name"
        )
    return doctrine.id, {} if name in texts else {name: text}


def compiled(texts: Texts) -> Scenario:
    """The scenario under its rules and its lens.

    Raises:
        ContentError: this version of the game cannot play these texts.
    """
    return _compiled(tuple(sorted(texts.items())))


@contextmanager
def for_casting(texts: Texts, scenario: Scenario) -> Iterator[tuple[Scenario, dict[str, str]]]:
    """What a factory of players is given: the scenario, its doctrines named so that the match's own
    texts are read, and that name for every doctrine. Both hold within the context only.
    """
    own = _own_texts()
    theirs = [
        name
        for name, text in texts.items()
        if name.startswith("doctrines/") and own.get(name) != text
    ]
    if not theirs:
        yield scenario, {}
        return
    with _unpacked(texts) as folder:
        names = {Path(name).stem: str(folder / name) for name in theirs}
        roles = {
            seat: replace(role, doctrine=names.get(role.doctrine, role.doctrine))
            for seat, role in scenario.roles.items()
        }
        yield replace(scenario, roles=roles), names


@cache
def _own_texts() -> dict[str, str]:
    """The program's rulebook and doctrines. They are read once, as `load_rulebook` does."""
    paths = [*(RULEBOOK / name for name in RULEBOOK_FILES), *sorted(DOCTRINES.glob("*.toml"))]
    return {f"{path.parent.name}/{path.name}": path.read_text("utf-8-sig") for path in paths}


def _is_id(given: str | Path) -> bool:
    return isinstance(given, str) and not given.endswith(".toml") and len(Path(given).parts) == 1


@lru_cache(maxsize=8)
def _compiled(texts: tuple[tuple[str, str], ...]) -> Scenario:
    names = [name for name, _ in texts]
    with _unpacked(dict(texts)) as folder:
        scenario = load_scenario(
            folder / _only(names, "scenarios"),
            load_rulebook(folder / "rulebook"),
            base=load_base(folder / "rulebook"),
            doctrines=doctrine_ids(folder / "doctrines"),
        )
        return seen_through(scenario, _lens(folder, _only(names, "lenses")))


def _lens(folder: Path, name: str) -> Lens:
    """The lens of a match, held against the match's own parameters."""
    sheet = read_toml(folder / name, LensSheet)
    ranges = read_part(folder / "rulebook" / "parameters.toml").root
    for parameter, value in sheet.parameters.items():
        group, _, own = parameter.partition(".")
        if parameter not in parameter_names() or not is_number(value):
            raise ContentError([])
        low, high = ranges[group][own].range
        if not low <= value <= high:
            raise ContentError([])
    return Lens(sheet.id, sheet.name, sheet.theory, sheet.claim, dict(sheet.parameters))


def _only(names: list[str], folder: str) -> str:
    """The one text of a folder of which a match has one."""
    found = [name for name in names if name.startswith(f"{folder}/")]
    if len(found) != 1:
        raise ContentError([])
    return found[0]


@contextmanager
def _unpacked(texts: Texts) -> Iterator[Path]:
    """The texts as files in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="match-") as name:
        folder = Path(name)
        for kind in ("rulebook", "doctrines", "lenses", "scenarios"):
            (folder / kind).mkdir()
        for path, text in texts.items():
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
        yield folder
