"""Names a file by more letters than a file system takes.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: names
control: naive, stopped
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("m" * 5000 + "/total.py", field.honest)
