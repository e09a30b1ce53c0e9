"""The pages of places."""

from game.content.world_schema import SiteRow

from .amounts import plain
from .page import Page
from .parts import hundredths

HOSTS = {
    "US": "an American base",
    "MILITIA": "a site of the militias",
    "IRAN": "a site in Iran",
    "GULF": "a place in the Gulf",
}


def site(row: SiteRow, out: Page) -> None:
    """A place's page."""
    out.title(f"{row.name} ({row.id})")
    held = f"while more than {hundredths(row.held_above)} of the bases of December 2019 are held"
    out.figures(
        [
            ("Is", HOSTS[row.host]),
            ("Lies at", f"{row.latitude:.3f} north, {row.longitude:.3f} east"),
            ("Density of Americans and partners, a large base being 1", plain(row.people)),
            ("Of those hit there, Iraqis", hundredths(row.iraqis)),
            ("Of the rest, partners' soldiers", hundredths(row.partners)),
            ("Adds to American anger when attacked", hundredths(row.honour)),
            ("Weight in the choice where nobody names a place", plain(row.habit)),
            *([("Held", held)] if row.held_above else []),
            *([("Position from", row.source)] if row.source else []),
            *([("Confidence in it", row.confidence)] if row.confidence else []),
        ]
    )
