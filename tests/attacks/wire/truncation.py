"""Sends half a frame, and is silent.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: deadline
control: naive, hung
"""

import os
import struct
import time


def total(x):
    os.set_blocking(3, True)
    os.write(3, struct.pack("!IQ", 100, 0) + b"[3,")
    time.sleep(30)
