"""Answers the next question before it is asked, and this one twice.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: wire, values only, comparison
control: naive, believed
"""

import os
import struct


def frame(header, body=b""):
    return struct.pack("!IQ", len(header), len(body)) + header + body


def total(x):
    for number in (3, 4, 5):
        header = b'[%d,"value",["d",[["v","after"],["v","value"]],[["l",[]],["v",0.0]]]]' % number
        os.set_blocking(3, True)
    os.write(3, frame(header))
    return x
