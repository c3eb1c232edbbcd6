"""Hands in a notebook of a hundred thousand brackets.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: taken safely
control: naive, stopped
"""


def make(folder, field):
    for name in ("ada", "mallory"):
        (folder / name).mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    (folder / "mallory/total.ipynb").write_text("[" * 100_000 + "]" * 100_000)
