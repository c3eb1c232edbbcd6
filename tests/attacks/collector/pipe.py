"""Hands in a pipe, which whoever opens it waits at.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: kinds of files
control: naive, hung
"""

import os


def make(folder, field):
    for name in ("ada", "mallory"):
        (folder / name).mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    os.mkfifo(folder / "mallory/total.py")
