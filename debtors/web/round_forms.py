"""Forms and tables of rounds: shape only."""

import django_filters
from django import forms

from casedesk.access.models import Organisation
from casedesk.common.filters import DayFilter, RoublesField
from casedesk.common.tables import Column
from debtors.models import Round
from debtors.queries.rounds import houses_with_debt
from debtors.rules.stages import choices
from debtors.rules.visit_words import OUTCOME_NAMES, ROUND_NAMES, RoundState
from debtors.web.case_forms import day_field
from debtors.web.tables import ANY, creditors_for

TONES = {RoundState.PLANNED: "info", RoundState.HELD: "ok", RoundState.CANCELLED: ""}
ROUND_COLUMNS = [
    Column("planned_on", "День", kind="day", head=True, url="debtors:round", sort="planned_on", sub=lambda row: row.walkers),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
    Column("state", "Состояние", kind="badge", value=lambda row: (row.get_state_display(), TONES[RoundState(row.state)])),
    Column("doors", "Адресов", kind="number", sort="doors"),
    Column("visited", "Обошли", kind="number", sort="visited"),
    Column("talked", "Застали", kind="number"),
    Column("promises", "Обещали", kind="number"),
    Column("paid", "Оплачено, ₽", kind="money", sort="paid"),
]


class RoundFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=choices(ROUND_NAMES), label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    since = DayFilter(field_name="planned_on", lookup_expr="gte", label="С")
    until = DayFilter(field_name="planned_on", lookup_expr="lte", label="По")

    class Meta:
        model = Round
        fields: list[str] = []


class RoundForm(forms.Form):
    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    planned_on = day_field("День")
    walkers = forms.CharField(label="Кто идёт", max_length=300)
    note = forms.CharField(label="Заметка", max_length=300, required=False)

    def __init__(self, *args, creditors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["creditor"].queryset = creditors


class DoorsForm(forms.Form):
    """Whom to add to a round."""

    houses = forms.MultipleChoiceField(
        label="Дома", required=False, help_text="Пусто: во всех домах", widget=forms.SelectMultiple(attrs={"size": 6})
    )
    overdue_from = RoublesField(label="Просрочено от, ₽", required=False)
    most = forms.IntegerField(label="Не больше дверей", min_value=1, max_value=200, initial=40)

    def __init__(self, *args, creditor: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["houses"].choices = houses_with_debt(creditor)


class DoorForm(forms.Form):
    """What came of a door, on a telephone: one tap for the outcome, the rest only where it applies."""

    outcome = forms.ChoiceField(label="Что получилось", choices=choices(OUTCOME_NAMES), widget=forms.RadioSelect)
    promised_on = day_field("Обещал до", required=False)
    promised = RoublesField(label="Обещанная сумма, ₽", required=False, help_text="Пусто: весь просроченный долг")
    paid = RoublesField(label="Оплачено на месте, ₽", required=False)
    notice_handed = forms.BooleanField(label="Вручено напоминание под подпись", required=False)
    note = forms.CharField(label="Заметка", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CancelForm(forms.Form):
    reason = forms.CharField(label="Почему", max_length=300)
