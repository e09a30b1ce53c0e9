"""A page of the handbook as lines of text, to be compared to the letter."""

from collections.abc import Iterable, Sequence

from game.views.handbook.page import Entry


class Written:
    """Keeps what is written on it: titles after =, headings after #, bullets after -."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def title(self, text: str) -> None:
        self.lines.append(f"= {text}")

    def heading(self, text: str) -> None:
        self.lines.append(f"# {text}")

    def say(self, text: str) -> None:
        self.lines.append(text.strip())

    def aside(self, text: str) -> None:
        self.lines.append(f"({text})")

    def bullets(self, items: Iterable[str]) -> None:
        self.lines += [f"- {item}" for item in items]

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        self.lines += [f"{name}: {value}" for name, value in rows]

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        self.lines += [" | ".join(part for part in entry if part) for entry in entries]
