"""Lies for the grader's end of the wire, by the million: does each become a value or a WireError?

Valid frames are damaged: bytes, numbers, brackets, whole parts of the header, lengths, bodies.
Those that reach a step from line to line of the decoder that none reached before are damaged
further (that is seen in the first frames of each job only, since watching is slow).

    python benchmarks/fuzz_wire.py --frames 10_000_000 --jobs 2

A frame fails if it raises anything else, takes more memory than its own length allows, or takes
ten seconds. The same seed makes the same frames. ``--keep DIR`` writes what the watched frames
found, one file for each new step, as in tests/worker/corpus/.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import signal
import socket
import struct
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # all of these need the path above

from grader.sandbox.worker_process import deadline_in  # noqa: E402
from grader.worker import wire  # noqa: E402
from grader.worker.values import DTYPES, Callback, Held, Parameter  # noqa: E402

CORPUS = ROOT / "tests" / "worker" / "corpus"
LENGTHS = struct.Struct("!IQ")
WATCHED = 20_000
HANGING = 10.0
LONGEST = 4096
#: one frame in so many goes through a socket, as it does from a worker
BY_SOCKET = 32

NUMBERS = (
    *(b"0", b"-0", b"-1", b"1", b"2", b"16", b"17", b"255", b"65536", b"4294967295", b"4294967296"),
    *(b"2147483648", b"9223372036854775807", b"9223372036854775808", b"18446744073709551616"),
    *(b"1e308", b"1e999", b"-1e-400", b"0.5", b"1.0", b"9" * 40, b"true", b"null", b'"1"'),
)
LIES: tuple[Any, ...] = (
    *(None, True, -1, 0, 2**31, 2**62, 2**63, 2**64, 0.5, -0.0, "", "nan", "NaN", "a", "\ud800"),
    *([], [[]], ["v"], ["v", 1], ["v", [1]], ["x", 1], ["l", []], ["l", [["v", 1]] * 9], ["t", []]),
    *(["f", "inf"], ["f", "1"], ["h", 1, "T", True], ["h", 1, "<b>", True], ["c", 0], ["c", 2**63]),
    *(["a", "float64", [0, 2**62]], ["a", "int8", [2**32, 2**32]], ["a", "object", [1]]),
    *(["a", "bool", [1]], ["a", "V8", [1]], ["a", "<f8", [1]], ["a", "int8", [0] * 40]),
    *(["d", [["v", 1], ["v", True]], [["v", 0]] * 2], ["d", [["l", []]], [["v", 0]]]),
    *(["d", [["a", "int8", [0]]], [["v", 0]]], ["d", [["t", [["v", 1]]]] * 2, [["v", 0]] * 2]),
)


def allowed(frame: bytes) -> int:
    """Return the bytes of memory that reading *frame* may take."""
    return wire.PIECE + (64 << 10) + 64 * len(frame)


def seeds() -> list[bytes]:
    """Return valid frames of every kind of value, and the corpus."""
    values: list[Any] = [None, True, 7, -0.5, float("nan"), "ab", [], (), {}, [[1, 2], (3, "x")]]
    values += [np.ones((2, 3), name) for name in sorted(DTYPES)]
    values += [np.zeros((0, 3)), np.float32(1.0), Parameter(np.ones(2)), Held(3, "Net", False)]
    values += [Callback(0), {"a": 1, 2: [None], (1, "k"): np.ones(1)}]
    values += [{"value": np.ones(2), "after": [[0, np.zeros(2)]]}]
    values += [{"kind": "raised", "type": "ValueError", "message": "no", "where": [["a.py", 3]]}]
    values += [{"callback": 0, "args": [1.0, np.ones(3, "float32")]}]
    ops = ("value", "fault", "callback")
    made = [b"".join(wire.encode(i, ops[i % 3], value)) for i, value in enumerate(values)]
    return made + [path.read_bytes() for path in sorted(CORPUS.glob("*.frame"))]


# -- damage ----------------------------------------------------------------------------------------


def damaged(frame: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return *frame* with something wrong, or a part of another in it."""
    header, body = parts_of(frame)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        header, body = chance.choice(DAMAGES)(header, body, others, chance)
    header, body = header[:LONGEST], body[:LONGEST]
    sizes = [len(header), len(body)]
    if chance.random() < 0.02:
        lie = chance.choice((0, 1, -1, 2**20, wire.MAX_HEADER + 1, 2**32 - 1, 2**64 - 1))
        place = chance.randrange(2)
        sizes[place] = min(max(0, sizes[place] + lie), 2 ** (32, 64)[place] - 1)
    return LENGTHS.pack(*sizes) + header + body


def parts_of(frame: bytes) -> tuple[bytes, bytes]:
    """Return header and body as far as they are there."""
    size = LENGTHS.unpack_from(frame.ljust(LENGTHS.size, b"\0"))[0]
    return frame[LENGTHS.size : LENGTHS.size + size], frame[LENGTHS.size + size :]


Parts = tuple[bytes, bytes]
Damage = Callable[[bytes, bytes, Sequence[bytes], random.Random], Parts]


def _byte(header: bytes, body: bytes, _others: Sequence[bytes], chance: random.Random) -> Parts:
    at = chance.randrange(len(header) + 1)
    new = bytes([chance.randrange(256)]) if chance.random() < 0.3 else chance.choice(TOKENS)
    return header[:at] + new + header[at + chance.randrange(2) :], body


def _number(header: bytes, body: bytes, _others: Sequence[bytes], chance: random.Random) -> Parts:
    places = [i for i, byte in enumerate(header) if 48 <= byte < 58]
    if not places:
        return header, body
    at = end = chance.choice(places)
    while end < len(header) and 48 <= header[end] < 58:
        end += 1
    return header[:at] + chance.choice(NUMBERS) + header[end:], body


def _cut(header: bytes, body: bytes, _others: Sequence[bytes], chance: random.Random) -> Parts:
    start, end = sorted(chance.randrange(len(header) + 1) for _ in range(2))
    return header[:start] + header[end:], body


def _repeat(header: bytes, body: bytes, _others: Sequence[bytes], chance: random.Random) -> Parts:
    start, end = sorted(chance.randrange(len(header) + 1) for _ in range(2))
    times = chance.choice((2, 2, 3, 70, 1000))
    return (header[:start] + header[start:end] * times + header[end:])[:LONGEST], body


def _splice(header: bytes, body: bytes, others: Sequence[bytes], chance: random.Random) -> Parts:
    other, more = parts_of(chance.choice(others))
    at, start = chance.randrange(len(header) + 1), chance.randrange(len(other) + 1)
    return header[:at] + other[start:], chance.choice((body, more, body + more))


def _bytes(header: bytes, body: bytes, _others: Sequence[bytes], chance: random.Random) -> Parts:
    size = chance.choice((0, 1, 2, 7, 8, 9, 16, 64))
    more = chance.randbytes(size)
    return header, chance.choice((body[:size], body + more, more, body[::-1]))


def _tree(header: bytes, body: bytes, others: Sequence[bytes], chance: random.Random) -> Parts:
    """Put a lie, or a part of another header, in the place of some part of the header."""
    try:
        tree = json.loads(header)
        lie = chance.choice(LIES)
        if chance.random() < 0.4:
            other = json.loads(parts_of(chance.choice(others))[0])
            lie = chance.choice([part[i] for part, i in _nodes(other)] or [None])
    except (ValueError, RecursionError):
        return _byte(header, body, others, chance)
    nodes = list(_nodes(tree))
    if nodes:
        holder, at = chance.choice(nodes)
        holder[at] = lie
    return json.dumps(tree, separators=(",", ":")).encode("utf-8", "surrogatepass"), body


def _nodes(tree: Any, depth: int = 0) -> Iterator[tuple[list[Any], int]]:
    if isinstance(tree, list) and depth < 80:
        for i, part in enumerate(tree):
            yield tree, i
            yield from _nodes(part, depth + 1)


TOKENS = (b"[", b"]", b",", b'"', b"\\", b"-", b"e", b".", b"0", b"9", b" ", b"{", b"}", b"\xff")
# What is still JSON goes deeper than what is not.
DAMAGES: tuple[Damage, ...] = (
    *(_byte, _cut, _repeat, _splice, _bytes),
    *(_number, _number, _tree, _tree, _tree, _tree, _tree, _tree),
)

# -- the trial -------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What became of many frames.

    Attributes:
        largest: most memory that one took, in bytes.

        slowest: seconds.

        bad: frames that failed, and how.
    """

    frames: int = 0
    refused: int = 0
    largest: int = 0
    slowest: float = 0.0
    steps: int = 0
    bad: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in another job's."""
        self.frames += other.frames
        self.refused += other.refused
        self.largest = max(self.largest, other.largest)
        self.slowest = max(self.slowest, other.slowest)
        self.steps = max(self.steps, other.steps)
        self.bad += other.bad


def by_socket(frame: bytes) -> None:
    """Read *frame* as from a worker that hangs up behind it; raises WireError."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(frame)
        theirs.shutdown(socket.SHUT_WR)
        wire.Connection(ours).receive(deadline_in(HANGING))


def try_one(frame: bytes, read: Callable[[bytes], object], tally: Tally) -> None:
    """Read *frame* and keep account."""
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    began = time.perf_counter()
    try:
        read(frame)
    except wire.WireError:
        tally.refused += 1
    except BaseException as error:
        tally.bad.append((repr(error)[:200], frame))
    tally.slowest = max(tally.slowest, time.perf_counter() - began)
    taken = tracemalloc.get_traced_memory()[1] - before
    tally.largest = max(tally.largest, taken)
    if taken > allowed(frame):
        tally.bad.append((f"{taken} bytes of memory", frame))
    tally.frames += 1


class Steps:
    """Which steps from line to line of the decoder were ever made, while this is entered."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int, int]] = set()
        self._last: dict[FrameType, int] = {}

    def __enter__(self) -> Steps:
        sys.settrace(self._call)
        return self

    def __exit__(self, *_exception: object) -> None:
        sys.settrace(None)
        self._last.clear()

    def _call(self, frame: FrameType, _event: str, _arg: object) -> Any:
        return self._line if frame.f_code.co_filename == wire.__file__ else None

    def _line(self, frame: FrameType, event: str, _arg: object) -> Any:
        step = (frame.f_code.co_name, self._last.get(frame, 0), frame.f_lineno)
        self.seen.add(step)
        self._last[frame] = frame.f_lineno
        if event == "return":
            del self._last[frame]
        return self._line


def fuzz(seed: int, frames: int, keep: Path | None = None, watched: int = WATCHED) -> Tally:
    """Try so many frames; the same *seed* makes the same ones."""
    chance, tally, found, steps = random.Random(seed), Tally(), seeds(), Steps()
    tracemalloc.start()
    for number in range(frames):
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, HANGING)  # whose signal ends the process
        frame = damaged(chance.choice(found), found, chance)
        read = by_socket if number % BY_SOCKET == 0 else wire.decode_frame
        if number >= min(watched, frames // 4):
            try_one(frame, read, tally)
            continue
        known, refused = len(steps.seen), tally.refused
        with steps:
            try_one(frame, wire.decode_frame, tally)
        if len(steps.seen) > known:
            found.append(frame)
            if keep is not None:
                kind = "value" if tally.refused == refused else "refused"
                digest = hashlib.sha256(frame).hexdigest()[:12]
                (keep / f"{kind}-{digest}.frame").write_bytes(frame)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    tracemalloc.stop()
    tally.steps = len(steps.seen)
    return tally


def _job(arguments: tuple[int, int, Path | None], results: Any) -> None:
    results.put(fuzz(*arguments))


def main() -> None:
    """Fuzz on several processes, and print what became of the frames."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    began, total = time.monotonic(), Tally()
    share = options.frames // options.jobs
    results = multiprocessing.Queue()
    jobs = [
        multiprocessing.Process(
            target=_job, args=((options.seed + number, share, options.keep), results)
        )
        for number in range(options.jobs)
    ]
    for job in jobs:
        job.start()
    ended = 0
    while ended < len(jobs):
        if not results.empty():
            total.add(results.get())
            ended += 1
        elif any(job.exitcode for job in jobs):
            sys.exit(f"a job ended with {[job.exitcode for job in jobs]}: a frame that hangs?")
        else:
            time.sleep(0.1)
    seconds = time.monotonic() - began
    print(f"{total.frames} frames in {seconds:.0f} s ({total.frames / seconds:.0f} a second)")
    print(f"{total.refused} WireErrors, {total.frames - total.refused - len(total.bad)} values")
    print(f"largest allocation {total.largest} bytes, slowest frame {total.slowest * 1000:.1f} ms")
    print(f"{total.steps} different steps in the decoder; failures: {len(total.bad)}")
    for what, frame in total.bad[:20]:
        print(f"  {what}: {frame!r}")
    sys.exit(1 if total.bad else 0)


if __name__ == "__main__":
    main()
