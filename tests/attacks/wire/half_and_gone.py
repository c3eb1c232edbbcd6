"""Sends half a frame, and ends itself.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: separate process
control: naive, crashed
"""

import os
import struct


def total(x):
    os.set_blocking(3, True)
    os.write(3, struct.pack("!IQ", 100, 0) + b"[3,")
    os._exit(0)
