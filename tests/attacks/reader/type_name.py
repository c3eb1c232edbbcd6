"""Gives its exception's type a name that is a program for browsers.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise type("<script>alert(1)</script>\x1b[2J", (Exception,), {})("2 / 2 points")
