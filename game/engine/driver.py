"""The loops around compiled code, in LLVM assembly: a few groups of games through all their turns,
while they are at hand.

For each turn and seat there is a plan: the code and the tables of the doctrine that decides, or
orders that are given. After each turn the arrays that are asked for are kept.
"""

from collections.abc import Sequence

from game.rules.orders import PARTS

from .code import WIDTH
from .layout import group_size, rows

ARGUMENTS = (
    "memory", "groups", "turns", "plan", "numbers", "numbers_step", "keys", "keys_step",
    "float_tables", "code_tables", "turn", "hearing", "opened", "drawn", "drawings",
    "kept", "films",
)  # fmt: skip
"""What the loop is given, as 64-bit numbers one after the other: addresses and counts."""
PLAN = ("code", "own_floats", "own_codes", "given", "given_step")
"""What there is for each turn and seat: the addresses of the code and of its tables, or those of
orders, (groups, parts, WIDTH) of 16 bits, and how many bytes lie between those of two groups."""
AT_ONCE = 8
"""Groups that go through the code side by side; the processor's second memory holds them."""

LISTED = ("place", "size", "array")
"""What there is for each array that is put into the groups or kept of them: where it stands in a
group, of so many bytes, and the address of (groups, bytes), or of (turns, groups, bytes)."""
_COUNTS = (
    "groups", "turns", "numbers_step", "keys_step", "drawn", "kept", "given_step", "place", "size"
)  # fmt: skip
_ROW = f"<{WIDTH} x i16>"
_ROW_SIZE = 2 * WIDTH


def text(name: str) -> str:
    """All turns of all groups."""
    decides = _call("code", "now_numbers", "now_keys", "own_floats", "own_codes")
    each_seat = [
        *_element("first_seat", "plan", "t", 4 * 8 * len(PLAN)),
        *_element("entry", "first_seat", "s", 8 * len(PLAN)),
        *_read("entry", PLAN),
        "  %nobody = icmp eq ptr %code, null",
        "  br i1 %nobody, label %given_orders, label %decides",
        "decides:",
        decides,
        "  br label %seat_done",
        "given_orders:",
        *_loop("o", "%count", [*_sum("go", "first", "o"), *_copy_orders("go")]),
        "  br label %seat_done",
        "seat_done:",
    ]
    each_filmed = [
        *_sum("gf", "first", "f"),
        *_element("filmed", "memory", "gf", group_size()),
        *_element("kept_at", "filmed", "place", 1),
        *_sum("film_group", "film_groups", "gf"),
        *_element("film_at", "array", "film_group", "%size"),
        _copy("film_at", "kept_at", "%size"),
    ]
    each_kept = [
        *_element("film_entry", "films", "k", 8 * len(LISTED)),
        *_read("film_entry", LISTED),
        "  %film_groups = mul i64 %t, %groups",
        *_loop("f", "%count", each_filmed),
    ]
    tables = ("float_tables", "code_tables")
    each_turn = [
        *_element("now_numbers", "numbers", "t", "%numbers_step"),
        *_element("now_keys", "keys", "t", "%keys_step"),
        _call("hearing", "now_numbers", "now_keys", *tables),
        *_loop("s", "4", each_seat),
        _call("turn", "now_numbers", "now_keys", *tables),
        *_loop("k", "%kept", each_kept),
    ]
    each_few = [
        f"  %first = mul i64 %c, {AT_ONCE}",
        *_element("few", "memory", "first", group_size()),
        "  %left = sub i64 %groups, %first",
        f"  %is_last = icmp slt i64 %left, {AT_ONCE}",
        f"  %count = select i1 %is_last, i64 %left, i64 {AT_ONCE}",
        "  %opens = icmp sgt i64 %drawn, 0",
        "  br i1 %opens, label %open, label %go_on",
        "open:",
        *_loop("u", "%count", _open()),
        "  br label %go_on",
        "go_on:",
        *_loop("t", "%turns", each_turn),
    ]
    times = [
        f"  %filled = add i64 %groups, {AT_ONCE - 1}",
        f"  %times = sdiv i64 %filled, {AT_ONCE}",
    ]
    return _function(name, ARGUMENTS, "ctskofud", [*times, *_loop("c", "%times", each_few)])


def _function(name: str, arguments: Sequence[str], counters: str, lines: Sequence[str]) -> str:
    return "\n".join(
        [
            f"define void @{name}(ptr noalias readonly %arguments) #0 {{",
            "start:",
            *(f"  %{counter}_at = alloca i64" for counter in counters),
            *_read("arguments", arguments),
            *lines,
            "  ret void",
            "}",
        ]
    )


def _loop(counter: str, times: str, body: Sequence[str]) -> list[str]:
    """Does something so many times."""
    return [
        f"  store i64 0, ptr %{counter}_at",
        f"  br label %{counter}_next",
        f"{counter}_next:",
        f"  %{counter} = load i64, ptr %{counter}_at",
        f"  %{counter}_more = icmp slt i64 %{counter}, {times}",
        f"  br i1 %{counter}_more, label %{counter}_do, label %{counter}_done",
        f"{counter}_do:",
        *body,
        f"  %{counter}_up = add i64 %{counter}, 1",
        f"  store i64 %{counter}_up, ptr %{counter}_at",
        f"  br label %{counter}_next",
        f"{counter}_done:",
    ]


def _element(name: str, array: str, index: str, size: object) -> list[str]:
    """The address of an element of an array, of so many bytes each."""
    return [
        f"  %{name}_bytes = mul i64 %{index}, {size}",
        f"  %{name} = getelementptr i8, ptr %{array}, i64 %{name}_bytes",
    ]


def _sum(name: str, one: str, other: str) -> list[str]:
    return [f"  %{name} = add i64 %{one}, %{other}"]


def _read(array: str, names: Sequence[str], prefix: str = "") -> list[str]:
    """Numbers of 64 bits that stand one after the other, with something before their names."""
    lines = []
    for place, name in enumerate(names):
        kind, read = "i64" if name in _COUNTS else "ptr", f"%{prefix}{name}"
        lines += [
            f"  {read}_from = getelementptr i64, ptr %{array}, i64 {place}",
            f"  {read} = load {kind}, ptr {read}_from",
        ]
    return lines


def _call(code: str, numbers: str, keys: str, own_floats: str, own_codes: str) -> str:
    given = ("few", numbers, keys, "float_tables", "code_tables", own_floats, own_codes)
    return f"  call void %{code}(i64 %count, {', '.join(f'ptr %{name}' for name in given)})"


def _move(name: str, source: str, target: str) -> list[str]:
    """Copies a row."""
    return [
        f"  %{name} = load {_ROW}, ptr %{source}, align 2",
        f"  store {_ROW} %{name}, ptr %{target}, align 2",
    ]


def _open() -> list[str]:
    """Lays out a group as games open: alike, but for what is drawn."""
    each_drawn = [
        *_element("drawing", "drawings", "d", 8 * len(LISTED)),
        *_read("drawing", LISTED, "drawing_"),
        *_element("target", "opening", "drawing_place", 1),
        *_element("source", "drawing_array", "gu", "%drawing_size"),
        _copy("target", "source", "%drawing_size"),
    ]
    return [
        *_sum("gu", "first", "u"),
        *_element("opening", "memory", "gu", group_size()),
        _copy("opening", "opened", str(group_size())),
        *_loop("d", "%drawn", each_drawn),
    ]


def _copy(target: str, source: str, size: str) -> str:
    return f"  call void @llvm.memcpy.p0.p0.i64(ptr %{target}, ptr %{source}, i64 {size}, i1 false)"


def _copy_orders(number: str) -> list[str]:
    """Copies orders that are given to where the group of that number keeps them."""
    lines = _element("group", "memory", number, group_size())
    lines += _element("orders", "given", number, "%given_step")
    for part, name in enumerate(PARTS):
        lines += [
            f"  %to{part}a = getelementptr i8, ptr %group, i64 {rows()[name].first}",
            *_element(f"to{part}", f"to{part}a", "s", _ROW_SIZE),
            f"  %from{part} = getelementptr i8, ptr %orders, i64 {part * _ROW_SIZE}",
            *_move(f"part{part}", f"from{part}", f"to{part}"),
        ]
    return lines
