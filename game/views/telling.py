"""The texts of what the views tell, out of the files in `told`."""

from pathlib import Path

from .texts import Texts

t = Texts(Path(__file__).parent / "told")
