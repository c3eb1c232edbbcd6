"""Puts codes into its message that clear a terminal and write its title.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError("\x1b[2J\x1b]0;all passed\x07\x9b0m")
