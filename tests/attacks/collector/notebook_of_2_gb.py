"""Hands in a notebook of two gigabytes, which takes no room on the disk.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: sizes
control: naive, too much
"""


def make(folder, field):
    for name in ("ada", "mallory"):
        (folder / name).mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    with (folder / "mallory/total.ipynb").open("wb") as file:
        file.truncate(2 << 30)
