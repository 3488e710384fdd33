"""The moves of a reconciliation: prepared, sent, answered, signed."""

from casedesk.access.rights import Right
from casedesk.common.states import Machine, Move
from enforcement.models import Reconciliation
from enforcement.rules.reconciliation_words import STATES

State = Reconciliation.State
WORKED = frozenset({State.DRAFT, State.EXCHANGED, State.IN_WORK})


def _is_answered(one: Reconciliation, on) -> str | None:
    return None if one.reply_on else "отдел ещё не ответил. Загрузите ответ или дождитесь, пока отдел заполнит его на экране."


def _is_first_unsigned(one: Reconciliation, on) -> str | None:
    """Acts are signed month by month, or the carried differences would have nowhere to stand."""
    earlier = Reconciliation.objects.unsigned().filter(
        creditor=one.creditor_id, department=one.department_id, month__lt=one.month
    )
    found = earlier.order_by("month").first()
    return f"не подписан акт раньше: {found}. Подпишите сначала его." if found else None


def _nobody_has_signed(one: Reconciliation, on) -> str | None:
    found = one.signatures.first()
    return f"акт уже подписан одной стороной ({found}). Сначала отзовите эту подпись." if found else None


UNSIGNED = (_nobody_has_signed,)
SIGNABLE = (_is_answered, _is_first_unsigned)
ANSWERABLE = frozenset({State.EXCHANGED, State.IN_WORK})
MOVES = Machine(
    "state",
    (
        Move("refresh", WORKED, "", "Обновить нашу сторону", Right.RECONCILE, needs=UNSIGNED),
        Move("send", WORKED, State.EXCHANGED, "Направить реестр отделу", Right.RECONCILE),
        Move("answer", ANSWERABLE, State.IN_WORK, "Принять ответ отдела", Right.RECONCILE, needs=UNSIGNED),
        Move("decide", WORKED, "", "Решить расхождение", Right.RECONCILE, needs=UNSIGNED),
        Move("sign", frozenset({State.IN_WORK}), "", "Подписать акт", Right.RECONCILE, needs=SIGNABLE),
        Move("unsign", frozenset({State.IN_WORK}), "", "Отозвать подпись", Right.RECONCILE),
    ),
    STATES,
)
