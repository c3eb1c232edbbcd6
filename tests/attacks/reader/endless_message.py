"""Raises an exception with a message of a hundred megabytes.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: none, pytest takes half a minute to write it
"""


def total(x):
    raise RuntimeError("x" * (100 << 20))
