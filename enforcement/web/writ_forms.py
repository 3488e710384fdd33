"""Forms of steps on writs. They check shape and turn text into values; actions decide and save."""

from django import forms

from casedesk.common.filters import RoublesField
from debtors.web.case_forms import day_field, words_field
from enforcement.models import BailiffComplaint, ImpossibilityAct, Presentation
from enforcement.rules.words import (
    ADDRESSEE_NAMES,
    CHOICE_NAMES,
    END_GROUNDS,
    GROUND_NAMES,
    INACTION_NAMES,
    MEASURE_NAMES,
    PROPERTY_NAMES,
    RETURN_GROUNDS,
    choices,
)


class StepForm(forms.Form):
    """The base: a form that may need to know the request, for people's own departments and the like."""

    def __init__(self, *args, departments=None, **kwargs):
        super().__init__(*args, **kwargs)
        if "department" in self.fields and departments is not None:
            self.fields["department"].queryset = departments


class PresentForm(StepForm):
    kind = forms.ChoiceField(label="Кому", choices=choices(ADDRESSEE_NAMES))
    department = forms.ModelChoiceField(queryset=None, label="Отдел приставов", required=False, empty_label="не выбран")
    addressee = forms.CharField(
        label="Банк или работодатель", max_length=300, required=False, help_text="Название и адрес, если не приставы"
    )
    channel = forms.ChoiceField(label="Как отправлен", choices=Presentation.Channel)
    outgoing_number = forms.CharField(label="Исходящий №", max_length=40, required=False)
    on = day_field("Какого числа")


class DayForm(StepForm):
    on = day_field("Какого числа")


class NoteForm(StepForm):
    note = words_field("Пояснение", required=False)
    on = day_field("Какого числа")


class WhyForm(StepForm):
    why = words_field("Почему", help_text="Основание из постановления")
    on = day_field("День постановления")


class OpenForm(StepForm):
    number = forms.CharField(label="Номер производства", max_length=40, help_text="12345/24/51034-ИП; отдел узнаётся по номеру")
    consolidated = forms.CharField(label="Сводное производство", max_length=40, required=False, help_text="…-СД, если есть")
    department = forms.ModelChoiceField(
        queryset=None, label="Отдел приставов", required=False, empty_label="по номеру или тот, куда предъявлен"
    )
    bailiff = forms.CharField(label="Пристав", max_length=150, required=False)
    voluntary_until = day_field("Срок добровольного исполнения до", required=False)
    fee = RoublesField(label="Исполнительский сбор, ₽", required=False)
    on = day_field("День возбуждения")


class EndForm(StepForm):
    ground = forms.ChoiceField(label="Основание", choices=[(code, GROUND_NAMES[code]) for code in END_GROUNDS])
    on = day_field("День постановления")


class ReturnForm(StepForm):
    ground = forms.ChoiceField(label="Основание", choices=[(code, GROUND_NAMES[code]) for code in RETURN_GROUNDS])
    kind = forms.ChoiceField(label="Чем возвращён", choices=ImpossibilityAct.Kind)
    number = forms.CharField(label="Номер", max_length=40, required=False)
    on = day_field("День постановления об окончании", help_text="От него считают шесть месяцев")
    sent_on = day_field("Отправлено взыскателю", required=False, help_text="От него идёт новый срок предъявления")
    received_on = day_field("Получено", required=False, help_text="От него десять дней на жалобу")


class PropertyForm(StepForm):
    kind = forms.ChoiceField(label="Что стало известно", choices=choices(PROPERTY_NAMES))
    description = forms.CharField(label="Какое имущество", max_length=400)
    source = forms.CharField(label="Откуда известно", max_length=200, help_text="Выписка, ответ на запрос, осмотр")
    on = day_field("С какого дня известно")


class DuplicateForm(StepForm):
    number = forms.CharField(label="Номер дубликата", max_length=40, required=False, help_text="Пусто: тот же номер")
    issuer = forms.CharField(label="Кем выдан", max_length=300, required=False)
    on = day_field("Когда выдан")


class PartPaidForm(StepForm):
    kopecks = RoublesField(label="Сумма, ₽", help_text="Деньги, которых нет в учёте по этому документу")
    note = words_field("Документ об оплате", required=False)
    on = day_field("Когда уплачено")


class ComplainForm(StepForm):
    kind = forms.ChoiceField(label="На что жалоба", choices=choices(INACTION_NAMES))
    to = forms.ChoiceField(label="Кому", choices=BailiffComplaint.Addressee)
    about = words_field("Обстоятельства", required=False)
    on = day_field("Когда подана")


class MeasureForm(StepForm):
    kind = forms.ChoiceField(label="Мера", choices=choices(MEASURE_NAMES))
    note = forms.CharField(label="Что именно", max_length=300, required=False, help_text="Банк, работодатель, имущество")
    amount = RoublesField(label="Сумма, ₽", required=False)
    valid_to = day_field("До какого дня", required=False, help_text="Если в постановлении есть срок")
    on = day_field("День постановления")


class PositionForm(StepForm):
    note = words_field("Пояснение", required=False, help_text="Что проверили, на что опираетесь")
    on = day_field("Какого числа")


class OutcomeForm(StepForm):
    granted = forms.TypedChoiceField(
        label="Что решено",
        choices=[("yes", "жалоба удовлетворена: исполнение продолжается"), ("no", "в жалобе отказано")],
        coerce=lambda value: value == "yes",
    )
    note = words_field("Пояснение", required=False)
    on = day_field("Какого числа")


class ChoiceForm(StepForm):
    kind = forms.ChoiceField(label="Что делаем", choices=choices(CHOICE_NAMES))
    note = words_field("Пояснение", required=False)
    on = day_field("Когда решено")


class AnswerForm(StepForm):
    outcome = forms.ChoiceField(label="Ответ", choices=BailiffComplaint.Outcome)
    on = day_field("Какого числа")
