"""What can stand in the way of long work."""


class FuturesError(Exception):
    """The work cannot be done or go on; the text says why and what to do."""
