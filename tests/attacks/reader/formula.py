"""Puts a formula for spreadsheets into its message and its type.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError('=HYPERLINK("http://evil.example","2 / 2")\t+1\x1b')
