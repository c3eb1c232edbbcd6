"""Points as text: exact wherever a decimal can be."""

from __future__ import annotations

from fractions import Fraction


def decimal_text(points: Fraction) -> str:
    """Return ``3``, ``2.5`` or, where no decimal ends, ``1/3``; ``Fraction`` reads all three."""
    twos, rest = _divide_out(points.denominator, 2)
    fives, rest = _divide_out(rest, 5)
    return rounded(points, max(twos, fives)) if rest == 1 else str(points)


def nearest_decimal(points: Fraction) -> str:
    """Return a decimal, exact if one is, else to six places: a spreadsheet takes 1/3 for a date."""
    text = decimal_text(points)
    return rounded(points, 6) if "/" in text else text


def rounded(points: Fraction, places: int) -> str:
    """Return *points* with at most *places* decimals, halves to even, no zeros at the end."""
    scaled = round(points * 10**places)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    cut = len(digits) - places
    text = f"{digits[:cut]}.{digits[cut:]}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def _divide_out(number: int, factor: int) -> tuple[int, int]:
    times = 0
    while number % factor == 0:
        number //= factor
        times += 1
    return times, number
