"""Forms of a reconciliation."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.access.scope import creditors_of
from casedesk.common import months
from casedesk.common.filters import BillingMonthField, RoublesField
from enforcement.models import ReconciliationSignature
from enforcement.rules.reconciliation_compare import Status
from enforcement.rules.reconciliation_reply import ReplyRow
from enforcement.rules.reconciliation_words import FITTING, RESOLUTION_NAMES, STATUS_NAMES

ANSWERS = [status for status in Status if status not in (Status.PRESENTED, Status.UNSAID)]


def _day(**options) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class OpenForm(forms.Form):
    """Which month with which department."""

    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    department = forms.ModelChoiceField(Organisation.objects.none(), label="Отдел приставов", empty_label=None)
    month = BillingMonthField(label="Месяц")

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, initial={"month": months.iso(months.of(on) - 1)}, **kwargs)
        self.fields["creditor"].queryset = creditors_of(user)
        self.fields["department"].queryset = Organisation.objects.filter(kind=Organisation.Kind.BAILIFF_DEPARTMENT)


class ReplyFileForm(forms.Form):
    """The department's reply as a file."""

    file = forms.FileField(label="Файл ответа", help_text="XLSX или JSON открытого формата, либо таблица отдела.")
    reply_on = _day(label="На какой день ответ", help_text="День, на который отдел назвал суммы и состояния.")


class SettleForm(forms.Form):
    """How a difference is settled."""

    resolution = forms.ChoiceField(label="Решение")
    reason = forms.CharField(label="Причина", max_length=500, required=False)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["resolution"].choices = [(one.value, RESOLUTION_NAMES[one]) for one in FITTING[kind]]


class SignForm(forms.Form):
    """A signature of one side."""

    side = forms.ChoiceField(label="Сторона", choices=ReconciliationSignature.Side)
    name = forms.CharField(label="Кто подписал", max_length=150)
    office = forms.CharField(label="Должность", max_length=200)
    signed_on = _day(label="День подписи")

    def __init__(self, *args, sides, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(ReconciliationSignature.Side.choices)
        self.fields["side"].choices = [(side, names[side]) for side in names if side in sides]


class AnswerForm(forms.Form):
    """One row of the department's reply, filled on the screen."""

    status = forms.ChoiceField(label="Состояние", choices=[(one.value, STATUS_NAMES[one]) for one in ANSWERS])
    proceeding = forms.CharField(label="№ исполнительного производства", max_length=60, required=False)
    opened_on = _day(label="Возбуждено", required=False)
    bailiff = forms.CharField(label="Пристав-исполнитель", max_length=150, required=False)
    amount = RoublesField(label="Сумма по документу, ₽", required=False)
    received_month = RoublesField(label="Перечислено за месяц, ₽", required=False)
    received = RoublesField(label="Перечислено всего, ₽", required=False)
    remainder = RoublesField(label="Остаток, ₽", required=False)
    ended_on = _day(label="Окончено", required=False)
    ground = forms.RegexField(r"^\d+(\.\d+){0,2}$", label="Статья, часть, пункт", required=False, help_text="Например, 46.1.4")
    transferred_to = forms.CharField(label="Куда передано", max_length=200, required=False)
    note = forms.CharField(label="Примечание", max_length=500, required=False)

    def clean(self):
        """An end has its day; a transfer says where to."""
        given = super().clean()
        status = given.get("status")
        if status in (Status.FINISHED, Status.TERMINATED) and not given.get("ended_on"):
            self.add_error("ended_on", "Назовите день окончания.")
        if status == Status.TRANSFERRED and not given.get("transferred_to"):
            self.add_error("transferred_to", "Назовите отдел, в который передано.")
        return given

    def row(self, like) -> ReplyRow:
        """The reply about the line `like` (ours, or the one given before)."""
        said = self.cleaned_data
        if said["status"] == Status.NOT_RECEIVED:
            said = {"status": said["status"], "note": said["note"]}
        return ReplyRow(
            writ_number=like.writ_number,
            debtor=like.debtor,
            address=like.address,
            issued_on=like.issued_on,
            court=like.court,
            presented_on=like.presented_on,
            **said,
        )
