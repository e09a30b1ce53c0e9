"""Where two texts part."""

from itertools import zip_longest


def first_difference(golden: str, now: str) -> str:
    """The first line that differs, as it was and as it is; empty where the texts are equal."""
    pairs = list(zip_longest(golden.splitlines(), now.splitlines()))
    differing = [number for number, (was, is_) in enumerate(pairs, 1) if was != is_]
    if not differing:
        return "" if golden == now else "  the ends of the lines differ"
    was, is_ = pairs[differing[0] - 1]
    nothing = "(no such line)"
    return (
        f"  first in line {differing[0]} ({len(differing)} of {len(pairs)} lines differ)\n"
        f"  was: {nothing if was is None else was}\n"
        f"  is:  {nothing if is_ is None else is_}"
    )
