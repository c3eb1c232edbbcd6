"""Writes a file larger than all its files may be.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: disk limit
control: off, boasted
"""


def total(x):
    with open("large", "wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    raise RuntimeError("got: 64 MiB")
