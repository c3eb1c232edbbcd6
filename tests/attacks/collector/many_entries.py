"""Hands in an archive of thirty thousand empty files.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: sizes
control: none, the naive collector looks into no archive twice
"""

import zipfile


def make(folder, field):
    (folder / "ada").mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    (folder / "mallory").mkdir()
    with zipfile.ZipFile(folder / "mallory/work.zip", "w") as archive:
        for number in range(30_000):
            archive.writestr(f"{number}.py", "")
