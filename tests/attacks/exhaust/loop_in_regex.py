"""Never returns: a regular expression that tries every way to split a text.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline
control: classic, hung
"""

import re


def total(x):
    return re.match(r"(a|aa|a?)+$", "a" * 60 + "b")
