"""Hands in notebooks that are other JSON than a notebook's.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: taken safely
control: naive, stopped
"""

NOTEBOOKS = ["[]", "{", "null", '{"cells": 7}', '{"cells": [7]}', '{"cells": [{"source": 1}]}']
NOTEBOOKS += ['{"cells": [{"cell_type": "code", "source": {"a": 1}}]}', '{"nbformat": "x"}', "NaN"]


def make(folder, field):
    (folder / "ada").mkdir()
    (folder / "ada/total.py").write_text(field.honest)
    for number, text in enumerate(NOTEBOOKS):
        (folder / f"mallory{number}").mkdir()
        (folder / f"mallory{number}/total.ipynb").write_text(text)
