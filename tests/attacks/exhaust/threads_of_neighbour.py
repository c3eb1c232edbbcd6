"""Starts as many threads as one user may have, while another's submission wants a few.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit, limits, deadline
not stopped: landlock, an ordinary user (the neighbour is hurt)
control: none, without walls there is no limit to use up
"""

import threading
import time


def total(x):
    threading.stack_size(1 << 15)
    while True:
        try:
            threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
        except RuntimeError:
            time.sleep(0.005)
