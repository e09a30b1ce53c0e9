"""Writes the golden files anew, and prints what changed.

    python tests/golden/regenerate.py

They are the transcripts beside this file and the exchanges in tests/players/exchanges.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.golden import transcripts
from tests.golden.compare import first_difference
from tests.players import exchanges


def renew(path: Path, text: str) -> str:
    """Writes one file; what is to be said of it, empty where it stays as it was."""
    before = path.read_text(encoding="utf-8") if path.exists() else None
    if before == text:
        return ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    if before is None:
        return f"new: {path}"
    return f"changed: {path}\n{first_difference(before, text)}"


def main() -> None:
    """Renews every file, and removes those that nothing asks for any more."""
    wanted = {transcripts.FOLDER / name: transcripts.transcript for name in transcripts.names()}
    wanted |= {exchanges.FOLDER / name: exchanges.exchange for name in exchanges.names()}
    told = [renew(path, text_of(path.name)) for path, text_of in wanted.items()]
    for folder in (transcripts.FOLDER, exchanges.FOLDER):
        for path in sorted(folder.glob("*.txt")):
            if path not in wanted:
                path.unlink()
                told.append(f"removed: {path}")
    told = [line for line in told if line]
    print("\n".join(told) if told else f"Nothing changed in {len(wanted)} files.")


if __name__ == "__main__":
    main()
