"""Who may see the host's pages, and which table they are about."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from .. import keys
from ..faults import Refused
from ..room import HOST, room_of
from ..table import Table


def is_host(request: Request) -> bool:
    """Whether the request comes from the host's own browser."""
    given = request.cookies.get(HOST, "")
    return bool(given) and keys.same(given, room_of(request).lesson.host_secret)


def table_of(request: Request) -> Table:
    """The table that an address names.

    Raises:
        Refused: there is none.
    """
    return room_of(request).lesson.table(int(request.path_params.get("table", 1)))


def for_host(
    page: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Shows a page to the host alone; others are told that there is none."""

    async def guarded(request: Request) -> Response:
        if not is_host(request):
            return room_of(request).page("missing.html", 404)
        try:
            return await page(request)
        except Refused as refused:
            return room_of(request).page("missing.html", 404, why=str(refused))

    return guarded
