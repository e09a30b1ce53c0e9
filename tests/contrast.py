"""The contrast of two colours, as the Web Content Accessibility Guidelines 2.2 measure it."""

Colour = tuple[int, int, int]


def contrast(one: Colour | str, other: Colour | str) -> float:
    """From 1 to 21; a colour is (red, green, blue) or "#rrggbb"."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour | str) -> float:
    if isinstance(colour, str):
        colour = (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
