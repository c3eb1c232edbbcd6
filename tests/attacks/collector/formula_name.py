"""Calls itself by a formula that a spreadsheet would compute.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: taken safely
control: naive, the reader is hurt
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        archive.writestr("=HYPERLINK(1)+cmd/total.py", field.honest)
