"""Sends a list in a list, ten thousand deep.

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
    os.write(3, frame(b'[3,"value",' + b'["l",[' * 10_000 + b"]]" * 10_000 + b"]"))
    return x
