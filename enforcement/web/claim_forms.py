"""Forms of claims, made from the catalogue where it says what to ask. They check shape; actions decide and save."""

import dataclasses
import datetime as dt

from django import forms

from casedesk.common import money
from casedesk.common.filters import RoublesField
from debtors.rules.schedule import MOST_PARTS, SCHEDULE_NAMES
from debtors.rules.stages import choices
from debtors.web.case_forms import day_field, words_field
from enforcement.actions.settle_in_court import SettledSchedule
from enforcement.models import Claim, Court
from enforcement.rules.claim_stages import KIND_NAMES
from enforcement.rules.court_event_kind import CourtEventKind, Field, FieldKind


class CourtEventForm(forms.Form):
    """The form of one kind of court event: its day and the fields of the catalogue; sums are offered as asked."""

    happened_on = day_field("Какого числа", help_text="День события, не день записи")

    def __init__(self, *args, kind: CourtEventKind, claim: Claim, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = today
        for field in kind.fields:
            self.fields[field.name] = _control(field)
            if field.asked:
                self.fields[field.name].initial = money.text(getattr(claim, field.asked))
            if field.name == "court_case":
                self.fields[field.name].initial = claim.court_case

    def split(self) -> tuple[dt.date, dict]:
        """The day, and the data as the action takes it."""
        data = dict(self.cleaned_data)
        return data.pop("happened_on"), data


def _control(field: Field) -> forms.Field:
    common = {"label": field.label, "required": field.required, "help_text": field.help}
    if field.kind == FieldKind.DAY:
        return day_field(**common)
    if field.kind == FieldKind.MONEY:
        return RoublesField(**common)
    if field.kind == FieldKind.CHOICE:
        return forms.ChoiceField(choices=field.choices, **common)
    if field.kind == FieldKind.FLAG:
        return forms.BooleanField(**common)
    if field.kind == FieldKind.TEXT:
        return words_field(**common)
    return forms.CharField(max_length=200, **common)


class SettlementForm(CourtEventForm):
    """What the court granted by a settlement, and the schedule it approved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"] = forms.IntegerField(label="Взносов", min_value=1, max_value=MOST_PARTS, initial=6)
        self.fields["pay_day"] = forms.IntegerField(
            label="Платить до числа", min_value=1, max_value=31, initial=15, help_text="31: последний день месяца"
        )
        self.fields["kind"] = forms.ChoiceField(label="Взносы", choices=choices(SCHEDULE_NAMES))
        self.fields["first_payment"] = RoublesField(label="Первый взнос сразу, ₽", required=False)
        self.fields["holiday"] = forms.IntegerField(
            label="Отсрочка, месяцев", min_value=0, max_value=MOST_PARTS, required=False
        )
        self.fields["current_too"] = forms.BooleanField(
            label="Текущие начисления платят вовремя",
            required=False,
            initial=True,
            help_text="Иначе соглашение считается нарушенным",
        )

    def split(self) -> tuple[dt.date, dict, SettledSchedule]:
        """The day of the ruling, what it granted, the schedule."""
        day, data = super().split()
        terms = {one.name: data.pop(one.name) for one in dataclasses.fields(SettledSchedule)}
        terms |= {"first_payment": terms["first_payment"] or 0, "holiday": terms["holiday"] or 0}
        return day, data, SettledSchedule(**terms)


class TakeBackForm(forms.Form):
    why = words_field("Почему запись снимается")


class CourtForm(forms.Form):
    """The court of a claim: one of the list, or a bare name."""

    court = forms.ModelChoiceField(Court.objects.none(), label="Суд из списка", required=False, empty_label="нет в списке")
    court_name = forms.CharField(label="Или наименование", max_length=200, required=False)
    court_case = forms.CharField(label="Номер дела в суде", max_length=40, required=False)

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["court"].queryset = Court.objects.exclude(closed_on__lte=today)

    def clean(self):
        given = super().clean()
        if not given.get("court") and not given.get("court_name"):
            self.add_error("court", "Суд не назван: выберите его в списке или напишите наименование.")
        return given


class AskForm(forms.Form):
    """How claims are prepared."""

    penalty_through = day_field("Пени по день", help_text="Включительно; обычно день подачи")
    kind = forms.ChoiceField(label="Каким путём", choices=[("", "по сумме и прошлому"), *choices(KIND_NAMES)], required=False)
    court_name = forms.CharField(
        label="Суд",
        max_length=200,
        required=False,
        help_text="Пусто: по адресу, а если он ни за кем не записан - по порядку подачи",
    )
    with_expired = forms.BooleanField(
        label="С истёкшей давностью",
        required=False,
        help_text="Суд применит давность, только если должник попросит (ГК РФ ст. 199)",
    )


class BulkAskForm(AskForm):
    incomplete = forms.BooleanField(
        label="И те, которым не всего хватает", required=False, help_text="Подготовить можно, подать - когда всё будет"
    )
    within_budget = forms.BooleanField(
        label="Не больше бюджета на пошлины", required=False, help_text="Сначала те, что вернут больше на рубль пошлины"
    )


class PrintForm(forms.Form):
    """What goes into a print run for the court."""

    statements = forms.BooleanField(
        label="К каждому - справку о задолженности",
        required=False,
        help_text="На сегодня, по всем счетам дела. Расчёт по месяцам и услугам печатается с заявлением всегда",
    )
    both_sides = forms.BooleanField(
        label="Печать с двух сторон", required=False, help_text="Каждый документ начнётся с нового листа"
    )


class FilingPolicyForm(forms.Form):
    """A version of the creditor's filing policy."""

    valid_from = day_field("Действует с")
    monthly_budget = RoublesField(label="Пошлин в месяц не больше, ₽", required=False, help_text="Пусто: без предела")
    exempt_from_duty = forms.BooleanField(label="Освобождён от пошлины", required=False, help_text="НК РФ ст. 333.36, 333.37")
    court_name = forms.CharField(label="Суд, если по адресу не известен", max_length=200, required=False)
    young = forms.IntegerField(label="Долг до 3 мес., возвращают %", min_value=0, max_value=100)
    year = forms.IntegerField(label="3-12 мес., %", min_value=0, max_value=100)
    two_years = forms.IntegerField(label="12-24 мес., %", min_value=0, max_value=100)
    three_years = forms.IntegerField(label="24-36 мес., %", min_value=0, max_value=100)
    oldest = forms.IntegerField(label="Старше 36 мес., %", min_value=0, max_value=100)
    payer = forms.IntegerField(label="Платил в последние 3 мес.: × %", min_value=0, max_value=300)
    silent = forms.IntegerField(label="Не платил больше года: × %", min_value=0, max_value=100)
    after_return = forms.IntegerField(label="За каждый возврат приставами: × %", min_value=0, max_value=100)
