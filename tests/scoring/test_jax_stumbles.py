"""What learners stumble over in JAX is told with the line, and only that."""

from __future__ import annotations

import pytest

from grader.exercise import Chunk, Submission
from grader.scoring.jax_stumbles import stumbles

HEAD = "import jax\nimport jax.numpy as jnp\n"
TOLD = [
    (
        "def f(x):\n    x.at[0].set(1)\n    return x\n",
        "line 4: the result of .at[].set is not used",
    ),
    (
        "def f(x, key=jax.random.PRNGKey(d2l.get_seed())):\n    return x\n",
        "line 3: this key is the same in every call",
    ),
    (
        "def f(x):\n    key = jax.random.key(0)\n    return x * jax.random.uniform(key, x.shape)\n",
        "line 4: this key is the same in every call",
    ),
    ("def f(x, *, key=d2l.get_key()):\n    return x\n", "line 3: this key is the same"),
]
NOT_TOLD = [
    "def f(x):\n    return x.at[0].set(1)\n",
    "def f(x):\n    key = jax.random.PRNGKey(random.randint(0, 9))\n    return x\n",
    "key = jax.random.PRNGKey(0)\ndef f(x):\n    global key\n    key = new(key)\n    return x\n",
    "def f(x):\n    return sorted(x, key=lambda one: one.key(0))\n",
    "def f(x):\n    return x\ndef g(x):\n    x.at[0].set(1)\n",
]


def said(code: str) -> list[str]:
    """Return what is told of an exercise ``f``."""
    return list(stumbles(Submission("a.py", (Chunk("a.py", HEAD + code),), "jax", ""), "f"))


@pytest.mark.parametrize(("code", "told"), TOLD)
def test_it_is_told_with_its_line(code: str, told: str) -> None:
    """The sentence names the file, the line and what to do."""
    (sentence,) = said(code)

    assert f"a.py, {told}" in sentence


@pytest.mark.parametrize("code", NOT_TOLD)
def test_what_works_is_not_told_of(code: str) -> None:
    """Nor what another exercise needs."""
    assert said(code) == []
