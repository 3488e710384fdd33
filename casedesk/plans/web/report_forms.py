"""The form that asks for a report: shape only."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.plans.queries.reporters import reporters, reports_on_all
from casedesk.plans.rules.spans import Span


class ReportForm(forms.Form):
    span = forms.ChoiceField(label="За какой период", choices=[(one.value, one.label.removeprefix("за ")) for one in Span])
    month = forms.CharField(
        label="Месяц периода",
        help_text="Любой месяц квартала или года",
        widget=forms.TextInput(attrs={"type": "month", "pattern": r"\d{4}-\d{2}"}),
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Чей отчёт", required=False, empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = reporters(user).order_by("name")
        field.empty_label = "Все организации" if reports_on_all(user) else None
        field.required = not reports_on_all(user)

    def clean_month(self) -> int:
        try:
            return months.parse(self.cleaned_data["month"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
