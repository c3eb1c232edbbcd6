"""Hands in a million brackets, at which Python's own parser crashes.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: taken safely
control: naive, stopped
"""


def make(folder, field):
    for name in ("ada", "mallory", "eve"):
        (folder / name).mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    (folder / "mallory/total.py").write_text("x = " + "(" * 1_000_000)
    (folder / "eve/total.py").write_text("x = " + "-" * 200_000 + "1")
