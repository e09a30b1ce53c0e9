"""What is worked out once for each of the last few rulebooks or settings in use."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

Source = TypeVar("Source")
Result = TypeVar("Result")


def remembered(most: int) -> Callable[[Callable[[Source], Result]], Callable[[Source], Result]]:
    """Remembers a function's results for its last `most` arguments, whichever thread asks.

    Arguments are told apart by identity, for those that hold arrays have no hash. They are held on
    to while they are remembered, so that nothing else can take their place in memory.
    """

    def remembering(work: Callable[[Source], Result]) -> Callable[[Source], Result]:
        known: dict[int, tuple[Source, Result]] = {}
        lock = Lock()

        def found(source: Source) -> Result:
            entry = known.get(id(source))
            if entry is None:
                entry = source, work(source)
                with lock:
                    while len(known) >= most:
                        del known[next(iter(known))]
                    known[id(source)] = entry
            return entry[1]

        return found

    return remembering
