"""Work for the window's other process that leaves it without machine code."""

from collections.abc import Iterator

from game.engine.play import Way, use


def by_numpy() -> Iterator[None]:
    """From now on that process plays without machine code, as where the extra `fast` is missing."""
    use(Way.WHAT_PAYS)
    yield
