"""Puts a link to a secret into the archive.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: links
control: naive, stolen
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        link = zipfile.ZipInfo("mallory/total.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(field.secret_file))
