"""What a course may forbid, and how it is told to learners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import language
from grader.errors import Crashed, Forbidden
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.families import FAMILIES
from grader.sandbox.from_scratch import as_listed, examples, fault_in, patterns, reason
from grader.sandbox.processor_time import meter_of
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.mark.parametrize("entry", ["softmax", "torch.logsumexp", "torch.optim.*", "jax.lax.conv*"])
def test_families_and_full_names_may_be_forbidden(entry: str) -> None:
    """A family, a dotted name and one with a star are entries."""
    assert "" == fault_in(entry)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("sofmax", "write one of softmax"),
        ("F", "write one of autograd, "),
        ("torch..softmax", "write it in full"),
        ("*", "write it in full"),
        ("torch softmax", "write it in full"),
    ],
)
def test_an_odd_entry_is_told_what_to_be(entry: str, told: str) -> None:
    """What is neither is refused with what to write instead."""
    assert told in fault_in(entry)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_name_of_a_family_may_stand_alone(family: str) -> None:
    """A family is a list of entries, none of them twice."""
    names = FAMILIES[family]

    assert [] == [name for name in names if fault_in(name)]
    assert len(names) == len(set(names))


def test_entries_become_patterns() -> None:
    """A family stands for its names, any other entry for itself."""
    assert (*FAMILIES["relu"], "torch.exp") == patterns(["relu", "torch.exp"])


def test_learners_are_shown_a_name_of_their_framework() -> None:
    """The example for a family is of the starter's framework where there is one."""
    assert ["torch.softmax"] == examples(["softmax"], "torch")
    assert ["jax.nn.softmax", "torch.optim.*"] == examples(["softmax", "torch.optim.*"], "jax")
    assert ["torch.nn.functional.conv2d"] == examples(["convolution"], "numpy")
    assert ["numpy.linalg.lstsq"] == examples(["least_squares"], "numpy")
    assert ["torch.autograd.grad"] == examples(["autograd"], "numpy")
    assert ["tensorflow.data.Dataset*"] == examples(["data_loader"], "tensorflow")
    assert ["flax.linen.Dense", "optax.*"] == examples(["linear", "optimizer"], "jax")
    assert ["torch.utils.data.DataLoader"] == examples(["data_loader"], "jax")


def test_names_of_a_learners_framework_are_shown_first() -> None:
    """They are what a learner would reach for; a starter has room for three names."""
    listed = ["torch.vander", "autograd", "sklearn.*", "numpy.vander"]

    assert ["numpy.vander", "torch.vander", "torch.autograd.grad", "sklearn.*"] == examples(
        listed, "numpy"
    )
    assert ["torch.vander", "torch.autograd.grad"] == examples(listed, "torch")[:2]


def test_the_message_says_how_a_name_is_what_was_to_be_written() -> None:
    """Told apart are the function itself, one that contains it, an operator and a gradient."""
    told = {
        "torch.relu": "which this exercise asks you to write",
        "torch.nn.functional.hardtanh": "which contains what this exercise asks you to write",
        "torch.ops.aten.*relu*": "PyTorch's operator for what this exercise asks you to write",
        "torch.Tensor.backward": "work out the gradient by hand",
        "my.own": "which this exercise asks you to write",
    }
    listed = [*patterns(["relu", "autograd"]), "my.own"]

    assert [] == [name for name, text in told.items() if text not in reason(name, listed)]
    assert "which this exercise" in reason("numpy.convolve", ["numpy.convolve"])
    assert "which contains" in reason("numpy.convolve", patterns(["convolution"]))


def test_a_name_is_shown_as_the_course_lists_it() -> None:
    """A worker cannot have a text of its own shown for a name."""
    listed = ["torch.softmax", "torch.*softmax"]

    assert "torch.softmax" == as_listed("torch.softmax", listed)
    assert "torch.*softmax" == as_listed("torch.secret_0_1_softmax", listed)
    assert "torch.ops.*softmax" == as_listed("torch.ops.a_softmax", ["torch.ops.*softmax", *listed])
    assert "" == as_listed("torch.relu", listed)
    assert "" == as_listed("torch.the input was 0.1softmax", listed)


LISTED = {"f": ("torch.softmax", "torch.Tensor.softmax", "torch.*softmax", "torch.autograd.grad")}
Begin = Callable[..., ModuleProxy]


@pytest.fixture
def begin(zygote: Zygote) -> Iterator[Begin]:
    """Return a function that begins a check of f in a submission."""
    channels: list[WorkerChannel] = []

    def begin(text: str, *files: tuple[str, bytes]) -> ModuleProxy:
        submission = Submission("a.py", (Chunk("a.py", text),), "torch", "00", files)
        channels.append(WorkerChannel(submission, zygote.worker, forbidden=LISTED))
        channels[-1].begin("f", 1, Limits(seconds=5, memory_mb=2048))
        return ModuleProxy(channels[-1])

    yield begin
    for channel in channels:
        channel.close()


def test_what_is_read_ends_a_check_before_it_runs(begin: Begin) -> None:
    """A use that reading finds is told with name, file and line, although nothing has run."""
    text = "import torch\nraise SystemExit\ndef f(X):\n    return torch.softmax(X, 1)\n"
    with pytest.raises(Forbidden) as caught:
        begin(text)

    assert str(caught.value) == (
        "f uses torch.softmax, which this exercise asks you to write.\n"
        "  a.py, line 4: return torch.softmax(X, 1)"
    )


def test_what_is_seen_ends_a_check_where_it_is_called(begin: Begin) -> None:
    """A use that only running shows is told in the same way."""
    student = begin("def f(X):\n    return X.softmax(1)\n")
    with pytest.raises(Forbidden) as caught:
        student.f(np.ones((2, 2), "float32"))

    assert str(caught.value) == (
        "f uses torch.Tensor.softmax, which this exercise asks you to write.\n"
        "  a.py, line 2: return X.softmax(1)"
    )


@pytest.mark.parametrize("above", ["", "import no_such_library\n"], ids=["whole", "in part"])
@pytest.mark.parametrize("use", ["torch.softmax(X, 1)", "X.softmax(1)", "SOFT(X, 1)"])
def test_a_helper_module_is_watched_like_the_main_file(begin: Begin, use: str, above: str) -> None:
    """Also one in which a statement fails, so that the rest runs without it."""
    helper = f"{above}import torch\nSOFT = torch.softmax\ndef soft(X):\n    return {use}\n"
    student = begin(
        "from tools import soft\ndef f(X):\n    return soft(X)\n", ("tools.py", helper.encode())
    )

    with pytest.raises(Forbidden, match="f uses torch"):
        student.f(np.ones((2, 2), "float32"))


def test_an_honest_submission_is_left_alone(begin: Begin) -> None:
    """Own code passes, also where the library's function stands beside it for comparison."""
    text = (
        "import torch\ndef f(X):\n    return X.exp() / X.exp().sum(1, True)\nprint(torch.softmax)"
    )

    assert 0.5 == begin(text).f(np.ones((2, 2), "float32"))[0, 0]


class Liar:
    """A worker that answers with a fault of its choice."""

    alive = True
    meter = meter_of(0)  # of no process

    def __init__(self, fault: dict[str, Any]) -> None:
        self._fault = fault

    def request(self, op: str, *_rest: Any) -> Any:
        """Take the submission, then lie."""
        return ("fault", self._fault) if op == "call" else ("value", None)

    def stop(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize("where", [None, 3, [], [["a.py", "one", "", ""]], [["x", 9, "", ""]]])
def test_a_worker_cannot_say_what_is_shown_for_hidden_checks(where: Any) -> None:
    """The headline holds the course's own words; a name that is not listed is no answer."""
    submission = Submission("a.py", (Chunk("a.py", "f = 1"),), "torch", "00")
    fault = {"kind": "forbidden", "message": "torch.values_1_2_softmax", "where": where}
    channel = WorkerChannel(submission, lambda *_: Liar(fault), forbidden=LISTED)  # type: ignore[arg-type,return-value]
    channel.begin("f", 1, Limits())

    with pytest.raises(Forbidden) as caught:
        ModuleProxy(channel).f(1)

    assert "f uses torch.*softmax, which this exercise asks you to write." == caught.value.headline
    fault["message"] = "the first input is 0.1"
    with pytest.raises(Crashed):
        ModuleProxy(channel).f(1)


def test_the_documents_list_the_names_of_each_family() -> None:
    """An author can look up what an entry stands for."""
    page = Path(__file__).parents[2] / "docs" / "check-reference.md"
    rows = [
        f"| `{family}` | {' '.join(f'`{name}`' for name in names)} |"
        for family, names in FAMILIES.items()
    ]
    table = "\n".join(["| family | names |", "|---|---|", *rows])

    assert table in page.read_text(encoding="utf-8"), table
