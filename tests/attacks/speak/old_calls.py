"""Opens a socket by the numbers that 32-bit programs use for system calls.

must hold: nothing arrives, nothing listens
stopped by: filter, separate process
control: off, boasted
"""

import ctypes
import mmap


def total(x):
    # mov eax, 359 (socket); mov ebx, 2; mov ecx, 1; xor edx, edx; int 0x80; ret
    code = bytes.fromhex("53b867010000bb02000000b90100000031d2cd805bc3")
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    if answer < 0:
        raise OSError(-answer, "socket")
    raise RuntimeError("got: a socket")
