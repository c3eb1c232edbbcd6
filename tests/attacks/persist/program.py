"""Starts another program, which goes on alone.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, private root
not stopped: processes (boasted)
control: off, boasted
"""

import subprocess


def total(x):
    child = subprocess.Popen(["/bin/sleep", "20"], start_new_session=True)
    raise RuntimeError("got: " + str(child.pid > 0))
