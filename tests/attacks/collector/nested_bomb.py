"""Hands in an archive in an archive in an archive, each of which unpacks to more.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: nesting, sizes
control: none, the naive collector looks into no archive twice
"""

import io
import zipfile


def packed(name, content, times):
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(f"{number}{name}", content)
    return room.getvalue()


def make(folder, field):
    bomb = packed(".zip", packed(".zip", packed(".py", bytes(20 << 20), 4), 4), 4)
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("mallory/work.zip", bomb)
