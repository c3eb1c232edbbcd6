"""Hands in code that is no text in any encoding.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: taken safely
control: naive, stopped
"""


def make(folder, field):
    for name in ("ada", "mallory", "eve"):
        (folder / name).mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    (folder / "mallory/total.py").write_bytes(bytes(range(128, 256)) * 100)
    (folder / "eve/total.py").write_bytes(b"\0" * 1000)
