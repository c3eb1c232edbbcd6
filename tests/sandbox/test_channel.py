"""Checks on a submission: when a worker is used again, and what its faults may say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.errors import (
    Crashed,
    MachineBusy,
    NoDevice,
    NotInstalled,
    Raised,
    SubmissionError,
    TimedOut,
    Unwritten,
)
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox import channel as channels
from grader.sandbox import missing_files
from grader.sandbox.channel import LocalChannel, WorkerChannel
from grader.sandbox.fault_sentences import translate
from grader.sandbox.processor_time import Usage
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.time_limit import Over, TimeLimit
from grader.sandbox.zygote import Worker, Zygote
from grader.worker.fault import Fault
from grader.worker.module_host import Host
from grader.worker.values import Callback, Unsendable
from grader.worker.wire import Deadline

Answer = Callable[[str, dict[str, Any]], Any]
Enrol = Callable[..., ModuleProxy]


class StoppedMeter:
    """Measures nothing."""

    def read(self) -> Usage:
        """Return that nothing was used."""
        return Usage(0.0, {})


class FakeWorker:
    """Answers by a function; notes what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.alive = True
        self.meter = StoppedMeter()
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def request(self, op: str, payload: dict[str, Any], deadline: Deadline, callbacks: Any) -> Any:
        """Answer, or die of an exception."""
        self.asked.append((op, payload))
        self.deadline = deadline
        try:
            return self.answer(op, payload)
        except (TimedOut, Crashed):
            self.stop()
            raise

    def stop(self) -> None:
        """Be gone."""
        self.alive = False


class Stable:
    """Starts fake workers and remembers them."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self.workers: list[FakeWorker] = []
        self.seconds: list[float] = []

    def __call__(self, limits: Limits, seconds: float) -> Worker:
        """Start the next worker; the last answer repeats."""
        answer = self._answers[min(len(self.workers), len(self._answers) - 1)]
        self.workers.append(FakeWorker(answer))
        self.seconds.append(seconds)
        return self.workers[-1]  # type: ignore[return-value]


CHUNKS = (Chunk("a.py", "x = 1\ndef f(x):\n    return x.y\n", 1), Chunk("a.py", "z", 9))
SUBMISSION = Submission("a.py", CHUNKS, "numpy", "00", (("data.txt", b"ab"),))


def fine(op: str, payload: dict[str, Any]) -> Any:
    """Answer whatever is asked."""
    return "value", None


def channel_to(
    *answers: Answer, submission: Submission = SUBMISSION, exercises: Sequence[str] = ()
) -> tuple[WorkerChannel, Stable]:
    """Return a channel to workers that answer so."""
    stable = Stable(*answers)
    return WorkerChannel(submission, stable, exercises=exercises), stable


# -- when a worker is used again ------------------------------------------------------------------


def test_a_worker_is_sent_the_submission_once() -> None:
    """Checks of several exercises share a worker, which is told of each check."""
    channel, stable = channel_to(fine)

    for number, exercise in enumerate("fgf"):
        channel.begin(exercise, number, Limits())

    (worker,) = stable.workers
    assert [op for op, _ in worker.asked if op != "import_libraries"] == [
        *("submission", "begin", "begin", "begin")
    ]
    sent = worker.asked[0][1]
    assert sent["pieces"] == [("a.py", 1, CHUNKS[0].text), ("a.py", 9, "z")]
    assert sent["files"]["data.txt"].tobytes() == b"ab"
    assert ("begin", {"exercise": "g", "seed": 1}) in worker.asked


def test_an_exercise_from_another_file_has_a_worker_with_that_file() -> None:
    """Its code, its framework and what lies around it; the others keep theirs."""
    other = Submission("a.py", (Chunk("b.py", "def g(x): return x"),), "torch", "")
    channel, stable = channel_to(fine, submission=replace(SUBMISSION, elsewhere={"g": other}))
    frameworks = []
    for exercise in "fgg":
        channel.begin(exercise, 1, Limits())
        frameworks.append(channel.framework)

    one, two = stable.workers
    assert (one.alive, two.alive) == (False, True)
    assert two.asked[0][1]["pieces"] == [("b.py", 1, "def g(x): return x")]
    assert frameworks == ["numpy", "torch", "torch"]


def test_a_submission_has_one_worker_with_processor_time_for_all_its_checks() -> None:
    """A worker's limit of processor time is far beyond what a hundred checks may take."""
    channel, stable = channel_to(fine)

    for number in range(100):
        channel.begin(f"f{number}", 1, Limits(seconds=10.0))

    assert len(stable.workers) == 1
    assert stable.seconds[0] >= 100 * 10.0


def test_an_exercise_with_more_memory_gets_a_worker_with_it() -> None:
    """An exercise is not held to the memory of the one before it."""
    channel, stable = channel_to(fine)

    channel.begin("f", 1, Limits(seconds=0.1))
    channel.begin("g", 1, Limits(seconds=60.0))
    channel.begin("h", 1, Limits(seconds=0.1, memory_mb=512))

    assert len(stable.workers) == 2


def test_a_worker_that_died_between_checks_costs_no_exercise() -> None:
    """What an earlier check left behind may kill its worker later; the next one gets a new one."""

    def bomb(op: str, payload: dict[str, Any]) -> Any:
        if payload.get("exercise") == "g":
            raise Crashed("late")
        return "value", None

    channel, stable = channel_to(bomb, fine)

    channel.begin("f", 1, Limits())
    channel.begin("g", 1, Limits())

    assert len(stable.workers) == 2


@pytest.mark.parametrize("error", [TimedOut, Crashed])
def test_an_exercise_that_cannot_be_loaded_is_tried_once(error: type[SubmissionError]) -> None:
    """A module whose own statements hang or die does so once, not once for each check."""

    def deadly(op: str, payload: dict[str, Any]) -> Any:
        if op == "begin" and payload["exercise"] == "f":
            raise error("dead")
        return "value", None

    channel, stable = channel_to(deadly)

    for _ in range(3):
        with pytest.raises(error):
            channel.begin("f", 1, Limits())
    channel.begin("g", 1, Limits())

    assert len(stable.workers) == 2


def test_a_request_without_a_worker_is_a_crash() -> None:
    """After the worker's end within a check, the rest of the check ends too."""

    def deadly(op: str, payload: dict[str, Any]) -> Any:
        if op == "call":
            raise Crashed("dead")
        return "value", None

    channel, _ = channel_to(deadly)
    channel.begin("f", 1, Limits())

    for _ in range(2):
        with pytest.raises(Crashed):
            channel.request("call", {"name": "f"})


def test_libraries_are_imported_before_any_code_of_the_learners_runs() -> None:
    """Those of all exercises that will be checked; later the worker might only say that it does."""
    channel, stable = channel_to(fine, exercises=("f", "g"))

    for exercise in "fgh":
        channel.begin(exercise, 1, Limits(seconds=0.5))

    (worker,) = stable.workers
    assert [(op, payload["exercise"]) for op, payload in worker.asked[1:]] == [
        *(("import_libraries", "f"), ("import_libraries", "g")),
        *(("begin", "f"), ("begin", "g"), ("begin", "h")),
    ]


@pytest.mark.parametrize("error", [TimedOut, Crashed])
def test_a_library_that_ends_the_worker_costs_nothing_yet(error: type[SubmissionError]) -> None:
    """It may stand in a branch that is never taken; so the exercise is loaded without it."""

    def deadly(op: str, payload: dict[str, Any]) -> Any:
        if op == "import_libraries" and payload["exercise"] == "g":
            raise error("dead")
        return "value", None

    channel, stable = channel_to(deadly, exercises=("f", "g", "h"))

    channel.begin("g", 1, Limits())
    stable.workers[-1].stop()
    channel.begin("g", 1, Limits())

    asked = [[p["exercise"] for op, p in w.asked if op[0] == "i"] for w in stable.workers]
    assert asked == [["f", "g"], ["f", "h"], ["f", "h"]]


def over_by(over: Over) -> Answer:
    """Return a worker's answers that use up all time in a call, in one way."""

    def late(op: str, payload: dict[str, Any]) -> Any:
        if op == "call":
            limits[-1].over = over
            raise TimedOut("late")
        return "value", None

    limits: list[TimeLimit] = []

    class Noted(TimeLimit):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            limits.append(self)

    late.noted = Noted  # type: ignore[attr-defined]
    return late


@pytest.mark.parametrize("over", [Over.SPENT, Over.ASLEEP])
def test_time_that_the_code_used_or_slept_through_is_its_own(
    monkeypatch: pytest.MonkeyPatch, over: Over
) -> None:
    """Both end the check for good, with the same sentence."""
    answer = over_by(over)
    monkeypatch.setattr(channels, "TimeLimit", answer.noted)  # type: ignore[attr-defined]
    channel, _ = channel_to(answer)
    channel.begin("f", 1, Limits(seconds=5.0), share=0.1)

    with pytest.raises(TimedOut, match=r"^f did not return within 0\.5 s\."):
        channel.request("call", {"name": "f"})


def test_a_module_that_does_not_load_costs_its_limit_once() -> None:
    """A worker that has run other code has a tenth; only a fresh one has all of the time."""
    given: list[float] = []

    def late(op: str, payload: dict[str, Any]) -> Any:
        if op == "begin" and payload["exercise"] == "g":
            given.append(channel._time.seconds)  # type: ignore[union-attr]
            raise TimedOut("late")
        return fine(op, payload)

    channel, stable = channel_to(late)
    channel.begin("f", 1, Limits(seconds=5.0))
    for _check in range(3):
        with pytest.raises(TimedOut):
            channel.begin("g", 1, Limits(seconds=5.0))

    assert given == [0.5, 5.0]
    assert len(stable.workers) == 2


def test_time_that_the_machine_did_not_give_is_nobodys_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A check that could not run has not timed out; nobody pays for it."""
    answer = over_by(Over.STARVED)
    monkeypatch.setattr(channels, "TimeLimit", answer.noted)  # type: ignore[attr-defined]
    channel, _ = channel_to(answer)
    channel.begin("f", 1, Limits())

    with pytest.raises(MachineBusy, match="too busy to run f"):
        channel.request("call", {"name": "f"})


def test_a_framework_that_does_not_start_in_time_is_no_fault_of_the_learners() -> None:
    """Before the submission is there, none of its code has run."""

    def late(op: str, payload: dict[str, Any]) -> Any:
        raise TimedOut("late")

    channel, stable = channel_to(late)

    with pytest.raises(MachineBusy):
        channel.begin("f", 1, Limits())
    assert not stable.workers[0].alive


def test_functions_are_numbered_wherever_they_stand() -> None:
    """Functions in nested arguments become markers in their order."""
    channel, stable = channel_to(fine)
    channel.begin("f", 1, Limits())
    channel.request("call", {"name": "f", "args": [len, [max, 1]], "kwargs": {"g": (min,)}})

    assert stable.workers[0].asked[-1][1] == {
        "name": "f",
        "args": [Callback(0), [Callback(1), 1]],
        "kwargs": {"g": (Callback(2),)},
    }


def test_what_cannot_be_sent_ends_the_check_not_the_grader() -> None:
    """A value that does not fit into a message is reported."""

    def refuse(op: str, payload: dict[str, Any]) -> Any:
        if op == "call":
            raise Unsendable("too much")
        return "value", None

    channel, _ = channel_to(refuse)
    channel.begin("f", 1, Limits())

    with pytest.raises(Crashed, match="too much"):
        channel.request("call", {"name": "f"})


# -- faults ---------------------------------------------------------------------------------------


def faulty(when: str, fault: Any) -> Answer:
    """Return a worker's answers in which one operation ends in a fault."""
    return lambda op, payload: ("fault", fault) if op == when else ("value", None)


def test_a_missing_device_is_believed_before_the_learners_code_runs() -> None:
    """The answer to the submission may say that there is no such device."""
    channel, _ = channel_to(faulty("submission", {"kind": "device", "message": "cuda"}))

    for _ in range(2):
        with pytest.raises(NoDevice):
            channel.begin("f", 1, Limits())


@pytest.mark.parametrize("when", ["begin", "call"])
@pytest.mark.parametrize("kind", ["device", "framework"])
def test_a_missing_device_is_not_believed_afterwards(when: str, kind: str) -> None:
    """A worker cannot have its checks skipped."""
    channel, _ = channel_to(faulty(when, {"kind": kind, "message": "cuda"}))

    with pytest.raises(Raised):
        channel.begin("f", 1, Limits())
        channel.request("call", {"name": "f"})


def test_a_framework_that_this_machine_lacks_is_ours_to_install() -> None:
    """A supported framework that cannot be imported costs no learner a point."""
    answer = faulty("submission", {"kind": "framework", "message": "No module named 'numpy'"})
    channel, _ = channel_to(answer)

    with pytest.raises(NotInstalled, match="numpy") as info:
        channel.begin("f", 1, Limits())
    assert info.value.library == "numpy"


def test_a_framework_that_nobody_can_run_is_the_learners_choice() -> None:
    """A submission in a framework without an adapter fails."""
    other = Submission("a.py", CHUNKS, "paddle", "00")
    answer = faulty("submission", {"kind": "framework", "message": "paddle"})
    channel, _ = channel_to(answer, submission=other)

    with pytest.raises(Raised, match="paddle"):
        channel.begin("f", 1, Limits())


ODD: list[Any] = [None, 3, "x", [], {}, {"kind": {}}, {"kind": np.zeros(3)}, {(1, 2): None}]
ODD += [{"kind": "raised", "type": 3, "message": ["x"], "where": where} for where in (
    None, 3, "abcd", ["abcd"], [[]], [[1, 2, 3, 4]], [["a.py", "1", "f", "x"]],
    [["a.py", 10**15, "f", "x"]], [["a.py", -5, "f", np.zeros(2)]], [[np.zeros(2), 1, "", ""]],
    {"a": 1}, np.zeros((1, 4)), [None],
)]  # fmt: skip


@pytest.mark.parametrize("fault", ODD, ids=lambda fault: repr(fault)[:40])
def test_a_fault_of_any_form_is_an_error_of_the_submission(fault: Any) -> None:
    """Nothing in a fault makes the grader trip."""
    error = translate(fault, "f", CHUNKS)

    assert isinstance(error, SubmissionError)
    assert "{" not in str(error)


@pytest.mark.parametrize(
    "kind", ["missing", "unwritten", "syntax", "load", "raised", "unsendable", "device", "other"]
)
def test_a_headline_holds_nothing_that_the_worker_chose(kind: str) -> None:
    """Hidden inputs that a worker packs into its fault do not get into a report."""
    secret = "0.123456"
    where = [["a.py", 3, secret, secret], [f"{secret}.py", 3, secret, secret]]
    for places in (where[:1], where):
        fault = {"kind": kind, "message": secret, "type": secret, "where": places}
        missing = {"module": secret, "file": secret}
        error = translate(fault | missing, "f", CHUNKS, files=[("0.123456", b"0.123456")])

        assert secret not in error.headline + error.library


def test_a_fault_quotes_the_line_that_was_handed_in() -> None:
    """File, line and the text that stands there, in full and in the headline."""
    place = ["a.py", 3, "f", "something else"]
    error = translate(
        {"kind": "raised", "type": "ValueError", "message": "3 != 4", "where": [place]}, "f", CHUNKS
    )

    assert str(error) == "f raised ValueError: 3 != 4\n  a.py, line 3: return x.y"
    assert error.headline == "f raised ValueError\n  a.py, line 3: return x.y"


def test_a_huge_fault_is_cut() -> None:
    """A worker cannot fill a report."""
    fault = {"kind": "raised", "type": "T" * 10**6, "message": "x" * 10**6}

    assert len(str(translate(fault, "f"))) < 10_000


# -- for real -------------------------------------------------------------------------------------


def test_helper_modules_are_imported_from_beside(zygote: Zygote) -> None:
    """Files of the submission lie in the worker's folder; one may even be called like a library."""
    files = (("pkg/__init__.py", b""), ("pkg/helper.py", b"K = 7"), ("torch.py", b"1 / 0"))
    source = "from pkg.helper import K\nimport torch\ndef f(): return K, torch.ones(1).numpy()"
    channel = WorkerChannel(
        Submission("a", (Chunk("a.py", source),), "torch", "00", files), zygote.worker
    )
    try:
        channel.begin("f", 1, Limits(seconds=20))
        k, one = ModuleProxy(channel).f()
    finally:
        channel.close()

    assert (k, one.tolist()) == (7, [1.0])


def test_a_function_of_the_grader_may_ask_the_learner_again(
    enrol: Enrol, any_zygote: Zygote
) -> None:
    """A callback that calls the learner's module gets its answer within the outer call."""
    student = enrol("def f(g, x): return 1 + g(x)", any_zygote)

    assert student.f(lambda x: 10 * student.f(lambda y: y, x), 3) == 41


def test_a_callback_that_raises_reaches_the_learners_code(enrol: Enrol, any_zygote: Zygote) -> None:
    """Over the wire as in one process: the learner may catch it, else it is the learner's error."""
    student = enrol(
        "def f(g, x):\n    try: g(x)\n    except Exception as e: return type(e).__name__\n",
        any_zygote,
    )
    other = enrol("def f(g, x): return g(x)", any_zygote)

    assert student.f(lambda x: x.no_such_thing, np.ones(2)) == "AttributeError"
    with pytest.raises(Raised, match="f raised AttributeError"):
        other.f(lambda x: x.no_such_thing, np.ones(2))


def test_plain_calls_raise_the_same_errors() -> None:
    """A live namespace answers like a worker."""

    def broken(x: Any) -> Any:
        raise ValueError("no")

    def todo() -> None:
        raise NotImplementedError

    def forgetful() -> None:
        raise NameError("name 'torch' is not defined")

    functions = {"broken": broken, "todo": todo, "forgetful": forgetful}
    module = ModuleProxy(LocalChannel.of_namespace(functions, "numpy"))

    with pytest.raises(Raised, match="broken raised ValueError: no"):
        module.broken(1)
    with pytest.raises(Raised, match=r"NameError.*\n  Import or define everything it uses"):
        module.forgetful()
    with pytest.raises(Unwritten, match="todo is not written yet"):
        module.todo()
    with pytest.raises(Unwritten, match="no function or class called other"):
        module.other()


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("from absent import torch as a\ndef f(x): return a.softmax(x)", "absent"),
        ("def f(x):\n    import absent.part\n    return absent.softmax(x)", "absent"),
        ("import absent as a\nM = a.Matrix\nK = M(2)\ndef f(x): return K * x", "absent"),
        ("from other import *\nfrom absent import g\n@g\ndef f(x): return x", "absent"),
        ("import other\nfrom absent import *\ndef f(x): return g(x)", "absent"),
        ("import helper\ndef f(x): return helper.g(x)", "absent"),
        ("import absent\ndef f(x): return [1][x]", ""),
        ("def f(x): return absent", ""),
    ],
)
def test_a_library_that_is_missing_here_is_no_import_that_was_forgotten(
    text: str, library: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The learner did import it; what helps is to do without, so the library is named."""
    monkeypatch.setattr(missing_files, "KNOWN", {"absent"})
    (tmp_path / "helper.py").write_text("def g(x):\n    import absent\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "helper", raising=False)
    host = Host([("a.py", 1, text)], "numpy")
    host.begin("f", 0)
    with pytest.raises(Fault) as raised:
        host.call("f", [3], {})
    files = [("helper.py", (tmp_path / "helper.py").read_bytes())]
    error = translate(raised.value.payload(), "f", [Chunk("a.py", text)], files=files)

    assert error.library == library
    assert (f"The library {library} is not installed on the machine" in str(error)) == bool(library)
    assert (f"The library {library} is" in error.headline) == bool(library)
