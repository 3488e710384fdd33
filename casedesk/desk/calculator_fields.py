"""Form fields of the calculators' pages: what a person types -> what the calculator's JSON takes."""

import re
from typing import Any

from django import forms

from casedesk.common import money, months
from casedesk.common.filters import BillingMonthField, RoublesField

_MOVEMENT = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})\s+(\S.*)$")
YES_NO = [("", "—"), ("true", "да"), ("false", "нет")]


class DayField(forms.DateField):
    """A day with the browser's calendar -> ISO text."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> str | None:
        day = super().clean(value)
        return day.isoformat() if day else None


class MonthField(BillingMonthField):
    """A billing month -> ISO text."""

    def clean(self, value: Any) -> str | None:
        month = super().clean(value)
        return None if month is None else months.iso(month)


class AmountField(RoublesField):
    """Roubles as people type them -> `1234.56`; the rules of the amount are the calculator's."""

    def clean(self, value: Any) -> str | None:
        kopecks = super().clean(value)
        return None if kopecks is None else money.text(kopecks)


class KopecksField(RoublesField):
    """Roubles as people type them -> a whole number of kopecks as text, for the payment code."""

    def clean(self, value: Any) -> str | None:
        kopecks = super().clean(value)
        return None if kopecks is None else str(kopecks)


class PercentField(forms.CharField):
    """A rate; the calculator reads it."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str | None:
        return super().clean(value).replace(",", ".").strip(" %") or None


class WordField(forms.CharField):
    """Text; empty is None."""

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


class FlagField(forms.BooleanField):
    """A tick -> true or false. A tick that was left off cannot be told from a page opened first, so off is the default."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)


class MovementsField(forms.CharField):
    """Lines `15.03.2024 1500,00` -> [{"date", "amount"}]. A faulty line is named by its number."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "По строке: 15.03.2024 1500,00")
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **kwargs)

    def clean(self, value: Any) -> list[dict[str, str]] | None:
        rows = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return [self._row(number, line) for number, line in enumerate(rows, start=1)] or None

    def _row(self, number: int, line: str) -> dict[str, str]:
        found = _MOVEMENT.match(line)
        if not found:
            raise forms.ValidationError(f"Строка {number}: «{line}». Нужны день и сумма: 15.03.2024 1500,00")
        day, month, year, amount = found.groups()
        try:
            return {"date": f"{year}-{int(month):02d}-{int(day):02d}", "amount": money.text(money.kopecks(amount))}
        except money.NotMoney as fault:
            raise forms.ValidationError(f"Строка {number}: {fault}") from fault


def choice(label: str, options: list[tuple[str, str]], **kwargs) -> forms.ChoiceField:
    """A choice of named words."""
    return forms.ChoiceField(label=label, choices=options, **kwargs)
