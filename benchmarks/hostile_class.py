"""A class in which every tenth learner is hostile: what does it cost the others?

The honest learners are scored alone, then the whole class. Honest reports must be the same, but
for what a clock measured, and scoring the whole class may take half as long again as the honest
alone, besides the time limits that hostile code uses up.

    python benchmarks/hostile_class.py --learners 300

Each check may take one second, so that it ends today. With ``--loops``, each has the five seconds
of this course, and only one learner is hostile: first one function of theirs does not end, then
none. What do these cost a small class, if nothing else runs on the machine?

    python benchmarks/hostile_class.py --loops --learners 30
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kills import Class, adopt_orphans, survivors  # noqa: E402  # needs the path above
from benchmarks.score_vs_pytest import ASSIGNMENT, make_class  # noqa: E402
from grader.course.source import read_cells, reference_text  # noqa: E402
from grader.outcome import Outcome  # noqa: E402

LIMIT = 1.0
#: of this course
USUAL_LIMIT = 5.0
TIMED_OUT = Outcome.TIMED_OUT.value
AT_MOST = 1.5

#: what runs in the place of the first function
BODIES = {
    "endless_loop": "    while True: pass",
    "sleeps_forever": "    time.sleep(1e9)",
    "memory_bomb": "    held = []\n    while True: held.append(b'x' * (1 << 26))",
    "output_flood": "    while True: print('x' * 1_000_000)",
    "fork_bomb": "    while True: os.fork()",
    "thread_bomb": "    while True: threading.Thread(target=time.sleep, args=(1e9,)).start()",
    "kills_itself": "    os.kill(os.getpid(), 9)",
    "kills_everyone": "    os.kill(-1, 9)\n    os.kill(os.getppid(), 9)",
    "segfault": "    ctypes.string_at(0)",
    "fills_the_disk": "    f = open('full', 'wb')\n    while True: f.write(bytes(1 << 20))",
    "huge_answer": "    return torch.zeros(1 << 27)",
    "deep_answer": "    x = []\n    for _ in range(10_000): x = [x]\n    return x",
    "lying_length": "    send(b'\\xff' * 12)\n    time.sleep(60)",
    "slow_drip": "    send(bytes(3) + b'c' + bytes(8))\n    while 1: send(b' '), time.sleep(0.1)",
}
#: what is put below the reference
PATCHES = {
    "patched_comparisons": """
class Same(torch.Tensor):
    __eq__ = __ne__ = __lt__ = __le__ = lambda *_: True

import builtins, math
torch.allclose = torch.equal = math.isclose = lambda *_, **__: True
torch.testing.assert_close = lambda *_, **__: None
builtins.abs = builtins.max = lambda *_: 0
softmax = log_softmax = lambda X: X.as_subclass(Same)
""",
    "exits_when_loaded": """
def softmax(X, done=os._exit(0)):
    return X
""",
    "loops_when_loaded": """
def forever():
    while True: pass

def softmax(X, done=forever()):
    return X
""",
    "speaks_before_it_is_asked": """
def speak():
    for number in range(1, 9):
        answer = b'[%d,"value",["d",[["v","value"],["v","after"]],[["v",0],["l",[]]]]]' % number
        send(struct.pack("!IQ", len(answer), 0) + answer)

def softmax(X, done=speak()):
    return X
""",
}
IMPORTS = """# framework: torch
import ctypes, os, struct, threading, time
import torch

def send(data):
    for fd in range(3, 64):
        try: os.write(fd, data)
        except OSError: pass

"""


def damaged_zip(text: str) -> bytes:
    """Return an archive that ends in the middle."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(f"{ASSIGNMENT}.py", text)
    return whole.getvalue()[:-40]


def damaged_notebook(text: str) -> bytes:
    """Return a notebook that ends in the middle."""
    cell = {"cell_type": "code", "source": text, "metadata": {}, "outputs": []}
    book: dict[str, Any] = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book).encode()[:-60]


def hostile_files(text: str) -> dict[str, tuple[str, bytes]]:
    """Return suffix and bytes of each kind of hostile hand-in, made of the reference's *text*."""
    files = {}
    for name, body in BODIES.items():
        code = f"{IMPORTS}{text}\n\ndef softmax(X):\n{body}\n"
        files[name] = (".py", code.encode())
    for name, patch in PATCHES.items():
        files[name] = (".py", f"{IMPORTS}{text}\n\n{patch}".encode())
    files["damaged_zip"] = (".zip", damaged_zip(text))
    files["damaged_notebook"] = (".ipynb", damaged_notebook(text))
    return files


def make_mixed(inbox: Path, count: int, every: int) -> dict[str, str]:
    """Write a class of so many; return the kind of each hostile learner, by name.

    Args:
        every: one in so many is hostile.
    """
    honest = make_class(inbox, count)
    text = reference_text(read_cells(ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py"))
    kinds = list(hostile_files(text).items())
    hostile = {}
    for number, path in enumerate(honest[every - 1 :: every]):
        kind, (suffix, content) = kinds[number % len(kinds)]
        learner = f"{kind}{number:03}"
        path.unlink()
        end = f"\n# {number}\n".encode() if suffix == ".py" else b""
        (inbox / f"{learner}{suffix}").write_bytes(content + end)
        hostile[learner] = kind
    return hostile


def checks_in(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the checks of a report; none of an empty one."""
    return [check for exercise in report.get("exercises", []) for check in exercise["checks"]]


def seconds_used_up(folder: Path) -> float:
    """Return the seconds of the time limits that a learner's checks have used up."""
    report = json.loads((folder / "report.json").read_text("utf-8"))
    timed_out = (check for check in checks_in(report) if check["outcome"] == TIMED_OUT)
    return sum(min(check["seconds"], LIMIT) for check in timed_out)


def cost_of_loops(count: int, jobs: int, limit: float) -> bool:
    """Print what one learner's endless loops cost a class of so many others.

    Args:
        limit: seconds that each check may take.

    Returns:
        Whether the others were graded as without them, and only what loops was lost.
    """
    text = reference_text(read_cells(ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py"))
    names = re.findall(r"^def (\w+)\(", text, re.MULTILINE)
    well = True
    alone, expected = 0.0, {}
    for looping in ([], names[:1], names):
        with tempfile.TemporaryDirectory() as home:
            taught = Class(Path(home), limit)
            make_class(Path(home) / "inbox", count)
            ends = "".join(f"\n\ndef {name}(*_):\n    while True: pass\n" for name in looping)
            if looping:
                (Path(home) / "inbox" / "zeno.py").write_text(f"# framework: torch\n{text}{ends}")
            taught.collect(Path(home) / "inbox")
            taught.score(jobs, ("reference000",))  # draws the secret seed, warms the machine
            taught.forget()
            seconds, code = taught.score(jobs)
            found = taught.reports()
        reports = {
            name: outcomes_in(report) for name, report in found.items() if "report.json" in name
        }
        zeno = reports.pop("zeno/report.json", [])
        alone, expected = alone or seconds, expected or reports
        lost = [one for one in zeno if one[1] != "passed"]
        well = well and not code and reports == expected
        well = well and {name for name, _outcome in lost} == set(looping)
        print(
            f"{len(looping)} of {len(names)} functions loop: {seconds:.1f} s, "
            f"{(seconds - alone) / limit:.2f} limits more than without; {len(lost)} of {len(zeno)} "
            f"checks lost; other reports {'the same' if reports == expected else 'DIFFER'}",
            flush=True,
        )
    return well


def outcomes_in(report: str) -> list[tuple[str, str]]:
    """Return exercise and outcome of each check in a report."""
    exercises = json.loads(report)["exercises"]
    return [(one["exercise"], check["outcome"]) for one in exercises for check in one["checks"]]


def main() -> None:
    """Score the honest alone and with the hostile among them; print what that changed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=300)
    parser.add_argument("--every", type=int, default=10, help="One in so many is hostile.")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--loops", action="store_true", help="One learner's endless loops only.")
    parser.add_argument(
        "--limit", type=float, default=USUAL_LIMIT, help="With --loops, in seconds."
    )
    options = parser.parse_args()
    adopt_orphans()
    if options.loops:
        sys.exit(0 if cost_of_loops(options.learners, options.jobs, options.limit) else 1)
    with tempfile.TemporaryDirectory() as home:
        taught = Class(Path(home), LIMIT)
        hostile = make_mixed(Path(home) / "inbox", options.learners, options.every)
        collection = taught.collect(Path(home) / "inbox")
        everyone = {taken.learner for taken in collection.taken}
        honest = tuple(sorted(everyone - hostile.keys()))
        taught.score(options.jobs, honest[:2])  # draws the secret seed, warms the machine
        taught.forget()
        alone, code = taught.score(options.jobs, honest)
        expected = {name: text for name, text in taught.reports().items() if "/" in name}
        taught.forget()
        together, code_together = taught.score(options.jobs)
        found = taught.reports()
        different = [name for name, text in expected.items() if found.get(name) != text]
        used = 0.0
        ends: dict[str, set[str]] = defaultdict(set)
        for learner in sorted(hostile.keys() & everyone):
            report = json.loads(found.get(f"{learner}/report.json", "{}"))
            score = f"{report.get('score')}/{report.get('max_score')}"
            outcomes = sorted({check["outcome"] for check in checks_in(report)})
            ends[hostile[learner]].add(f"{score} {', '.join(outcomes)}")
            used += seconds_used_up(taught.results / learner) if report else 0.0
        left = len(survivors()), len(taught.temporaries())
    for kind, seen in ends.items():
        print(f"  {kind}: {'; '.join(sorted(seen))}")
    for refused in collection.refused:
        print(f"  refused: {refused.origin}: {refused.reason}")
    print(f"{len(honest)} honest, {len(hostile)} hostile; exit codes {code}, {code_together}")
    print(f"honest reports that differ: {len(different)} of {len(expected)} {different[:4]}")
    limits = used / options.jobs
    ratio = (together - limits) / alone
    print(
        f"honest alone {alone:.1f} s; all {together:.1f} s, of which limits used up {limits:.1f} s"
    )
    print(f"ratio without these {ratio:.2f} (at most {AT_MOST})")
    print(f"leftover processes {left[0]}, leftover temporary files {left[1]}")
    sys.exit(1 if different or ratio > AT_MOST or any(left) or code or code_together else 0)


if __name__ == "__main__":
    main()
