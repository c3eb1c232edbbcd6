"""What learners stumble over in a framework is told with the line, and only that."""

from __future__ import annotations

import pytest

from grader.exercise import Chunk, Submission
from grader.scoring.stumbles import stumbles

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
    (
        "KEY = jax.random.PRNGKey(new())\ndef f(x):\n    return jax.random.normal(KEY, x.shape)\n",
        "line 3: this key is the same in every call",
    ),
    (
        "def f(x, key):\n    a = jax.random.normal(key, (2,))\n"
        "    return a + jax.random.uniform(key, (2,))\n",
        "line 5: this key has been used before",
    ),
    (
        "def f(x, key):\n    for row in x:\n        row = jax.random.normal(key, row.shape)\n",
        "line 5: this key has been used before",
    ),
    (
        "def f(x, key):\n    return [jax.random.normal(key, row.shape) for row in x]\n",
        "line 4: this key has been used before",
    ),
    (
        "def f(x, key):\n    if x:\n        x = jax.random.normal(key)\n"
        "    return jax.random.normal(key)\n",
        "line 6: this key has been used before",
    ),
    (
        "from jax import random as r\ndef f(x, key):\n    return r.normal(key) + r.normal(key)\n",
        "line 5: this key has been used before",
    ),
]
NOT_TOLD = [
    "def f(x):\n    return x.at[0].set(1)\n",
    "def f(x):\n    key = jax.random.PRNGKey(random.randint(0, 9))\n    return x\n",
    "key = jax.random.PRNGKey(0)\ndef f(x):\n    global key\n    key = new(key)\n    return x\n",
    "def f(x):\n    return sorted(x, key=lambda one: one.key(0))\n",
    "def f(x):\n    return x\ndef g(x):\n    x.at[0].set(1)\n",
    "def f(x, key):\n    a = jax.random.normal(key)\n    key, new = jax.random.split(key)\n"
    "    return a + jax.random.normal(key)\n",
    "def f(x, key):\n    for _ in x:\n        key, new = jax.random.split(key)\n"
    "        x = jax.random.normal(new)\n    return x\n",
    "def f(x, keys):\n    return [jax.random.normal(key) for key in keys]\n",
    "def f(x, key):\n    if x:\n        return jax.random.normal(key)\n"
    "    return jax.random.uniform(key)\n",
    "def f(x, key):\n    return jax.random.normal(key) if x else jax.random.uniform(key)\n",
    "import random\ndef f(x, key):\n    random.shuffle(key)\n    random.shuffle(key)\n",
    "KEY = jax.random.key(0)\ndef f(x):\n    global KEY\n    KEY, new = jax.random.split(KEY)\n"
    "    return jax.random.normal(new)\n",
]


HEADS = {
    "jax": HEAD,
    "tensorflow": "import numpy as np\nimport tensorflow as tf\n",
    "numpy": "import random\nimport numpy as np\n",
}
TAPE = "def f(x):\n    with tf.GradientTape() as t:\n        y = x\n    return t.gradient(y, x)\n"
OTHERS = [
    ("jax", "import numpy as np\n@jax.jit\ndef f(x):\n    return np.random.rand()\n", "line 6"),
    ("jax", "import random\ndef g(x):\n    return random.random()\nf = jax.jit(g)\n", "line 5"),
    ("tensorflow", "@tf.function\ndef f(x):\n    return x + np.random.rand(3)\n", "line 5: this"),
    ("tensorflow", TAPE, "line 6: `gradient` gives None"),
    ("numpy", "def f(x, seen=[]):\n    seen.append(x)\n    return seen\n", "line 3: this default"),
    ("numpy", "def f(x, *, seen={}):\n    seen[x] = 1\n    return seen\n", "line 3: this default"),
]
NO_OTHERS = [
    ("tensorflow", "def f(x):\n    return x + np.random.rand(3)\n"),
    ("tensorflow", "@tf.function\ndef f(x):\n    return x + tf.random.normal(x.shape)\n"),
    ("numpy", "def f(x, axes=[0, 1]):\n    return x.sum(axes[0])\n"),
    (
        "numpy",
        "def f(x, seen=None):\n    seen = [] if seen is None else seen\n    seen.append(x)\n",
    ),
]


def said(code: str, framework: str = "jax", gave_none: bool = False) -> list[str]:
    """Return what is told of an exercise ``f``."""
    chunks = (Chunk("a.py", HEADS[framework] + code),)
    return list(stumbles(Submission("a.py", chunks, framework, ""), "f", gave_none))


@pytest.mark.parametrize(("code", "told"), TOLD)
def test_it_is_told_with_its_line(code: str, told: str) -> None:
    """The sentence names the file, the line and what to do."""
    (sentence,) = said(code)

    assert f"a.py, {told}" in sentence


@pytest.mark.parametrize("code", NOT_TOLD)
def test_what_works_is_not_told_of(code: str) -> None:
    """Nor what another exercise needs."""
    assert said(code) == []


@pytest.mark.parametrize(("framework", "code", "told"), OTHERS)
def test_what_is_made_once_is_told_in_each_framework(framework: str, code: str, told: str) -> None:
    """Numbers drawn while a graph is made, defaults that stay; and gradients of nothing."""
    (sentence,) = said(code, framework, gave_none=True)

    assert f"a.py, {told}" in sentence


@pytest.mark.parametrize(("framework", "code"), NO_OTHERS)
def test_what_is_made_in_each_call_is_not_told_of(framework: str, code: str) -> None:
    """Nor a tape whose gradient is not None."""
    assert said(code, framework, gave_none=True) == []
    assert said(TAPE, "tensorflow") == []
