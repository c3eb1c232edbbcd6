"""Takes memory by way of a file that has no name.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: filter, disk limit
control: off, boasted
"""

import os


def total(x):
    file = os.memfd_create("mine")
    for _ in range(20):
        os.write(file, bytes(1 << 24))
    raise RuntimeError("got: 320 MiB")
