"""Made-up data for a kind of paper: what a test print shows before the first real document."""

from collections.abc import Sequence
from typing import Any

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import Adds, SumOf
from casedesk.documents.rules.fields import Field, person

ROWS, AMOUNT, FIRST_MONTH = 14, 123_456, 2024 * 12
WORDS = {
    "name": "Муниципальное унитарное предприятие «Городские сети»",
    "short_name": "МУП «Горсети»",
    "inn": "7700000001",
    "kpp": "770001001",
    "address": "г. Энск, ул. Мира, д. 5, кв. 12",
    "account": "40702810500000000001",
    "bank": "АО «Энский банк»",
    "bic": "044525225",
    "corr_account": "30101810400000000225",
    "accounts": "700000012",
    "services": "отопление 1 000,00; холодная вода 234,56",
    "service": "отопление",
    "number": "15/2024",
    "executor": "Орлова А. И.",
    "phone": "+7 (495) 000-00-00",
    "ogrn": "1027700000001",
    "signer_basis": "доверенности № 5 от 01.02.2026",
    "court": "Мировой судья судебного участка № 3 г. Энска",
    "court_address": "г. Энск, ул. Ленина, д. 1",
    "department": "ОСП по г. Энску",
    "department_address": "г. Энск, ул. Садовая, д. 7",
    "birthplace": "г. Энск",
    "identifier": "СНИЛС 112-233-445 95",
    "part": "солидарно",
    "ground": "собственник",
    "premises": "г. Энск, ул. Мира, д. 5, кв. 12",
    "writ": "судебный приказ № 2-15/2024 от 15.02.2024",
    "issued_by": "выдан мировым судьёй судебного участка № 3 по делу № 2-15/2024",
    "proceeding": "12345/24/77001-ИП от 01.03.2024",
    "pay_by": "в течение 30 дней со дня получения письма",
    "title": "Копия доверенности представителя, 1 л.",
    "purpose": "Оплата ЖКУ, л/с 700000012, дело № 7",
    "period": "01.2024 – 12.2024",
    "notice": "Претензия вручена должнику 21.02.2024 заказным письмом, долг не погашен.",
    "cancelled_order": "дело № 2-15/2024, определение от 01.03.2024",
    "property": "работает в ООО «Ромашка».",
    "inaction": "Постановление о возбуждении производства не вынесено в трёхдневный срок (часть 8 статьи 30).",
    "demand": "возбудить исполнительное производство",
    "bailiff": "Ким А. В.",
    "signer_post": "Директор",
}
CODE = "ST00012|Name=МУП «Горсети»|PersonalAcc=40702810500000000001|BankName=АО «Энский банк»|BIC=044525225"
CODE += "|CorrespAcc=30101810400000000225|Sum=123456|PersAcc=700000012"


def example(kind: DocumentKind) -> dict[str, Any]:
    """Data that fits the kind, its own totals included."""
    data = _filled(kind.all_fields)
    for check in kind.checks:
        if isinstance(check, SumOf):
            data[check.total] = sum(row[check.column] for row in data[check.table])
    for check in kind.checks:
        if isinstance(check, Adds):
            data[check.total] = sum(data[part] for part in check.parts)
    return data


def _filled(fields: Sequence[Field]) -> dict[str, Any]:
    return {field.name: _value(field) for field in fields}


def _value(field: Field) -> Any:
    if field.kind == "table":
        months = any(column.kind == "month" for column in field.columns)
        return [_row(field.columns, at) for at in range(ROWS if months else 2)]
    if field.kind == "text":
        return WORDS.get(field.name, field.about)
    if field.kind == "person":
        return person("Петров Иван Ильич" if field.name != "signer" else "Сидорова Анна Петровна")
    return {"money": AMOUNT, "number": 30, "day": "2024-03-21", "month": FIRST_MONTH, "flag": True, "qr": CODE}[field.kind]


def _row(columns: Sequence[Field], at: int) -> dict[str, Any]:
    row = _filled(columns)
    for column in columns:
        if column.kind == "month":
            row[column.name] += at
        elif column.kind == "flag":
            row[column.name] = at == 0
        elif column.name == "account":
            row[column.name] = WORDS["accounts"]
    return row
