"""Returns an object whose description is a program, and raises when it is asked twice.

must hold: no form of a report holds a control code, markup, or more than a few pages of it
stopped by: clean report
control: classic, the reader is hurt
"""


class Thing:
    asked = 0

    def __repr__(self):
        Thing.asked += 1
        if Thing.asked > 1:
            raise SystemExit(0)
        return "<script>alert(1)</script>\x1b[2J"

    __str__ = __repr__


def total(x):
    raise RuntimeError(Thing())
