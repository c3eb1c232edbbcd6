"""Answers with a handle whose type's name is a piece of code.

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
    os.write(
        3,
        frame(
            b'[3,"value",["d",[["v","after"],["v","value"]],[["l",[]],["h",1,"__import__(1)",true]]]]'
        ),
    )
    return x
