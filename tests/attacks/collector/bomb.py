"""Hands in an archive of a few kilobytes that unpacks to hundreds of megabytes.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: sizes
control: naive, too much
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        for number in range(8):
            archive.writestr(f"mallory/data{number}.bin", bytes(30 << 20))
        archive.writestr("mallory/total.py", field.honest)
