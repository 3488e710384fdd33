"""Columns and filters of bank documents and learnt payers."""

import django_filters
from django.db.models import Q

from casedesk.access.models import User
from casedesk.common.filters import DayFilter, RoublesFilter
from casedesk.common.tables import Column
from debtors.web.tables import ANY, creditors_for
from imports.models import BankDocument, PayerPattern

State, Verdict = BankDocument.State, BankDocument.Verdict
STATE_TONES = {State.WAITING: "warn", State.BOOKED: "ok", State.REGISTER: "info", State.NOT_OURS: "", State.OUTSIDE: ""}
STATE_TONES |= {State.DRAFT: "info", State.GONE: "danger"}
VERDICT_TONES = {Verdict.AUTO: "ok", Verdict.SUGGEST: "info", Verdict.REVIEW: "warn", Verdict.REGISTER: "court"}


def verdict_badge(document: BankDocument) -> tuple[str, str] | None:
    return (document.get_verdict_display(), VERDICT_TONES.get(document.verdict, "")) if document.verdict else None


def _why(document: BankDocument) -> str:
    return "; ".join(document.reasons)[:160]


DOCUMENT_COLUMNS = [
    Column("counts_on", "День", kind="day", sort=("counts_on", "id")),
    Column(
        "number", "Документ", head=True, url="imports:bank-document", value=str, sub=lambda one: one.get_direction_display()
    ),
    Column("amount", "Сумма, ₽", kind="money", sort="amount"),
    Column("other_name", "Плательщик или получатель", sort="other_name", sub=lambda one: one.purpose[:160]),
    Column(
        "verdict", "Разбор", kind="badge", sort="verdict", value=verdict_badge, sub=lambda one: "; ".join(one.reasons)[:160]
    ),
    Column(
        "state", "Состояние", kind="badge", sort="state", value=lambda one: (one.get_state_display(), STATE_TONES[one.state])
    ),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
]

PATTERN_COLUMNS = [
    Column("payer_name", "Плательщик", head=True, sort="payer_name", sub=lambda one: one.payer_account),
    Column("account.number", "Платит за", sort="account__number", sub=lambda one: one.account.holder_name),
    Column("reason", "Почему"),
    Column("document", "Выучено по", value=lambda one: str(one.document), url=lambda one: one.document.get_absolute_url()),
    Column("learnt_at", "Когда", kind="moment", sort="learnt_at", sub=lambda one: str(one.learnt_by or "")),
    Column(
        "revoked_at",
        "Действует",
        kind="badge",
        value=lambda one: ("отозвано", "") if one.revoked_at else ("подсказывает", "ok"),
        sub=lambda one: one.revoke_reason,
    ),
    Column("revoke", "Что сделать", template="imports/_revoke.html", exported=False),
]


class DocumentFilter(django_filters.FilterSet):
    """By words, creditor, state, answer of the ladder, side, who paid, days and sums."""

    q = django_filters.CharFilter(method="by_words", label="Поиск")
    state = django_filters.ChoiceFilter(
        choices=[(one.value, one.label) for one in BankDocument.STANDING], label="Состояние", empty_label=ANY
    )
    verdict = django_filters.ChoiceFilter(choices=Verdict, label="Разбор", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    direction = django_filters.ChoiceFilter(choices=BankDocument.Direction, label="Движение", empty_label=ANY)
    payer = django_filters.ChoiceFilter(choices=BankDocument.Payer, label="Кто платит", empty_label=ANY)
    since = DayFilter(field_name="counts_on", lookup_expr="gte", label="С")
    through = DayFilter(field_name="counts_on", lookup_expr="lte", label="По")
    amount_from = RoublesFilter(field_name="amount", lookup_expr="gte", label="Сумма от, ₽")
    amount_to = RoublesFilter(field_name="amount", lookup_expr="lte", label="до, ₽")
    batch = django_filters.NumberFilter(field_name="batch_id", label="Загрузка №")

    class Meta:
        model = BankDocument
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        """Every word stands in the purpose, the payer's name or the number."""
        for word in value.split()[:6]:
            queryset = queryset.filter(
                Q(purpose__icontains=word) | Q(other_name__icontains=word) | Q(number=word) | Q(other_account=word)
            )
        return queryset


def owners_for(request):
    """Colleagues who have documents in suspense that this person may see."""
    seen = BankDocument.objects.visible_to(request.user).waiting().filter(owner__isnull=False)
    return User.objects.filter(pk__in=seen.values("owner"))


class SuspenseFilter(DocumentFilter):
    """The same for money in suspense, with its owner."""

    owner = django_filters.ModelChoiceFilter(queryset=owners_for, label="Ответственный", empty_label=ANY)
    state = None
    direction = None


class PatternFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="payer_name", lookup_expr="icontains", label="Плательщик")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    live = django_filters.ChoiceFilter(
        choices=[("True", "подсказывают"), ("False", "отозваны")],
        field_name="revoked_at",
        lookup_expr="isnull",
        label="Состояние",
        empty_label=ANY,
    )

    class Meta:
        model = PayerPattern
        fields: list[str] = []
