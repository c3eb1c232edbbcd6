"""Classes as nobody should hand them over, by the hundred thousand: is everything taken or refused?

Names are put together from what platforms, learners and attackers write; zips, tars and notebooks
are made of them and damaged. One honest learner is in every class.

    python benchmarks/fuzz_intake.py --cases 100_000 --jobs 2

A case fails if collecting or reading raises anything but an error that has a sentence, if the
honest learner is not taken, if an identifier does not fit a file system, or if it takes ten
seconds. The same seed makes the same cases. Failing cases are written to ``--keep DIR``.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import multiprocessing
import random
import shutil
import sys
import tarfile
import tempfile
import time
import traceback
import warnings
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grader.errors import AuthoringError, SubmissionError, UsageError  # noqa: E402
from grader.submission.collect import collect  # noqa: E402
from grader.submission.learner_names import safe  # noqa: E402
from grader.submission.read import read_submission  # noqa: E402
from grader.submission.roster import naming_rules  # noqa: E402
from grader.submission.store import Store  # noqa: E402

TASK = "warmup"
HONEST = "honest_warmup.py"
SLOW = 10.0
PIECES = (
    *(
        "ada",
        "bob",
        "warmup",
        "Warm-up",
        "张三",
        "2023010123",
        "José",
        "Иван",
        "LATE",
        "501",
        "9001",
    ),
    *(
        "_",
        "-",
        ".",
        " ",
        "/",
        "\\",
        "..",
        "(1)",
        "（2）",
        "副本",
        "v2",
        "attempt",
        "第2次",
        "@",
        "+",
    ),
    *("uni.example", "assignsubmission_file", "submission_11", "Section A", "3班", "Team 12"),
    *(
        "2026-11-03-09-12-33",
        "2026-11-03",
        "2026-02-31",
        "Nov 3, 2026 957 AM",
        "submission_metadata.yml",
    ),
    *(
        ".github",
        ".git",
        "__MACOSX",
        "nul",
        "con",
        "\0",
        "\n",
        "\x1b[31m",
        "\u202e",
        "\ud800",
        "\uffff",
    ),
    *("", "x" * 300, "é" * 130, ":", "*", "?", "~", "%", "{", "}", "receipt.json", "timestamp.txt"),
    *("Submission attachment(s)", "(ada)", "index.html", "C:", "//", "./", "\u3000", "\ufeff"),
)
ENDINGS = (
    ".py",
    ".py",
    ".ipynb",
    ".zip",
    ".tar",
    ".tar.gz",
    ".tgz",
    ".txt",
    ".7z",
    ".csv",
    "",
    "/",
)
TEXTS = (
    b"def scale(x, factor):\n    return factor * x\n",
    *(
        b"",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbfx = 1",
        b"import os\n" * 50,
        b"def f(:\n",
        b"\r\r\n\x0c",
    ),
    b"submission_11:\n  :submitters:\n  - :name: Ada\n    :sid: 7\n",
    *(b"a: &a [1]\nb: [*a, *a]\n", b"{{{", b"- - - - :\n", b"? !!python/object:os.system x\n"),
    b"id,name\nada,Ada\n",
)


def name(draw: random.Random) -> str:
    """Return the name of an entry."""
    parts = [draw.choice(PIECES) for _number in range(draw.randint(0, 6))]
    if draw.random() < 0.3:
        parts.insert(draw.randint(0, len(parts)), "/")
    return "".join(parts) + draw.choice(ENDINGS)


def notebook(draw: random.Random) -> bytes:
    """Return a notebook, as some tools write it."""
    odd = [None, 1, "", [], {}, float("nan"), "\ud800", -1, [None], {"a": [1]}, "code", True]

    def cell() -> object:
        made = {
            "cell_type": draw.choice(["code", "markdown", "raw", draw.choice(odd)]),
            "source": draw.choice(["def scale(x, factor):\n    return x", ["a\n", "b"], *odd]),
            "metadata": draw.choice([{}, *odd]),
            "outputs": draw.choice([[], *odd]),
        }
        for key in list(made):
            if draw.random() < 0.1:
                del made[key]
        return made if draw.random() < 0.95 else draw.choice(odd)

    made: object = {
        "cells": [cell() for _number in range(draw.randint(0, 4))],
        "metadata": draw.choice([{}, {"kernelspec": {"language": "python"}}, *odd]),
        "nbformat": draw.choice([4, 3, 2, *odd]),
        "nbformat_minor": draw.choice([5, *odd]),
    }
    if draw.random() < 0.1:
        made = draw.choice(odd)
    text = json.dumps(made)
    if draw.random() < 0.1:
        depth = draw.choice([10, 1000, 100_000])
        text = "[" * depth + "]" * draw.choice([0, depth])
    return text.encode(draw.choice(["utf-8", "utf-8", "utf-16", "utf-8-sig"]), "surrogatepass")


def content(draw: random.Random, ending: str, depth: int) -> bytes:
    """Return what a file with this *ending* may hold."""
    if ending.endswith("/"):
        return b""
    kind = draw.random()
    if ending.endswith(".zip") and depth < 4 and kind < 0.9:
        return damaged(draw, zipped(draw, depth + 1))
    if ending.endswith((".tar", ".tgz", ".gz")) and depth < 4 and kind < 0.9:
        data = tarred(draw, depth + 1)
        packed = (
            gzip.compress(data, 1, mtime=0) if not ending.endswith(".tar") or kind < 0.1 else data
        )
        return damaged(draw, packed)
    if ending.endswith(".ipynb") and kind < 0.9:
        return damaged(draw, notebook(draw))
    return damaged(draw, draw.choice(TEXTS))


def damaged(draw: random.Random, data: bytes) -> bytes:
    """Return *data*, sometimes cut off or with other bytes in it."""
    if not data or draw.random() < 0.6:
        return data
    if draw.random() < 0.2:
        return data[: draw.randrange(len(data))]
    changed = bytearray(data)
    for _number in range(draw.randint(1, 4)):
        # tables of contents stand at the end, headers at the start
        near = draw.choice([len(data), 64, 600])
        place = draw.randrange(min(near, len(data)))
        if draw.random() < 0.5:
            place = len(data) - 1 - place
        changed[place] = draw.choice([0, 1, 255, 0x5C, 0x2F, draw.randrange(256)])
    return bytes(changed)


def zipped(draw: random.Random, depth: int) -> bytes:
    """Return a zip of odd entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _number in range(draw.randint(0, 5)):
            entry = zipfile.ZipInfo("x")
            entry.filename = name(draw).replace("\ud800", "\ufffd") or "x"
            entry.external_attr = draw.choice([0, 0, 0o100644, 0o120777, 0o040755]) << 16
            entry.compress_type = draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
            entry.extra = draw.choice([b"", b"", b"up", b"\x75\x70\x05\0\1", b"\1\0\xff\xff"])
            with contextlib.suppress(ValueError, OverflowError, UnicodeError):
                archive.writestr(entry, content(draw, entry.filename, depth))
    data = buffer.getvalue()
    if draw.random() < 0.1:
        # an entry without a name
        data = data.replace(b"x.py", b"")
    return data


def tarred(draw: random.Random, depth: int) -> bytes:
    """Return a tar of odd entries."""
    buffer = io.BytesIO()
    form = draw.choice([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
    encoding = draw.choice(["utf-8", "gb18030", "cp437"])
    with tarfile.open(fileobj=buffer, mode="w", format=form, encoding=encoding) as archive:
        for _number in range(draw.randint(0, 5)):
            entry = tarfile.TarInfo(name(draw))
            entry.type = draw.choice(
                [*[tarfile.REGTYPE] * 5, *b"0 1 2 3 4 5 6 7 S L K x g".split()]
            )
            entry.linkname = name(draw)
            entry.mtime = draw.choice([0, 1000, -1, 2**33])
            data = content(draw, entry.name, depth)
            entry.size = len(data)
            with contextlib.suppress(ValueError, UnicodeError):
                archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def write_class(draw: random.Random, root: Path) -> Path:
    """Write a class below *root*, with an honest learner in it; return what is to be collected."""
    inbox = root / "inbox"
    inbox.mkdir()
    (inbox / HONEST).write_bytes(TEXTS[0])
    for _number in range(draw.randint(1, 5)):
        file = name(draw)
        parts = [part for part in file.split("/") if part not in ("", ".", "..")]
        path = inbox.joinpath(*parts)
        with contextlib.suppress(OSError, ValueError, UnicodeError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(draw, file, 1))
    if draw.random() < 0.5:
        return inbox
    whole = root / f"class.{draw.choice(['zip', 'tar', 'tar.gz'])}"
    data = {"zip": zipped, "tar": tarred}.get(whole.suffix[1:], tarred)(draw, 0)
    whole.write_bytes(
        damaged(draw, gzip.compress(data, 1, mtime=0) if whole.suffix == ".gz" else data)
    )
    return whole


def try_class(draw: random.Random, root: Path) -> None:
    """Make a class below the empty folder *root*, collect it, and read what was taken.

    Raises AssertionError, or whatever goes wrong.
    """
    source = write_class(draw, root)
    if draw.random() < 0.2:
        (root / "roster.csv").write_bytes(
            damaged(draw, b"id,name\nhonest,H\nada,Ada\n7,\xd5\xc5\n")
        )
    store = Store(root / "submissions")
    began = time.perf_counter()
    try:
        collection = collect(source, TASK, store, naming_rules(root))
    except (UsageError, AuthoringError) as error:
        assert str(error)
        return
    for learner in store.learners(TASK):
        assert learner == safe(learner), learner
        for version in store.versions(TASK, learner):
            with contextlib.suppress(SubmissionError):
                read_submission(version.main, TASK)
    honest = [refused.origin for refused in collection.refused if refused.origin == HONEST]
    if source.is_dir() and not (root / "roster.csv").exists():
        assert not honest and "honest" in store.learners(TASK)
    assert time.perf_counter() - began < SLOW, "too slow"


def run(job: tuple[int, int, int, Path | None]) -> tuple[int, list[str]]:
    """Try the cases from one number to another; return how many, and what failed."""
    seed, first, last, keep = job
    failures = []
    parent = "/dev/shm" if Path("/dev/shm").is_dir() else None
    for number in range(first, last):
        root = Path(tempfile.mkdtemp(prefix="gradproof-intake-", dir=parent))
        try:
            try_class(random.Random(f"{seed}/{number}"), root)
        except Exception:
            failures.append(f"case {number}:\n{traceback.format_exc()}")
            if keep is not None:
                shutil.copytree(root, keep / str(number), symlinks=True, dirs_exist_ok=True)
        finally:
            shutil.rmtree(root, ignore_errors=True)
    return last - first, failures


def main() -> None:
    """Try all cases and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    began = time.perf_counter()
    step = 250
    jobs = [
        (asked.seed, first, min(first + step, asked.cases), asked.keep)
        for first in range(0, asked.cases, step)
    ]
    done, failures = 0, []
    with multiprocessing.Pool(asked.jobs) as pool:
        for count, failed in pool.imap_unordered(run, jobs):
            done += count
            failures += failed
            for failure in failed[:3]:
                print(failure, flush=True)
            if done % 10_000 == 0:
                print(f"{done} cases, {len(failures)} failed", flush=True)
    print(f"{done} cases, {len(failures)} failed, {time.perf_counter() - began:.0f} s")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
