"""Forms of filing packages: shape only."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.access.scope import creditors_of
from enforcement.models import Court
from enforcement.rules.court_event_kind import CHANNELS


class PackageForm(forms.Form):
    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    court = forms.ModelChoiceField(Court.objects.filter(closed_on=None), label="Суд", empty_label="выберите")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["creditor"].queryset = creditors_of(user)


class SentForm(forms.Form):
    channel = forms.ChoiceField(label="Как подано", choices=CHANNELS)
    receipt = forms.CharField(label="Квитанция, номер отправления", max_length=200, required=False)


class ReceiptForm(forms.Form):
    file = forms.FileField(label="Ответ суда", help_text="JSON или CSV: Требование, Решение, Дата, Номер дела, Причина")
