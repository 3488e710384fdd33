"""Forms of raids: shape only."""

from django import forms

from casedesk.access.models import Organisation
from casedesk.access.scope import creditors_of
from casedesk.common.filters import RoublesField
from debtors.rules.stages import choices
from enforcement.queries.raids import houses_to_visit
from enforcement.rules.raid_words import OUTCOME_NAMES
from enforcement.rules.words import PROPERTY_NAMES
from enforcement.web.court_forms import day_field


class RaidForm(forms.Form):
    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    planned_on = day_field("День")
    departments = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Отделы приставов", required=False, widget=forms.CheckboxSelectMultiple
    )
    team = forms.CharField(label="Участники", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    purpose = forms.CharField(label="Цель", max_length=300, required=False)
    meeting_place = forms.CharField(label="Сбор", max_length=200, required=False, help_text="Где и во сколько")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["creditor"].queryset = creditors_of(user)
        self.fields["departments"].queryset = Organisation.objects.filter(kind=Organisation.Kind.BAILIFF_DEPARTMENT)


class StopsForm(forms.Form):
    """Whom to add to a raid."""

    houses = forms.MultipleChoiceField(
        label="Дома", required=False, help_text="Пусто: во всех домах", widget=forms.SelectMultiple(attrs={"size": 6})
    )
    overdue_from = RoublesField(label="Просрочено от, ₽", required=False)
    at_bailiffs = forms.BooleanField(label="Только с открытым производством", required=False, initial=True)
    most = forms.IntegerField(label="Не больше дверей", min_value=1, max_value=300, initial=40)

    def __init__(self, *args, creditor: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["houses"].choices = houses_to_visit(creditor)


class VisitForm(forms.Form):
    """What came of a visit, on a telephone: one tap for the outcome, the rest only where it applies."""

    outcome = forms.ChoiceField(label="Что получилось", choices=choices(OUTCOME_NAMES), widget=forms.RadioSelect)
    promised_on = day_field("Обещал до", required=False)
    promised = RoublesField(label="Обещанная сумма, ₽", required=False)
    paid = RoublesField(label="Оплачено на месте, ₽", required=False)
    notice_handed = forms.BooleanField(label="Вручено уведомление", required=False)
    property_seen = forms.CharField(label="Видели имущество", max_length=300, required=False)
    property_kind = forms.ChoiceField(
        label="Что за имущество", choices=choices(PROPERTY_NAMES), required=False, initial="other"
    )
    note = forms.CharField(label="Заметка", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_property_kind(self) -> str:
        return self.cleaned_data["property_kind"] or "other"


class CancelForm(forms.Form):
    reason = forms.CharField(label="Почему", max_length=300)
