"""Returns an object that runs code where it is unpickled.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: comparison, values only
control: naive, files left
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


class Written:
    def __reduce__(self):
        return os.system, ("echo hello > " + TARGET["marker"] + "/pickled",)


def total(x):
    return Written()
