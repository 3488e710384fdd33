"""Forms of cases. They check shape and turn text into values; actions decide and save."""

from django import forms

from casedesk.common import money
from debtors.models import OpeningRule, PreTrialNotice
from debtors.rules.stages import FLAG_NAMES, HOLD_NAMES, choices


def day_field(label: str, **kwargs) -> forms.DateField:
    """A day with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def words_field(label: str, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class NoteForm(forms.Form):
    text = forms.CharField(label="Новая заметка", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    is_pinned = forms.BooleanField(label="Закрепить сверху", required=False)


class FlagForm(forms.Form):
    kind = forms.ChoiceField(label="Отметка", choices=choices(FLAG_NAMES))
    reason = words_field("Почему", help_text="Документ или обстоятельство, по которому ставится отметка")
    on = day_field("С какого дня")


class ReasonForm(forms.Form):
    """A step that asks for a reason and a day."""

    reason = words_field("Почему")
    on = day_field("Какого числа")


class HoldForm(forms.Form):
    kind = forms.ChoiceField(label="Основание", choices=choices(HOLD_NAMES))
    reason = words_field("Обстоятельства", help_text="Номер заявления, дела, определения")
    on = day_field("С какого дня")
    until = day_field("До какого дня", required=False, help_text="В этот день дело вернётся в очередь. Пусто: пока не снимут.")


class OfficerForm(forms.Form):
    """Whom to give the cases; people who may work on them."""

    to = forms.ModelChoiceField(queryset=None, label="Кому", empty_label="выберите юриста")

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = officers


class SendForm(forms.Form):
    channel = forms.ChoiceField(label="Как вручено", choices=PreTrialNotice.Channel)
    on = day_field("Когда вручено", help_text="Со следующего дня пойдёт срок на добровольную оплату")


class RuleForm(forms.Form):
    """A version of the opening rule. Numbers are bounded by sense; the action decides whether it may be set."""

    threshold = forms.DecimalField(
        label="Порог, средних месячных начислений", min_value=0.5, max_value=100, decimal_places=2, max_digits=5
    )
    min_overdue = forms.DecimalField(
        label="Сумма просрочки не меньше, ₽", min_value=0, max_value=100_000_000, decimal_places=2, required=False
    )
    min_overdue_months = forms.IntegerField(
        label="Старший месяц просрочен не меньше, месяцев", min_value=1, max_value=120, help_text="2: долг старше одного месяца"
    )
    reminder_within = forms.IntegerField(label="Дней на подготовку напоминания", min_value=1, max_value=90)
    hand_over_within = forms.IntegerField(label="Дней на вручение", min_value=1, max_value=90)
    waiting = forms.IntegerField(label="Дней на добровольную оплату", min_value=1, max_value=180)
    claim_within = forms.IntegerField(label="Дней на подачу в суд", min_value=1, max_value=365)
    hold_review = forms.IntegerField(label="Проверять приостановку раз в, дней", min_value=1, max_value=365)
    payments_fresh = forms.IntegerField(label="Не писать должнику, если оплаты старше, дней", min_value=1, max_value=365)
    breach_notice = forms.IntegerField(label="Рабочих дней на уведомление о нарушении соглашения", min_value=1, max_value=30)
    officer_hours = forms.DecimalField(
        label="Часов работы юриста на дело",
        min_value=0,
        max_value=200,
        decimal_places=2,
        required=False,
        help_text="Для пробы правила; пусто: 3 часа",
    )
    valid_from = day_field("Действует с")
    close_uncovered = forms.BooleanField(
        label="Закрыть нетронутые дела, которые новому правилу не подходят",
        required=False,
        help_text="Дела, по которым уже что-то сделано, остаются открытыми",
    )

    def settings(self) -> dict[str, int]:
        """The columns of OpeningRule."""
        given = dict(self.cleaned_data)
        for name in ("valid_from", "close_uncovered"):
            given.pop(name)
        hours, least = given.pop("officer_hours"), given.pop("min_overdue")
        return {
            "threshold_x100": int(given.pop("threshold") * 100),
            "officer_minutes": OpeningRule().officer_minutes if hours is None else int(hours * 60),
            "min_overdue": money.from_decimal(least) if least else 0,
            **given,
        }
