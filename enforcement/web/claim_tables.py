"""Columns and filters of the list of claims."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from casedesk.common import months
from casedesk.common.filters import DayFilter, RoublesFilter, SearchFilter
from casedesk.common.tables import Column
from debtors.rules.stages import TURN_NAMES, Turn, choices
from debtors.web.tables import ANY, creditors_for
from enforcement.models import Claim
from enforcement.rules.claim_stages import (
    CLAIM_STAGE_NAMES,
    FREED,
    GRANTED,
    KIND_NAMES,
    KIND_SHORT,
    STAGE_TURNS,
    UNDER_WAY,
    ClaimStage,
)

TONES = dict.fromkeys(UNDER_WAY, "court") | {
    ClaimStage.PREPARED: "info",
    ClaimStage.DEFECTIVE: "warn",
    ClaimStage.OBJECTED: "warn",
    ClaimStage.JUDGED_AGAINST: "danger",
    ClaimStage.IN_FORCE: "ok",
    ClaimStage.WRIT_ISSUED: "ok",
    ClaimStage.DISMISSED: "danger",
    ClaimStage.RETURNED: "warn",
    ClaimStage.REFUSED: "danger",
    ClaimStage.UNHEARD: "warn",
    ClaimStage.SET_ASIDE: "warn",
}
STATES = [("under_way", "в суде и до подачи"), ("granted", "присуждено"), ("failed", "не состоялись"), ("late", "срок прошёл")]


class ClaimFilter(django_filters.FilterSet):
    """What narrows the list of claims."""

    q = SearchFilter(
        field_name="case_file__search", label="Поиск", placeholder="Фамилия, адрес, счёт, номер", method="by_words"
    )
    stage = django_filters.ChoiceFilter(choices=choices(CLAIM_STAGE_NAMES), label="Этап", empty_label="любой")
    state = django_filters.ChoiceFilter(choices=STATES, label="Состояние", empty_label="любое", method="by_state")
    kind = django_filters.ChoiceFilter(choices=choices(KIND_NAMES), label="Вид", empty_label="любой")
    turn = django_filters.ChoiceFilter(choices=choices(TURN_NAMES), label="Чей ход", empty_label="любой", method="by_turn")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    filed_from = DayFilter(field_name="filed_on", lookup_expr="gte", label="Подано с")
    filed_to = DayFilter(field_name="filed_on", lookup_expr="lte", label="по")
    until = DayFilter(field_name="stage_until", lookup_expr="lte", label="Срок не позже")
    sum_from = RoublesFilter(field_name="principal", lookup_expr="gte", label="Основной долг от, ₽")

    class Meta:
        model = Claim
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        """Words of the case; a number alone is the claim's own, other words may be the court's number."""
        word = value.strip().lstrip("№").strip()
        found = SearchFilter(field_name="case_file__search").filter(queryset, value) | queryset.filter(court_case=word)
        return found | queryset.filter(number=int(word)) if word.isdigit() and len(word) < 10 else found

    def by_state(self, queryset, name, value):
        today = timezone.localdate()
        return {
            "under_way": queryset.filter(stage__in=UNDER_WAY),
            "granted": queryset.filter(stage__in=GRANTED),
            "failed": queryset.filter(Q(stage__in=FREED) | Q(stage__in=[ClaimStage.DISMISSED, ClaimStage.RENOUNCED])),
            "late": queryset.filter(stage__in=UNDER_WAY, stage_until__lt=today),
        }[value]

    def by_turn(self, queryset, name, value):
        return queryset.filter(stage__in=[stage for stage, turn in STAGE_TURNS.items() if turn == Turn(value)])


def against(claim: Claim) -> str:
    """The names of the parties as a list shows them."""
    names = [party.debtor.name for party in claim.parties.all()]
    more = f" и ещё {len(names) - 2}" if len(names) > 2 else ""
    share = f", доля {claim.share_num}/{claim.share_den}" if claim.share_den > 1 else ""
    return (", ".join(names[:2]) + more or "ответчик не назван") + share


def period(claim: Claim) -> str:
    first, last = months.short(claim.period_from), months.short(claim.period_to)
    return first if first == last else f"{first} - {last}"


def stage_badge(claim: Claim) -> tuple[str, str]:
    return CLAIM_STAGE_NAMES[claim.stage], TONES.get(claim.stage, "")


def waits(claim: Claim) -> str:
    """Whose turn it is and until when."""
    turn = TURN_NAMES.get(claim.turn, "")
    until = f"до {claim.stage_until:%d.%m.%Y}" if claim.stage_until and turn else ""
    return " ".join(filter(None, (turn, until))) or "—"


def waits_tone(claim: Claim) -> str:
    late = claim.stage_until and claim.stage in UNDER_WAY and claim.stage_until < timezone.localdate()
    return "late" if late else ""


CLAIM_COLUMNS = [
    Column(
        "number",
        "Требование",
        head=True,
        value=lambda row: f"№ {row.number}",
        url="enforcement:claim",
        sort="number",
        sub=lambda row: KIND_SHORT[row.kind],
    ),
    Column("against", "К кому", value=against, sub=lambda row: row.case_file.address.replace("кв. ", "кв.\u00a0")),
    Column("price", "Долг и пени, ₽", kind="money", sort="principal", sub=period),
    Column("duty", "Пошлина, ₽", kind="money", sort="duty"),
    Column("stage", "Этап", kind="badge", value=stage_badge, sub=lambda row: row.court_case),
    Column("filed_on", "Подано", kind="day", sort="filed_on", nullable=True),
    Column("stage_until", "Чей ход", value=waits, sort="stage_until", nullable=True, tone=waits_tone),
]
