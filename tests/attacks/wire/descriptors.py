"""Sends open files along with its answer, which use up the grader's own.

must hold: the exchange ends as a crash of the learner's; nothing of it is run, kept or waited for
stopped by: comparison, wire, values only, separate process, limits, filter
control: none, a reader that asks for no files is given none
"""

import array
import ctypes
import os


def total(x):
    import socket

    mine = [os.open("/dev/null", os.O_RDONLY) for _ in range(100)]
    with socket.socket(fileno=os.dup(3)) as line:
        for _ in range(20):
            files = array.array("i", mine)
            line.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
    return x
