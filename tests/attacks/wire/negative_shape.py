"""Sends an array with an axis of less than nothing.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: wire
control: naive, crashed
"""

import os
import struct


def frame(header, body=b""):
    return struct.pack("!IQ", len(header), len(body)) + header + body


def total(x):
    os.set_blocking(3, True)
    os.write(
        3,
        frame(
            b'[3,"value",["d",[["v","after"],["v","value"]],[["l",[]],["a","float64",[-1, -1],false]]]]',
            bytes(16),
        ),
    )
    return x
