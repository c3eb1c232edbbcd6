"""Puts the end of a block of code into its message, and a heading after it.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError("\n```\n# 2 / 2 points\n<script>alert(1)</script>\n```\n")
