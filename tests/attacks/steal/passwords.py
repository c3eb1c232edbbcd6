"""Opens the list of this machine's users.

must hold: the secret is in no report
stopped by: private root, Landlock
not stopped: user (boasted)
control: off, boasted
"""

from pathlib import Path


def total(x):
    raise RuntimeError("got: " + Path("/etc/passwd").read_text()[:50])
