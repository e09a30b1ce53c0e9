"""The reader of the command line."""

import argparse
import sys
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """Tells mistakes in lines that a window does not break, and does not hide a full disk; options
    are written out.
    """

    def __init__(self, **told: Any) -> None:
        super().__init__(**told, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Tells the mistake, and leaves."""
        from game.content.visible import visible
        from game.terminal.errors import MISTAKE, folded, tell

        told = visible(f"{self.prog}: error: {message}")
        tell(f"{self.format_usage()}{folded(told)}\n")
        self.exit(MISTAKE)

    def _print_message(self, message: str, file: Any = None) -> None:
        (sys.stderr if file is None else file).write(message)
