"""Frames that lie, made up by hypothesis, by a fuzzer, and kept from earlier runs of it."""

from __future__ import annotations

import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import fuzz_wire
from grader.worker import wire
from grader.worker.values import leaves
from grader.worker.wire import WireError, decode_frame

from .test_wire import LENGTHS, frame, values

CORPUS = sorted(fuzz_wire.CORPUS.glob("*.frame"))

#: what may stand anywhere in a header: numbers at every edge, and specs that are nearly right
edges = st.sampled_from([0, 1, 16, 17, 2**31, 2**32, 2**62, 2**63 - 1, 2**63, 2**64, -1, -(2**63)])
names = st.sampled_from(["float64", "bool", "int8", "object", "O", "V8", "<f8", "f4,i4", "str", ""])
shapes = st.lists(edges | st.integers(0, 3), max_size=18)
specs = st.one_of(
    st.tuples(st.just("a"), names, shapes),
    st.tuples(st.just("a"), names, shapes, st.booleans() | edges),
    st.tuples(st.sampled_from("vfhctldx"), edges | names | st.none() | st.floats()),
    st.tuples(st.sampled_from("lt"), st.integers(0, 90).map(lambda n: nested(n))),
    st.tuples(st.just("d"), st.lists(st.just(["v", 1]), max_size=3), st.just([["v", 0]])),
)


def nested(depth: int) -> list[Any]:
    """Return a list in a list in a list, as specs."""
    inner: list[Any] = []
    for _ in range(depth):
        inner = [["l", inner]]
    return inner


def places(tree: Any) -> list[tuple[list[Any], int]]:
    """Return every place in a header where something stands."""
    return list(fuzz_wire._nodes(tree))


def outcome(data: bytes) -> str:
    """Return ``value`` or ``refused``, if reading *data* stays within its means."""
    tracemalloc.start()
    try:
        payload = decode_frame(data)[2]
    except WireError as error:
        assert len(str(error)) < 400
        return "refused"
    else:
        assert sum(array.nbytes for array in leaves(payload)) <= len(data)
        return "value"
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak <= fuzz_wire.allowed(data)


@settings(max_examples=200)
@given(values, st.data())
def test_a_lie_anywhere_in_a_header_is_a_value_or_refused(value: Any, data: st.DataObject) -> None:
    """Any part of a valid frame replaced by anything, its body cut or grown."""
    header, body = fuzz_wire.parts_of(frame(value))
    tree = json.loads(header)
    for _ in range(data.draw(st.integers(0, 3))):
        holder, at = data.draw(st.sampled_from(places(tree)))
        holder[at] = data.draw(specs | edges | names | shapes)
    header = json.dumps(tree).encode()
    body = data.draw(st.sampled_from([body, body[:-1], body + b"\x02", b"", bytes(64)]))

    assert outcome(LENGTHS.pack(len(header), len(body)) + header + body) in ("value", "refused")


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    """Also those that look like nothing."""
    assert outcome(data) in ("value", "refused")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_fuzzing_found_ends_as_it_did(path: Path) -> None:
    """Each takes a step in the decoder that the others do not."""
    assert outcome(path.read_bytes()) == path.stem.partition("-")[0]


def test_the_corpus_is_small_and_has_both_kinds() -> None:
    """Small enough to be read, and not all of one kind."""
    kinds = {path.stem.partition("-")[0] for path in CORPUS}

    assert kinds == {"value", "refused"}
    assert sum(path.stat().st_size for path in CORPUS) < 100_000


def test_a_fuzzer_finds_nothing_in_a_few_frames() -> None:
    """Some thousand frames here; ``benchmarks/fuzz_wire.py`` tries millions."""
    tally = fuzz_wire.fuzz(seed=7, frames=3000, watched=300)

    assert (tally.bad, tally.frames) == ([], 3000)
    assert 0 < tally.refused < tally.frames


@pytest.mark.parametrize(
    ("name", "fault", "said"),
    [
        ("_unpack_dict", KeyError("lost"), "KeyError"),
        ("_unpack", lambda spec, body, depth=0: np.zeros(1 << 22), "bytes of memory"),
    ],
)
def test_a_fuzzer_sees_what_is_wrong(
    name: str, fault: Any, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that raises something else, or takes too much, is found out."""

    def faulty(*arguments: Any) -> Any:
        if isinstance(fault, Exception):
            raise fault
        return fault(*arguments)

    monkeypatch.setattr(wire, name, faulty)
    tally = fuzz_wire.fuzz(seed=7, frames=1000, watched=0)

    assert any(said in what for what, _frame in tally.bad)


def test_the_same_seed_makes_the_same_frames() -> None:
    """So that what was found can be found again."""
    found = fuzz_wire.seeds()
    one, other = (
        [fuzz_wire.damaged(found[n % len(found)], found, chance) for n in range(200)]
        for chance in (random.Random(1), random.Random(1))
    )

    assert one == other
    assert len(set(one)) > 150
