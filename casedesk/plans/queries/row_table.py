"""The table of the documentation: which indicator serves which row of the shipped plans, and where it is fed."""

from collections.abc import Iterable

from casedesk.plans import catalogue
from casedesk.plans.rules.plan_file import PlanData

HEAD = """# Строки планов

Строка плана, показатель каталога, единица, что считается и откуда берётся. Таблица составлена по каталогу и по планам, которые
поставляются с программой: `manage.py plan_rows`. Показатели без строки внизу можно взять в свой план.

| Строка | Мероприятие | Показатель | Единица | Когда | Откуда |
|---|---|---|---|---|---|
"""
FED = {
    "agreements": "соглашения в делах",
    "bills": "загрузки реестров начислений",
    "budgets": "«Работа с населением»: сметы учреждений; начисления реестров",
    "claims": "счета, дела и требования",
    "collection": "начисления и оплаты реестров и выписок",
    "commission": "заседания комиссии",
    "contact": "журнал контактов",
    "contacts": "журнал контактов",
    "debt": "начисления и оплаты реестров и выписок",
    "campaigns": "акции и оплаты",
    "direct_payments": "выписки и производства",
    "exchange": "«Обмен сведениями»",
    "notices": "уведомления в делах",
    "outreach": "«Работа с населением»",
    "premises": "реестр помещений и их состояний, лицевые счета",
    "raids": "рейды",
    "reconciliation": "сверки с приставами",
    "reconciliations": "сверки с приставами",
    "reports": "зафиксированные отчёты планов",
    "restriction": "ограничения услуг в делах",
    "write_offs": "списания",
    "writs": "исполнительные документы и производства",
    "payments": "выписки и производства",
}
UNITS = {"RUB": "₽", "count": "число", "percent": "%"}


def row_table(plans: Iterable[PlanData]) -> str:
    """The table as Markdown: rows in the order of the plans, then what no shipped plan uses."""
    plans, lines, used = list(plans), [], set()
    for plan in plans:
        for row in (row for section in plan.sections for row in section.measures):
            for use in row.indicators:
                used.add(use.code)
                lines.append(_line(row.row, row.title, use.code))
    lines += [_line("—", "", one.code) for one in catalogue.all_indicators() if one.code not in used]
    return HEAD + "\n".join(lines) + "\n"


def _line(row: str, title: str, code: str) -> str:
    one = catalogue.get(code)
    fed = FED.get(code.split(".")[0], one.source)
    return f"| {row} | {title} | `{code}` {one.name} | {UNITS[one.unit.value]} | {one.dated} | {fed} |"
