"""Asks one thing at a time, and knows the commands that may be typed in place of an answer."""

from collections.abc import Callable, Sequence

from game.views.handbook.page import Entry

from .console import Console
from .fuzzy_match import find

HELP = (
    "Type a number, a name, or the beginning of a name. Enter takes what stands in brackets.",
    "? NAME   explains an action, a statement, a message, a figure or a rung: ? harden, ? ladder",
    "l        lists the choices once more",
    "s        shows the whole situation",
    "n        shows the news once more",
    "r        shows your role sheet, and where it is known from",
    "p        shows the prologue, and where it is known from",
    "e        shows what your staff expects of each action, with what you say so far",
    "v        shows how the others see you, as your staff makes it out",
    "+ TEXT   writes TEXT down for the debrief",
    "b        goes back one step",
    "u        takes the last turn back, when you play alone",
    "t        for the teacher, where the game is led: pause, news, figures, seats, undo, end",
    "q        leaves the game",
)
_LONG = {
    "help": "?",
    "list": "l",
    "situation": "s",
    "news": "n",
    "role": "r",
    "prologue": "p",
    "estimate": "e",
    "view": "v",
    "back": "b",
    "undo": "u",
    "teacher": "t",
    "quit": "q",
    "exit": "q",
}
BACK = "b"
_GO_ON = ("", BACK, "y", "yes", "n", "no", "ok", "go", "go on")
"""What is no answer to the question after."""


class Leave(Exception):
    """The player leaves the game."""


class Prompt:
    """Questions on a screen."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.explain: Callable[[str], None] | None = None
        """What `? NAME` does."""
        self.show: dict[str, Callable[[], None]] = {}
        """What the commands of one letter show; they change with the seat."""
        self.note: Callable[[str], None] | None = None
        """What `+ TEXT` does."""
        self.kept = False
        """Whether the game is kept when somebody leaves it."""
        self._ahead = ""
        """What was typed where only Enter was asked for."""

    def line(self, question: str, entries: Sequence[Entry] = (), first: int = 1) -> str:
        """What is typed: an answer, empty for Enter, or `BACK`. Other commands are obeyed and the
        question is put anew.

        Args:
            question: what is asked.
            entries: the choices, for the commands l and ?.
            first: the number of the first of them.

        Raises:
            Leave: the player leaves, or the input has ended.
        """
        while True:
            try:
                typed = self._ahead or self.console.read(question)
                self._ahead = ""
            except EOFError:
                raise Leave from None
            command = _LONG.get(typed.casefold(), typed.casefold())
            if command == "q":
                self._leave()
            elif command.startswith("?"):
                self._help(typed.removeprefix("?").strip(), entries, first)
            elif command == "l" and entries:
                self.console.entries(entries, first)
            elif command.startswith("+") and self.note is not None:
                self.note(typed.removeprefix("+"))
            elif command in self.show:
                self.show[command]()
            else:
                return BACK if command == BACK else typed

    def choose(
        self,
        question: str,
        entries: Sequence[Entry],
        kind: str,
        *,
        default: int | None = None,
        first: int = 1,
        typed: str = "",
        shown: bool = False,
    ) -> int | None:
        """The place of the entry that is picked; None to go back.

        Args:
            question: what is asked; the default is added to it.
            entries: what may be picked; those that are closed are refused with their reason.
            kind: what one of them is called.
            default: the place that Enter stands for; without one Enter is no answer.
            first: the number of the first entry.
            typed: an answer that was given already.
            shown: the entries stand on the screen already.

        Raises:
            Leave: the player leaves, or the input has ended.
        """
        if not shown and not typed:
            self.console.entries(entries, first)
        ask = f"{question} [{entries[default].name}]" if default is not None else question
        while True:
            answer = typed or self.line(ask, entries, first)
            typed = ""
            if answer == BACK:
                return None
            if not answer and default is not None:
                return default
            found = find(answer, entries, kind, first) if answer else "Please type one of them."
            if isinstance(found, str):
                self.console.warn(found)
            elif entries[found].closed:
                entry = entries[found]
                self.console.warn(f"{entry.name}. Not now: {entry.closed}. Nothing was ordered.")
            else:
                return found

    def enter(self, question: str) -> None:
        """Waits for Enter; an answer that is typed in its place is kept for the next question.

        Raises:
            Leave: the player leaves, or the input has ended.
        """
        typed = self.line(f"{question} [Enter]")
        self._ahead = "" if typed.casefold() in _GO_ON else typed

    def yes(self, question: str, *, default: bool) -> bool:
        """Yes or no.

        Raises:
            EOFError: the input has ended.
        """
        while True:
            answer = self.console.read(f"{question} [{'yes' if default else 'no'}]").casefold()
            if not answer:
                return default
            if answer in ("y", "yes", "n", "no"):
                return answer.startswith("y")
            self.console.warn("Please type yes or no.")

    def _leave(self) -> None:
        try:
            kept = "It is kept" if self.kept else "It is not kept"
            leaves = self.yes(f"Leave the game? {kept}.", default=False)
        except EOFError:
            leaves = True
        if leaves:
            raise Leave

    def _help(self, about: str, entries: Sequence[Entry], first: int) -> None:
        if not about or self.explain is None:
            self.console.bullets(HELP)
            return
        found = find(about, entries, "choice", first) if entries else ""
        listed = entries[found].topic if isinstance(found, int) else ""
        self.explain(listed or about)
