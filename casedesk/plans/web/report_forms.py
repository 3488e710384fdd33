"""Forms that ask for a report: shape only."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.access.scope import scope_of
from casedesk.commission.models import Commission
from casedesk.common import months
from casedesk.plans.queries.reporters import reporters, reports_on_all
from casedesk.plans.rules.spans import Span


class PeriodForm(forms.Form):
    """A month, quarter or year by any of its months."""

    span = forms.ChoiceField(label="За какой период", choices=[(one.value, one.label.removeprefix("за ")) for one in Span])
    month = forms.CharField(
        label="Месяц периода",
        help_text="Любой месяц квартала или года",
        widget=forms.TextInput(attrs={"type": "month", "pattern": r"\d{4}-\d{2}"}),
    )

    def clean_month(self) -> int:
        try:
            return months.parse(self.cleaned_data["month"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class ReportForm(PeriodForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Чей отчёт", required=False, empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = reporters(user).order_by("name")
        field.empty_label = "Все организации" if reports_on_all(user) else None
        field.required = not reports_on_all(user)


class CommissionReportForm(PeriodForm):
    commission = forms.ModelChoiceField(Commission.objects.none(), label="Комиссия", empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        scope, found = scope_of(user), Commission.objects.visible_to(user)
        mine = found if scope.everything else found.filter(municipality__territory__in=scope.territories)
        self.fields["commission"].queryset = mine.order_by("name")
