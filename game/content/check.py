"""Checks a data file of any kind."""

import os
from pathlib import Path

from .doctrine import load_doctrine
from .document import read_document
from .lens import load_lens
from .load import RECORD, RULEBOOK_FILES, load_record, load_scenario, read_part
from .problems import ContentError, Problem

SUFFIX = ".toml"


def check_file(path: Path) -> list[Problem]:
    """All that is wrong with a data file; empty for a good one.

    A file in a folder `rulebook` is taken for the part of the rulebook that it is named for, one
    in a folder `doctrines` for a doctrine, one in a folder `lenses` for a lens, `events.toml` in a
    folder `record` for the record. Elsewhere a file is what its keys say: only doctrines have a
    `school`, only lenses a `claim`; any other is taken for a scenario.
    """
    if os.path.isfile(path) and path.suffix.lower() != SUFFIX:
        told = f"this is no data file of the game, for its name does not end in {SUFFIX}"
        return [Problem(path, 0, told, f"name a scenario or another file that ends in {SUFFIX}")]
    try:
        match path.absolute().parent.name:
            case "rulebook" if path.name in RULEBOOK_FILES:
                read_part(path)
            case "doctrines":
                load_doctrine(path)
            case "lenses":
                load_lens(path)
            case "record" if path.name == RECORD.name:
                load_record(path)
            case _:
                _load_by_keys(path)
    except ContentError as error:
        return list(error.problems)
    return []


def _load_by_keys(path: Path) -> None:
    keys = read_document(path).data.keys()
    if "school" in keys:
        load_doctrine(path)
    elif "claim" in keys:
        load_lens(path)
    else:
        load_scenario(path)
