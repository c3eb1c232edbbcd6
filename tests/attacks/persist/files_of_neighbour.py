"""Changes what another's submission, graded meanwhile, has beside it.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: private root, Landlock
control: off, the neighbour is hurt
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    folder = Path(TARGET["next_door"])
    (place,) = os.listdir(folder)
    (folder / place / "notes.txt").write_text("nothing")
    return x
