"""Hands in a link to a secret, in a folder.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: links
control: naive, stolen
"""


def make(folder, field):
    for name in ("ada", "mallory"):
        (folder / name).mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    (folder / "mallory/total.py").symlink_to(field.secret_file)
