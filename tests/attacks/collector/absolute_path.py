"""Names a file in the archive by a path from the root.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: names
control: naive, files left
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr(f"{field.outside}/written.py", "x = 1")
