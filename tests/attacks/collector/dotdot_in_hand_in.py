"""Climbs out by a name in an archive inside of the archive.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: names
control: none, the naive collector looks into no archive twice
"""

import io
import zipfile


def make(folder, field):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("total.py", field.honest)
        archive.writestr("../../../outside/written.py", "x = 1")
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("mallory/work.zip", inner.getvalue())
