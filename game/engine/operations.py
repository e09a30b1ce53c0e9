"""What numpy's operations are in the assembly, one number at a time; each rounds as numpy does."""

from collections.abc import Callable

import numpy as np

from .assembly import BITS, CODE, FLAG, FLOAT, KEY, Function, Kind, Value, literal


def converted(code: Function, value: Value, kind: Kind) -> Value:
    """The number as one of another kind, as `astype` makes it."""
    old = value.kind
    if old is kind:
        return value
    if value.literal:
        number = _number(value)
        return literal(kind, number)
    if old is FLAG and kind in (FLOAT, CODE):
        return code.select(value, literal(kind, 1), literal(kind, 0))
    if kind is FLAG:
        return code.operate("icmp ne", old, value, literal(old, 0), result=FLAG)
    operation = {
        (CODE, FLOAT): "sitofp",
        (FLOAT, CODE): "fptosi",
        (KEY, CODE): "trunc",
        (CODE, KEY): "sext",
        (BITS, KEY): "zext",
    }[old, kind]
    return code.convert(operation, value, kind)


def _number(value: Value) -> float:
    """What a literal says."""
    if value.kind is FLOAT:
        return float(np.uint64(int(value.text, 16)).view(np.float64))
    if value.kind is FLAG:
        return value.text == "true"
    return int(value.text)


def alike(code: Function, *values: Value) -> list[Value]:
    """The numbers made of one kind, as numpy would: truth values become numbers, and numbers
    written in the code become what they meet.
    """
    kinds = {value.kind for value in values}
    if len(kinds) == 1:
        return list(values)
    firm = {value.kind for value in values if not value.literal} - {FLAG}
    if len(firm) > 1:
        raise TypeError(f"{', '.join(sorted(k.name for k in firm))} meet: say `astype`")
    if firm:
        kind = firm.pop()
        if kind is CODE and any(v.kind is FLOAT and v.literal for v in values):
            raise TypeError("a code meets a fraction: say `astype`")
    else:
        kind = FLOAT if FLOAT in kinds else CODE
    return [converted(code, value, kind) for value in values]


def _arithmetic(of_floats: str, of_codes: str) -> Callable[..., Value]:
    def work(code: Function, one: Value, other: Value) -> Value:
        if FLAG in (one.kind, other.kind) and "mul" in of_floats and one.kind is not other.kind:
            flag, number = (one, other) if one.kind is FLAG else (other, one)
            if not flag.literal and not number.literal:
                return code.select(flag, number, literal(number.kind, 0))
        one, other = alike(code, one, other)
        if one.kind is FLAG:
            one, other = (converted(code, each, CODE) for each in (one, other))
        return code.operate(of_floats if one.kind is FLOAT else of_codes, one.kind, one, other)

    return work


def _comparison(of_floats: str, of_codes: str) -> Callable[..., Value]:
    def work(code: Function, one: Value, other: Value) -> Value:
        one, other = alike(code, one, other)
        operation = f"fcmp {of_floats}" if one.kind is FLOAT else f"icmp {of_codes}"
        return code.operate(operation, one.kind, one, other, result=FLAG)

    return work


def _bitwise(operation: str) -> Callable[..., Value]:
    def work(code: Function, one: Value, other: Value) -> Value:
        one, other = alike(code, one, other)
        return code.operate(operation, one.kind, one, other)

    return work


def _extreme(of_floats: str, of_codes: str) -> Callable[..., Value]:
    def work(code: Function, one: Value, other: Value) -> Value:
        one, other = alike(code, one, other)
        operation = f"fcmp {of_floats}" if one.kind is FLOAT else f"icmp {of_codes}"
        return code.select(code.operate(operation, one.kind, one, other, result=FLAG), one, other)

    return work


def _negative(code: Function, value: Value) -> Value:
    if value.kind is FLOAT:
        return code.operate("fneg", FLOAT, value)
    return code.operate("sub", value.kind, literal(value.kind, 0), value)


def _not(code: Function, value: Value) -> Value:
    return code.operate("xor", FLAG, value, literal(FLAG, True))


def _absolute(code: Function, value: Value) -> Value:
    return code.call("fabs", FLOAT, value)


UFUNCS: dict[str, Callable[..., Value]] = {
    "add": _arithmetic("fadd", "add"),
    "subtract": _arithmetic("fsub", "sub"),
    "multiply": _arithmetic("fmul", "mul"),
    "divide": _arithmetic("fdiv", "sdiv"),
    "maximum": _extreme("ogt", "sgt"),
    "minimum": _extreme("olt", "slt"),
    "equal": _comparison("oeq", "eq"),
    "not_equal": _comparison("une", "ne"),
    "less": _comparison("olt", "slt"),
    "less_equal": _comparison("ole", "sle"),
    "greater": _comparison("ogt", "sgt"),
    "greater_equal": _comparison("oge", "sge"),
    "bitwise_and": _bitwise("and"),
    "bitwise_or": _bitwise("or"),
    "bitwise_xor": _bitwise("xor"),
    "right_shift": _bitwise("lshr"),
    "invert": _not,
    "negative": _negative,
    "absolute": _absolute,
    "floor": lambda code, value: code.call("floor", FLOAT, value),
    "ceil": lambda code, value: code.call("ceil", FLOAT, value),
}
"""By the name of numpy's function: what it does to one number, or two."""
