"""Takes back its limits, to have more of everything.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: limits
control: none, only the superuser may raise a hard limit
"""

import resource


def total(x):
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
        resource.setrlimit(kind, (1 << 40, 1 << 40))
    raise RuntimeError("got: more")
