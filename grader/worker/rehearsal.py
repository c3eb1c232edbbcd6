"""A small submission that is loaded and called before any learner's, so that no learner's is first.

What a framework does on first use takes longer than most checks.
"""

from __future__ import annotations

import linecache
import sys

import numpy as np

from .module_host import Host

#: a submission in each framework that uses what most do
_SUBMISSIONS = {
    "numpy": "import numpy\ndef f(x):\n    return numpy.exp(x - x.max(1, keepdims=True)) @ x.T\n",
    "torch": "import torch\ndef f(x):\n    return torch.exp(x - x.max(1, True).values) @ x.T\n",
    "tensorflow": "import tensorflow as tf\ndef f(x):\n"
    "    x = tf.Variable(x)\n    x.assign_sub(tf.zeros_like(x))\n"
    "    return tf.exp(x - tf.reduce_max(x, 1, True)) @ tf.transpose(x)\n",
    "mxnet": "from mxnet import np\ndef f(x):\n    return np.dot(np.exp(x - x.sum()), x.T)\n",
    "jax": "from jax import numpy\ndef f(x):\n    return numpy.exp(x - x.max(1)[:, None]) @ x.T\n",
}
_done: set[str] = set()


def rehearse(framework: str) -> None:
    """Load and call a small submission, once for a process and what is forked from it."""
    if framework in _done or framework not in _SUBMISSIONS:
        return
    _done.add(framework)
    try:
        host = Host([("rehearsal.py", 1, _SUBMISSIONS[framework])], framework)
    except ImportError:
        return
    host.begin("f", 0)
    host.call("f", [np.ones((2, 3), host.adapter.float_dtype)], {})
    host.vjp("f", [np.ones((2, 3), host.adapter.float_dtype)], np.ones((2, 2)))
    del sys.modules["submission"]
    linecache.clearcache()
