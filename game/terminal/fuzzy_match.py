"""From what somebody typed to what they meant: a number, a name, or the beginning of one."""

import re
from collections.abc import Sequence

from game.content.wording import did_you_mean, quoted
from game.views.handbook.naming import key
from game.views.handbook.page import Entry

SHORTEST = 2
"""Letters that the beginning of a name needs; single letters are commands."""


def find(typed: str, entries: Sequence[Entry], kind: str, first: int = 1) -> int | str:
    """The place of the entry that was meant, or a sentence that says why there is none.

    Args:
        typed: what was typed; not empty.
        entries: what may be picked.
        kind: what one of them is called, such as "deed".
        first: the number of the first.
    """
    wanted = key(typed)
    if re.fullmatch(r"[0-9]{1,9}", typed.strip()):
        return _numbered(int(typed), entries, kind, first)
    names = [(key(entry.id), key(entry.name)) for entry in entries]
    for exact in (
        [i for i, (by_id, _) in enumerate(names) if by_id == wanted],
        [i for i, (_, by_name) in enumerate(names) if by_name == wanted],
    ):
        if len(exact) == 1:
            return exact[0]
    begun = [
        i
        for i, both in enumerate(names)
        if len(wanted) >= SHORTEST and any(name.startswith(wanted) for name in both)
    ]
    if len(begun) == 1:
        return begun[0]
    if begun:
        which = ", ".join(entries[i].name for i in begun)
        return f"{quoted(typed)} could be any of these: {which}. Type a little more, or its number."
    guess = _guess(wanted, entries)
    return f"There is no {kind} {quoted(typed)}" + (
        f"; did you mean {guess}?" if guess else "; l lists what there is."
    )


def _numbered(number: int, entries: Sequence[Entry], kind: str, first: int) -> int | str:
    last = first + len(entries) - 1
    if first <= number <= last:
        return number - first
    return f"There is no {kind} with the number {number}; they go from {first} to {last}."


def _guess(wanted: str, entries: Sequence[Entry]) -> str:
    """The name of the entry most like it; empty where none is."""
    known = {key(name): entry.name for entry in entries for name in (entry.id, entry.name)}
    guess = did_you_mean(wanted, list(known))
    return known[guess] if guess else ""
