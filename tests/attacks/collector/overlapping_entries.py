"""Has many entries of the archive share the same compressed bytes.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: sizes, damage
control: naive, too much
"""

import struct
import zipfile


def make(folder, field):
    path = folder / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("mallory/total.py", field.honest)
        archive.writestr("mallory/0000.bin", bytes(20 << 20))
    data = path.read_bytes()
    end = data.rindex(b"PK\5\6")
    start = struct.unpack_from("<I", data, end + 16)[0]
    directory = data[start:end]
    entry = directory[directory.rindex(b"PK\1\2") :]
    more = b"".join(entry.replace(b"0000", b"%04d" % n) for n in range(1, 40))
    whole = directory + more
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 42, 42, len(whole), start, 0)
    path.write_bytes(data[:start] + whole + tail)
