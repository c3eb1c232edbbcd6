"""Listens on a port of this machine, in a thread that goes on.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, boasted
"""

import json
import socket
import threading
import time
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    door = socket.create_server(tuple(TARGET["door"]))
    threading.Thread(target=door.accept, daemon=True).start()
    try:
        socket.create_connection(tuple(TARGET["door"]), 0.5).close()
    finally:
        time.sleep(0)
    raise RuntimeError("got: a door")
