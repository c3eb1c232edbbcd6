"""Has twenty threads take memory, each less than the limit.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit, limits, deadline
control: off, boasted
"""

import threading

TAKEN = []


def total(x):
    def take():
        TAKEN.append(bytearray(b"x") * (16 << 20))

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(TAKEN) == 20:
        raise RuntimeError("got: all")
    raise MemoryError(len(TAKEN))
