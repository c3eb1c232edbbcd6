"""Takes more memory than is allowed, and uses it.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit
control: off, boasted
"""


def total(x):
    taken = bytearray(b"x") * (300 << 20)
    raise RuntimeError("got: " + str(len(taken)))
