"""The hostile suite: inputs of every kind, as long as you like; what goes wrong leaves its input.

uv run python -m tests.hostile --minutes 20
uv run python -m tests.hostile --minutes 5 --only numbers matches --seed 7
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from .suite import FAILURES, KINDS, Suite

TOLD_AT_MOST = 20
SHARES = {"toml": 8, "forecasts": 4, "matches": 3, "numbers": 2, "environments": 0.5}
"""How the time is parted, a share to every other kind: most to what strangers send and is quick to
try.
"""


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description="Hostile inputs of every kind.")
    parser.add_argument("--minutes", type=float, default=1.0, help="for all kinds together")
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--seed", type=int, default=None, help="default: a new one every time")
    parser.add_argument("--most", type=int, default=None, help="inputs of each kind")
    parser.add_argument("--failures", type=Path, default=FAILURES, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    seed = time.time_ns() % 2**32 if asked.seed is None else asked.seed
    print(f"seed {seed}")
    failed = tried = 0
    shares = {kind: SHARES.get(kind, 1) for kind in asked.only}
    for kind, share in shares.items():
        suite = Suite(kind, seed, asked.failures)
        start = time.monotonic()
        suite.run(asked.minutes * 60 * share / sum(shares.values()), most=asked.most)
        failed += len(suite.left)
        tried += suite.tried
        print(
            f"{kind:<13}{suite.tried:>8,} inputs tried, {len(suite.left)} failures, "
            f"{time.monotonic() - start:.0f} s",
            flush=True,
        )
        for folder, told in list(suite.left.items())[:TOLD_AT_MOST]:
            print(f"  {folder}: {told}", flush=True)
    print(f"{tried:,} inputs tried, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="hostile-") as home:
        Suite.settle(Path(home))
        sys.exit(main())
