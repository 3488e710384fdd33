"""Periods of a report: a month, a quarter, a year."""

from dataclasses import dataclass

from django.db.models import TextChoices

from casedesk.common import months

ROMAN = ("I", "II", "III", "IV")


class Span(TextChoices):
    MONTH = "month", "за месяц"
    QUARTER = "quarter", "за квартал"
    YEAR = "year", "за год"


LENGTH = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def months_of(span: str, month: int) -> range:
    """The months of the period that a month lies in."""
    length = LENGTH[Span(span)]
    first = month - month % length
    return range(first, first + length)


@dataclass(frozen=True)
class Period:
    """A period by its kind and first month."""

    span: str
    first: int

    @property
    def months(self) -> range:
        return months_of(self.span, self.first)

    @property
    def last(self) -> int:
        return self.months[-1]

    @property
    def name(self) -> str:
        """`март 2024`, `I квартал 2024`, `2024 год`."""
        if self.span == Span.MONTH:
            return months.named(self.first)
        year = self.first // 12
        return f"{year} год" if self.span == Span.YEAR else f"{ROMAN[self.first % 12 // 3]} квартал {year}"


def period_of(span: str, month: int) -> Period:
    """The period of the kind that a month lies in."""
    return Period(span, months_of(span, month)[0])
