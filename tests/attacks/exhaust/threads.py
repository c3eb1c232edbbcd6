"""Starts threads until it cannot any more.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit, limits, deadline
control: off, boasted
"""

import threading
import time


def total(x):
    threading.stack_size(1 << 20)
    for _ in range(1500):
        threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
    raise RuntimeError("got: 1500 threads")
