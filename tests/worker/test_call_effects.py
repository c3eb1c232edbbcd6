"""Memory that results share with inputs, and global state that calls leave changed."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.worker.call_effects import STATES, changed_by, keeping_modes, modes, restore, shared

torch = pytest.importorskip("torch", reason="PyTorch is not installed")


def toggle_errors() -> None:
    """Handle divisions by zero in another way."""
    np.seterr(divide="raise" if np.geterr()["divide"] != "raise" else "warn")


CHANGES = {
    "random": lambda: random.random(),
    "numpy.random": lambda: np.random.rand(),
    "numpy.seterr": toggle_errors,
    "torch.random": lambda: torch.rand(1),
    "torch.set_grad_enabled": lambda: torch.set_grad_enabled(not torch.is_grad_enabled()),
    "torch.set_default_dtype": lambda: torch.set_default_dtype(torch.float64),
}


def everything() -> str:
    """Return all that the changes above change."""
    state = np.random.get_state(legacy=True)
    numbers = random.getstate(), state[1].tobytes(), state[2:], torch.get_rng_state().tolist()
    return repr((numbers, modes()))


@pytest.fixture(autouse=True)
def modes_put_back() -> Iterator[None]:
    """Leave the settings as they were."""
    with keeping_modes():
        yield


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_what_a_call_changes_is_named_and_put_back(name: str) -> None:
    """Each generator and each mode by its own name, and no other."""
    before = everything()

    assert changed_by(CHANGES[name], {}) == [name]
    assert everything() == before
    assert changed_by(lambda: None, {}) == []


@settings(max_examples=30)
@given(names=st.sets(st.sampled_from(sorted(CHANGES))))
def test_several_changes_are_all_named(names: set[str]) -> None:
    """Whatever a call does, exactly that is named."""

    def call() -> None:
        for name in names:
            CHANGES[name]()

    assert set(changed_by(call, {})) == names <= STATES


def test_seeding_is_a_change_even_if_nothing_is_drawn() -> None:
    """A function that seeds a generator makes what comes after it predictable."""
    np.random.seed(1)
    np.random.rand()

    assert changed_by(lambda: np.random.seed(1), {}) == ["numpy.random"]


def test_state_used_with_care_is_kept() -> None:
    """Contexts that end, and generators of one's own, leave nothing behind."""

    def careful() -> None:
        with torch.no_grad(), np.errstate(all="ignore"):
            torch.rand(2, generator=torch.Generator().manual_seed(0))
            np.random.default_rng(0).random()
            random.Random(0).random()

    assert changed_by(careful, {}) == []


def test_state_is_put_back_even_if_the_call_raises() -> None:
    """The exception goes through."""
    before = everything()

    def failing() -> None:
        torch.set_grad_enabled(False)
        raise KeyError("no")

    with pytest.raises(KeyError):
        changed_by(failing, {})
    assert everything() == before


def test_what_an_earlier_call_left_changed_is_named_too() -> None:
    """Settings are compared with those that should be, generators with those before the call."""
    settled = modes()
    torch.set_grad_enabled(False)
    torch.rand(1)

    assert changed_by(lambda: None, settled) == ["torch.set_grad_enabled"]
    assert torch.is_grad_enabled()


def test_modes_are_kept_whatever_happens() -> None:
    """Settings are put back, generators go on."""
    before, settled = everything(), modes()
    with pytest.raises(KeyError), keeping_modes():
        for change in CHANGES.values():
            change()
        raise KeyError("no")

    assert modes() == settled
    assert everything() != before


def test_what_is_not_imported_has_no_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is imported only to be looked at."""
    monkeypatch.delitem(sys.modules, "torch")

    assert not any(name.startswith("torch") for name in modes())
    assert changed_by(lambda: random.random(), {}) == ["random"]
    assert "torch" not in sys.modules
    assert restore({}) == []


# -- memory ----------------------------------------------------------------------------------------

SHARING = {
    "itself": (lambda x: x, True),
    "view": (lambda x: x[1:, :1], True),
    "reversed": (lambda x: x[::-1], True),
    "transposed": (lambda x: x.T, True),
    "in a tuple": (lambda x: (1, [x[0]]), True),
    "in a dict": (lambda x: {"a": x}, True),
    "copy": (lambda x: x + 0, False),
    "number": (lambda x: float(x[0, 0]), False),
    "nothing": (lambda x: None, False),
    "list of copies": (lambda x: [x * 1, x * 2], False),
}


@pytest.mark.parametrize("framework", ["numpy", "torch"])
@pytest.mark.parametrize("kind", SHARING)
def test_a_result_that_shares_memory_is_seen(framework: str, kind: str) -> None:
    """The input itself, views of it, wherever they stand in the result; no copy."""
    make = torch.ones if framework == "torch" else np.ones
    if (framework, kind) == ("torch", "reversed"):
        pytest.skip("PyTorch has no such views")
    one, other = make((3, 2)), make((3, 2))
    result, shares = SHARING[kind]

    assert shared([one, other], result(other)) == ([1] if shares else [])


def test_memory_shared_across_frameworks_is_seen() -> None:
    """A NumPy view of a tensor, and a tensor over a NumPy array."""
    tensor, array = torch.ones(3), np.ones(3)

    assert shared([tensor, array], tensor.numpy()) == [0]
    assert shared([tensor, array], torch.from_numpy(array)) == [1]


def test_empty_arrays_share_nothing() -> None:
    """They have no memory."""
    empty = np.ones(0)

    assert shared([empty, torch.ones(0)], [empty, torch.ones(0)]) == []


@settings(max_examples=100)
@given(
    starts=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    lengths=st.tuples(st.integers(1, 6), st.integers(1, 6)),
    steps=st.tuples(st.sampled_from([-1, 1]), st.sampled_from([-1, 1])),
)
def test_pieces_of_one_array_share_what_they_overlap_in(
    starts: tuple[int, int], lengths: tuple[int, int], steps: tuple[int, int]
) -> None:
    """As NumPy says, forwards and backwards."""
    whole = np.zeros(16)
    one, other = (
        whole[start : start + length][::step]
        for start, length, step in zip(starts, lengths, steps, strict=True)
    )

    assert shared([one], other) == ([0] if np.shares_memory(one, other) else [])


def test_a_module_that_is_there_in_part_has_no_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import of a library may fail halfway, in a learner's code too."""
    monkeypatch.setitem(sys.modules, "mxnet", ModuleType("mxnet"))

    assert changed_by(lambda: None, modes()) == []
