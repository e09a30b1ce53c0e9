"""What spreads work: processes of this machine, or a cluster."""

from collections.abc import Callable
from typing import Protocol, TypeVar

Job = TypeVar("Job")
Part = TypeVar("Part")
Part_co = TypeVar("Part_co", covariant=True)


class Future(Protocol[Part_co]):
    """A result that is on its way."""

    def result(self) -> Part_co:
        """The result, waited for; what went wrong with it is raised."""

    def cancel(self) -> object:
        """It is no longer wanted."""


class Executor(Protocol):
    """Those who work."""

    @property
    def hands(self) -> int:
        """How many pieces they work on at once."""

    def submit(
        self, work: Callable[[Job, int, int], Part], job: Job, first: int, count: int
    ) -> Future[Part]:
        """Hands one piece of work out: `work(job, first, count)`."""
