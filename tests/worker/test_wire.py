"""Frames: what goes in comes out, and nothing else gets in."""

from __future__ import annotations

import contextlib
import math
import socket
import struct
import threading
import tracemalloc
from collections.abc import Iterator
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.worker_process import deadline_in
from grader.worker import wire
from grader.worker.values import DTYPES, Callback, Held, Parameter, Unsendable, WithGradient
from grader.worker.wire import (
    Connection,
    ConnectionClosed,
    DeadlineExceeded,
    WireError,
    decode,
    decode_frame,
    encode,
)

LENGTHS = struct.Struct("!IQ")
FAR = 60.0

arrays = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: hnp.arrays(name, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
big_endian = st.sampled_from([">f4", ">f8", ">i2", ">u8", ">c16"]).flatmap(
    lambda name: hnp.arrays(name, hnp.array_shapes(max_dims=3, max_side=4))
)
scattered = arrays.map(lambda a: a.T[..., ::-1] if a.ndim else a)
numbers = st.integers(-(2**63), 2**63 - 1)
strings = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | numbers | st.floats() | strings
identifiers = st.from_regex(r"\A[^\W\d]\w*\Z").filter(str.isidentifier)
markers = (
    st.builds(Parameter, arrays)
    | st.builds(WithGradient, arrays, st.none() | arrays)
    | st.builds(Held, st.integers(0, 2**63 - 1), identifiers, st.booleans())
    | st.builds(Callback, st.integers(0, 2**63 - 1))
)
keys = st.booleans() | numbers | strings | st.tuples(numbers, strings)
values = st.recursive(
    scalars | arrays | big_endian | scattered | markers,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Whether two neutral values are the same, in kind too; NaN is NaN."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        alike = one.dtype.name == other.dtype.name and one.shape == other.shape
        return alike and np.ascontiguousarray(one).astype(other.dtype).tobytes() == other.tobytes()
    if isinstance(one, WithGradient) and isinstance(other, WithGradient):
        return same(one.data, other.data) and same(one.gradient, other.gradient)
    if isinstance(one, Parameter) and isinstance(other, Parameter):
        return same(one.data, other.data)
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)


def frame(value: Any) -> bytes:
    """Return a whole frame that holds *value*."""
    return b"".join(encode(7, "value", value))


def refused(header: bytes, body: bytes = b"") -> str:
    """Return why a frame is refused."""
    with pytest.raises(WireError) as caught:
        decode(header, bytearray(body))
    return str(caught.value)


@given(values)
def test_a_neutral_value_survives_the_wire(value: Any) -> None:
    """Every neutral value comes out as it went in: kind, dtype, shape, bits."""
    id, op, received = decode_frame(frame(value))

    assert (id, op) == (7, "value")
    assert same(value, received)


@given(st.integers(min_value=2**63) | st.integers(max_value=-(2**63) - 1))
def test_a_huge_integer_becomes_the_nearest_float(number: int) -> None:
    """An integer beyond 64 bits travels as a float, infinite if need be."""
    received = decode_frame(frame(number))[2]

    assert isinstance(received, float)
    assert received == float(number)


def test_an_integer_beyond_all_floats_becomes_infinite() -> None:
    """An integer that no float reaches travels as infinity, with its sign."""
    assert decode_frame(frame([10**400, -(10**400)]))[2] == [math.inf, -math.inf]


def test_half_a_surrogate_becomes_a_question_mark() -> None:
    """A string that has no UTF-8 form is sent all the same."""
    assert decode_frame(frame("a\ud800b"))[2] == "a?b"


@pytest.mark.parametrize("number", [np.float32(0.5), np.int8(3), np.bool_(True), np.float64(2.0)])
def test_a_numpy_scalar_becomes_a_python_one(number: Any) -> None:
    """A NumPy scalar travels as the Python number it equals."""
    received = decode_frame(frame(number))[2]

    assert received == number
    assert type(received) in (bool, int, float)


def test_a_matrix_arrives_flat_and_whole() -> None:
    """A subclass of ndarray travels as an ordinary array."""
    with pytest.warns(PendingDeprecationWarning):
        matrix = np.matrix([[1.0, 2.0], [3.0, 4.0]])

    received = decode_frame(frame(matrix))[2]

    assert type(received) is np.ndarray
    assert received.tolist() == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize(
    "value", [{1, 2}, 1j, object(), b"x", np.array(["a"]), np.array([object()]), len, [[{1}]]]
)
def test_what_has_no_neutral_form_is_refused(value: Any) -> None:
    """Sets, bytes, objects and arrays of them are not sent."""
    with pytest.raises(Unsendable):
        encode(1, "value", value)


def test_a_list_within_itself_is_refused() -> None:
    """A value without a bottom is refused, not followed."""
    value: list[Any] = []
    value.append(value)

    with pytest.raises(Unsendable):
        encode(1, "value", value)


def test_more_than_a_message_holds_is_refused_before_it_is_sent() -> None:
    """A body above the cap is refused by its sender."""
    with pytest.raises(Unsendable):
        encode(1, "value", np.broadcast_to(np.zeros(1), (wire.MAX_BODY // 8 + 1,)))


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_arbitrary_bytes_raise_only_the_one_error(header: bytes, body: bytes) -> None:
    """Whatever arrives is read or refused."""
    with contextlib.suppress(WireError):
        decode(header, bytearray(body))
    with contextlib.suppress(WireError):
        decode_frame(LENGTHS.pack(len(header), len(body)) + header + body)


@settings(max_examples=300)
@given(values, st.data())
def test_a_damaged_frame_raises_only_the_one_error(value: Any, data: st.DataObject) -> None:
    """A valid frame with bytes changed, cut or added is read or refused."""
    damaged = bytearray(frame(value))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        extra = data.draw(st.sampled_from(b'[]",0129-eE.tlvad\\\xff\x00'))
        kind = data.draw(st.sampled_from(["change", "cut", "add"]))
        damaged[at : at + (kind != "add")] = b"" if kind == "cut" else bytes([extra])
    start = LENGTHS.size + LENGTHS.unpack_from(damaged.ljust(12))[0]

    for attempt in (
        lambda: decode_frame(bytes(damaged)),
        lambda: decode(damaged[LENGTHS.size : start], damaged[start:]),
    ):
        with contextlib.suppress(WireError):
            attempt()


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b'[1,"v",["a","float64",[2]]]', bytes(15)),
        (b'[1,"v",["a","float64",[2]]]', bytes(17)),
        (b'[1,"v",["a","float64",[-1]]]', bytes(8)),
        (b'[1,"v",["a","float64",[1099511627776,1099511627776]]]', bytes(8)),
        (b'[1,"v",["a","float64",[0,1099511627776]]]', b""),
        (b'[1,"v",["a","int8",[0,1048576,1048576]]]', b""),
        (b'[1,"v",["a","int8",[%s]]]' % b",".join([b"1"] * 40), bytes(1)),
        (b'[1,"v",["a","float64",[9223372036854775807,9223372036854775807,0]]]', b""),
        (b'[1,"v",["a","float64",[4294967296,4294967296]]]', b""),
        (b'[1,"v",["a","float64",[9223372036854775808]]]', b""),
        (b'[1,"v",["l",[["a","int8",[1]],["a","int8",[1]]]]]', bytes(1)),
        (b'[1,"v",["a","object",[1]]]', bytes(8)),
        (b'[1,"v",["a","O",[1]]]', bytes(8)),
        (b'[1,"v",["a","f8,i4",[1]]]', bytes(12)),
        (b'[1,"v",["a","datetime64[s]",[1]]]', bytes(8)),
        (b'[1,"v",["a","str",[1]]]', bytes(8)),
        (b'[1,"v",["a","float128",[1]]]', bytes(16)),
        (b'[1,"v",["a",">f8",[1]]]', bytes(8)),
        (b'[1,"v",["a","V8",[1]]]', bytes(8)),
        (b'[1,"v",["a","bool",[1]]]', b"\x02"),
        (b'[1,"v",["a","int8",[1.5]]]', bytes(1)),
        (b'[1,"v",["a","int8",[1.0]]]', bytes(1)),
        (b'[1,"v",["a","int8",[true]]]', bytes(1)),
        (b'[1,"v",["a","int8",[null]]]', bytes(1)),
    ],
)
def test_an_array_that_lies_is_refused(header: bytes, body: bytes) -> None:
    """Shapes are compared with the bytes that are there, dtypes with a list."""
    tracemalloc.start()
    refused(header, body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 1 << 20


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"null",
        b'[1,"v"]',
        b'[-1,"v",["v",1]]',
        b'[18446744073709551616,"v",["v",1]]',
        b'[true,"v",["v",1]]',
        b'[1,"v",["x",1]]',
        b'[1,"v",["v",[1]]]',
        b'[1,"v",["v",%s]]' % (b"9" * 30),
        b'[1,"v",["v",%s]]' % (b"9" * 100_000),
        b'[1,"v",["v",1e999]]',
        b'[1,"v",["f","1"]]',
        b'[1,"v",["h",1,"T",true,"more"]]',
        b'[1,"v",["h",1,"<b>",true]]',
        b'[1,"v",["h",1,"x\\n__import__",true]]',
        b'[1,"v",["h",%s,"T",true]]' % (b"9" * 25),
        b'[1,"v",["h",1,"%s",true]]' % (b"T" * 5000),
        b'[1,"v",["d",[["v",1]],[]]]',
        b'[1,"v",["d",[["l",[]]],[["v",1]]]]',
        b'[1,"v",["d",[["p",1]],[["v",1]]]]',
        b'[1,"%s",["v",1]]' % (b"o" * 5000),
        b'[1,"v",' + b'["l",[' * 5000 + b"]]" * 5000 + b"]",
        b'[1,"v",' + b'["l",[' * 100 + b"]]" * 100 + b"]",
        b"[" * 1_000_000,
        b'[1,"v",["v","\xed\xa0\x80"]]',
    ],
    ids=lambda header: header[:32].decode("latin-1"),
)
def test_a_header_of_another_form_is_refused(header: bytes) -> None:
    """Only the listed forms are read, at bounded depth, with numbers of 64 bits."""
    assert refused(header)


def test_every_bit_of_a_nan_arrives() -> None:
    """A NaN with a payload is a NaN, and is not looked into."""
    bits = np.array([0x7FF0000000000001, 0xFFF8DEADBEEF0001], np.uint64)
    received = decode_frame(frame(bits.view(np.float64)))[2]

    assert np.isnan(received).all()
    assert received.view(np.uint64).tolist() == bits.tolist()


def test_a_dimension_of_minus_nothing_is_nothing() -> None:
    """JSON can write -0, and no array can be told from it."""
    received = decode(b'[1,"v",["a","int8",[-0]]]', bytearray())[2]

    assert received.shape == (0,)


@pytest.mark.parametrize("dicts", [1, 10])
def test_many_tuples_as_keys_are_refused(dicts: int) -> None:
    """Keys that can be made to collide may not be many, in one dict or in several.

    Only in what the course has written itself.
    """
    value = [{(i, 0): 0 for i in range(wire.MAX_TUPLE_KEYS // dicts + 1)}] * dicts
    header = frame(value)[LENGTHS.size :]

    assert refused(header) == "too many tuples for keys"
    assert decode_frame(frame(value))[2] == value


@pytest.mark.parametrize("value", [b'["l",[]]', b'["v",1]', b'["a","bool",[0]]', b'[ "t",[]]'])
def test_more_values_than_the_cap_are_refused_before_they_are_read(value: bytes) -> None:
    """A few megabytes do not become a hundred times as much, nor take seconds."""
    header = b'[1,"v",["l",[' + b",".join([value] * wire.MAX_BRACKETS) + b"]]]"
    assert len(header) <= wire.MAX_HEADER
    tracemalloc.start()
    refused(header)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 1 << 16


def test_as_many_values_as_the_cap_allows_are_read() -> None:
    """The cap is on brackets, of which a number has one."""
    many = list(range(wire.MAX_BRACKETS - 3))

    assert decode_frame(frame(many))[2] == many
    with pytest.raises(Unsendable, match="more values"):
        encode(7, "value", [*many, 1])


@pytest.mark.parametrize(
    "keys",
    [b'["v",1],["v",true]', b'["v","a"],["v","a"]', b'["v",0],["v",-0]', b'["t",[]],["t",[]]'],
)
def test_a_key_that_comes_twice_is_refused(keys: bytes) -> None:
    """Which of its values counts is no question to be left open."""
    assert "twice" in refused(b'[1,"v",["d",[' + keys + b'],[["v",1],["v",2]]]]')


@pytest.fixture
def ends() -> Iterator[tuple[Connection, socket.socket]]:
    """Return a connection and the bare socket at its other end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Connection(ours), theirs


Ends = tuple[Connection, socket.socket]


@pytest.mark.parametrize("lengths", [(wire.MAX_HEADER + 1, 0), (10, wire.MAX_BODY + 1), (0, 2**63)])
def test_a_length_above_the_cap_is_refused_at_once(ends: Ends, lengths: tuple[int, int]) -> None:
    """The lengths alone are enough to refuse a frame: nothing more is waited for."""
    ours, theirs = ends
    theirs.sendall(LENGTHS.pack(*lengths))

    with pytest.raises(WireError, match="cap"):
        ours.receive(deadline_in(FAR))


def test_a_slow_drip_meets_the_deadline_of_the_whole_frame(ends: Ends) -> None:
    """Bytes that keep coming do not extend the deadline."""
    ours, theirs = ends
    data, stop = frame("x" * 1000), threading.Event()

    def drip() -> None:
        for byte in data:
            if stop.wait(0.01):
                return
            theirs.send(bytes([byte]))

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises(DeadlineExceeded):
            ours.receive(deadline_in(0.2))
    finally:
        stop.set()
        thread.join()


def test_a_deadline_that_has_passed_is_passed_whatever_has_arrived(ends: Ends) -> None:
    """A flood of frames is not read on after the deadline."""
    ours, theirs = ends
    theirs.sendall(frame(1))

    with pytest.raises(DeadlineExceeded):
        ours.receive(lambda: 0.0)


def test_a_peer_that_does_not_read_meets_the_deadline(ends: Ends) -> None:
    """Sending to a full socket ends at the deadline."""
    ours, _theirs = ends

    with pytest.raises(DeadlineExceeded):
        ours.send(1, "value", np.zeros(1 << 21), deadline_in(0.1))


@pytest.mark.parametrize("sent", [b"", b"\x00" * 5, frame([1, 2])[:-1]])
def test_a_peer_that_hangs_up_midway_is_gone(ends: Ends, sent: bytes) -> None:
    """The end of the stream inside a frame is not a frame."""
    ours, theirs = ends
    theirs.sendall(sent)
    theirs.close()

    with pytest.raises(ConnectionClosed):
        ours.receive(deadline_in(FAR))


def test_sending_to_a_peer_that_hung_up_says_so(ends: Ends) -> None:
    """A broken pipe is reported as a peer that is gone."""
    ours, theirs = ends
    theirs.close()

    with pytest.raises(ConnectionClosed):
        ours.send(1, "value", None, deadline_in(FAR))


def test_a_large_frame_crosses_a_socket_whole(ends: Ends) -> None:
    """A frame larger than every buffer on its way arrives as it was sent."""
    ours, theirs = ends
    sent = {"weights": [np.arange(300_000.0), np.ones((3, 0), np.int8)], "x": math.nan}
    thread = threading.Thread(target=Connection(theirs).send, args=(3, "value", sent))
    thread.start()

    received = ours.receive(deadline_in(FAR))
    thread.join()

    assert received[:2] == (3, "value")
    assert same(sent, received[2])


def test_frames_that_arrive_together_are_read_one_by_one(ends: Ends) -> None:
    """What was read ahead of one frame is the beginning of the next."""
    ours, theirs = ends
    sent = ["one", [np.arange(9.0)], np.zeros(1 << 13), "last"]
    theirs.sendall(b"".join(frame(payload) for payload in sent))

    received = [ours.receive(deadline_in(FAR))[2] for _payload in sent]

    assert same(sent, received)
