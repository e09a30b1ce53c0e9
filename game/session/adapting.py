"""An old match under the rules of today: which of their parameters came or went since it began.

A parameter that a match's own rulebook lacks is taken from the game's, one that the rules no longer
know is left out. Nothing of that is written into the match's file.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from game.content.lens import parameter_names
from game.content.load import RULEBOOK
from game.rules.seats import SEATS
from game.views.names import counted, listed

PARAMETERS = "rulebook/parameters.toml"
THEORIES = "rulebook/theories.toml"
AGENDAS = "rulebook/agendas.toml"
_ONE_AGENDA_EACH = "\n".join(
    f'[[agenda]]\nseat = "{seat.name}"\nid = "usual"\nname = "What the role asks for"\n'
    'text = "Your objectives count as the role says."\n'
    for seat in SEATS
)
_TOLD_AT_MOST = 4
_TABLE = re.compile(r"^\[(\w+\.\w+)\][^\n]*\n(?:(?!\[)[^\n]*\n)*", re.MULTILINE)
"""One parameter as the rulebook writes it: its heading, and the lines up to the next one."""


class Changes(NamedTuple):
    """How a match's parameters were brought up to those of today, by "group.name"."""

    added: tuple[str, ...] = ()
    """The match's own rulebook lacks these: they have the values of today."""
    dropped: tuple[str, ...] = ()
    """It has these, and the rules of today no longer know them."""

    def __str__(self) -> str:
        """A sentence or two; empty where nothing has changed."""
        told = ""
        if self.added:
            told = (
                f"The rules have got {_counted(self.added)} since this match began, with the "
                f"values of today: {_listed(self.added)}."
            )
        if self.dropped:
            told += (
                f" {'They' if told else 'The rules'} no longer know {_counted(self.dropped)} of "
                f"its rulebook: {_listed(self.dropped)}."
            )
        return told.strip()


def changes(texts: Mapping[str, str]) -> Changes:
    """What has to be done to a match's texts before the rules of today can read them."""
    return _adapted(texts.get(PARAMETERS, ""))[1]


def adapted(texts: Mapping[str, str]) -> dict[str, str]:
    """A match's texts with exactly the parameters of today; one that was begun when there were no
    theories and agendas has those of today, and one agenda for each seat, its objectives as they
    are. Where its rulebook is not written as the game writes it, it is left as it is.
    """
    body, change = _adapted(texts.get(PARAMETERS, ""))
    theories = (RULEBOOK / "theories.toml").read_text(encoding="utf-8")
    adapted = {THEORIES: theories, AGENDAS: _ONE_AGENDA_EACH} | dict(texts)
    return adapted | {PARAMETERS: body} if any(change) else adapted


@lru_cache(maxsize=32)
def _adapted(body: str) -> tuple[str, Changes]:
    """The text of a rulebook's parameters as the rules of today want it, and what was changed."""
    had = _names(body)
    if had is None:
        return body, Changes()
    wanted = set(parameter_names())
    change = Changes(tuple(sorted(wanted - had)), tuple(sorted(had - wanted)))
    if not any(change):
        return body, change
    kept = _TABLE.sub(lambda found: "" if found[1] in change.dropped else found[0], f"{body}\n")
    own = (RULEBOOK / "parameters.toml").read_text(encoding="utf-8")
    tables = {found[1]: found[0] for found in _TABLE.finditer(f"{own}\n")}
    new = kept + "\n" + "\n".join(tables[name] for name in change.added)
    return (new, change) if _names(new) == wanted else (body, Changes())


def _names(body: str) -> set[str] | None:
    """The names of the parameters in a text; None where it holds something else, or too much."""
    try:
        data = tomllib.loads(body)
    except (ValueError, RecursionError):
        return None
    if not data or not all(isinstance(rows, dict) for rows in data.values()):
        return None
    return {f"{group}.{name}" for group, rows in data.items() for name in rows}


def _counted(names: tuple[str, ...]) -> str:
    return counted(len(names), "parameter")


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _TOLD_AT_MOST
    if more <= 0:
        return listed(list(names))
    return f"{', '.join(names[:_TOLD_AT_MOST])} and {more} more"
