"""Forms of the screens of courts: shape only."""

from django import forms

from casedesk.access.models import Organisation
from enforcement.models import Court, DepartmentCard

HOUSES_HELP = "«все»; «1-15 нечётные»; «2, 4, 6»; «с 20 и далее»; «5 корп. 2». Части разделяйте запятой"


def day_field(label: str, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class CourtForm(forms.ModelForm):
    class Meta:
        model = Court
        fields = [
            "kind",
            "code",
            "name",
            "address",
            "judge",
            "phone",
            "email",
            "fee_payee",
            "fee_inn",
            "fee_kpp",
            "fee_account",
            "fee_bank",
            "fee_bic",
            "fee_bank_account",
            "fee_kbk",
            "fee_oktmo",
            "closed_on",
        ]
        widgets = {"closed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class DepartmentForm(forms.ModelForm):
    name = forms.CharField(label="Наименование", max_length=300)
    field_order = ["name", "number", "address", "head", "phone", "email"]

    class Meta:
        model = DepartmentCard
        fields = ["number", "address", "head", "phone", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["name"].initial = self.instance.organisation.name

    def save(self, commit=True):
        """The organisation goes with its card: made once, renamed later."""
        name, number = self.cleaned_data["name"], self.cleaned_data["number"]
        if self.instance.pk:
            Organisation.objects.filter(pk=self.instance.organisation_id).update(name=name)
        else:
            kind = Organisation.Kind.BAILIFF_DEPARTMENT
            made, _ = Organisation.objects.get_or_create(code=number, defaults={"kind": kind, "name": name})
            self.instance.organisation = made
        return super().save(commit)


class CoverageForm(forms.Form):
    """A stretch of a street from a day on."""

    street = forms.CharField(label="Улица", max_length=150, help_text="Например, «ул. Ленина»")
    houses = forms.CharField(label="Дома", max_length=300, required=False, help_text=HOUSES_HELP)
    locality = forms.CharField(label="Населённый пункт", max_length=100, required=False)
    valid_from = day_field("Действует с")
    source = forms.CharField(label="Основание", max_length=300, help_text="Закон, приказ, письмо")


class EndForm(forms.Form):
    valid_to = day_field("Действует до")
    source = forms.CharField(label="Основание", max_length=300)


class ListForm(forms.Form):
    """A list of courts or departments with their streets."""

    file = forms.FileField(label="Файл", help_text="XLSX или CSV с колонками: Код, Вид, Наименование, Улица, Дома")
    valid_from = day_field("Действует с")
    source = forms.CharField(label="Основание", max_length=300)


class LookupForm(forms.Form):
    address = forms.CharField(label="Адрес", max_length=300, help_text="Например, «Верхнеозёрск, ул. Ленина, д. 12»")
    on = day_field("На день", required=False)
