"""Sends a datagram to a port of this machine.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, spoke
"""

import json
import socket
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"hello", ("127.0.0.1", TARGET["udp"]))
    return x
