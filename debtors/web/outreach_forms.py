"""Forms of outreach: built from the catalogue; they check shape, the action decides."""

from django import forms
from django.urls import reverse_lazy

from casedesk.access.models import Organisation, User
from debtors.actions.record_outreach import ENDINGS, Entry
from debtors.models import LetterRecipient
from debtors.queries.outreach import account_meant, recorders
from debtors.rules.outreach_kinds import Ask, Citizen, OutreachField, OutreachKind
from debtors.web.case_forms import day_field

WHO_HELP = "Начните с номера счёта, фамилии или адреса и выберите из списка; можно записать и одно имя"
SUGGEST = {
    "list": "accounts",
    "autocomplete": "off",
    "hx-get": reverse_lazy("debtors:outreach-who"),
    "hx-trigger": "input changed delay:200ms",
    "hx-target": "#accounts",
}


class OutreachForm(forms.Form):
    """One event of a kind. Day and organisation stay for the next record; the rest is asked anew."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Организация", empty_label=None)
    on = day_field("День")

    def __init__(self, *args, kind: OutreachKind, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.user = kind, user
        own = recorders(user)
        self.fields["organisation"].queryset = own
        if len(own) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial.setdefault("organisation", own[0].pk)
        if kind.citizen != Citizen.NOBODY:
            required = kind.citizen == Citizen.MUST
            self.fields["who"] = forms.CharField(
                label="С кем", max_length=300, required=required, help_text=WHO_HELP, widget=forms.TextInput(attrs=SUGGEST)
            )
        for one in kind.fields:
            self.fields[one.name] = _control(one)
        self.fields["proof"] = forms.CharField(
            label="Подтверждение", max_length=300, required=False, help_text="Номер и день документа или ссылка"
        )
        self.fields["file"] = forms.FileField(
            label="Файл", required=False, widget=forms.FileInput(attrs={"accept": ",".join(f".{end}" for end in ENDINGS)})
        )
        first = "who" if "who" in self.fields else kind.fields[0].name
        self.fields[first].widget.attrs["autofocus"] = True

    def clean_who(self) -> str:
        """Keep the text; remember the account that it names."""
        text = self.cleaned_data["who"]
        self.account, self.name = account_meant(self.user, text)
        if text and not self.account and not self.name:
            number = text.split()[0]
            raise forms.ValidationError(f"Счёта {number} среди ваших нет. Выберите счёт из списка или запишите имя.")
        return text

    def entry(self) -> Entry:
        """What the action takes. An account brings its own creditor where the person records for it."""
        given = self.cleaned_data
        account, organisation = getattr(self, "account", None), given["organisation"]
        own = self.fields["organisation"].queryset
        if account and organisation.kind == Organisation.Kind.CREDITOR and account.creditor in own:
            organisation = account.creditor
        return Entry(
            self.kind.code,
            organisation,
            given["on"],
            {one.name: given[one.name] for one in self.kind.fields},
            citizen=getattr(self, "name", ""),
            account=account,
            proof=given["proof"],
            file=given["file"],
        )


def _control(one: OutreachField) -> forms.Field:
    common = {"label": one.label, "required": one.required, "help_text": one.help}
    if one.ask == Ask.CHOICE:
        return forms.ChoiceField(choices=[("", "выберите"), *one.choices.items()], **common)
    if one.ask == Ask.NUMBER:
        return forms.IntegerField(min_value=1, max_value=1_000_000, **common)
    if one.ask == Ask.MONEY:
        return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
    return forms.CharField(max_length=500, **common)


class ReferralForm(forms.Form):
    """A letter to a supervising body."""

    body = forms.CharField(label="Орган", max_length=300, help_text="Например, Государственная жилищная инспекция")
    address = forms.CharField(label="Адрес органа", max_length=400, required=False)
    ground = forms.CharField(
        label="Основание", max_length=500, help_text="Решение комиссии с днём и номером протокола или запрос органа"
    )
    request = forms.CharField(
        label="О чём просим",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Пусто: рассмотреть и ответить",
    )


class ReverseForm(forms.Form):
    reason = forms.CharField(label="Что в записи неверно", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RecipientForm(forms.ModelForm):
    """An employer or an institution, and the accounts that it answers for."""

    numbers = forms.CharField(
        label="Лицевые счета учреждения",
        required=False,
        help_text="Через запятую; долг по ним печатается в письме учреждению",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = LetterRecipient
        fields = ["creditor", "kind", "name", "inn", "head_name", "head_post", "address", "is_active"]
        labels = {
            "creditor": "Взыскатель",
            "kind": "Вид",
            "name": "Наименование",
            "inn": "ИНН",
            "head_name": "Руководитель",
            "head_post": "Должность руководителя",
            "address": "Адрес",
            "is_active": "Писать этому адресату",
        }

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        own = recorders(user).filter(kind=Organisation.Kind.CREDITOR)
        self.fields["creditor"].queryset = own
        self.fields["creditor"].empty_label = None
        if len(own) == 1:
            self.fields["creditor"].widget = forms.HiddenInput()
            self.initial.setdefault("creditor", own[0].pk)
        if self.instance.pk:
            self.initial["numbers"] = ", ".join(self.instance.accounts.values_list("number", flat=True))

    def clean_numbers(self) -> list[str]:
        listed = self.cleaned_data["numbers"].replace("\n", ",").split(",")
        return [number.strip() for number in listed if number.strip()]
