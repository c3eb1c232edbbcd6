"""Turns the direction of writing, so that a text reads as another.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError("\u202e2 / 0\u2066 \u2069")
