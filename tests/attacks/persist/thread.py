"""Leaves a thread that goes on computing.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: comparison, deadline
control: classic, threads left
"""

import threading

import numpy as np


def total(x):
    def work():
        while True:
            np.ones((64, 64)) @ np.ones((64, 64))

    for _ in range(4):
        threading.Thread(target=work, daemon=True).start()
    return x
