"""Forms of the people behind accounts. They check shape; actions read the papers and save."""

from django import forms

from debtors.actions.name_liable import Share
from debtors.actions.record_papers import Papers
from debtors.models import Debtor, Liability
from debtors.rules.identifiers import DOCUMENTS, split_document
from debtors.web.case_forms import day_field


class PapersForm(forms.Form):
    """What a court asks to know of a person liable."""

    name = forms.CharField(label="Фамилия, имя, отчество полностью", max_length=300, help_text="У организации - наименование")
    kind = forms.ChoiceField(label="Кто это", choices=Debtor.Kind)
    birth_date = day_field("Дата рождения", required=False)
    birth_place = forms.CharField(label="Место рождения", max_length=200, required=False, help_text="Как в паспорте")
    snils = forms.CharField(
        label="СНИЛС", max_length=20, required=False, help_text="11 цифр. Довольно одного: СНИЛС, ИНН или документ"
    )
    inn = forms.CharField(label="ИНН", max_length=20, required=False, help_text="12 цифр, у организации 10")
    document_kind = forms.ChoiceField(label="Документ", choices=[("", "нет"), *DOCUMENTS.items()], required=False)
    document_number = forms.CharField(label="Серия и номер", max_length=120, required=False)
    phone = forms.CharField(label="Телефон", max_length=40, required=False)
    email = forms.EmailField(label="Почта", required=False)

    @staticmethod
    def of(debtor: Debtor) -> dict:
        """The person as the form shows it."""
        kind, number = split_document(debtor.document)
        named = ("name", "kind", "birth_date", "birth_place", "snils", "inn", "phone", "email")
        return {name: getattr(debtor, name) for name in named} | {"document_kind": kind, "document_number": number}

    def papers(self) -> Papers:
        return Papers(**{name: self.cleaned_data[name] for name in Papers.__dataclass_fields__})


class LiableForm(PapersForm):
    """A person and how they answer for the account."""

    ground = forms.ChoiceField(label="Основание", choices=Liability.Ground)
    how = forms.ChoiceField(label="Как отвечает", choices=Liability.Kind)
    share_num = forms.IntegerField(label="Доля: числитель", min_value=1, max_value=100_000, initial=1)
    share_den = forms.IntegerField(label="Доля: знаменатель", min_value=1, max_value=100_000, initial=1)
    since = day_field("Отвечает с какого дня", required=False, help_text="Пусто: с самого начала")

    field_order = ["name", "kind", "ground", "how", "share_num", "share_den", "since"]

    def share(self) -> Share:
        given = self.cleaned_data
        return Share(given["how"], given["ground"], given["share_num"], given["share_den"], given["since"])


class EndForm(forms.Form):
    valid_to = day_field("С какого дня уже не отвечает", help_text="День перехода права или выезда")
