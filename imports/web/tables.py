"""Columns and filters of the lists of batches, problems, doubts and touched accounts."""

import django_filters
from django.urls import reverse

from casedesk.common.tables import Column
from debtors.web.tables import ANY, creditors_for
from imports.models import Doubt, ImportBatch, ImportProblem
from imports.web.batch_page import TONES

BATCH_COLUMNS = [
    Column("file_name", "Файл", head=True, url="imports:batch", sort="file_name", sub=lambda batch: batch.kind_name),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
    Column("status", "Состояние", kind="badge", value=lambda batch: (batch.get_status_display(), TONES[batch.status])),
    Column("rows_read", "Строк", kind="number", sort="rows_read"),
    Column("rows_rejected", "Ошибок", kind="number", sort="rows_rejected"),
    Column("charged", "Начислено, ₽", kind="money", value=lambda batch: batch.totals.get("charged", 0)),
    Column("paid", "Оплачено, ₽", kind="money", value=lambda batch: batch.totals.get("paid", 0)),
    Column("made_at", "Загружен", kind="moment", sort="made_at", sub=lambda batch: str(batch.made_by or "")),
]

PROBLEM_COLUMNS = [
    Column("row", "Строка", kind="number", sort=("row", "id"), nullable=True, sub=lambda problem: problem.sheet),
    Column("column", "Колонка"),
    Column("value", "Значение"),
    Column("message", "Что не так и что делать", head=True),
    Column(
        "fatal",
        "Строка",
        kind="badge",
        value=lambda problem: ("не проведена", "danger") if problem.fatal else ("предупреждение", "warn"),
    ),
]

DOUBT_COLUMNS = [
    Column(
        "account.number",
        "Лицевой счёт",
        head=True,
        sort="account__number",
        url=lambda doubt: reverse("debtors:account", args=[doubt.account_id]),
        sub=lambda doubt: doubt.account.holder_name,
    ),
    Column("kind", "Расхождение", value=lambda doubt: doubt.get_kind_display()),
    Column("service", "Услуга", value=lambda doubt: doubt.service.name if doubt.service else "весь счёт"),
    Column("month", "Месяц", kind="month", sort="month"),
    Column("ledger_sum", "В системе, ₽", kind="money", sort="ledger_sum"),
    Column("file_sum", "В файле, ₽", kind="money", sort="file_sum"),
    Column("difference", "Разница, ₽", kind="money"),
    Column("batch", "Файл", value=lambda doubt: doubt.batch.file_name, url=lambda doubt: doubt.batch.get_absolute_url()),
    Column("decision", "Решение", template="imports/_decide.html", exported=False),
]


class BatchFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="file_name", lookup_expr="icontains", label="Имя файла")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    status = django_filters.ChoiceFilter(choices=ImportBatch.Status, label="Состояние", empty_label=ANY)

    class Meta:
        model = ImportBatch
        fields: list[str] = []


class ProblemFilter(django_filters.FilterSet):
    fatal = django_filters.ChoiceFilter(
        choices=[("True", "не проведены"), ("False", "предупреждения")], label="Строки", empty_label=ANY
    )
    q = django_filters.CharFilter(field_name="message", lookup_expr="icontains", label="Слова")

    class Meta:
        model = ImportProblem
        fields: list[str] = []


class DoubtFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Doubt.Kind, label="Расхождение", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(
        queryset=creditors_for, field_name="batch__creditor", label="Взыскатель", empty_label=ANY
    )
    batch = django_filters.NumberFilter(field_name="batch_id", label="Загрузка №")

    class Meta:
        model = Doubt
        fields: list[str] = []
