"""Rounding of exact amounts: once, at the end, half up."""

from fractions import Fraction


def half_up(value: Fraction) -> int:
    """To the nearest whole, halves up; for values that are not negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
