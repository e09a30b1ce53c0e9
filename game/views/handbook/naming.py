"""Names as people type them."""

import re


def key(name: str) -> str:
    """A name as it is compared: small letters, one blank for whatever stands between words."""
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()
