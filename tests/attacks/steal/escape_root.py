"""Climbs out of its root by chroot and by a folder that it kept open.

must hold: the secret is in no report
stopped by: filter, Landlock
control: none, only the superuser may change the root
"""

import os


def total(x):
    here = os.open("/", os.O_RDONLY)
    os.mkdir("cell")
    os.chroot("cell")
    os.fchdir(here)
    raise RuntimeError("got: " + str(os.listdir("../../../../root")))
