"""Forms of a case's penalty and limitation."""

from django import forms

from casedesk.common.filters import BillingMonthField


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PenaltyForm(forms.Form):
    """The last day to count; empty: today."""

    through = forms.DateField(label="По какой день", required=False, widget=day_input())


class AcknowledgementForm(forms.Form):
    """The debtor acknowledged the debt of some months."""

    acknowledged_on = forms.DateField(label="День признания", widget=day_input())
    first_month = BillingMonthField(label="С какого месяца")
    last_month = BillingMonthField(label="По какой месяц")
    document = forms.CharField(label="Документ", max_length=200, help_text="Акт сверки, соглашение, письмо: номер и дата")
    written = forms.BooleanField(
        label="Признание письменное",
        required=False,
        initial=True,
        help_text="После истечения срока действует только письменное",
    )
