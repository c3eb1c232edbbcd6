"""A simulation: many submissions in the last hours before a deadline, graded as they come.

Service times are those of real reports; how long a scheduler takes for a task is measured on Dask,
with tasks that do nothing. Submissions come more and more often, by an exponential law. Each goes
through the scheduler, which takes one at a time, and to the first worker that is free.

    python benchmarks/deadline.py COURSE/results/ASSIGNMENT --submissions 1000000 --workers 100 1000
    python benchmarks/deadline.py COURSE/results/ASSIGNMENT --check 24.0 --workers 2

With ``--check``, the submissions of the reports all come at once, as for `score`, and the time
until the last is graded is compared with what a run took, from the first grade to the last.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: no-ops by which a scheduler is measured, and how many are under way at a time, as with `score`
TASKS, UNDER_WAY = 3_000, 6
#: bytes of a submission and of its report, which each pass through the scheduler once
PAYLOAD, ANSWER = 20_000, 60_000


@dataclass(frozen=True)
class Delays:
    """What a number of workers comes to.

    Attributes:
        median, late: seconds from handing in to the grade; *late* is the 99th percentile.

        after: seconds after the deadline until everything is graded.

        waiting: the most submissions that wait at a time.

        busy: part of the workers' time, from the first submission to the last grade.
    """

    workers: int
    median: float
    late: float
    after: float
    waiting: int
    busy: float


def measured_seconds(results: Path) -> Array:
    """Return how long each submission took that has a report below *results*."""
    reports = sorted(results.glob("*/report.json"))
    return np.array([json.loads(path.read_bytes())["seconds"] for path in reports])


def arrivals(count: int, hours: float, growth: float, random: np.random.Generator) -> Array:
    """Return sorted times before the deadline, at 0, in seconds.

    Their rate grows *growth*-fold in each hour.
    """
    uniform = np.sort(random.random(count))
    if growth == 1:
        return (uniform - 1) * hours * 3600
    whole = growth**hours
    return (np.log(1 + uniform * (whole - 1)) / np.log(growth) - hours) * 3600


def simulate(come: Array, service: Array, workers: int, per_task: float = 0.0) -> Delays:
    """Return what comes of submissions at sorted times *come* that take *service* seconds."""
    free = [float(come[0])] * workers
    scheduler, done = -np.inf, np.empty(len(come))
    for number, (at, seconds) in enumerate(zip(come.tolist(), service.tolist(), strict=True)):
        scheduler = max(scheduler, at) + per_task
        start = max(scheduler, free[0])
        heapq.heapreplace(free, start + seconds)
        done[number] = start + seconds
    delays, ends = done - come, np.sort(done)
    # who has come and is not graded, counted whenever someone comes
    there = np.arange(1, len(come) + 1) - np.searchsorted(ends, come)
    span = float(ends[-1] - come[0])
    return Delays(
        workers,
        *map(float, np.percentile(delays, [50, 99])),
        max(0.0, float(ends[-1])),
        int(there.max()) - min(workers, int(there.max())),
        float(service.sum()) / (workers * span) if span else 1.0,
    )


def measured_scheduler() -> tuple[float, float]:
    """Return Dask's seconds and bytes of the scheduler's process for a task that does nothing."""
    from distributed import Client, LocalCluster, wait

    payload = os.urandom(PAYLOAD)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.submit(_nothing, payload, 0).result()
        began, before = time.monotonic(), _memory()
        running: set[Any] = set()
        for number in range(TASKS):
            running.add(client.submit(_nothing, payload, number, pure=False))
            if len(running) >= UNDER_WAY:
                running -= wait(running, return_when="FIRST_COMPLETED").done
        wait(running)
        return (time.monotonic() - began) / TASKS, max(0, _memory() - before) / TASKS


def _nothing(payload: bytes, number: int) -> bytes:
    return bytes(ANSWER)


def _memory() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def check(seconds: Array, workers: int, wall: float) -> None:
    """Print how far the simulation is from a run of `score` that took *wall* seconds."""
    found = simulate(np.zeros(len(seconds)), seconds, workers)
    print(
        f"{len(seconds)} submissions on {workers} workers: simulated {found.after:.1f} s, "
        f"measured {wall:.1f} s, {found.after / wall - 1:+.0%}"
    )


def main() -> None:
    """Simulate, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path, help="of an assignment")
    parser.add_argument("--submissions", type=int, default=1_000_000)
    parser.add_argument("--hours", type=float, default=1.0, help="in which they come")
    parser.add_argument("--growth", type=float, default=10.0, help="of their rate, in an hour")
    parser.add_argument("--workers", type=int, nargs="+", default=[100, 200, 400])
    parser.add_argument("--schedulers", type=int, nargs="+", default=[1], help="that share them")
    parser.add_argument("--per-task", type=float, help="seconds; measured on Dask by default")
    parser.add_argument("--price", type=float, default=0.05, help="of a core for an hour")
    parser.add_argument("--check", type=float, metavar="SECONDS", help="that a run took")
    options = parser.parse_args()
    seconds = measured_seconds(options.results)
    if not seconds.size:
        sys.exit(f"no report below {options.results}")
    if options.check:
        check(seconds, options.workers[0], options.check)
        return
    per_task, memory = (options.per_task, 0.0) if options.per_task else measured_scheduler()
    random = np.random.default_rng(20261120)
    come = arrivals(options.submissions, options.hours, options.growth, random)
    service = random.choice(seconds, options.submissions)
    print(
        f"{options.submissions} submissions in {options.hours:g} h, {seconds.mean():.2f} s each "
        f"({len(seconds)} reports); a scheduler takes {per_task * 1000:.2f} ms and keeps "
        f"{memory / 1024:.1f} KiB for a task, so at most {1 / per_task:.0f} a second"
    )
    print("\n| workers | schedulers | median | 99 % | after the deadline | waiting | busy | cost |")
    print("| --: | --: | --: | --: | --: | --: | --: | --: |")
    for workers in options.workers:
        for schedulers in options.schedulers:
            one = simulate(come, service, workers, per_task / schedulers)
            hours = options.hours + one.after / 3600
            print(
                f"| {workers} | {schedulers} | {one.median:.1f} s | {one.late:.0f} s "
                f"| {one.after / 60:.1f} min | {one.waiting} | {one.busy:.0%} "
                f"| {workers * hours * options.price:.0f} |"
            )


if __name__ == "__main__":
    main()
