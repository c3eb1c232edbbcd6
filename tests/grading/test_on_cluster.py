"""Grading on a cluster: a scheduler and workers in processes of their own, some of them killed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.errors import InternalError, UsageError
from grader.grading import on_cluster, remote_grading
from grader.grading.cluster import cluster_at
from grader.grading.course_bundle import bundle_of
from grader.grading.remote_grading import Station
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.grading.versions import versions
from grader.outcome import Isolation
from grader.report.json_report import from_json
from grader.submission.collect import collect

from ..made_results import without_seconds
from ..waiting import until
from ..warmup import RIGHT, made
from . import chain_course

ROOT = Path(__file__).parents[2]
WRONG = RIGHT.replace("factor * x", "factor + x")
#: gives time to kill somebody
SLOW = f"import time\n{RIGHT.replace('return', 'time.sleep(0.2); return')}"
CLASS = {"ada": SLOW, "bob": WRONG, "cleo": SLOW, "dan": SLOW, "eve": b"\xff\xfe\x00", "fay": SLOW}

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="Dask is not installed"
)


@pytest.fixture(autouse=True)
def english():
    """Speak English."""
    language.use("en")


def collected(home, inbox):
    """Return a course with a class that has handed in."""
    course = made(home)
    for learner, text in CLASS.items():
        (inbox / learner).mkdir(parents=True, exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        (inbox / learner / "warmup.py").write_bytes(data)
    collect(inbox, "warmup", submissions_of(course))
    return course


def reports(course):
    """Return every report without what a clock measured."""
    found = {}
    for path in sorted((course.root / "results").glob("*/*/report.json")):
        result, fingerprint = from_json(path.read_bytes())
        found[path.parent.name] = without_seconds(result), fingerprint
    return found


@pytest.fixture(scope="module")
def graded_here(tmp_path_factory):
    """Return the secret seed of a class graded on this machine, and its reports."""
    language.use("en")
    home = tmp_path_factory.mktemp("here")
    course = collected(home / "course", home / "inbox")
    score(course, course.assignments[0], ScoreOptions())
    return (course.root / "results/seed").read_bytes(), reports(course)


@pytest.fixture
def course(tmp_path, graded_here):
    """Return the same class, not graded yet, with the same secret seed."""
    course = collected(tmp_path / "course", tmp_path / "inbox")
    (course.root / "results").mkdir()
    (course.root / "results/seed").write_bytes(graded_here[0])
    return course


class Cluster:
    """A scheduler on this machine, and workers of one thread each."""

    def __init__(self, home):
        self._home = home
        self._started = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("dask_scheduler", "--port", port)
        self.workers = []

    def _start(self, what, *arguments):
        program = [sys.executable, "-P", "-m", f"distributed.cli.{what}", *arguments]
        common = ["--host", "127.0.0.1", "--no-dashboard"]
        process = subprocess.Popen(
            [*program, *common],
            cwd=self._home,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._started.append(process)
        return process

    def worker(self):
        """Start one more worker."""
        place = f"w{len(self.workers)}"
        wanted = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._home / place))
        self.workers.append(self._start("dask_worker", self.address, *wanted))

    def close(self):
        """End everything, whatever it does."""
        for process in self._started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    """Return a cluster with two workers."""
    cluster = Cluster(tmp_path)
    cluster.worker()
    cluster.worker()
    yield cluster
    cluster.close()


class Relay:
    """Passes on what goes to and from a scheduler, until it is cut."""

    def __init__(self, address):
        self._there = ("127.0.0.1", int(address.rpartition(":")[2]))
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open = []
        self.address = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                ours, _address = self._server.accept()
            except OSError:
                return
            theirs = until(self._connected)
            self._open += [ours, theirs]
            for pair in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _connected(self):
        """Return a connection to the scheduler, which may be starting."""
        with suppress(OSError):
            return socket.create_connection(self._there)

    def _pass_on(self, one, other):
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        self._cut(other)

    def _cut(self, end):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

    def cut(self):
        """Cut every connection; new ones are possible."""
        for end in self._open:
            self._cut(end)

    def close(self):
        """Cut every connection for good."""
        self._server.close()
        self.cut()


def graded_there(course, address, at_first=lambda: None):
    """Grade on a cluster; call *at_first* when the first report is there.

    Returns how many were graded now, and who has a report, in order.
    """
    told = []

    def progress(done, total, result):
        told.append(result.learner)
        if len(told) == 1:
            at_first()

    done = score(course, course.assignments[0], ScoreOptions(cluster=address), progress)
    assert done.lost == {}
    return done.graded, told


@needs_dask
@pytest.mark.slow
def test_the_grades_are_those_of_one_machine(course, cluster, graded_here):
    """Every report is the same but for times; run again, nothing is graded."""
    graded, told = graded_there(course, cluster.address)

    assert (graded, sorted(told)) == (len(CLASS), sorted(CLASS))
    assert reports(course) == graded_here[1]
    assert graded_there(course, cluster.address)[0] == 0


@needs_dask
@pytest.mark.slow
def test_a_changed_check_regrades_its_exercise_there_as_here(tmp_path, cluster):
    """And those judged through it; what is kept goes along with the tasks."""
    here = chain_course.made(tmp_path / "chain")
    class_of_three = {name: chain_course.CLASS[name] for name in ("ada", "bob", "dan")}
    chain_course.hand_in(here, class_of_three, tmp_path / "in")
    score(here, here.assignments[0], ScoreOptions())
    check = here.root / "autograder_tests/chain/double/test_public.py"
    check.write_text(check.read_text("utf-8").replace("normal(3)", "normal(4)"), "utf-8")
    shutil.copytree(here.root, tmp_path / "there")
    there = Course.load(tmp_path / "there")
    done = score(there, there.assignments[0], ScoreOptions(cluster=cluster.address))
    score(here, here.assignments[0], ScoreOptions())

    assert {who: set(why) for who, why in done.why.items()} == {
        "ada": {"double"},
        "bob": {"double", "total", "mean"},
        "dan": {"double"},
    }
    assert reports(there) == reports(here)


@needs_dask
@pytest.mark.slow
def test_a_lost_worker_costs_nothing(course, cluster, graded_here):
    """What it had in hand is graded by another, once."""
    graded, told = graded_there(course, cluster.address, lambda: cluster.workers[0].kill())

    assert (graded, sorted(told)) == (len(CLASS), sorted(CLASS))
    assert reports(course) == graded_here[1]


@needs_dask
@pytest.mark.slow
def test_a_cut_connection_costs_nothing(course, cluster, graded_here):
    """What has no answer is asked for again."""
    relay = Relay(cluster.address)
    graded, told = graded_there(course, relay.address, relay.cut)
    relay.close()

    assert (graded, sorted(told)) == (len(CLASS), sorted(CLASS))
    assert reports(course) == graded_here[1]


@pytest.mark.rare
@needs_dask
@pytest.mark.slow
def test_a_scheduler_that_is_gone_is_said_and_finished_grades_are_kept(
    course, cluster, graded_here, monkeypatch
):
    """Another run takes up where this one stopped."""
    monkeypatch.setattr(on_cluster, "PATIENCE", 3)
    with pytest.raises(InternalError, match=r"connection to the cluster is lost.*run again"):
        graded_there(course, cluster.address, cluster.scheduler.kill)

    kept = reports(course)
    assert kept.items() <= graded_here[1].items()
    assert len(kept) >= 1
    score(course, course.assignments[0], ScoreOptions())
    assert reports(course) == graded_here[1]


@pytest.mark.rare
@needs_dask
@pytest.mark.slow
@pytest.mark.rare
def test_a_cluster_without_workers_is_waited_for_no_longer(course, cluster, monkeypatch):
    """All are lost, and none comes."""
    monkeypatch.setattr(on_cluster, "PATIENCE", 3)

    def kill():
        for worker in cluster.workers:
            worker.kill()

    with pytest.raises(InternalError, match=r"no workers any more.*run again"):
        graded_there(course, cluster.address, kill)


@needs_dask
def test_a_cluster_that_cannot_be_reached_is_said(course, monkeypatch):
    """And nothing is graded."""
    monkeypatch.setattr("grader.grading.cluster.PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(InternalError, match=r"cannot be reached: it does not answer\. Nothing"):
            graded_there(course, f"tcp://127.0.0.1:{port}")
    with pytest.raises(InternalError, match=r"cannot be reached: .* Nothing was graded"):
        graded_there(course, f"tcp://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://10.0.0.1:8786", "unencrypted.*tls://"),
        ("tcp://cluster.example:8786", "unencrypted.*tls://"),
        ("cluster", "no address of a cluster; write tls://HOST:PORT, or slurm"),
        ("http://127.0.0.1:8786", "no address"),
    ],
)
def test_what_is_no_safe_address_is_refused(address, said):
    """Learners' work and the checks cross a network encrypted only."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    with pytest.raises(UsageError, match=said), cluster_at(address, 1):
        pass


def test_a_worker_with_other_versions_is_refused_by_name():
    """Grades must not depend on where they are made."""
    held = Isolation("bubblewrap", {"no network": True}, "")
    other = {**versions(), "NumPy": "1.0"}

    with pytest.raises(InternalError, match=r"The worker b has NumPy 1\.0, this machine"):
        on_cluster.common({"a": Station(versions(), held), "b": Station(other, held)})
    without = {name: version for name, version in versions().items() if name != "NumPy"}
    assert "NumPy not installed" in remote_grading.difference("b", versions(), without)


def test_workers_with_other_walls_are_refused():
    """Two learners with the same code could be told different things."""
    held = Isolation("bubblewrap", {"no network": True}, "")
    weak = replace(held, level="process")

    with pytest.raises(InternalError, match=r"b has other walls \(process\) than .*bubblewrap"):
        on_cluster.common({"a": Station(versions(), held), "b": Station(versions(), weak)})
    with pytest.raises(InternalError, match="b cannot grade: no bubblewrap"):
        on_cluster.common({"b": Station(versions(), None, "no bubblewrap")})
    with pytest.raises(InternalError, match="b cannot run gradproof: No module named 'grader'"):
        on_cluster.common({"b": ModuleNotFoundError("No module named 'grader'")})


def test_the_same_course_is_the_same_bundle(tmp_path):
    """It loads elsewhere, and holds nobody's work."""
    course = collected(tmp_path / "course", tmp_path / "inbox")
    bundle = bundle_of(course, course.assignments[0])
    there = bundle.unpack(tmp_path / "there")

    assert bundle == bundle_of(there, there.assignments[0])
    assert there.assignments == course.assignments
    assert {path.name for path in there.root.iterdir()} == {
        "assignments",
        "solutions",
        "autograder_tests",
    }
