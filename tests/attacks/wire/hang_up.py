"""Closes the line to the grader.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: separate process, deadline
control: naive, crashed
"""

import os
import time


def total(x):
    os.close(3)
    time.sleep(30)
