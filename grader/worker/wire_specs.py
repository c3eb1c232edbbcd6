"""The typed values of a frame's header: what the wire protocol can say, and nothing else."""

from __future__ import annotations

from typing import Annotated

import msgspec

MAX_DIMENSIONS = 16
MAX_NAME = 200

#: a number of at most 64 bits; JSON would allow a million digits
Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]


class _Struct(msgspec.Struct, array_like=True, forbid_unknown_fields=True, tag_field="kind"):
    pass


class ValueSpec(_Struct, tag="v"):
    """None, a bool, an int, a finite float or a string."""

    value: bool | int | float | str | None


class FloatSpec(_Struct, tag="f"):
    """A float that JSON cannot represent: ``nan``, ``inf``, ``-inf``."""

    text: str


class ArraySpec(_Struct, tag="a"):
    """An array, whose bytes are in the body."""

    dtype: Name
    shape: Annotated[list[Number], msgspec.Meta(max_length=MAX_DIMENSIONS)]
    parameter: bool = False


class GradientSpec(_Struct, tag="g"):
    """A trainable array and its gradient, if it has one."""

    data: ArraySpec
    gradient: ArraySpec | None


class ListSpec(_Struct, tag="l"):
    """A list."""

    items: list[Spec]


class TupleSpec(_Struct, tag="t"):
    """A tuple."""

    items: list[Spec]


class DictSpec(_Struct, tag="d"):
    """A dict, as keys and values."""

    keys: list[Spec]
    values: list[Spec]


class HeldSpec(_Struct, tag="h"):
    """An object that stays in the worker."""

    id: Number
    type: Name
    iterable: bool


class CallbackSpec(_Struct, tag="c"):
    """A function that stays in the grader."""

    id: Number


_Container = ListSpec | TupleSpec | DictSpec
Spec = ValueSpec | FloatSpec | ArraySpec | GradientSpec | _Container | HeldSpec | CallbackSpec
