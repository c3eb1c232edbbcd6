"""Opens sockets of all other kinds: raw, netlink, packet, virtual machine.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, boasted
"""

import socket

KINDS = [(2, 3, 1), (16, 3, 0), (17, 3, 0), (40, 1, 0), (38, 5, 0), (10, 2, 0)]


def total(x):
    opened, error = [], None
    for family, kind, protocol in KINDS:
        try:
            opened.append(socket.socket(family, kind, protocol).family)
        except OSError as refused:
            error = refused
    if opened:
        raise RuntimeError("got: " + str(opened))
    raise error
