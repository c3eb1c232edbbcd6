"""The wire protocol: length-capped frames of a small typed header and raw array bytes, no pickle.

::

    frame  = header length (4 bytes) | body length (8 bytes) | header | body
    header = JSON, decoded into the structs below and into nothing else
    body   = the bytes of every array in the header, in order, C contiguous, little endian

Lengths are checked before anything is allocated, the number of values before any of them is read,
and shapes against the bytes received before an array is created.
"""

from __future__ import annotations

import math
import select
import socket
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from .values import DTYPES, Array, Callback, Held, Parameter, Unsendable, WithGradient, name_of
from .wire_specs import (
    ArraySpec,
    CallbackSpec,
    DictSpec,
    FloatSpec,
    GradientSpec,
    HeldSpec,
    ListSpec,
    Name,
    Number,
    Spec,
    TupleSpec,
    ValueSpec,
)

#: returns for how many seconds to wait before it is asked again; 0 when there is no time left
Deadline = Callable[[], float]

MAX_HEADER = 4 << 20
MAX_BODY = 256 << 20
MAX_DEPTH = 64
#: most opening brackets in a header; each value needs at least one, so this limits values
MAX_BRACKETS = 200_000
#: most tuple keys in a frame; their hashes are predictable, so they can be made to collide
MAX_TUPLE_KEYS = 1000
#: bytes read at once; announced bytes that have not arrived take no memory
PIECE = 1 << 18
#: size of most frames, in bytes; these are sent and read in one call
SMALL = 1 << 14
_LENGTHS = struct.Struct("!IQ")


class WireError(Exception):
    """The other side broke the protocol."""


class ConnectionClosed(WireError):
    """The other side has closed the connection."""


class DeadlineExceeded(WireError):
    """The frame did not arrive completely before the deadline."""


class Message(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """One frame's header.

    Attributes:
        id: of the request, repeated in its reply.

        op: the request, or the kind of reply (``value``, ``fault``, ``callback``).
    """

    id: Number
    op: Name
    payload: Spec


#: as they travel
_LITTLE = {name: np.dtype(name).newbyteorder("<") for name in DTYPES}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Message)


def _pack(value: Any, buffers: list[Array], depth: int = 0) -> Spec:
    if depth > MAX_DEPTH:
        raise Unsendable("nested too deeply")
    # The kinds in the order in which they are frequent. NumPy's float64 is a float, too.
    kind = type(value)
    if kind is np.ndarray:
        return _pack_array(value, buffers, parameter=False)
    if kind is bool or value is None:
        return ValueSpec(value)
    if kind is float and math.isfinite(value):
        return ValueSpec(value)
    if kind is int and -(2**63) <= value < 2**63:
        return ValueSpec(value)
    if isinstance(value, str):
        return ValueSpec(value.encode("utf-8", "replace").decode())
    if isinstance(value, (list, tuple)):
        items = [_pack(item, buffers, depth + 1) for item in value]
        return ListSpec(items) if isinstance(value, list) else TupleSpec(items)
    if isinstance(value, dict):
        keys = [_pack(key, buffers, depth + 1) for key in value]
        return DictSpec(keys, [_pack(item, buffers, depth + 1) for item in value.values()])
    if isinstance(value, np.generic) and isinstance(value.item(), (bool, int, float, str)):
        return _pack(value.item(), buffers, depth)
    if isinstance(value, int):
        return ValueSpec(int(value)) if -(2**63) <= value < 2**63 else _pack_float(value)
    if isinstance(value, float):
        return _pack_float(value)
    if isinstance(value, np.ndarray):
        return _pack_array(value, buffers, parameter=False)
    if isinstance(value, WithGradient):
        data = _pack_array(value.data, buffers, parameter=True)
        if value.gradient is None:
            return GradientSpec(data, None)
        return GradientSpec(data, _pack_array(value.gradient, buffers, parameter=False))
    if isinstance(value, Parameter):
        return _pack_array(value.data, buffers, parameter=True)
    if isinstance(value, Held):
        return HeldSpec(value.id, value.type, value.iterable)
    if isinstance(value, Callback):
        return CallbackSpec(value.id)
    raise Unsendable(f"a {type(value).__name__} cannot be sent")


def _pack_float(value: float) -> Spec:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    return ValueSpec(number) if math.isfinite(number) else FloatSpec(repr(number))


def _pack_array(array: Array, buffers: list[Array], parameter: bool) -> ArraySpec:
    name = name_of(array.dtype)
    if name not in DTYPES:
        raise Unsendable(f"an array of dtype {array.dtype} cannot be sent")
    if array.nbytes > MAX_BODY:
        raise Unsendable(f"{array.nbytes} bytes are more than one message may hold")
    # asarray: a matrix or another subclass could not be flattened
    little = np.ascontiguousarray(np.asarray(array), dtype=_LITTLE[name])
    buffers.append(little.reshape(-1).view(np.uint8))
    return ArraySpec(name, list(array.shape), parameter)


def encode(id: int, op: str, payload: Any) -> list[bytes | memoryview]:
    """Return the parts of a frame; raises Unsendable."""
    buffers: list[Array] = []
    header = _encoder.encode(Message(id, op, _pack(payload, buffers)))
    size = sum(buffer.nbytes for buffer in buffers)
    if len(header) > MAX_HEADER or size > MAX_BODY:
        raise Unsendable(f"{len(header) + size} bytes are more than one message may hold")
    if header.count(b"[") > MAX_BRACKETS:
        raise Unsendable("these are more values than one message may hold")
    parts: list[bytes | memoryview] = [_LENGTHS.pack(len(header), size) + header]
    parts.extend(buffer.data for buffer in buffers if buffer.nbytes)
    return [b"".join(parts)] if len(header) + size < SMALL else parts


class _Body:
    """Reads arrays from the body in order.

    Attributes:
        tuple_keys: how many more tuple keys the frame may have.
    """

    def __init__(self, data: bytearray, tuple_keys: int) -> None:
        self.tuple_keys = tuple_keys
        self._data = data
        self._used = 0

    def array(self, spec: ArraySpec) -> Array:
        if spec.dtype not in DTYPES:
            raise WireError("an array of a dtype that is not allowed")
        dtype = _LITTLE[spec.dtype]
        count = math.prod(spec.shape)
        end = self._used + count * dtype.itemsize
        # An empty array has no bytes, but summing over its empty axis gives a full-size array.
        span = math.prod(size or 1 for size in spec.shape) * dtype.itemsize
        if end > len(self._data) or span > MAX_BODY:
            raise WireError("a shape that promises more bytes than were sent")
        size = end - self._used
        raw = np.frombuffer(self._data, np.uint8, size, self._used) if size else np.empty(0, "u1")
        self._used = end
        if spec.dtype == "bool" and raw.size and raw.max() > 1:
            raise WireError("a bool that is neither")
        return raw.view(dtype).astype(np.dtype(spec.dtype), copy=True).reshape(spec.shape)

    def finish(self) -> None:
        if self._used != len(self._data):
            raise WireError("bytes that belong to no array")


def _unpack(spec: Spec, body: _Body, depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise WireError("nested too deeply")
    match spec:
        case ValueSpec(value):
            if isinstance(value, int) and not -(2**63) <= value < 2**63:
                raise WireError("an integer of more than 64 bits")
            return value
        case FloatSpec(text):
            if text not in ("nan", "inf", "-inf"):
                raise WireError("not a float")
            return float(text)
        case ArraySpec():
            array = body.array(spec)
            return Parameter(array) if spec.parameter else array
        case GradientSpec(data, gradient):
            first = body.array(data)
            return WithGradient(first, None if gradient is None else body.array(gradient))
        case ListSpec(items):
            return [_unpack(item, body, depth + 1) for item in items]
        case TupleSpec(items):
            return tuple(_unpack(item, body, depth + 1) for item in items)
        case DictSpec(keys, values):
            return _unpack_dict(keys, values, body, depth)
        case HeldSpec(id, type_name, iterable):
            # It is shown in hints and in Python code: it must not be markup or code.
            if type_name and not type_name.isidentifier():
                raise WireError("a type with no name")
            return Held(id, type_name, iterable)
        case CallbackSpec(id):
            return Callback(id)


def _unpack_dict(keys: list[Spec], values: list[Spec], body: _Body, depth: int) -> dict[Any, Any]:
    if len(keys) != len(values):
        raise WireError("a dict with more keys than values")
    unpacked = [_unpack(key, body, depth + 1) for key in keys]
    body.tuple_keys -= sum(isinstance(key, tuple) for key in unpacked)
    if body.tuple_keys < 0:
        raise WireError("too many tuples for keys")
    try:
        found = dict.fromkeys(unpacked)
    except TypeError:
        raise WireError("a dict key that cannot be hashed") from None
    if len(found) != len(keys):
        raise WireError("a dict with a key twice")
    return dict(zip(unpacked, [_unpack(item, body, depth + 1) for item in values], strict=True))


def decode(
    header: bytes | bytearray, data: bytearray, tuple_keys: int = MAX_TUPLE_KEYS
) -> tuple[int, str, Any]:
    """Return id, op and payload of a frame; raises WireError if it is invalid.

    *tuple_keys* is how many keys of its dicts may be tuples.
    """
    if header.count(b"[") > MAX_BRACKETS:
        raise WireError("more values than the cap")
    try:
        message = _decoder.decode(header)
        body = _Body(data, tuple_keys)
        payload = _unpack(message.payload, body)
    except (msgspec.MsgspecError, RecursionError, ValueError, MemoryError) as error:
        raise WireError(f"a frame that cannot be read: {str(error)[:200]}") from None
    body.finish()
    return message.id, message.op, payload


def decode_frame(data: bytes) -> tuple[int, str, Any]:
    """Return id, op and payload of a complete frame that the course has written; raises WireError.

    Nobody made its keys collide, so there may be as many as there are values.
    """
    if len(data) < _LENGTHS.size:
        raise WireError("a frame cut short")
    header_size, body_size = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + header_size
    if start + body_size != len(data):
        raise WireError("a frame cut short")
    return decode(data[_LENGTHS.size : start], bytearray(data[start:]), MAX_BRACKETS)


class Connection:
    """Sends and receives complete frames over a stream socket, with deadlines."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        sock.setblocking(False)
        # bytes of the next frame that have been read already
        self._ahead = bytearray()

    def fileno(self) -> int:
        """Return the socket's file descriptor."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def send(self, id: int, op: str, payload: Any, deadline: Deadline | None = None) -> None:
        """Send one frame before the *deadline*.

        Raises Unsendable before anything is sent, ConnectionClosed and DeadlineExceeded.
        """
        for part in encode(id, op, payload):
            view = memoryview(part)
            while view:
                self._wait(True, deadline)
                try:
                    view = view[self._socket.send(view) :]
                except BlockingIOError:
                    continue
                except OSError:
                    raise ConnectionClosed("the other side has closed the connection") from None

    def receive(self, deadline: Deadline | None = None) -> tuple[int, str, Any]:
        """Return the next frame's id, op and payload; raises WireError."""
        while len(self._ahead) < _LENGTHS.size:
            self._ahead += self._piece(SMALL, deadline)
        header_size, body_size = _LENGTHS.unpack(self._read(_LENGTHS.size, deadline))
        if header_size > MAX_HEADER or body_size > MAX_BODY:
            raise WireError("a frame longer than the cap")
        header = self._read(header_size, deadline)
        return decode(header, self._read(body_size, deadline))

    def _read(self, size: int, deadline: Deadline | None) -> bytearray:
        data = self._ahead[:size]
        del self._ahead[:size]
        while len(data) < size:
            data += self._piece(min(size - len(data), PIECE), deadline)
        return data

    def _piece(self, most: int, deadline: Deadline | None) -> bytes:
        """Return the next bytes, at least one; raises WireError."""
        while True:
            self._wait(False, deadline)
            try:
                piece = self._socket.recv(most)
            except BlockingIOError:
                continue
            except OSError:
                piece = b""
            if not piece:
                raise ConnectionClosed("the other side has closed the connection")
            return piece

    def _wait(self, to_send: bool, deadline: Deadline | None) -> None:
        while True:
            left = None if deadline is None else deadline()
            if left is not None and left <= 0:
                raise DeadlineExceeded("no complete frame before the deadline")
            if _ready(self._socket, to_send, left):
                return


def _ready(sock: socket.socket, to_send: bool, seconds: float | None) -> bool:
    """Wait for *sock*, forever or for *seconds*; return whether it is ready."""
    if not hasattr(select, "poll"):  # Windows
        if sock.fileno() < 0:  # closed: sending or receiving will notice
            return True
        waiting = ([], [sock]) if to_send else ([sock], [])
        return any(select.select(*waiting, [], seconds))
    poll = select.poll()
    poll.register(sock, select.POLLOUT if to_send else select.POLLIN)
    return bool(poll.poll(None if seconds is None else max(1.0, seconds * 1000)))
