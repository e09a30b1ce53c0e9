"""Texts for people, out of a folder of TOML files, ready for translation."""

import tomllib
from functools import cached_property
from pathlib import Path


class Texts:
    """The entries of a folder's files: `play` of `title.toml` is called "title.play"."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def all(self) -> dict[str, str]:
        """Every text by its full key, such as "title.play" or "about.licence.fonts"."""
        found: dict[str, str] = {}
        for path in sorted(self._folder.glob("*.toml")):
            _gather(found, path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        return found

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its `{names}` filled in.

        Raises:
            KeyError: there is no such text.
        """
        text = self.all[key]
        return text.format(**values) if values else text

    def below(self, key: str) -> dict[str, str]:
        """The texts below a key, by the last parts of theirs, in the order of the file."""
        return {
            name.removeprefix(f"{key}."): text
            for name, text in self.all.items()
            if name.startswith(f"{key}.")
        }


def _gather(found: dict[str, str], key: str, value: object) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _gather(found, f"{key}.{name}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            _gather(found, f"{key}.{number}", inner)
    else:
        found[key] = str(value).strip()
