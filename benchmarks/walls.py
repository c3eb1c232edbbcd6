"""What walls cost: the same submissions at every level of isolation, in turns, on one machine.

    python benchmarks/walls.py --rounds 60

For each level: milliseconds from asking for a worker to its answer to a first call, the same until
it is gone, and how many submissions a second one zygote gets through; each also as a multiple of
the process without walls (``off``), and how long the test of the walls took when it started.
"""

from __future__ import annotations

import argparse
import statistics
import time
from contextlib import ExitStack

import numpy as np

from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.worker import walls

SOURCE = "import numpy as np\ndef f(x):\n    return np.exp(x) / np.exp(x).sum(1, keepdims=True)\n"
X = np.linspace(-1, 1, 12).reshape(3, 4)


def answer(zygote: Zygote) -> tuple[float, float]:
    """Grade one submission's one call; return seconds to its answer, and to its end."""
    began = time.perf_counter()
    submission = Submission("a.py", (Chunk("a.py", SOURCE),), "numpy", "00")
    channel = WorkerChannel(submission, zygote.worker)
    channel.begin("f", 1, Limits(seconds=5))
    assert ModuleProxy(channel).f(X).shape == (3, 4)
    answered = time.perf_counter()
    channel.close()
    return answered - began, time.perf_counter() - began


def main() -> None:
    """Print one line for each level that can be had here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=60, help="submissions at each level")
    parser.add_argument("--torch", action="store_true", help="with PyTorch imported beforehand")
    arguments = parser.parse_args()
    frameworks = ["numpy", *(["torch"] if arguments.torch else [])]
    with ExitStack() as stack:
        zygotes: dict[str, Zygote] = {}
        tests: dict[str, float] = {}
        for level in walls.LEVELS:
            zygote = stack.enter_context(Zygote(frameworks, level))
            if zygote.isolation.level != level:
                print(f"{level} cannot be had here: {zygote.isolation.level} would be used")
                continue
            zygotes[level] = zygote
            began = time.perf_counter()
            assert zygote._launched is not None
            zygote._launched.test(())
            tests[level] = time.perf_counter() - began
        seconds: dict[str, list[tuple[float, float]]] = {level: [] for level in zygotes}
        for _round in range(arguments.rounds):
            # In turns, so that what else the machine does is spread over all of them.
            for level, zygote in zygotes.items():
                seconds[level].append(answer(zygote))
    table(seconds, tests)


def table(seconds: dict[str, list[tuple[float, float]]], tests: dict[str, float]) -> None:
    """Print medians by level."""
    medians = {
        level: [statistics.median(times) * 1000 for times in zip(*measured, strict=True)]
        for level, measured in seconds.items()
    }
    first, whole = medians["off"]
    print("level          ms to answer         ms in all   per second   self-test ms")
    for level, (one, other) in medians.items():
        print(
            f"{level:14}{one:6.1f} ({one / first:4.2f} x){other:10.1f} ({other / whole:4.2f} x)"
            f"{1000 / other:10.1f}{tests[level] * 1000:14.1f}"
        )


if __name__ == "__main__":
    main()
