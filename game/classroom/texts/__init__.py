"""Everything that the classroom's pages and papers say, ready for translation."""

from pathlib import Path

from game.views.texts import Texts

t = Texts(Path(__file__).parent)
