"""Puts two files of one name into the archive, the second over another's.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: names
control: naive, the neighbour is hurt
"""

import warnings
import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.writestr("ada/total.py", field.honest)
        warnings.simplefilter("ignore")
        archive.writestr("ada/total.py", "x = 'not mine'")
        archive.writestr("mallory/total.py", field.honest)
