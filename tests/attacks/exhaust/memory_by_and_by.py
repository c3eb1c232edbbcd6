"""Takes memory in small pieces, until there is none.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit
control: off, boasted
"""


def total(x):
    pieces = []
    for _ in range(320):
        pieces.append(bytes(1 << 20))
    raise RuntimeError("got: " + str(len(pieces)))
