"""Everything that the window says: one TOML file for each screen or part, ready for translation.

`t("title.play")` is the entry `play` of `title.toml`.
"""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def all_texts() -> dict[str, str]:
    """Every text by its full key, such as "title.play" or "about.licence.fonts"."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        _gather(found, path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def _gather(found: dict[str, str], key: str, value: object) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _gather(found, f"{key}.{name}", inner)
    else:
        found[key] = str(value).strip()


def t(key: str, **values: object) -> str:
    """The text of a key, its `{names}` filled in.

    Raises:
        KeyError: there is no such text.
    """
    text = all_texts()[key]
    return text.format(**values) if values else text
