"""Opens a file again and again.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: limits
control: off, boasted
"""


def total(x):
    files = [open("/dev/null") for _ in range(400)]
    raise RuntimeError("got: " + str(len(files)))
