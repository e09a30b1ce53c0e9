"""Everything that the window says: one TOML file for each screen or part, ready for translation.

`t("title.play")` is the entry `play` of `title.toml`.
"""

from pathlib import Path

from game.views.texts import Texts

FOLDER = Path(__file__).parent
t = Texts(FOLDER)
