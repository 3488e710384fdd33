"""Columns and filters of documents, print runs and corrected names."""

import django_filters
from django.urls import reverse

from casedesk.access.models import Organisation
from casedesk.access.scope import creditors_of
from casedesk.common.filters import DayFilter, RoublesFilter
from casedesk.common.tables import Column
from casedesk.documents import kinds
from casedesk.documents.models import Document, NameForms, PrintRun

ANY = "Все"
RUN_TONES = {PrintRun.State.READY: "ok", PrintRun.State.WAITING: "info"}

DOCUMENT_COLUMNS = [
    Column("number", "Исх. №", head=True, value=lambda one: one.full_number, url="documents:document", sort=("year", "number")),
    Column("made_on", "Дата", kind="day", sort="made_on"),
    Column("title", "Документ", sort="kind"),
    Column("addressee", "Адресат", sort="addressee", sub=lambda one: one.address),
    Column("total", "Сумма, ₽", kind="money", sort="total", nullable=True),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
    Column("made_by", "Составил", value=lambda one: one.made_by.short_name),
]
RUN_COLUMNS = [
    Column("title", "Пачка", head=True, url="documents:run", sort="title"),
    Column("state", "Состояние", kind="badge", value=lambda run: (run.get_state_display(), RUN_TONES[run.state])),
    Column("count", "Документов", kind="number", sort="count"),
    Column("pages", "Страниц", kind="number", sort="pages"),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
    Column("made_at", "Заказана", kind="moment", sort="made_at", sub=lambda run: run.made_by.short_name),
]
NAME_COLUMNS = [
    Column("name", "Имя", head=True, url=lambda one: reverse("documents:name", args=[one.pk]), sort="name"),
    Column("genitive", "Кого?"),
    Column("dative", "Кому?"),
    Column("accusative", "Кого? (вин.)"),
    Column("instrumental", "Кем?"),
    Column("prepositional", "О ком?"),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
]


def creditors_for(request):
    """Creditors whose papers this person sees."""
    return creditors_of(request.user).order_by("name") if request else Organisation.objects.none()


def kind_choices():
    return [(kind.code, kind.title) for kind in kinds.all_kinds()]


class DocumentFilter(django_filters.FilterSet):
    """Shared by the screen and the API."""

    q = django_filters.CharFilter(field_name="addressee", lookup_expr="icontains", label="Адресат")
    kind = django_filters.ChoiceFilter(choices=kind_choices, label="Документ", empty_label=ANY)
    number = django_filters.NumberFilter(label="Исх. №")
    made_from = DayFilter(field_name="made_on", lookup_expr="gte", label="С")
    made_to = DayFilter(field_name="made_on", lookup_expr="lte", label="По")
    total_min = RoublesFilter(field_name="total", lookup_expr="gte", label="Сумма от")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)

    class Meta:
        model = Document
        fields: list[str] = []


class RunFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label="Название")
    state = django_filters.ChoiceFilter(choices=PrintRun.State, label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)

    class Meta:
        model = PrintRun
        fields: list[str] = []


class NameFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Имя")

    class Meta:
        model = NameForms
        fields: list[str] = []
