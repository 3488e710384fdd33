"""What the page of one batch shows: finished values, so that the template only prints them."""

from dataclasses import dataclass

from casedesk.common import money
from casedesk.common.jobs import pulse
from casedesk.common.text import fold
from imports.models import BankDocument, Doubt, ImportBatch
from imports.web.bailiff_panel import panel
from imports.web.forms import ServicesForm, UndoForm

Status = ImportBatch.Status
TONES = {
    Status.WAITING: "info",
    Status.READING: "info",
    Status.COLUMNS: "warn",
    Status.PREVIEW: "warn",
    Status.APPLYING: "info",
    Status.APPLIED: "ok",
    Status.NOTHING_NEW: "none",
    Status.REFUSED: "danger",
    Status.UNDONE: "none",
}
WHY_SKIPPED = {
    "header": "заголовки",
    "title": "названия и подписи",
    "total": "итоги",
    "group_header": "дома и группы",
    "blank": "пустые",
    "column_numbers": "номера колонок",
    "deleted": "помечены удалёнными",
    "signature": "подписи",
    "note": "примечания",
}
TOTAL_NAMES = {"opening": "Входящее сальдо", "charged": "Начислено", "paid": "Оплачено", "closing": "Исходящее сальдо"}
CONTROL_NAMES = TOTAL_NAMES | {
    "claimed": "Сумма по документам",
    "collected": "Взыскано",
    "remaining": "Остаток",
    "principal": "Основной долг",
    "duty": "Госпошлина",
    "total": "Всего",
    "penalty": "Пени",
    "recalculated": "Перерасчёт",
    "transferred": "Перечислено",
    "fee": "Комиссия",
    "count": "Строк",
    "rows": "Строк",
    "received": "Поступило",
    "spent": "Списано",
    "end": "Строка КонецФайла",
}
TOP_PROBLEMS = 12


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    hint: str = ""
    tone: str = ""


def context(batch: ImportBatch, *, may_import: bool, may_undo: bool) -> dict:
    """Everything the template needs; a fixed number of queries."""
    job = pulse.refresh(batch.job) if batch.job else None
    running = job is not None and not job.is_final
    problems = list(batch.problems.all()[:TOP_PROBLEMS])
    unknown = unknown_services(batch) if batch.status in (Status.PREVIEW, Status.REFUSED) else {}
    return {
        "batch": batch,
        "job": job if running or (job and job.error) else None,
        "running": running,
        "tone": TONES[batch.status],
        "figures": figures(batch),
        "bailiffs": panel(batch),
        "totals": [] if batch.bailiffs else [(name, batch.totals.get(key, 0)) for key, name in TOTAL_NAMES.items()],
        "decisions": statement_lines(batch),
        "control": [_control(line) for line in batch.control_totals],
        "skipped": [(WHY_SKIPPED.get(why, why), number) for why, number in batch.skipped_why.items()],
        "problems": problems,
        "problem_count": batch.problems.count(),
        "doubts_waiting": Doubt.objects.filter(batch=batch, decision="").count(),
        "services_form": ServicesForm(names=unknown) if unknown and may_import else None,
        "can_apply": may_import and batch.status == Status.PREVIEW,
        "can_retry": may_import and batch.status == Status.APPLYING and not running,
        "totals_block": not batch.totals_agree and not batch.totals_confirmed,
        "can_columns": may_import
        and batch.status in (Status.PREVIEW, Status.COLUMNS, Status.REFUSED)
        and bool(batch.stored)
        and not batch.bailiffs,
        "can_discard": may_import and batch.status in (Status.PREVIEW, Status.COLUMNS),
        "undo_form": UndoForm() if may_undo and batch.status == Status.APPLIED else None,
    }


def _control(line: dict) -> dict:
    """A total that the file states, as people read it: money with thin spaces, counts as they are."""
    amounts = {side: _spaced(str(line[side])) for side in ("file", "rows")}
    return line | amounts | {"field": CONTROL_NAMES.get(line["field"], line["field"])}


def _spaced(stated: str) -> str:
    return money.spaced(money.kopecks(stated)) if "." in stated else stated


def statement_lines(batch: ImportBatch) -> list[tuple[str, int, int, str]]:
    """Of a bank statement: (what, documents, kopecks, query of their list) by direction, then the answers on new money in."""
    sides = dict(BankDocument.Direction.choices)
    answers = dict(BankDocument.Verdict.choices)
    lines = []
    for part, names, parameter in (("documents", sides, "direction"), ("decisions", answers, "verdict")):
        for key, (number, amount) in batch.statement.get(part, {}).items():
            if number:
                lines.append((names[key].capitalize(), number, amount, f"batch={batch.pk}&{parameter}={key}"))
    return lines


def figures(batch: ImportBatch) -> list[Figure]:
    """New, known, doubtful, wrong: the four numbers a clerk looks at first."""
    new = batch.rows_accepted - batch.rows_doubtful
    booked = batch.status in (Status.APPLIED, Status.NOTHING_NEW, Status.UNDONE)
    return [
        Figure("Новые строки" if not booked else "Проведено строк", money_free(new), tone="ok" if new else ""),
        Figure("Уже проведены", money_free(batch.rows_known), "повторно не проводятся"),
        Figure(
            "Ждут решения", money_free(batch.rows_doubtful), "не сходятся с системой", "warn" if batch.rows_doubtful else ""
        ),
        Figure("Ошибочные", money_free(batch.rows_rejected), "не проводятся", "danger" if batch.rows_rejected else ""),
        _last_figure(batch),
    ]


def _last_figure(batch: ImportBatch) -> Figure:
    """What the rows are about: accounts, or our own writs that a bailiffs' file found."""
    if batch.bailiffs and "matched" in batch.bailiffs:
        found, rows = batch.bailiffs["matched"], batch.bailiffs["rows"]
        return Figure("Документы в системе", money_free(found), f"из строк: {rows}", "" if found == rows else "warn")
    return Figure("Счета", money_free(batch.accounts_touched), f"новых: {batch.accounts_created}")


def money_free(number: int) -> str:
    """A count with thin spaces."""
    return money.spaced(number * 100, kopecks_shown=False)


def unknown_services(batch: ImportBatch) -> dict[str, str]:
    """Names of services in this file that nobody knows: folded -> printed."""
    values = batch.problems.filter(code="unknown_service").order_by().values_list("value", flat=True).distinct()[:40]
    return {fold(value): value for value in values}
