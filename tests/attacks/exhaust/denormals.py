"""Multiplies numbers so small that a processor takes a hundred times as long.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline
control: classic, hung
"""

import numpy as np


def total(x):
    tiny = np.full((300, 300), 1e-310)
    while True:
        tiny = tiny @ np.eye(300)
