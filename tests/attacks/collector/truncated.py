"""Hands in half an archive.

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
        archive.writestr("total.py", field.honest * 100)
    path.write_bytes(path.read_bytes()[:-30])
