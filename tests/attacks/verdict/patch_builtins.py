"""Replaces abs, with which differences are measured, by a function that finds none.

must hold: no check is passed that was not passed by right
stopped by: comparison, separate process, wire
control: classic, earned
"""

import builtins


def total(x):
    builtins.abs = lambda value: 0
    return x
