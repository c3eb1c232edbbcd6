"""Names files and folders as devices are called.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: names
control: none, only Windows has such devices
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("mallory/NUL.py", "x = 1")
        archive.writestr("mallory/con.txt", "x = 1")
        archive.writestr("AUX/total.py", field.honest)
        archive.writestr("mallory/total.py", field.honest)
