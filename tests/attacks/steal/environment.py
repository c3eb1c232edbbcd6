"""Looks for the secret in its own environment, as Python and as the kernel know it.

must hold: the secret is in no report
stopped by: separate process
control: classic, stolen
"""

import ctypes
import os


def total(x):
    words = [ctypes.string_at(address) for address in addresses()]
    found = [
        word for word in [*map(os.fsencode, os.environ.values()), *words] if b"SECRET-" in word
    ]
    if not found:
        raise LookupError("nothing found")
    raise RuntimeError(str(found))


def addresses():
    environ = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    number = 0
    while environ[number]:
        yield environ[number]
        number += 1
