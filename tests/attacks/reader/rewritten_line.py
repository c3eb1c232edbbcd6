"""Puts carriage returns into its message, to write over what stands there.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError("wrong\r\x1b[K2 / 2 points\b\b")
