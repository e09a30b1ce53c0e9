"""Keys whatever the keyboard's layout: a letter that is not Latin stands for the one on the same
key of an English keyboard, and digits are found in their row and on the keypad.
"""

import pygame

_LETTERS: dict[int, int] = {
    getattr(pygame, f"KSCAN_{letter.upper()}"): getattr(pygame, f"K_{letter}")
    for letter in "abcdefghijklmnopqrstuvwxyz"
}
_DIGITS: dict[int, int] = {
    getattr(pygame, f"KSCAN_{digit}"): getattr(pygame, f"K_{digit}") for digit in "0123456789"
}
_KEYPAD: dict[int, int] = {
    getattr(pygame, f"K_KP{digit}"): getattr(pygame, f"K_{digit}") for digit in "0123456789"
}
_SIGNS = (pygame.K_PLUS, pygame.K_MINUS, pygame.K_EQUALS)
"""Signs in the row of digits, on some keyboards, that mean something themselves."""
_LAST_LATIN = 0x7F
_NO_LETTER = 1 << 30
"""From here on, codes are of keys that write nothing, such as arrows."""


def english(event: pygame.event.Event) -> pygame.event.Event:
    """A key's event with the code that it has on an English keyboard, where its own is no Latin
    letter and no digit; the same event where it is.
    """
    code = _code(event.key, getattr(event, "scancode", 0), event.mod)
    if code == event.key:
        return event
    return pygame.event.Event(event.type, {**event.dict, "key": code})


def as_digit(event: pygame.event.Event) -> int:
    """A key's code; where it writes a sign in the row of digits that meant nothing to anybody, as
    on French keyboards, its digit's.
    """
    place = getattr(event, "scancode", 0)
    return _DIGITS.get(place, event.key) if event.key in _SIGNS else int(event.key)


def _code(code: int, place: int, mod: int) -> int:
    if code in _KEYPAD:
        return _KEYPAD[code]
    is_digit = pygame.K_0 <= code <= pygame.K_9
    ctrl = mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
    if place in _DIGITS and not is_digit and not ctrl and code not in _SIGNS:
        return _DIGITS[place]
    if _LAST_LATIN < code < _NO_LETTER and place in _LETTERS:
        return _LETTERS[place]
    return code
