"""Puts half a character into its message, which no encoding can write.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: none, pytest writes such text with escapes
"""


def total(x):
    raise RuntimeError("\ud800\udfff\x00")
