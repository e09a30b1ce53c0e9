"""Machine code in the making: LLVM assembly for one function that works on a few games at a time.

The games stand side by side in the lanes of the processor's vectors, as many as `WIDTH`. Every
operation rounds as numpy's does: nothing is fused, reordered or approximated.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .code import BITS, CODE, FLAG, FLOAT, KEY, WIDTH, Code, Kind, Value, literal
from .layout import group_size, stored

_CONVERSIONS = {
    (CODE, FLOAT): "sitofp",
    (FLOAT, CODE): "fptosi",
    (KEY, CODE): "trunc",
    (CODE, KEY): "sext",
    (BITS, KEY): "zext",
    (FLOAT, BITS): "bitcast",
}
_INSTRUCTIONS = {
    "add": ("fadd", "add"),
    "subtract": ("fsub", "sub"),
    "multiply": ("fmul", "mul"),
    "divide": ("fdiv", ""),
    "maximum": ("fcmp ogt", "icmp sgt"),
    "minimum": ("fcmp olt", "icmp slt"),
    "equal": ("fcmp oeq", "icmp eq"),
    "not_equal": ("fcmp une", "icmp ne"),
    "less": ("fcmp olt", "icmp slt"),
    "less_equal": ("fcmp ole", "icmp sle"),
    "greater": ("fcmp ogt", "icmp sgt"),
    "greater_equal": ("fcmp oge", "icmp sge"),
    "bitwise_and": ("", "and"),
    "bitwise_or": ("", "or"),
    "bitwise_xor": ("", "xor"),
    "right_shift": ("", "lshr"),
    "invert": ("", "xor"),
    "negative": ("fneg", "sub"),
}
"""By the name of numpy's function: what is done to floats, and to whole numbers."""
PERMUTES = {
    (16, "float"): "avx512.permvar.sf.512",
    (16, "i32"): "avx512.permvar.si.512",
    (8, "float"): "avx2.permps",
    (8, "i32"): "avx2.permd",
}
"""What picks the lanes of a vector of so many by a vector of codes, where the processor has it."""
_MOST_PICKED = 4
"""Vectors of a table up to which picking is faster than to gather from memory."""
_CALLED = {"absolute": "fabs", "floor": "floor", "ceil": "ceil"}
"""LLVM's own functions of a float."""


class Function(Code):
    """One function, line by line.

    It is given pointers: to a group of games, to numbers and keys of the turn, to the tables of
    floats and of codes, and to those of a player. A place in the group of games is remembered once
    it was read or written, and written to memory when the way of the code parts.
    """

    def __init__(self, name: str, picks: int = 0) -> None:
        """An empty function.

        Args:
            name: what it is called by.
            picks: of how many lanes the widest vectors are whose lanes the processor picks by
                another vector; 0 where it picks none.
        """
        self.name, self._picks = name, picks
        self._lines: list[str] = []
        self._entry: list[str] = []
        self._counter = 0
        self._known: dict[int, Value] = {}
        self._written: set[int] = set()
        self._wide: dict[str, Value] = {}
        self._loaded: dict[tuple[str, int], Value] = {}
        self._chosen: Value | None = None
        self._changed: list[set[int]] = []

    # ------------------------------------------------------------------ lines

    def _new(self) -> str:
        self._counter += 1
        return f"%v{self._counter}"

    def _say(self, operation: str) -> str:
        name = self._new()
        self._lines.append(f"  {name} = {operation}")
        return name

    def carry_out(self, name: str, result: Kind, *values: Value) -> Value:
        """What numpy's function of that name does with numbers of one kind."""
        kind = values[0].kind
        if name in _CALLED:
            return self._call(_CALLED[name], *values)
        said = _INSTRUCTIONS[name][kind is not FLOAT]
        if name in ("maximum", "minimum"):
            return self.select(self._operate(said, kind, FLAG, *values), *values)
        if name == "invert":
            values = (*values, literal(FLAG, True))
        elif said == "sub" and len(values) == 1:
            values = (literal(kind, 0), *values)
        return self._operate(said, kind, result, *values)

    def _operate(self, said: str, kind: Kind, result: Kind, *values: Value) -> Value:
        uniform = all(value.uniform for value in values)
        texts = ", ".join(value.text if uniform else self.widened(value).text for value in values)
        form = kind.scalar if uniform else kind.vector
        return Value(result, self._say(f"{said} {form} {texts}"), uniform)

    def _call(self, function: str, value: Value) -> Value:
        form, suffix = ("float", "f32") if value.uniform else (FLOAT.vector, f"v{WIDTH}f32")
        text = self._say(f"call {form} @llvm.{function}.{suffix}({form} {value.text})")
        return Value(FLOAT, text, value.uniform)

    def convert(self, value: Value, to: Kind) -> Value:
        """The number as one of another kind."""
        operation = _CONVERSIONS[value.kind, to]
        old, new = (
            (value.kind.scalar, to.scalar) if value.uniform else (value.kind.vector, to.vector)
        )
        return Value(to, self._say(f"{operation} {old} {value.text} to {new}"), value.uniform)

    def select(self, flag: Value, one: Value, other: Value) -> Value:
        """One number where the flag is up, the other elsewhere."""
        kind = one.kind
        if flag.uniform and one.uniform and other.uniform:
            form, choice = kind.scalar, f"i1 {flag.text}"
            texts = one.text, other.text
        else:
            form, choice = kind.vector, f"{FLAG.vector} {self.widened(flag).text}"
            texts = self.widened(one).text, self.widened(other).text
        text = self._say(f"select {choice}, {form} {texts[0]}, {form} {texts[1]}")
        return Value(kind, text, form == kind.scalar)

    def widened(self, value: Value) -> Value:
        """A number for each game, all of them the same."""
        if not value.uniform:
            return value
        if value.literal:
            each = f"{value.kind.scalar} {value.text}"
            return Value(value.kind, f"<{', '.join([each] * WIDTH)}>")
        if value.text not in self._wide:
            kind = value.kind
            one = self._say(
                f"insertelement {kind.vector} poison, {kind.scalar} {value.text}, i32 0"
            )
            wide = self._say(
                f"shufflevector {kind.vector} {one}, {kind.vector} poison, "
                f"<{WIDTH} x i32> zeroinitializer"
            )
            self._wide[value.text] = Value(kind, wide)
        return self._wide[value.text]

    # ------------------------------------------------------------------ memory

    def number(self, pointer: str, kind: Kind, index: int) -> Value:
        """The number at a place that is known now: the same for all games."""
        place = pointer, index
        if place not in self._loaded:
            at, value = self._new(), self._new()
            self._entry += [
                f"  {at} = getelementptr inbounds i8, ptr %{pointer}, i64 {index * kind.size}",
                f"  {value} = load {kind.scalar}, ptr {at}, align {kind.size}",
            ]
            self._loaded[place] = Value(kind, value, uniform=True)
        return self._loaded[place]

    def look_up(self, pointer: str, kind: Kind, first: int, length: int, index: Value) -> Value:
        """The number in a table of that length for each game's code."""
        wide = self.widened(index).text
        if length <= self._picks * _MOST_PICKED:
            return self._picked(pointer, kind, first, length, wide)
        table = self._say(f"getelementptr inbounds i8, ptr %{pointer}, i64 {first * kind.size}")
        places = self._say(
            f"getelementptr inbounds {kind.scalar}, ptr {table}, {CODE.vector} {wide}"
        )
        every = f"<{', '.join(['i1 true'] * WIDTH)}>"
        suffix = {"float": "f32", "i32": "i32"}[kind.scalar]
        text = self._say(
            f"call {kind.vector} @llvm.masked.gather.v{WIDTH}{suffix}.v{WIDTH}p0("
            f"<{WIDTH} x ptr> {places}, i32 4, <{WIDTH} x i1> {every}, {kind.vector} poison)"
        )
        return Value(kind, text)

    def _picked(self, pointer: str, kind: Kind, first: int, length: int, index: str) -> Value:
        """… in a table that a few vectors hold: a tenth of the time that memory takes."""
        lanes = self._picks
        row, codes = f"<{lanes} x {kind.scalar}>", f"<{lanes} x i32>"
        rows = [self._row(pointer, row, kind, k) for k in range(first, first + length, lanes)]
        found: list[str] = []
        for half in range(0, WIDTH, lanes):
            some = self._shuffled(CODE.vector, index, index, range(half, half + lanes))
            for number, held in enumerate(rows):
                called = f"@llvm.x86.{PERMUTES[lanes, kind.scalar]}({row} {held}, {codes} {some})"
                picked = self._say(f"call {row} {called}")
                if number:
                    last = ", ".join([f"i32 {number * lanes - 1}"] * lanes)
                    beyond = self._say(f"icmp sgt {codes} {some}, <{last}>")
                    choice = f"<{lanes} x i1> {beyond}, {row} {picked}, {row} {found.pop()}"
                    picked = self._say(f"select {choice}")
                found.append(picked)
        return Value(kind, self._shuffled(row, found[0], found[-1], range(WIDTH)))

    def _shuffled(self, form: str, one: str, other: str, lanes: Sequence[int]) -> str:
        chosen = ", ".join(f"i32 {lane}" for lane in lanes)
        return self._say(
            f"shufflevector {form} {one}, {form} {other}, <{len(lanes)} x i32> <{chosen}>"
        )

    def _row(self, pointer: str, form: str, kind: Kind, first: int) -> str:
        at = self._say(f"getelementptr inbounds i8, ptr %{pointer}, i64 {first * kind.size}")
        return self._say(f"load {form}, ptr {at}, align {kind.size}")

    def _address(self, place: int) -> str:
        return self._say(f"getelementptr inbounds i8, ptr %games, i64 {place}")

    def read(self, kind: Kind, place: int) -> Value:
        """What stands at a place in the group of games, in bytes."""
        if place not in self._known:
            self._known[place] = self._load(kind, place)
        return self._known[place]

    def _load(self, kind: Kind, place: int) -> Value:
        narrow = stored()[place]
        text = self._say(f"load <{WIDTH} x {narrow}>, ptr {self._address(place)}, align 1")
        if narrow != kind.scalar:
            text = self._say(f"sext <{WIDTH} x {narrow}> {text} to {kind.vector}")
        return Value(kind, text)

    def write(self, place: int, value: Value) -> None:
        """Puts a number at a place in the group of games."""
        self._known[place] = value
        self._written.add(place)

    def _store(self, place: int, value: Value) -> None:
        narrow, text = stored()[place], self.widened(value).text
        if narrow != value.kind.scalar:
            text = self._say(f"trunc {value.kind.vector} {text} to <{WIDTH} x {narrow}>")
        at = self._address(place)
        self._lines.append(f"  store <{WIDTH} x {narrow}> {text}, ptr {at}, align 1")

    def flush(self) -> None:
        """Writes to memory what was not written yet, for the games that this is about."""
        for place in sorted(self._written):
            new = self.widened(self._known[place])
            if self._chosen is not None:
                new = self.select(self._chosen, new, self._load(new.kind, place))
            self._store(place, new)
        if self._changed:
            self._changed[-1] |= self._written
        self._written.clear()

    # ------------------------------------------------------------------ ways

    @contextmanager
    def only(self, flag: Value) -> Iterator[None]:
        """What is said inside is done for the games whose flag is up, and skipped where none is."""
        self.flush()
        outer = self._chosen, dict(self._known), dict(self._wide)
        flag = self.widened(flag)
        if self._chosen is not None:
            flag = self._operate("and", FLAG, FLAG, flag, self._chosen)
        some = self._say(f"call i1 @llvm.vector.reduce.or.v{WIDTH}i1({FLAG.vector} {flag.text})")
        inside, after = self._label(), self._label()
        self._lines += [f"  br i1 {some}, label %{inside}, label %{after}", f"{inside}:"]
        self._chosen = flag
        self._changed.append(set())
        yield
        self.flush()
        changed = self._changed.pop()
        self._lines += [f"  br label %{after}", f"{after}:"]
        self._chosen, self._known, self._wide = outer
        for place in changed:
            self._known.pop(place, None)
        if self._changed:
            self._changed[-1] |= changed

    def _label(self) -> str:
        self._counter += 1
        return f"b{self._counter}"

    def text(self) -> str:
        """The whole function."""
        self.flush()
        body = [f"define internal void @{self.name}({_pointers()}) noinline #0 {{", "start:"]
        return "\n".join([*body, *self._entry, *self._lines, "  ret void", "}"])


def in_parts(name: str, parts: Sequence[Function]) -> str:
    """One function of those for a group of games, for so many groups that follow each other: each
    part for all of them before the next, for its code is longer to fetch than their numbers.
    """
    given = ", ".join(f"ptr %{pointer}" for pointer in Code.POINTERS[1:])
    lines = []
    for number, part in enumerate(parts):
        before = f"done{number - 1}" if number else "start"
        lines += [
            f"  br label %part{number}",
            f"part{number}:",
            f"  %g{number} = phi i64 [ 0, %{before} ], [ %next{number}, %part{number} ]",
            f"  %byte{number} = mul i64 %g{number}, {group_size()}",
            f"  %group{number} = getelementptr i8, ptr %games, i64 %byte{number}",
            f"  call void @{part.name}(ptr %group{number}, {given})",
            f"  %next{number} = add i64 %g{number}, 1",
            f"  %more{number} = icmp slt i64 %next{number}, %groups",
            f"  br i1 %more{number}, label %part{number}, label %done{number}",
            f"done{number}:",
        ]
    head = f"define void @{name}(i64 %groups, {_pointers()}) #0 {{"
    whole = [head, "start:", *lines, "  ret void", "}"]
    return "\n".join([*(part.text() for part in parts), *whole])


def _pointers() -> str:
    return ", ".join(
        f"ptr noalias {'' if name == 'games' else 'readonly '}%{name}" for name in Code.POINTERS
    )
