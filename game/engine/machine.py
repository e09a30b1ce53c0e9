"""Machine code for this processor, made by LLVM and kept between runs."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from threading import Lock
from typing import Any

from .assembly import PERMUTES
from .code import WIDTH
from .place import keep, kept

_F, _I = f"<{WIDTH} x float>", f"<{WIDTH} x i32>"
_ROUNDING = [
    f"declare {form} @llvm.{name}.{suffix}({form})"
    for name in ("floor", "ceil", "fabs")
    for form, suffix in (("float", "f32"), (_F, f"v{WIDTH}f32"))
]
_PERMUTES = [
    f"declare <{lanes} x {kind}> @llvm.x86.{name}(<{lanes} x {kind}>, <{lanes} x i32>)"
    for (lanes, kind), name in PERMUTES.items()
]
_PROLOGUE = "\n".join(
    [
        "declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)",
        *_ROUNDING,
        *_PERMUTES,
        f"declare i1 @llvm.vector.reduce.or.v{WIDTH}i1(<{WIDTH} x i1>)",
        *(
            f"declare {form} @llvm.masked.gather.v{WIDTH}{kind}.v{WIDTH}p0"
            f"(<{WIDTH} x ptr>, i32, <{WIDTH} x i1>, {form})"
            for form, kind in ((_F, "f32"), (_I, "i32"))
        ),
        'attributes #0 = { nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" }',
        "",
    ]
)


class Machine:
    """The compiler and what it has compiled in this process."""

    def __init__(self) -> None:
        import llvmlite.binding as llvm  # noqa: PLC0415 - an extra, and slow to load

        self._llvm = llvm
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        self._processor = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
        self._target = self._target_machine()
        self._engines: list[Any] = []
        self._addresses: dict[str, int] = {}
        self._lock = Lock()
        self._version = f"{llvm.llvm_version_info} {self._processor} {sys.byteorder}"

    @property
    def picks(self) -> int:
        """Of how many lanes the widest vectors are whose lanes it picks by another vector."""
        features = self._processor[1].split(",")
        return 16 if "+avx512f" in features else 8 if "+avx2" in features else 0

    def address(self, key: str, write: Callable[[str], str]) -> int:
        """Where a function stands in memory.

        Args:
            key: what it was made of, for its code to be found again.
            write: makes its assembly, given its name.
        """
        name = "f" + sha256(f"{key} {self._version}".encode()).hexdigest()[:24]
        with self._lock:
            if name not in self._addresses:
                code = kept(name)
                if code is None:
                    code = self._compiled(_PROLOGUE + write(name))
                    keep(name, code)
                self._addresses[name] = self._loaded(name, code)
        return self._addresses[name]

    def _target_machine(self) -> Any:
        processor, features = self._processor
        target = self._llvm.Target.from_default_triple()
        return target.create_target_machine(cpu=processor, features=features, opt=2, jit=True)

    def _loaded(self, name: str, code: bytes) -> int:
        # Each in an engine of its own: to add to one changes the memory that others may be running.
        llvm = self._llvm
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), self._target_machine())
        engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(code))
        engine.finalize_object()
        self._engines.append(engine)
        address: int = engine.get_function_address(name)
        return address

    def _compiled(self, assembly: str) -> bytes:
        llvm = self._llvm
        module = llvm.parse_assembly(assembly)
        module.verify()
        tuning = llvm.create_pipeline_tuning_options(speed_level=2)
        builder = llvm.create_pass_builder(self._target, tuning)
        builder.getModulePassManager().run(module, builder)
        code: bytes = self._target.emit_object(module)
        return code


_only_one = Lock()


def machine() -> Machine:
    """This process's own; its code stands in memory as long as the process lives.

    Raises:
        ImportError: the extra `fast` is not installed.
    """
    with _only_one:  # of two, one would be thrown away, and its code with it
        return _machine()


@cache
def _machine() -> Machine:
    return Machine()


def call(address: int, *arguments: int) -> None:
    """Runs a function, given addresses and counts; other threads may go on meanwhile."""
    ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))(address)(*arguments)
