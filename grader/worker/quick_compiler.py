"""Have JAX compile quickly.

It compiles every operation anew for every shape, on the learner's time; what is compiled then runs
once or twice on small arrays.
"""

from __future__ import annotations

import importlib
import os
import resource

#: the ways of its compiler that take time: they make code fast that runs long
_FLAGS = (
    "--xla_backend_optimization_level=0",
    "--xla_llvm_disable_expensive_passes=true",
    "--xla_cpu_use_fusion_emitters=false",
)


def compile_quickly() -> None:
    """Set the compiler's flags for workers that will be forked from this process.

    XLA ends a process that has flags it does not know. So a fork tries them first; in another
    version, learners' code takes longer.
    """
    flags = " ".join(_FLAGS)
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.environ["XLA_FLAGS"] = flags
            importlib.import_module("jax._src.lib").xla_client.CompileOptions()
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1] == 0:
        os.environ["XLA_FLAGS"] = flags
