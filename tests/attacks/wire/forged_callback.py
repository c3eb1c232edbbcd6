"""Asks the grader to call a function that it never handed out.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: wire
control: naive, believed
"""

import os
import struct


def frame(header, body=b""):
    return struct.pack("!IQ", len(header), len(body)) + header + body


def total(x):
    os.set_blocking(3, True)
    os.write(3, frame(b'[1,"callback",["d",[["v","callback"],["v","args"]],[["v",7],["l",[]]]]]'))
    return x
