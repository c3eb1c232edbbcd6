"""Connects to a port of this machine and says something.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, spoke
"""

import json
import socket
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    with socket.create_connection(("127.0.0.1", TARGET["tcp"]), 0.5) as sock:
        sock.sendall(b"hello")
    return x
