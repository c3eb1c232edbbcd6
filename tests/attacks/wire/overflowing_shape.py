"""Sends an array whose axes come to nothing when multiplied in 64 bits.

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
            b'[3,"value",["d",[["v","after"],["v","value"]],[["l",[]],["a","float64",[4294967296, 4294967296],false]]]]'
        ),
    )
    return x
