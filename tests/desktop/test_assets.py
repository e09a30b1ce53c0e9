"""assets/: small, licensed, as it was made; the map has every place of the rules."""

import csv
import hashlib
import json
import shutil

import pytest

from game.content.load import load_rulebook
from game.desktop.look.assets import DamagedAsset, atlas, icon, read_asset
from game.desktop.look.faults import MissingAsset, in_terminal
from game.desktop.look.theme import ASSETS
from game.rules.rulebook import Site

MOST_BYTES = 3_000_000
MANIFEST = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))


def test_everything_together_is_small() -> None:
    sizes = [path.stat().st_size for path in ASSETS.rglob("*") if path.is_file()]
    assert 1_000_000 < sum(sizes) < MOST_BYTES


@pytest.mark.parametrize("folder", ["fonts", "icons", "map", "web"])
def test_each_folder_has_its_licence(folder: str) -> None:
    text = (ASSETS / folder / "LICENCE.txt").read_text(encoding="utf-8")
    words = {
        "fonts": "SIL OPEN FONT LICENSE",
        "icons": "MIT License",
        "map": "public domain",
        "web": "Zero-Clause BSD",
    }
    assert words[folder] in text


def test_the_manifest_names_every_file_with_its_hash() -> None:
    made = {
        path.relative_to(ASSETS).as_posix()
        for folder in ("fonts", "icons", "map", "web")
        for path in (ASSETS / folder).rglob("*")
        if path.is_file()
    }
    assert set(MANIFEST["files"]) == made
    for name, known in MANIFEST["files"].items():
        content = (ASSETS / name).read_bytes()
        assert len(content) == known["bytes"], name
        assert hashlib.sha256(content).hexdigest() == known["sha256"], name


def test_the_manifest_tells_what_the_files_were_made_of() -> None:
    assert all(
        source["licence"] and len(source["archive_sha256"]) == 64 for source in MANIFEST["sources"]
    )
    assert len(MANIFEST["sources"]) == 11


@pytest.mark.parametrize("site", load_rulebook().sites, ids=lambda site: site.id)
def test_every_place_of_the_rules_is_on_the_map(site: Site) -> None:
    named = atlas().site(site.id)
    assert named is not None
    assert named.at == pytest.approx((site.longitude, site.latitude), abs=0.001)
    assert named.name
    assert named.arabic


def test_the_map_has_every_place_of_the_history_and_no_other() -> None:
    with (ASSETS / "build" / "sites.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(atlas().sites) == len(rows) == 31
    at = {site.at for site in atlas().sites}
    assert at == {(float(row["lon"]), float(row["lat"])) for row in rows}


def test_arabic_names_are_shaped() -> None:
    """Letters as they look beside each other: none is left in its plain form."""
    data = atlas()
    names = [n.arabic for n in (*data.sites, *data.cities, *data.country_names)]
    assert len(names) > 100
    joined = "".join(names)
    assert not any("\u0621" < letter < "\u064b" for letter in joined)
    assert any("\ufe80" <= letter <= "\ufefc" for letter in joined)


def test_towns_lie_in_their_countries() -> None:
    """A point in the wrong country would be a mistake in the names' file."""
    data = atlas()
    iraq = max(next(c for c in data.countries if c.id == "368").rings, key=len)
    iran = max(next(c for c in data.countries if c.id == "364").rings, key=len)
    for ring, towns in (
        (iraq, "Baghdad Mosul Kirkuk Erbil Ramadi Tikrit Kut Amarah Samawah Rutbah"),
        (iran, "Isfahan Shiraz Tabriz Ahvaz Qom Kerman Urmia Ilam Dezful Zahedan"),
    ):
        for town in towns.split():
            at = next(city.at for city in data.cities if city.name == town)
            assert inside(at, ring.tolist()), town


def inside(point: tuple[float, float], ring: list[list[float]]) -> bool:
    odd = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a[1] > point[1]) != (b[1] > point[1]):
            odd ^= point[0] < a[0] + (point[1] - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    return odd


def test_a_missing_file_is_named(tmp_path) -> None:
    shutil.copy(ASSETS / "manifest.json", tmp_path)
    with pytest.raises(MissingAsset, match=r"map\.json is missing") as told:
        atlas(tmp_path)
    assert in_terminal() in str(told.value)


def test_a_damaged_file_is_named(tmp_path) -> None:
    shutil.copy(ASSETS / "manifest.json", tmp_path)
    (tmp_path / "map").mkdir()
    content = (ASSETS / "map" / "map.json").read_bytes()
    (tmp_path / "map" / "map.json").write_bytes(content[:-9])
    with pytest.raises(DamagedAsset, match=r"map\.json is damaged"):
        atlas(tmp_path)


def test_a_damaged_manifest_is_named(tmp_path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DamagedAsset, match=r"manifest\.json is damaged"):
        read_asset("map/map.json", tmp_path)


def test_icons_are_tinted_at_any_size() -> None:
    drawn = icon("shield", 40, (224, 164, 88))
    assert drawn.get_size() == (40, 40)
    colours = {
        tuple(drawn.get_at((x, y)))[:3]
        for x in range(40)
        for y in range(40)
        if drawn.get_at((x, y)).a > 250
    }
    assert colours == {(224, 164, 88)}


def test_a_missing_icon_is_named() -> None:
    with pytest.raises(MissingAsset, match="no-such-icon"):
        icon("no-such-icon", 20, (0, 0, 0))
