"""How does a kernel ask memory ahead? Runs of pixels are short and lie far apart: waiting is most of the time."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


def _prefetch(typing_context: Any, array: Any, row: Any, col: Any) -> Any:
    """Asks for the memory around an item of an array of two dimensions; changes nothing, and waits for nothing."""
    return types.void(array, row, col), _generate


def _generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array, row, col = signature.args
    holder = context.make_array(array)(context, builder, arguments[0])
    places = [
        context.cast(builder, place, kind, types.intp)
        for place, kind in zip(arguments[1:], (row, col), strict=True)
    ]
    item = cgutils.get_item_pointer(context, builder, array, holder, places)  # type: ignore[no-untyped-call]
    word = ir.IntType(32)
    kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, word, word, word])
    ask = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
    address = builder.bitcast(item, cgutils.voidptr_t)
    builder.call(ask, [address, word(0), word(3), word(1)])  # to be read, often, as data
    return context.get_dummy_value()


prefetch: Any = intrinsic(_prefetch)
