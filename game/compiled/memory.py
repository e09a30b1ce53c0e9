"""Memory that the turns of a large batch come and go in.

A turn's arrays are some megabytes. The C library gives such memory back to the system whenever it
is freed, and to be given it anew, page by page, takes as long as the turn itself.
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's mallopt(3)."""
_FREED_AT_MOST = 256 << 20
_IN_ONE_PIECE = 32 << 20


def keep_freed_memory() -> None:
    """Has this process keep freed memory for the next turn, where its C library is glibc."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another library, or another system
        return
    mallopt(_TRIM_THRESHOLD, _FREED_AT_MOST)
    mallopt(_MMAP_THRESHOLD, _IN_ONE_PIECE)
