"""Forms of papers: they check shape and turn text into values."""

from django import forms

from casedesk.documents.models import Letterhead, NameForms

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    """A changed template."""

    file = forms.FileField(label="Файл DOCX", widget=forms.FileInput(attrs={"accept": ".docx"}))
    note = forms.CharField(label="Что изменено", max_length=300, required=False)


class TrialForm(forms.Form):
    """What to print for a test: the file in force or a chosen one, with the data of which document."""

    file = forms.FileField(
        label="Файл DOCX",
        required=False,
        help_text="Пусто: тот, что действует",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    number = forms.CharField(
        label="Исх. № документа",
        required=False,
        max_length=20,
        help_text="15/2024; пусто: последний документ этого вида, а пока их нет, выдуманный",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NameFormsForm(forms.ModelForm):
    """A name with its cases."""

    class Meta:
        model = NameForms
        fields = ["name", *NameForms.CASES]


class LetterheadForm(forms.ModelForm):
    """What the papers of a creditor say of it."""

    class Meta:
        model = Letterhead
        fields = ["full_name", "ogrn", "address", "phone", "email", "signer", "signer_post", "signer_basis"]
