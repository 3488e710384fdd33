"""Forms of the exchange of debts: shape only."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.plans.documents.debt_package_read import LARGEST


class PackageForm(forms.Form):
    """Whose debts of which month, for whom."""

    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    recipient = forms.ModelChoiceField(Organisation.objects.none(), label="Кому", empty_label=None)
    month = forms.CharField(label="Месяц", widget=forms.TextInput(attrs={"type": "month", "pattern": r"\d{4}-\d{2}"}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        scope, kinds = scope_of(user), Organisation.Kind
        creditors = Organisation.objects.filter(kind=kinds.CREDITOR).order_by("name")
        self.fields["creditor"].queryset = creditors if scope.everything else creditors.filter(pk__in=scope.creditors)
        whom = Organisation.objects.filter(kind__in=[kinds.MUNICIPALITY, kinds.BAILIFF_DEPARTMENT])
        self.fields["recipient"].queryset = whom.order_by("-kind", "name")

    def clean_month(self) -> int:
        try:
            return months.parse(self.cleaned_data["month"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class SentForm(forms.Form):
    sent_on = forms.DateField(label="Отправлен", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    how = forms.CharField(label="Как отправлен", max_length=200, help_text="Канал, номер сопроводительного письма")


class ReadForm(forms.Form):
    file = forms.FileField(label="Пакет", help_text="ZIP, каким его получили; внутри index.json и debts.csv")

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(f"Файл больше {LARGEST // 2**20} МБ: это не пакет обмена.")
        return given
