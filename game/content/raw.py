"""Looks into a document that may yet be wrong in any way, for checks that span several tables."""

from collections.abc import Iterator
from typing import Any

from .problems import Loc, Mistake
from .wording import quoted

RawTable = dict[str, Any]


def tables(data: RawTable, name: str) -> list[RawTable]:
    """The items of a list of tables; an empty table stands in for whatever is none."""
    items = data.get(name)
    if not isinstance(items, list):
        return []
    return [item if isinstance(item, dict) else {} for item in items]


def texts_of(data: RawTable, name: str, *keys: str) -> set[tuple[Any, ...]]:
    """What the items of a list of tables say under some keys; those that say no texts left out."""
    said = (tuple(item.get(key) for key in keys) for item in tables(data, name))
    return {each for each in said if all(isinstance(text, str) for text in each)}


def table(data: RawTable, name: str) -> RawTable:
    """A table; empty where there is none."""
    item = data.get(name)
    return item if isinstance(item, dict) else {}


def texts(data: RawTable, name: str, key: str) -> list[str]:
    """The texts under one key of a list of tables."""
    return [item[key] for item in tables(data, name) if isinstance(item.get(key), str)]


def repeated(data: RawTable, name: str, keys: tuple[str, ...]) -> Iterator[Mistake]:
    """A mistake for every item that has all of `keys` in common with an earlier one."""
    seen: dict[tuple[str | int, ...], int] = {}
    for index, item in enumerate(tables(data, name)):
        values = tuple(v for key in keys if isinstance(v := item.get(key), str | int))
        if len(values) < len(keys):
            continue
        first = seen.setdefault(values, index)
        if first != index:
            told = ", ".join(f"{key} {quoted(v)}" for key, v in zip(keys, values, strict=True))
            yield Mistake(
                (name, index, keys[-1]),
                f"a second {name} with {told}",
                f"the first is item {first + 1}: change or delete one of them",
            )


def begins_with(data: RawTable, name: str, first: str) -> Iterator[Mistake]:
    """A mistake where the first item of a list of tables has another id than `first`."""
    items = tables(data, name)
    if items and items[0].get("id") != first:
        loc: Loc = (name, 0, "id")
        yield Mistake(
            loc, f'the first {name} must be "{first}"', f'put "{first}" before all others'
        )
