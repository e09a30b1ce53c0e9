"""Digests of states: what a replay is checked against, and what a batch must not change."""

import hashlib

import numpy as np

from .state import Keys, State, changing_names

_PRIME = np.uint64(0x100000001B3)
_BASIS = np.uint64(0xCBF29CE484222325)


def game_digests(state: State) -> Keys:
    """(B,) uint64: one digest for each game, over the turn and every array of the state but those
    that are drawn when it opens, which no turn changes.

    Exact: two games have the same digest only if all these bits agree, chance collisions aside. A
    game that is over counts as of the turn in which it ended, however long others go on.
    """
    turn = np.where(state.ending > 0, state.ended_turn, state.turn)
    digest = np.full_like(state.key, _BASIS) ^ turn.astype(np.uint64)
    for name in changing_names():
        array = getattr(state, name)
        rows = array.reshape(-1, array.shape[-1])
        if rows.dtype == np.float32:
            # A zero has one digest, whatever sign the arithmetic left it with.
            rows = (rows + np.float32(0)).view(np.uint32)
        for bits in rows.astype(np.uint64):
            digest ^= bits
            digest *= _PRIME
            digest ^= digest >> np.uint64(29)
    return digest


def state_hash(digests: Keys) -> str:
    """One hexadecimal hash over the digests of many games, in the order of the games."""
    return hashlib.blake2b(digests.astype("<u8").tobytes(), digest_size=16).hexdigest()
