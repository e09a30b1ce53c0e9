"""The marks of the seats: a shape and a colour each, so that colour is never the only sign."""

import pygame

from game.rules.seats import Seat

from .theme import Colour


def seat_icon(
    surface: pygame.Surface, seat: Seat, middle: tuple[int, int], size: int, colour: Colour
) -> None:
    """Draws a seat's mark: a square for the US, a circle for Iran, a triangle for the militias, a
    diamond for Iraq.
    """
    x, y = middle
    half = size / 2
    if seat is Seat.US:
        side = size * 0.88
        box = pygame.Rect(0, 0, round(side), round(side))
        box.center = middle
        pygame.draw.rect(surface, colour, box)
    elif seat is Seat.IRAN:
        pygame.draw.aacircle(surface, colour, middle, half)
    elif seat is Seat.MILITIA:
        corners = [(x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)]
        pygame.draw.polygon(surface, colour, corners)
    else:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        pygame.draw.polygon(surface, colour, corners)
