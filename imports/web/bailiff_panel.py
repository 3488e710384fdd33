"""The figures of a bailiffs' or a court's file in words."""

import datetime as dt

from django.urls import reverse

from casedesk.common import money
from imports.models import ImportBatch

LAYOUT_NAMES = {
    "reply": "ответ отдела судебных приставов",
    "data_bank": "сведения банка данных производств",
    "writs": "реестр исполнительных документов",
    "rulings": "постановления приставов",
}
_COUNTED = {
    "with_proceeding": "С номером производства",
    "not_received": "Документ не поступал",
    "ended": "Окончено и прекращено",
    "consolidated": "В составе сводных",
    "claimed": "Сумма по документам, ₽",
    "collected": "Взыскано и перечислено, ₽",
    "remaining": "Остаток, ₽",
    "principal": "Основной долг, ₽",
    "penalty": "Пени, ₽",
    "duty": "Госпошлина, ₽",
    "total": "Всего, ₽",
}


def panel(batch: ImportBatch) -> dict | None:
    """The figures of the file in words; None for other files."""
    said = batch.bailiffs
    if not said:
        return None
    lines = [(label, _shown(said[name])) for name, label in _COUNTED.items() if said.get(name) not in (None, "0.00", 0)]
    return {
        "layout": LAYOUT_NAMES[said["layout"]],
        "as_of": f"{dt.date.fromisoformat(said['as_of']):%d.%m.%Y}" if said.get("as_of") else "",
        "department": said.get("department", ""),
        "matched": said.get("matched"),
        "rows": said["rows"],
        "proceedings": said.get("proceedings"),
        "lines": lines,
        "url": reverse("imports:bailiff-rows", args=[batch.pk]) if batch.booking_id and said["layout"] != "writs" else "",
    }


def _shown(value: str | int) -> str:
    return money.spaced(money.kopecks(value)) if isinstance(value, str) else str(value)
