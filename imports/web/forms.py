"""Forms of the import screens: they check shape and turn text into values."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.access.scope import creditors_of
from casedesk.common.filters import BillingMonthField
from debtors.models import Service
from imports.actions.run_import import BOOKED_KINDS
from imports.bailiff.recognise import OURS
from imports.models import KIND_NAMES

UPLOADED = BOOKED_KINDS | OURS


class Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads at once -> a list."""

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    """Files, whose they are and, when the files do not say it themselves, for which month."""

    files = FilesField(
        label="Файлы", widget=Files(attrs={"multiple": True}), help_text="XLSX, XLS, CSV, DBF, TXT, XML, ZIP, до 200 МБ"
    )
    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    period = BillingMonthField(label="Месяц, если в файле его нет", required=False)
    kind = forms.ChoiceField(label="Что в файле", required=False)
    as_of = forms.DateField(
        label="Дата ответа приставов, если в файле её нет", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["creditor"].queryset = creditors_of(user)
        kinds = [(kind, name) for kind, name in KIND_NAMES.items() if kind == "auto" or kind in UPLOADED]
        self.fields["kind"].choices = kinds


class UndoForm(forms.Form):
    reason = forms.CharField(label="Почему отменяете", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class ProfileForm(forms.Form):
    name = forms.CharField(label="Запомнить эти колонки под именем", max_length=100)


class ServicesForm(forms.Form):
    """One choice for each service name that nobody knows yet."""

    def __init__(self, *args, names: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        services = Service.objects.filter(is_pool=False)
        for place, (key, printed) in enumerate(names.items()):
            field = forms.ModelChoiceField(services, label=f"«{printed}»", required=False, empty_label="пропустить")
            field.key = key
            self.fields[f"service_{place}"] = field

    def chosen(self) -> dict[str, Service]:
        """Folded name -> service, for the names that were given one."""
        return {field.key: self.cleaned_data[name] for name, field in self.fields.items() if self.cleaned_data[name]}
