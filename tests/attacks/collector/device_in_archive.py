"""Puts a device into the archive, or what says it is one.

must hold: every other hand-in is taken, and nothing lies or is read outside of the store
stopped by: kinds of files
control: none, the naive collector makes no devices
"""

import zipfile


def make(folder, field):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/total.py", field.honest)
        device = zipfile.ZipInfo("mallory/total.py")
        device.external_attr = 0o020666 << 16
        archive.writestr(device, "x = 1")
