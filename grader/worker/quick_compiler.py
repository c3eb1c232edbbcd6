"""Have JAX compile quickly.

It compiles every operation anew for every shape, on the learner's time; what is compiled then runs
once or twice on small arrays.
"""

from __future__ import annotations

import importlib
import os

#: what its compiler spares itself: to make code fast that runs long
_FLAGS = " ".join(
    [
        "--xla_backend_optimization_level=0",
        "--xla_llvm_disable_expensive_passes=true",
        "--xla_cpu_use_fusion_emitters=false",
        # Not for speed: a worker has neither the threads nor the processor's description that
        # this library of operations needs, and sums of many numbers would fail there.
        "--xla_cpu_experimental_ynn_fusion_type=",
    ]
)
#: the flags, once they have been tried
_known: list[str] = []


def try_flags() -> None:
    """Try the flags in a fork: XLA ends a process that has flags it does not know.

    In a version that does not know them, learners' code takes longer.
    """
    child = os.fork()
    if child == 0:
        try:
            resource = importlib.import_module("resource")  # which Windows lacks
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.environ["XLA_FLAGS"] = _FLAGS
            importlib.import_module("jax._src.lib").xla_client.CompileOptions()
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1] == 0:
        _known.append(_FLAGS)


def compile_quickly() -> None:
    """Set the flags for this process, if they were tried; TensorFlow would read them, too."""
    for flags in _known:
        os.environ["XLA_FLAGS"] = flags
