"""Forms of contact: the strategy with its steps, limits, results, calls and promises. Shape only."""

from dataclasses import fields

from django import forms

from casedesk.common.filters import RoublesField
from debtors.models import Category, ContactStrategy
from debtors.rules.contact_ladder import MOST_STEPS, RISK_NAMES, TEXT_FIELDS, LadderStep
from debtors.rules.contact_limits import Limits
from debtors.rules.contact_words import CHANNEL_NAMES, LADDER_CHANNELS, LimitClass
from debtors.web.case_forms import day_field, words_field

CHANNELS = [(str(channel), CHANNEL_NAMES[channel]) for channel in LADDER_CHANNELS]
SPARE = 2
"""Empty steps that the editor shows after the last one."""


class StrategyForm(forms.Form):
    """What is said of the strategy as a whole."""

    name = forms.CharField(label="Название", max_length=120)
    pay_days = forms.IntegerField(label="Дней на оплату в сообщениях", min_value=1, max_value=90, help_text="Поле {срок}")
    valid_from = day_field("Действует с")
    why = forms.CharField(label="Что изменено", max_length=300, required=False)


class StepForm(forms.Form):
    """One step of the ladder. A step without a name is left out."""

    place = forms.IntegerField(label="Порядок", min_value=1, max_value=99, required=False)
    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=30)
    name = forms.CharField(label="Ступень", max_length=120, required=False, help_text="Пусто: ступени нет")
    channel = forms.ChoiceField(label="Канал", choices=CHANNELS)
    wait = forms.IntegerField(label="Ждать дней после прошлой", min_value=0, max_value=365, required=False)
    text = forms.CharField(
        label="Текст",
        max_length=700,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Поля: " + ", ".join(f"{{{name}}}" for name in TEXT_FIELDS) + ". Для писем не нужен",
    )
    overdue_from = RoublesField(label="Долг от, ₽", required=False)
    overdue_to = RoublesField(label="Долг до, ₽", required=False)
    age_from = forms.IntegerField(label="Просрочка от, мес.", min_value=0, max_value=120, required=False)
    categories = forms.MultipleChoiceField(
        label="Группы", choices=Category, required=False, widget=forms.CheckboxSelectMultiple, help_text="Пусто: все"
    )
    risk = forms.ChoiceField(label="Риск", choices=list(RISK_NAMES.items()))
    before_court = forms.BooleanField(label="Только до суда", required=False)

    @classmethod
    def initial_of(cls, place: int, step: LadderStep) -> dict:
        return {field.name: getattr(step, field.name) for field in fields(LadderStep)} | {
            "place": place,
            "overdue_from": _roubles(step.overdue_from),
            "overdue_to": _roubles(step.overdue_to),
            "age_from": step.age_from or None,
            "categories": list(step.categories),
        }

    def step(self, number: int) -> LadderStep:
        given = self.cleaned_data
        return LadderStep(
            code=given["code"] or f"s{number}",
            name=given["name"].strip(),
            channel=given["channel"],
            wait=given["wait"] or 0,
            text=" ".join(given["text"].split()),
            overdue_from=given["overdue_from"] or 0,
            overdue_to=given["overdue_to"],
            age_from=given["age_from"] or 0,
            categories=tuple(given["categories"]),
            risk=given["risk"],
            before_court=given["before_court"],
        )


def _roubles(kopecks: int | None) -> str:
    return f"{kopecks / 100:.2f}".replace(".", ",").removesuffix(",00") if kopecks else ""


StepFormSet = forms.formset_factory(StepForm, extra=0, max_num=MOST_STEPS + SPARE)


def steps_initial(strategy: ContactStrategy) -> list[dict]:
    """The steps of a version for the editor, with a few empty ones after them."""
    rows = [StepForm.initial_of(place, step) for place, step in enumerate(strategy.ladder, 1)]
    spare = min(SPARE, MOST_STEPS - len(rows))
    return rows + [{"place": len(rows) + 1 + number, "before_court": True, "risk": "any"} for number in range(spare)]


def steps_given(formset) -> list[LadderStep]:
    """The steps that were named, in the order of their numbers; codes of new ones differ from all others."""
    named = [form for form in formset if form.cleaned_data.get("name", "").strip()]
    named.sort(key=lambda form: form.cleaned_data["place"] or 99)
    taken = {form.cleaned_data["code"] for form in named}
    fresh = (number for number in range(1, 200) if f"s{number}" not in taken)
    return [form.step(0 if form.cleaned_data["code"] else next(fresh)) for form in named]


def _count(most: int) -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=most)


def _hour(first: int) -> forms.IntegerField:
    return forms.IntegerField(min_value=first, max_value=first + 23)


class LimitsForm(forms.Form):
    """A version of the limits: a table of counts, and the hours of working days and days off."""

    calls_day, calls_week, calls_month = _count(50), _count(50), _count(200)
    messages_day, messages_week, messages_month = _count(50), _count(50), _count(200)
    visits_day, visits_week, visits_month = _count(50), _count(50), _count(200)
    first_hour, until_hour = _hour(0), _hour(1)
    first_hour_off, until_hour_off = _hour(0), _hour(1)
    valid_from = day_field("Действуют с")

    COUNTED = (("calls", "Звонков"), ("messages", "Сообщений"), ("visits", "Встреч"))
    WINDOWS = (("day", "за день"), ("week", "за неделю"), ("month", "за месяц"))
    HOURS = (("", "В рабочие дни"), ("_off", "В выходные"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = {f"{kind}_{name}": f"{what} {when}" for kind, what in self.COUNTED for name, when in self.WINDOWS}
        for end, when in self.HOURS:
            said |= {f"first_hour{end}": f"{when} с часа", f"until_hour{end}": f"{when} до часа"}
        for name, label in said.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["aria-label"] = label

    @property
    def counts(self) -> list[tuple]:
        """(what, its fields by window)."""
        return [(what, [self[f"{kind}_{name}"] for name, _ in self.WINDOWS]) for kind, what in self.COUNTED]

    @property
    def hours(self) -> list[tuple]:
        """(which days, the first hour, the hour until which)."""
        return [(when, self[f"first_hour{end}"], self[f"until_hour{end}"]) for end, when in self.HOURS]

    @staticmethod
    def initial_of(limits: Limits) -> dict:
        """What holds now."""
        found = {}
        for kind in LimitClass:
            frequency = limits.frequency.get(kind)
            for window in ("day", "week", "month") if frequency else ():
                found[f"{kind}_{window}"] = getattr(frequency, window)
        for name, hours in (("", limits.hours), ("_off", limits.hours_off)):
            if hours:
                found |= {f"first_hour{name}": hours.first, f"until_hour{name}": hours.until}
        return found


class ResultsForm(forms.Form):
    channel = forms.ChoiceField(label="Канал")
    file = forms.FileField(label="Файл", help_text="CSV или XLSX с колонками «Ключ» (или «ШПИ», «Телефон»), «Статус», «Дата»")

    def __init__(self, *args, channels: list[tuple[str, str]], **kwargs):
        kwargs.setdefault("auto_id", "results_%s")  # the list below has a filter of that name
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = channels


class HandOverForm(forms.Form):
    channel = forms.CharField(widget=forms.HiddenInput)
    on = day_field("Какого числа")


class StopForm(forms.Form):
    reason = words_field("Почему")


class SettleForm(forms.Form):
    delivered = forms.TypedChoiceField(
        label="Чем кончилось",
        choices=[("yes", "доставлено, вручено"), ("no", "не доставлено")],
        coerce=lambda value: value == "yes",
    )
    words = forms.CharField(label="Подробности", max_length=200, required=False)
    on = day_field("Когда")


class CallForm(forms.Form):
    """A telephone talk."""

    reached = forms.TypedChoiceField(
        label="Дозвонились", choices=[("yes", "да"), ("no", "нет")], coerce=lambda value: value == "yes"
    )
    words = forms.CharField(label="Чем кончился разговор", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    promised = RoublesField(label="Обещал оплатить, ₽", required=False)
    promised_on = day_field("до какого дня", required=False)


class PromiseForm(forms.Form):
    """A promise given otherwise than by telephone: at the desk, by letter."""

    amount = RoublesField(label="Сумма, ₽")
    due_on = day_field("Оплатит до")
