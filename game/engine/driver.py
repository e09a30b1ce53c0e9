"""The loop around compiled code: every group of games through all its turns, while it is at hand.

For each turn and seat there is a plan: the code and the tables of the doctrine that decides, or
orders that are given. After each turn the rows that are asked for are kept.
"""

from collections.abc import Sequence

from game.rules.orders import PARTS

from .code import WIDTH, Code
from .layout import group_size, rows

ARGUMENTS = (
    "memory", "groups", "turns", "plan", "numbers", "numbers_step", "keys", "keys_step",
    "float_tables", "code_tables", "turn", "hearing", "kept", "places", "film",
)  # fmt: skip
"""What the loop is given, as 64-bit numbers one after the other: addresses and counts."""
PLAN = ("code", "own_floats", "own_codes", "given", "given_step")
"""What there is for each turn and seat: the addresses of the code and of its tables, or those of
orders, (groups, parts, WIDTH) of 32 bits, and how many bytes lie between those of two groups."""

_ROW = 4 * WIDTH


def text(name: str) -> str:
    """The loop in LLVM assembly."""
    lines = [f"define void @{name}(ptr noalias readonly %arguments) #0 {{", "start:"]
    sizes = {"size": group_size(), "seats": 4, "fields": len(PLAN), "row": _ROW}
    loops = _LOOPS.format(**sizes, given=_given())
    return "\n".join([*lines, *_arguments(ARGUMENTS), loops])


def _arguments(names: Sequence[str]) -> list[str]:
    """Reads what the loop is given."""
    lines = []
    for place, name in enumerate(names):
        kind = "i64" if name in _COUNTS else "ptr"
        lines += [
            f"  %{name}_at = getelementptr i64, ptr %arguments, i64 {place}",
            f"  %{name} = load {kind}, ptr %{name}_at",
        ]
    return lines


EACH_ARGUMENTS = ("memory", "groups", "code", *Code.POINTERS[1:])
"""What the loop over groups alone is given."""


def each_text(name: str) -> str:
    """A loop that does one thing with every group of games, in LLVM assembly."""
    lines = [f"define void @{name}(ptr noalias readonly %arguments) #0 {{", "start:"]
    lines += _arguments(EACH_ARGUMENTS)
    given = ", ".join(f"ptr %{pointer}" for pointer in Code.POINTERS[1:])
    return "\n".join(
        [
            *lines,
            "  br label %next",
            "next:",
            "  %g = phi i64 [ 0, %start ], [ %g_next, %next ]",
            f"  %bytes = mul i64 %g, {group_size()}",
            "  %group = getelementptr i8, ptr %memory, i64 %bytes",
            f"  call void %code(ptr %group, {given})",
            "  %g_next = add i64 %g, 1",
            "  %more = icmp slt i64 %g_next, %groups",
            "  br i1 %more, label %next, label %end",
            "end:",
            "  ret void",
            "}",
        ]
    )


_COUNTS = ("groups", "turns", "numbers_step", "keys_step", "kept")


def _given() -> str:
    """Copies orders that are given to where the group keeps them."""
    lines = []
    for part, name in enumerate(PARTS):
        lines += [
            f"  %to{part}a = getelementptr i8, ptr %group, i64 {rows()[name].first}",
            f"  %to{part} = getelementptr i8, ptr %to{part}a, i64 %seat_row",
            f"  %from{part} = getelementptr i8, ptr %orders, i64 {part * _ROW}",
            f"  %part{part} = load <{WIDTH} x i32>, ptr %from{part}, align 4",
            f"  store <{WIDTH} x i32> %part{part}, ptr %to{part}, align 4",
        ]
    return "\n".join(lines)


_LOOPS = (
    """  %some = icmp sgt i64 %groups, 0
  br i1 %some, label %each_group, label %end
each_group:
  %g = phi i64 [ 0, %start ], [ %g_next, %group_done ]
  %group_bytes = mul i64 %g, {size}
  %group = getelementptr i8, ptr %memory, i64 %group_bytes
  %any_turn = icmp sgt i64 %turns, 0
  br i1 %any_turn, label %each_turn, label %group_done
each_turn:
  %t = phi i64 [ 0, %each_group ], [ %t_next, %turn_done ]
  %numbers_bytes = mul i64 %t, %numbers_step
  %now_numbers = getelementptr i8, ptr %numbers, i64 %numbers_bytes
  %keys_bytes = mul i64 %t, %keys_step
  %now_keys = getelementptr i8, ptr %keys, i64 %keys_bytes
  call void %hearing(ptr %group, ptr %now_numbers, ptr %now_keys, ptr %float_tables, """
    """ptr %code_tables, ptr %float_tables, ptr %code_tables)
  br label %each_seat
each_seat:
  %s = phi i64 [ 0, %each_turn ], [ %s_next, %seat_done ]
  %first_seat = mul i64 %t, {seats}
  %entry = add i64 %first_seat, %s
  %entry_place = mul i64 %entry, {fields}
  %code_at = getelementptr i64, ptr %plan, i64 %entry_place
  %own_floats_at = getelementptr i64, ptr %code_at, i64 1
  %own_codes_at = getelementptr i64, ptr %code_at, i64 2
  %given_at = getelementptr i64, ptr %code_at, i64 3
  %given_step_at = getelementptr i64, ptr %code_at, i64 4
  %code = load ptr, ptr %code_at
  %nobody = icmp eq ptr %code, null
  br i1 %nobody, label %given_orders, label %decides
decides:
  %own_floats = load ptr, ptr %own_floats_at
  %own_codes = load ptr, ptr %own_codes_at
  call void %code(ptr %group, ptr %now_numbers, ptr %now_keys, ptr %float_tables, """
    """ptr %code_tables, ptr %own_floats, ptr %own_codes)
  br label %seat_done
given_orders:
  %given = load ptr, ptr %given_at
  %given_step = load i64, ptr %given_step_at
  %given_bytes = mul i64 %g, %given_step
  %orders = getelementptr i8, ptr %given, i64 %given_bytes
  %seat_row = mul i64 %s, {row}
{given}
  br label %seat_done
seat_done:
  %s_next = add i64 %s, 1
  %more_seats = icmp slt i64 %s_next, {seats}
  br i1 %more_seats, label %each_seat, label %adjudicates
adjudicates:
  call void %turn(ptr %group, ptr %now_numbers, ptr %now_keys, ptr %float_tables, """
    """ptr %code_tables, ptr %float_tables, ptr %code_tables)
  %keeps = icmp sgt i64 %kept, 0
  br i1 %keeps, label %each_kept, label %turn_done
each_kept:
  %k = phi i64 [ 0, %adjudicates ], [ %k_next, %each_kept ]
  %place_at = getelementptr i64, ptr %places, i64 %k
  %place = load i64, ptr %place_at
  %row_at = getelementptr i8, ptr %group, i64 %place
  %row = load <16 x i32>, ptr %row_at, align 4
  %turn_rows = mul i64 %t, %kept
  %film_row = add i64 %turn_rows, %k
  %film_groups = mul i64 %film_row, %groups
  %film_group = add i64 %film_groups, %g
  %film_bytes = mul i64 %film_group, {row}
  %film_place = getelementptr i8, ptr %film, i64 %film_bytes
  store <16 x i32> %row, ptr %film_place, align 4
  %k_next = add i64 %k, 1
  %more_kept = icmp slt i64 %k_next, %kept
  br i1 %more_kept, label %each_kept, label %turn_done
turn_done:
  %t_next = add i64 %t, 1
  %more_turns = icmp slt i64 %t_next, %turns
  br i1 %more_turns, label %each_turn, label %group_done
group_done:
  %g_next = add i64 %g, 1
  %more_groups = icmp slt i64 %g_next, %groups
  br i1 %more_groups, label %each_group, label %end
end:
  ret void
}}"""
)
