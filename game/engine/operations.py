"""What numpy's operations are in the assembly, one number at a time; each rounds as numpy does."""

from abc import abstractmethod
from collections.abc import Callable

from .code import (
    CODE,
    FLAG,
    FLOAT,
    Code,
    Kind,
    Value,
    alike,
    converted,
    is_choice,
    literal,
    product_with_flag,
)


class Assembler(Code):
    """What the assembly has for them."""

    @abstractmethod
    def operate(
        self, operation: str, kind: Kind, *values: Value, result: Kind | None = None
    ) -> Value:
        """An operation on numbers of one kind, such as `fadd` or `fcmp olt`."""

    @abstractmethod
    def call(self, function: str, kind: Kind, value: Value) -> Value:
        """One of LLVM's own functions of a number, such as `floor`."""


def _arithmetic(of_floats: str, of_codes: str) -> Callable[..., Value]:
    def work(code: Assembler, one: Value, other: Value) -> Value:
        if is_choice(one, other) and "mul" in of_codes:
            return product_with_flag(code, one, other)
        one, other = alike(code, one, other)
        if one.kind is FLAG:
            one, other = (converted(code, each, CODE) for each in (one, other))
        return code.operate(of_floats if one.kind is FLOAT else of_codes, one.kind, one, other)

    return work


def _comparison(of_floats: str, of_codes: str) -> Callable[..., Value]:
    def work(code: Assembler, one: Value, other: Value) -> Value:
        one, other = alike(code, one, other)
        operation = f"fcmp {of_floats}" if one.kind is FLOAT else f"icmp {of_codes}"
        return code.operate(operation, one.kind, one, other, result=FLAG)

    return work


def _bitwise(operation: str) -> Callable[..., Value]:
    def work(code: Assembler, one: Value, other: Value) -> Value:
        one, other = alike(code, one, other)
        return code.operate(operation, one.kind, one, other)

    return work


def _extreme(of_floats: str, of_codes: str) -> Callable[..., Value]:
    def work(code: Assembler, one: Value, other: Value) -> Value:
        one, other = alike(code, one, other)
        operation = f"fcmp {of_floats}" if one.kind is FLOAT else f"icmp {of_codes}"
        return code.select(code.operate(operation, one.kind, one, other, result=FLAG), one, other)

    return work


def _negative(code: Assembler, value: Value) -> Value:
    if value.kind is FLOAT:
        return code.operate("fneg", FLOAT, value)
    return code.operate("sub", value.kind, literal(value.kind, 0), value)


def _not(code: Assembler, value: Value) -> Value:
    return code.operate("xor", FLAG, value, literal(FLAG, True))


def _absolute(code: Assembler, value: Value) -> Value:
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
