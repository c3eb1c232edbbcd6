"""Puts a link to a folder into the archive, and a file through it.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: links
control: naive, files left
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        link = zipfile.ZipInfo("mallory/out")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(field.outside))
        archive.writestr("mallory/out/written.py", "x = 1")
        archive.writestr("mallory/total.py", field.honest)
