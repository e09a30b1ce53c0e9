"""A page of the handbook as widgets."""

from collections.abc import Iterable, Sequence

from game.rules.rulebook import MarkPart
from game.rules.seats import Rung
from game.views.handbook.page import Entry
from game.views.handbook.topics import Topic, called
from game.views.names import rung_name

from ...widgets.base import Widget
from ...widgets.boxes import Column, Gap
from ...widgets.text import Text, facts, points

WIDEST = 740
"""Units that a line of a page is not wider than."""


class Leaf:
    """Collects a page's parts; names that have pages of their own become links."""

    def __init__(self, label_width: float = 230) -> None:
        self.name = ""
        """The page's heading."""
        self.widgets: list[Widget] = []
        self._label_width = label_width
        self.scope = ""
        """Whose page it is: entries are looked for among what belongs to it first."""

    def title(self, text: str) -> None:
        """See `Page`; an id in brackets behind the heading stands below it."""
        name, _, rest = text.partition(" (")
        if "." in name and " " not in name:  # an id alone, as parameters have it
            name, rest = name.rpartition(".")[2].replace("_", " "), f"{name})"
        if self.widgets:
            self.widgets.append(Gap(16))
        self.widgets.append(Text(name[:1].upper() + name[1:], "title"))
        if rest:
            self.widgets.append(Text(rest.removesuffix(")"), "mono", "quiet"))
        self.name = self.name or name

    def heading(self, text: str) -> None:
        """See `Page`."""
        self.widgets += [Gap(4), Text(text, "heading")]

    def say(self, text: str) -> None:
        """See `Page`."""
        self.widgets.append(Text(text.strip(), widest=WIDEST))

    def aside(self, text: str) -> None:
        """See `Page`."""
        self.widgets.append(Text(text.strip(), "small", "quiet", widest=WIDEST))

    def bullets(self, items: Iterable[str]) -> None:
        """See `Page`."""
        self.widgets.append(points(items, widest=WIDEST))

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        """See `Page`."""
        linked = [(link(label), value) for label, value in rows]
        self.widgets.append(facts(linked, self._label_width, WIDEST - self._label_width))

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        """See `Page`."""
        for number, entry in enumerate(entries, first or 0):
            told = " ".join(
                part for part in (entry.text, entry.notes and entry.notes + ".") if part
            )
            named = entry.name.replace(". (", " (").removesuffix(".")  # they are no sentences here
            name = self._link(named) if first is None else f"{number}  {named}"
            self.widgets.append(
                Column(
                    [
                        Text(name, "strong"),
                        *([Text(told, "body", "quiet", widest=WIDEST)] if told else []),
                    ],
                    gap=0,
                )
            )

    def _link(self, name: str) -> str:
        """The name as a link, such as that of a deed on the page of its seat."""
        own = link(f"{self.scope}.{name}")
        return own if own.startswith("[") else link(name)


def link(name: str) -> str:
    """The name as a link to its page; as it is where it has none."""
    found = [topic for topic in called(name) if topic.name == name] if name else []
    return f"[{topic_title(found[0])}]({found[0].name})" if found else name


def objectives(parts: Iterable[MarkPart]) -> str:
    """Objectives, each a link to how it is counted."""
    return ", ".join(f"[{part.name}]({part.seat.name.lower()}.{part.id})" for part in parts)


def topic_title(topic: Topic) -> str:
    """What lists call a page."""
    if topic.kind == "rung":
        rung = Rung(int(topic.others[0]))
        name = rung_name(rung)
        return f"{int(rung)}  {name[:1].upper()}{name[1:]}"
    named = topic.others and topic.kind not in ("ladder", "ledger", "parameter")
    told = topic.others[-1] if named else topic.name.rpartition(".")[2]
    return told[:1].upper() + told[1:].replace("_", " ")


def leaf(topics: Sequence[Topic], label_width: float = 230) -> Leaf:
    """The pages of these topics, one after the other."""
    made = Leaf(label_width)
    for topic in topics:
        made.scope = topic.name.removeprefix("parameters.")
        topic.show(made)
    return made
