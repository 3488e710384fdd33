"""The gallery: every component with made-up content, for those who build pages and those who check them."""

import datetime as dt

from django import forms
from django.shortcuts import render

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import charts, months
from casedesk.common.filters import RoublesField
from casedesk.common.tables import Empty

BUCKETS = {
    "not_yet_due": 412_350_00,
    "1-3": 655_120_40,
    "3-12": 1_204_877_15,
    "12-24": 980_410_00,
    "24-36": 512_090_55,
    "36+": 744_001_10,
}
RESOURCES = (
    ("Теплоснабжение", 2_310_540_12),
    ("Водоснабжение и водоотведение", 1_120_300_08),
    ("Электроснабжение", 640_220_00),
)


class ExampleForm(forms.Form):
    """A form with each kind of control, bound to faulty data so that errors show."""

    name = forms.CharField(label="Наименование", help_text="Как в выписке ЕГРЮЛ")
    amount = RoublesField(label="Порог, ₽")
    since = forms.DateField(label="Действует с", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Вид", choices=[("a", "Солидарно"), ("b", "В долях")])
    note = forms.CharField(label="Примечание", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Проверено вторым сотрудником", required=False, help_text="Без этого запись не действует")


def _rows() -> list[dict]:
    names = ("Абрамова В. С.", "Белозёров К. Н.", "Гаврилюк О. П.", "ООО «Северный дом»", "Яхонтова Л. Д.")
    stages = (
        ("Уведомление", "info"),
        ("Претензия", "warn"),
        ("Судебный приказ", "court"),
        ("У приставов", "danger"),
        ("Погашено", "ok"),
    )
    return [
        {"number": f"40{at}17{at}", "name": name, "stage": stage, "debt": 18_450_35 * (at + 1), "months": 205 * (at + 1)}
        for at, (name, stage) in enumerate(zip(names, stages, strict=True))
    ]


def _context() -> dict:
    start = months.make(2023, 6)
    history = [(months.short(start + at), 3_000_000_00 + 120_000_00 * ((at * 7) % 11)) for at in range(12)]
    return {
        "parts": charts.ageing(BUCKETS),
        "total": sum(BUCKETS.values()),
        "bars": charts.bars([(name, value, "") for name, value in RESOURCES]),
        "line": charts.line(history, shown=lambda value: f"{value / 100_000_000:.1f}".replace(".", ",")),
        "steps": charts.line(
            [("2022", 2000), ("2023", 750), ("2024", 1600), ("2025", 2100)], stepped=True, shown=lambda v: f"{v // 100} %"
        ),
        "rows": _rows(),
        "tabs": [
            {"label": "Все", "url": "#tabs", "count": 1240, "current": True},
            {"label": "Без следующего шага", "url": "#tabs", "count": 17},
            {"label": "Без срока", "url": "#tabs", "count": 4},
        ],
        "events": [
            {
                "when": "12.02.2024 09:40",
                "who": "Орлова Т. В.",
                "what": "Направлено уведомление",
                "text": "Заказное письмо, опись вложения",
                "icon": "mail",
                "tone": "info",
            },
            {
                "when": "01.02.2024",
                "what": "Дело открыто по правилу",
                "text": "Просрочка 3,4 среднемесячных начисления",
                "icon": "folder-plus",
            },
        ],
        "form": ExampleForm({"amount": "1,234", "since": "", "kind": "a"}),
        "empty_example": Empty(
            "Загрузок пока нет", "Пришлите первый реестр: система узнает его вид сама.", "#tables", "Загрузить реестр", "upload"
        ),
        "today": dt.date(2024, 3, 1),
    }


@gated(Right.MANAGE_PEOPLE)
def page(request):
    return render(request, "desk/gallery.html", _context())
