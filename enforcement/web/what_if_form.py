"""The rule that is tried: shape only."""

from decimal import Decimal

from django import forms

from casedesk.common import money
from debtors.models import OpeningRule

WEIGHED = ("threshold_x100", "min_overdue_months", "min_overdue", "officer_minutes")
KEPT = (
    "reminder_within",
    "hand_over_within",
    "waiting",
    "claim_within",
    "hold_review",
    "payments_fresh",
    "breach_notice",
)
"""Terms of the rule in force, which a trial leaves as they are."""


class WhatIfForm(forms.Form):
    """What may be tried: months, sum, age, and the work that a case takes."""

    threshold = forms.DecimalField(
        label="Порог, средних месячных начислений", min_value=0.5, max_value=100, decimal_places=2, max_digits=5
    )
    min_overdue = forms.DecimalField(
        label="Сумма просрочки не меньше, ₽",
        min_value=0,
        max_value=100_000_000,
        decimal_places=2,
        required=False,
        help_text="Пусто: сумма не ограничена",
    )
    min_overdue_months = forms.IntegerField(
        label="Старший месяц просрочен не меньше, месяцев", min_value=1, max_value=120, help_text="2: долг старше одного месяца"
    )
    officer_hours = forms.DecimalField(
        label="Часов работы юриста на дело",
        min_value=0,
        max_value=200,
        decimal_places=2,
        help_text="Оценка взыскателя; по умолчанию 3 часа",
    )

    def settings(self) -> dict[str, int]:
        """The columns of OpeningRule."""
        given = self.cleaned_data
        return {
            "threshold_x100": int(given["threshold"] * 100),
            "min_overdue_months": given["min_overdue_months"],
            "min_overdue": money.from_decimal(given["min_overdue"] or Decimal(0)),
            "officer_minutes": int(given["officer_hours"] * 60),
        }


class SaveForm(forms.Form):
    """From which day the tried rule holds, and what becomes of the cases that it would not have opened."""

    valid_from = forms.DateField(label="Действует с", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    close_uncovered = forms.BooleanField(label="Закрыть нетронутые дела, которые новому правилу не подходят", required=False)


def initial_of(rule: OpeningRule) -> dict:
    """The rule in the words of the form."""
    return {
        "threshold": Decimal(rule.threshold_x100) / 100,
        "min_overdue": money.text(rule.min_overdue) if rule.min_overdue else "",
        "min_overdue_months": rule.min_overdue_months,
        "officer_hours": (Decimal(rule.officer_minutes) / 60).quantize(Decimal("0.01")),
    }


def tried(current: OpeningRule, settings: dict[str, int], on) -> OpeningRule:
    """The rule in force with what is tried put in; not saved."""
    kept = {name: getattr(current, name) for name in KEPT}
    return OpeningRule(creditor=current.creditor, valid_from=on, **(kept | settings))
