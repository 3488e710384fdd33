"""Forms of the plan editor: shape only, what people type becomes what the plan's file holds."""

import tomllib

from django import forms

from casedesk.access.models import Territory
from casedesk.access.scope import scope_of
from casedesk.common import money
from casedesk.plans import catalogue
from casedesk.plans.models import Plan
from casedesk.plans.rules.plan_check import COMPARATORS, PERIODS
from casedesk.plans.rules.plan_file import MeasureData, PlanData, UseData, WrongPlanFile, read_plan
from casedesk.plans.rules.plan_text import value_text

MOST_BYTES = 1_000_000


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class NewForm(forms.Form):
    """Where a new plan begins: from nothing, from another plan, from a file."""

    code = forms.SlugField(label="Код", max_length=20, required=False, help_text="Латинские буквы и цифры: LENSK-2027")
    name = forms.CharField(label="Название", max_length=300, required=False)
    source = forms.ModelChoiceField(Plan.objects.none(), label="Взять за основу", required=False, empty_label="пустой план")
    file = forms.FileField(label="Или файл плана", required=False, help_text="TOML, как его выгружает «Файл плана»")
    territory = forms.ModelChoiceField(Territory.objects.none(), label="Территория", empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        scope = scope_of(user)
        self.fields["source"].queryset = Plan.objects.visible_to(user)
        lands = Territory.objects.all()
        self.fields["territory"].queryset = lands if scope.everything else lands.filter(pk__in=scope.territories)
        if scope.everything:
            self.fields["territory"].required = False
            self.fields["territory"].empty_label = "все территории"

    def clean_file(self) -> PlanData | None:
        given = self.cleaned_data["file"]
        if not given:
            return None
        if given.size > MOST_BYTES:
            raise forms.ValidationError("Файл больше мегабайта: это не план. Выгрузите план кнопкой «Файл плана» и сравните.")
        try:
            return read_plan(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError as wrong:
            raise forms.ValidationError("Файл не в UTF-8: сохраните его в этой кодировке и загрузите снова.") from wrong
        except WrongPlanFile as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self):
        given = super().clean()
        if not given.get("file") and "file" not in self.errors and not (given.get("code") and given.get("name")):
            raise forms.ValidationError("Назовите код и название нового плана или приложите файл.")
        return given


class RevisionForm(forms.Form):
    """A change of a draft carries the revision that it was made on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class HeadForm(RevisionForm):
    code = forms.SlugField(label="Код", max_length=20)
    name = forms.CharField(label="Название", max_length=300)
    about = forms.CharField(label="О чём план", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    base_on = _day("Базовая дата")
    valid_from = _day("Действует с")
    valid_to = _day("Действует до (не включая)")


class SectionForm(RevisionForm):
    title = forms.CharField(label="Название раздела", max_length=300)


class MeasureForm(RevisionForm):
    row = forms.CharField(label="Номер строки", max_length=20)
    title = forms.CharField(label="Мероприятие", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    mechanism = forms.CharField(label="Механизм", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    responsible = forms.CharField(label="Исполнители", max_length=300, required=False)
    period = forms.ChoiceField(label="Период", choices=list(PERIODS.items()))
    due_day = forms.IntegerField(
        label="Срок, день", required=False, min_value=1, max_value=31, help_text="Число следующего месяца"
    )

    def measure(self, uses: list[UseData]) -> MeasureData:
        given = {name: self.cleaned_data[name] for name in MeasureData.__dataclass_fields__ if name != "indicators"}
        return MeasureData(**given, indicators=tuple(uses))


class UseForm(forms.Form):
    """An indicator of the measure."""

    code = forms.ChoiceField(label="Показатель", required=False)
    target = forms.CharField(label="Цель", required=False, max_length=30)
    comparator = forms.ChoiceField(label="Сравнение", choices=list(COMPARATORS.items()), required=False)
    params = forms.CharField(label="Параметры", required=False, max_length=300, help_text="Например: day = 5")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(one.code, f"{one.name} ({one.code})") for one in catalogue.all_indicators()]
        self.fields["code"].choices = [("", "—"), *known]

    def clean_params(self) -> dict:
        try:
            return tomllib.loads("params = { " + self.cleaned_data["params"] + " }")["params"]
        except tomllib.TOMLDecodeError as wrong:
            raise forms.ValidationError("Параметры пишут так: day = 5, threshold_x100 = 300.") from wrong

    def clean(self):
        given = super().clean()
        if not given.get("code") and "code" not in self.errors and (given.get("target") or given.get("params")):
            self.add_error("code", "Выберите показатель: цель и параметры относятся к нему.")
        if given.get("code") and given.get("target"):
            try:
                given["target"] = _target(given["target"], catalogue.get(given["code"]).unit.value)
            except ValueError as wrong:
                self.add_error("target", f"Цель не читается: {wrong}")
        return given

    def use(self) -> UseData:
        given = self.cleaned_data
        return UseData(given["code"], given["target"] or None, given["comparator"] or "at_least", given["params"])


def _target(text: str, unit: str) -> str:
    """What people type (`700 000,00`) as a plan's file holds it (`700000.00`)."""
    return str(int(text.replace(" ", ""))) if unit == "count" else money.text(money.kopecks(text))


UseFormSet = forms.formset_factory(UseForm, extra=2, can_delete=True, max_num=40)


def initial_uses(uses: tuple[UseData, ...]) -> list[dict]:
    return [
        {
            "code": use.code,
            "target": use.target,
            "comparator": use.comparator,
            "params": ", ".join(f"{name} = {value_text(value)}" for name, value in use.params.items()),
        }
        for use in uses
    ]
