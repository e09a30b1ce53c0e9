"""Inline SVG that fits any width: places across are shares of the width, heights are pixels.

So text keeps its size on a phone and on paper. Everything is drawn with attributes, no style sheet,
for printers that know no other, and is built as a tree, so that no name can break out of its text.
"""

import re
from xml.etree import ElementTree

from markupsafe import Markup

from .theme import COLOURS, FONTS

_FORBIDDEN = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text without characters that no document may hold, or that turn the writing around."""
    return _BIDI.sub("", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


class Drawing:
    """One chart, `height` pixels high and as wide as there is room."""

    def __init__(self, name: str, title: str, told: str, height: float) -> None:
        """Begins it.

        Args:
            name: an id that no other chart of the document has.
            title: what it shows.
            told: what somebody who cannot see it needs to know.
            height: in pixels.
        """
        self._root = ElementTree.Element(
            "svg",
            {
                "role": "img",
                "width": "100%",
                "height": f"{height:g}",
                "aria-labelledby": f"{name}-title",
                "aria-describedby": f"{name}-desc",
                "font-family": FONTS,
                "font-size": "12",
                "overflow": "visible",
            },
        )
        for tag, text in (("title", title), ("desc", told)):
            child = ElementTree.SubElement(self._root, tag, {"id": f"{name}-{tag}"})
            child.text = clean(text)

    def line(
        self, x: tuple[float, float], y: tuple[float, float], colour: str, **style: str
    ) -> None:
        """A straight line; x in % of the width, y in pixels."""
        self._add(
            "line",
            {"x1": f"{x[0]:.2f}%", "x2": f"{x[1]:.2f}%", "y1": f"{y[0]:g}", "y2": f"{y[1]:g}"},
            {"stroke": COLOURS[colour]} | style,
        )

    def bar(self, x: float, width: float, y: float, height: float, **style: str) -> None:
        """A rectangle; x and width in % of the width."""
        place = {"x": f"{x:.2f}%", "width": f"{width:.2f}%", "y": f"{y:g}", "height": f"{height:g}"}
        self._add("rect", place, style)

    def dot(self, x: float, y: float, shape: str, colour: str, *, filled: bool = True) -> None:
        """A mark of one of three shapes: circle, square, triangle."""
        style = {
            "fill": COLOURS[colour] if filled else COLOURS["paper"],
            "stroke": COLOURS[colour],
            "stroke-width": "1.5",
        }
        if shape == "circle":
            self._add("circle", {"cx": f"{x:.2f}%", "cy": f"{y:g}", "r": "4"}, style)
        elif shape == "square":
            place = {"x": f"{x:.2f}%", "y": f"{y:g}", "width": "7", "height": "7"}
            self._add("rect", place, style | {"transform": "translate(-3.5 -3.5)"})
        else:
            inner = ElementTree.SubElement(
                self._root,
                "svg",
                {
                    "x": f"{x:.2f}%",
                    "y": f"{y:g}",
                    "overflow": "visible",
                    "width": "1",
                    "height": "1",
                },
            )
            ElementTree.SubElement(inner, "polygon", {"points": "0,-5 5,4 -5,4"} | style)

    def text(self, x: float, y: float, words: str, **style: str) -> None:
        """Words; x in % of the width, y the base line."""
        place = {"x": f"{x:.2f}%", "y": f"{y:g}"}
        self._add("text", place, {"fill": COLOURS["muted"]} | style).text = clean(words)

    def _add(self, tag: str, place: dict[str, str], style: dict[str, str]) -> ElementTree.Element:
        named = {name.replace("_", "-"): value for name, value in style.items()}
        return ElementTree.SubElement(self._root, tag, place | named)

    def markup(self) -> Markup:
        """The drawing for a document, escaped."""
        return Markup(ElementTree.tostring(self._root, encoding="unicode"))
