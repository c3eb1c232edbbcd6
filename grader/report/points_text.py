"""Points as text: exact wherever a decimal can be."""

from __future__ import annotations

import math
from decimal import Context, Decimal, Inexact
from fractions import Fraction

#: more digits than points have, so that a decimal rounded to it has no exact form
_DIGITS = 100


def decimal_text(points: Fraction) -> str:
    """Return ``3``, ``2.5`` or, if no decimal is exact, ``1/3``; ``Fraction`` reads all three."""
    try:
        return _text(_decimal(points, Context(_DIGITS, traps=[Inexact])))
    except Inexact:
        return str(points)


def nearest_decimal(points: Fraction) -> str:
    """Return an exact decimal or, if none exists, six places: spreadsheets read 1/3 as a date."""
    text = decimal_text(points)
    return rounded(points, 6) if "/" in text else text


def rounded(points: Fraction, places: int) -> str:
    """Return *points* with at most *places* decimals, halves up, no zeros at the end."""
    return decimal_text(to_step(points, Fraction(1, 10**places)))


def to_step(points: Fraction, step: Fraction) -> Fraction:
    """Return the multiple of *step* that is next to *points*, of two equally near the upper one.

    This is the one rule by which gradproof rounds: as spreadsheets do with points, which are not
    negative, and without binary fractions.
    """
    return math.floor(points / step + Fraction(1, 2)) * step


def _decimal(points: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(points.numerator), Decimal(points.denominator))


def _text(number: Decimal) -> str:
    context = Context(_DIGITS)
    # adding nothing turns minus zero into zero
    return f"{context.normalize(context.plus(number)):f}"
