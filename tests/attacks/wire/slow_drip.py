"""Sends one byte now and one then, each in time.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: deadline
control: naive, hung
"""

import os
import struct
import time


def total(x):
    os.set_blocking(3, True)
    os.write(3, struct.pack("!IQ", 10_000, 0))
    while True:
        os.write(3, b" ")
        time.sleep(0.05)
