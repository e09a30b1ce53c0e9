"""All that a seat sees, as rows of numbers."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from game.players.features import Features
from game.rules.observe import Observation
from game.rules.setting import Setting

from .plans import learnable

Values = NDArray[np.float64]


def seen_by(setting: Setting, seen: Observation) -> Values:
    """(B, n) everything in an Observation: figures as they are, codes as one column for each.

    Args:
        setting: the scenario's rules.
        seen: B games.
    """
    rows: list[NDArray[np.float32]] = []
    for entry in fields(seen):
        value = getattr(seen, entry.name)
        if isinstance(value, dict):
            rows += [value[name][None] for name in sorted(value)]
        elif isinstance(value, np.ndarray):
            flat = value.reshape(-1, value.shape[-1])
            if np.issubdtype(value.dtype, np.integer):
                most = _most(setting, entry.name)
                flat = np.concatenate([row == np.arange(most)[:, None] for row in flat])
            rows.append(flat)
    rows.append(_bearings(setting, seen))
    return np.concatenate(rows).astype(np.float64).T


def _bearings(setting: Setting, seen: Observation) -> NDArray[np.float32]:
    """(rows, B) how much of each of its deeds the moment bears, and whether there is an answer to
    give to those whom it blames: in all, and under each of its agendas.
    """
    features = Features(setting, seen)
    deeds = setting.rulebook.deeds[seen.seat]
    owed = features["debt"] * features["blamed"]
    bears = [features.bearing(index) for index, deed in enumerate(deeds) if deed.occasion]
    rows = np.stack([np.broadcast_to(row, owed.shape) for row in (*bears, owed)])
    agendas = range(len(setting.rulebook.agendas[seen.seat]))
    return np.concatenate([rows, *(rows * (seen.agenda == agenda) for agenda in agendas)])


def _most(setting: Setting, name: str) -> int:
    """How many codes a field of an Observation may have."""
    book = setting.rulebook
    return {"deed": max(map(len, book.deeds)), "word": len(book.words)}.get(
        name, len(book.whispers)
    )


def learnt(setting: Setting, seen: Observation) -> Values:
    """(B, features) what a doctrine's weights can refer to, in the order of `learnable`."""
    features, names = Features(setting, seen), learnable(setting.rulebook, seen.seat)
    return np.stack([features[name] for name in names], axis=1).astype(np.float64)
