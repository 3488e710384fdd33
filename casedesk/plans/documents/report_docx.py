"""A frozen report as a paper to sign: figures, the debt's change, the form on collection."""

import datetime as dt

from casedesk.common import money
from casedesk.plans.documents import words
from casedesk.plans.documents.paper import Paper

FIGURE_WIDTHS = (1.8, 11.5, 4, 4.7, 3.7)
AGE_WIDTHS = (6.2, *(2.5 for _ in words.AGE_HEADS))


def report_docx(content: dict, sha256: str) -> bytes:
    """The paper's bytes, A4 across."""
    paper = Paper()
    paper.line(words.title(content), bold=True, size=14, centred=True)
    paper.line(f"{content['plan']['name']}. {words.whose(content)}.", centred=True)
    paper.line(words.dates(content), size=9, centred=True)
    for section in content["sections"]:
        paper.line(section["title"], bold=True)
        paper.table(("Строка", "Показатель", "Значение", "Цель", "Оценка"), FIGURE_WIDTHS, _figures(section), right={2})
    for heading, change in (
        ("Почему изменился долг", content["change"]),
        ("Уточнение прежней редакции", content["correction"]),
    ):
        if change:
            paper.line(heading, bold=True)
            paper.table(("Строка", "Сумма, руб."), (16, 6), _change(change), right={1})
    for key, heading in (("ageing", "по группам потребителей"), ("ageing_by_resource", "по ресурсам")):
        paper.line(f"Возраст долга {heading}, тыс. руб.", bold=True)
        paper.table(
            ("Группа", *(said for _, said in words.AGE_HEADS)), AGE_WIDTHS, _ageing(content, key), right=set(range(1, 9))
        )
    paper.line("Сведения о сборе платежей, тыс. руб.", bold=True)
    heads = ("Категория", *(said for _, said in words.COLLECTION_HEADS))
    paper.table(heads, (4.2, *(3.6 for _ in words.COLLECTION_HEADS)), _collection(content), right=set(range(1, 7)))
    paper.line("Руководитель ____________________        Исполнитель ____________________", space=24)
    paper.line(f"Отпечаток данных отчёта SHA-256: {sha256}", size=8)
    return paper.bytes(dt.datetime.fromisoformat(content["known_at"]))


def _figures(section: dict) -> list[tuple[str, ...]]:
    rows = []
    for measure in section["measures"]:
        rows.append((measure["row"], measure["title"], "", "", ""))
        for one in measure["figures"]:
            rows.append(("", one["name"], words.in_unit(one["value"], one["unit"]), words.target(one), words.light(one)))
    return rows


def _change(change: dict) -> list[tuple[str, str]]:
    rows = [(label, money.spaced(amount)) for label, amount in words.change_rows(change)]
    return rows + [(f"Справочно: {one['label'].lower()}", money.spaced(one["amount"])) for one in change.get("memo", [])]


def _ageing(content: dict, key: str) -> list[tuple[str, ...]]:
    return [
        ("    " * one["nested"] + one["label"], *(_thousands(one[age]) for age, _ in words.AGE_HEADS))
        for one in words.ageing_rows(content, key)
    ]


def _thousands(amount: int) -> str:
    return money.spaced(money.from_decimal(money.thousands(amount, 2)))


def _collection(content: dict) -> list[tuple[str, ...]]:
    return [(one["label"], *(_cell(one, key) for key, _ in words.COLLECTION_HEADS)) for one in content["collection"]]


def _cell(one: dict, key: str) -> str:
    if one[key] is None:
        return "—"
    return money.spaced(one[key]) if key == "rate" else _thousands(one[key])
