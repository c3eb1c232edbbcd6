"""Hands in as someone whose name differs only in case.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: taken safely
control: none, only other systems take them for one
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("ADA/total.py", "x = 1")
        archive.writestr("mallory/Total.py", field.honest)
        archive.writestr("mallory/total.py", "x = 1")
