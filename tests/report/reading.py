"""Reads a document as a browser would, element by element."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"meta", "br", "hr", "img", "input", "link"}
"""Elements that have no end tag."""
INLINE = {"a", "bdi", "q", "span", "strong"}


@dataclass
class Element:
    """One element with what it holds."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    content: "list[str | Element]" = field(default_factory=list)
    """Texts and elements in their order."""

    def all(self, *tags: str) -> Iterator["Element"]:
        """Every element below it, of these tags or of any, in the order of the document."""
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def one(self, tag: str) -> "Element":
        """The only element of a tag below it."""
        (found,) = self.all(tag)
        return found

    @property
    def text(self) -> str:
        """All text below it, blanks made one."""
        return " ".join(self._told().split())

    def _told(self) -> str:
        parts = [
            part
            if isinstance(part, str)
            else part._told()
            if part.tag in INLINE
            else f" {part._told()} "
            for part in self.content
        ]
        return "".join(parts)

    def within(self, tag: str) -> bool:
        """Whether it stands inside an element of a tag."""
        return self.parent is not None and (self.parent.tag == tag or self.parent.within(tag))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("document", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        self.at.content.append(element)
        if tag not in EMPTY:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag, f"</{tag}> within <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.content.append(data)


def read(html: str) -> Element:
    """The document.

    Raises:
        AssertionError: a tag is not closed where it should be.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.tag}> is never closed"
    return reader.root
