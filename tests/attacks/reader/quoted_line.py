"""Has the line that is quoted from its code hold codes for a terminal.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


def total(x):
    return nothing  # [2J <script>alert(1)</script>
