from __future__ import annotations

import pytest

from grader.sandbox.live_channel import Cell, framework_of, in_force
from grader.worker.live_host import LiveHost

TORCH = "# framework: torch\nimport numpy as np"


def cells(*texts):
    """Return cells as they were run."""
    return [Cell(f"<{n}>", f"In [{n}]", text) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("texts", "framework"),
    [
        ((), "jax"),
        (("import numpy",), "numpy"),
        (("import numpy", "import torch"), "torch"),
        ((TORCH,), "torch"),
        ((TORCH, "# framework: numpy"), "numpy"),
        (("# framework: numpy", "import torch"), "numpy"),
    ],
)
def test_the_framework_is_what_the_cells_say(texts, framework):
    """The last marker, then the first import, then the usual."""
    assert framework == framework_of(cells(*texts), "jax")


def test_a_cell_is_in_force_until_all_of_it_is_replaced():
    """What defines nothing that is left, and what cannot be read, is out."""
    run = cells("import a\nx = 1", "def f(): pass", "x = 2", "f()", "def f(): return 1", "def (")

    assert ["In [1]", "In [3]", "In [5]"] == [cell.label for cell in in_force(run)]


def test_what_a_framework_needs_is_set_before_each_check(monkeypatch):
    """A notebook has its own settings back after a check: JAX would then make int32 of int64."""
    set_again = []
    host = LiveHost("numpy", {}, {})
    monkeypatch.setattr(host.adapter, "prepare", lambda: set_again.append(1))

    for _check in range(2):
        host.update({}, [])

    assert len(set_again) == 2
