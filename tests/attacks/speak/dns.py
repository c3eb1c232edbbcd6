"""Asks a resolver for a name that carries what it saw.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, spoke
"""

import json
import socket
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    name = str(x[0]).replace(".", "-").encode()
    query = b"\0\1\1\0\0\1\0\0\0\0\0\0" + bytes([len(name)]) + name + b"\0\0\1\0\1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(query, ("127.0.0.1", TARGET["udp"]))
    return x
