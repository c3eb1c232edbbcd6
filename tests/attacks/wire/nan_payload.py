"""Sends NaNs with bits of its own choice, and infinities with the wrong sign.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: comparison, wire
control: naive, believed
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
            b'[3,"value",["d",[["v","after"],["v","value"]],[["l",[]],["a","float64",[5],false]]]]',
            struct.pack("<5Q", *[0x7FF4DEADBEEF0001] * 5),
        ),
    )
    return x
