"""Hands in an archive that asks for a password.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: damage
control: naive, stopped
"""

import zipfile


def make(folder, field):
    (folder / "ada").mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("total.py", field.honest)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
