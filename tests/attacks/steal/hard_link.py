"""Makes a hard link to the reference in its own folder and opens that.

must hold: the secret is in no report
stopped by: private root, Landlock, filter
control: none, the kernel protects other users' files from hard links
"""

import json
import os
import tempfile
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    place = Path(tempfile.gettempdir(), "mine-" + TARGET["tag"])
    try:
        os.link(TARGET["reference"], place)
    except OSError:
        place = Path(TARGET["marker"], "mine-" + TARGET["tag"])
        os.link(TARGET["reference"], place)
    raise RuntimeError(place.read_text())
