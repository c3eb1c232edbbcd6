"""Connects to a socket that lies in a folder.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, spoke
"""

import json
import socket
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(TARGET["socket"])
    return x
