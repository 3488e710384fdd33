"""Forms of bank documents: they check shape and turn text into values."""

from django import forms

from casedesk.access.models import Organisation, User
from casedesk.access.rights import RIGHTS, Right
from casedesk.common.filters import RoublesField
from debtors.models import UtilityAccount
from imports.actions.tie_registers import free_registers
from imports.models import BankDocument, ImportBatch, MatchCandidate, MatchDecision

ASIDE = [(kind.value, label) for kind, label in (
    (MatchDecision.Kind.NOT_OURS, "не долг"),
    (MatchDecision.Kind.RETURNED, "вернуть плательщику"),
    (MatchDecision.Kind.ELSEWHERE, "уже учтено другим файлом"),
)]  # fmt: skip
_QUIET = {"autocomplete": "off"}


class AcceptForm(forms.Form):
    """A candidate of the document, or an account by its number."""

    candidate = forms.ModelChoiceField(MatchCandidate.objects.none(), required=False)
    number = forms.CharField(label="Лицевой счёт", max_length=40, required=False, widget=forms.TextInput(attrs=_QUIET))
    reason = forms.CharField(label="Почему", max_length=500, required=False, widget=forms.TextInput(attrs=_QUIET))

    def __init__(self, *args, document: BankDocument, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        self.fields["candidate"].queryset = document.candidates.select_related("account", "writ")

    def clean(self) -> dict:
        given = super().clean()
        candidate, number = given.get("candidate"), (given.get("number") or "").strip()
        if candidate:
            return given | {"account": candidate.account, "writ": candidate.writ}
        if not number:
            raise forms.ValidationError("Выберите кандидата или впишите номер лицевого счёта.")
        found = UtilityAccount.objects.standing().filter(creditor_id=self.document.creditor_id, number=number).first()
        if found is None:
            raise forms.ValidationError(f"Нет лицевого счёта {number}: проверьте номер.")
        return given | {"account": found, "writ": None}


class AsideForm(forms.Form):
    kind = forms.ChoiceField(label="Что это", choices=ASIDE)
    reason = forms.CharField(label="Почему", max_length=500, widget=forms.TextInput(attrs=_QUIET))


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Почему", max_length=500, widget=forms.TextInput(attrs=_QUIET))


class AssignForm(forms.Form):
    """A colleague of the document's creditor who may place money; empty: nobody."""

    owner = forms.ModelChoiceField(User.objects.none(), label="Кто выясняет", required=False, empty_label="никто")

    def __init__(self, *args, document: BankDocument, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [role for role, rights in RIGHTS.items() if Right.MATCH_MONEY in rights]
        people = User.objects.filter(
            memberships__organisation=document.creditor_id, memberships__role__in=roles, is_active=True
        )
        self.fields["owner"].queryset = people.distinct().order_by("last_name", "username")


class SplitForm(forms.Form):
    lines = forms.CharField(
        label="Список",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "mono"}),
        help_text="В строке: номер производства, документа или лицевого счёта и сумма. Можно вставить из таблицы.",
    )
    file = forms.FileField(label="Или файл списка", required=False, help_text="XLSX, XLS, CSV, DBF, TXT")
    reason = forms.CharField(label="Примечание", max_length=500, required=False, widget=forms.TextInput(attrs=_QUIET))


class TieForm(forms.Form):
    """A booked register that no line answers for yet."""

    register = forms.ModelChoiceField(ImportBatch.objects.none(), label="Реестр", empty_label=None)
    reason = forms.CharField(label="Почему этот", max_length=500, widget=forms.TextInput(attrs=_QUIET))

    def __init__(self, *args, document: BankDocument, **kwargs):
        super().__init__(*args, **kwargs)
        free = [one.batch_id for one in free_registers(document.creditor)]
        self.fields["register"].queryset = ImportBatch.objects.filter(pk__in=free)


class LimitForm(forms.Form):
    """How much suspense a creditor lets stand when a month is closed; empty takes the limit away."""

    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    amount = RoublesField(label="Предел, ₽", required=False, help_text="Пусто: без предела")

    def __init__(self, *args, creditors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["creditor"].queryset = creditors
