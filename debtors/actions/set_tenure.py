"""Record that premises are held on another footing from a day on."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.models import Premises, PremisesTenure, Tenure


class TenureInTheFuture(Refusal):
    """The period would begin after today: the register speaks of what is."""

    code = "tenure_in_the_future"


class TenureAlreadyStated(Refusal):
    """The register already says so for that day."""

    code = "tenure_already_stated"


@transaction.atomic
def set_tenure(
    *, premises: Premises, tenure: str, valid_from: dt.date, basis: str, by: User | None, on: dt.date
) -> PremisesTenure:
    """Begin a tenure period on a day; the period in force then ends there, a later one keeps its own beginning.

    Returns the new period. `premises.tenure` follows the register as of `on`. Raises TenureInTheFuture,
    TenureAlreadyStated.
    """
    premises = Premises.objects.select_for_update().get(pk=premises.pk)
    name = Tenure(tenure).label
    if valid_from > on:
        raise TenureInTheFuture(
            f"«{name}» с {valid_from:%d.%m.%Y}: день ещё не наступил. Запишите, когда право возникнет.", valid_from=valid_from
        )
    periods = list(premises.tenures.order_by("valid_from"))
    covering = next((one for one in reversed(periods) if one.valid_from <= valid_from), None)
    if covering and (covering.valid_from == valid_from or (covering.tenure == tenure and _covers(covering, valid_from))):
        raise TenureAlreadyStated(
            f"С {covering.valid_from:%d.%m.%Y} в реестре уже стоит «{covering.get_tenure_display()}»: "
            "выберите другой день или другой вид пользования.",
            valid_from=covering.valid_from,
        )
    following = next((one for one in periods if one.valid_from > valid_from), None)
    if covering and _covers(covering, valid_from):
        covering.valid_to = valid_from
        covering.save(update_fields=["valid_to"])
    period = PremisesTenure.objects.create(
        premises=premises,
        tenure=tenure,
        valid_from=valid_from,
        valid_to=following.valid_from if following else None,
        basis=basis,
        recorded_by=by,
    )
    _follow(premises, on)
    return period


def _covers(period: PremisesTenure, day: dt.date) -> bool:
    return period.valid_from <= day and (period.valid_to is None or period.valid_to > day)


def _follow(premises: Premises, on: dt.date) -> None:
    """Keep the premises' own column at what the register says for the day."""
    now = next((one.tenure for one in premises.tenures.order_by("-valid_from") if _covers(one, on)), premises.tenure)
    if now != premises.tenure:
        premises.tenure = now
        premises.save(update_fields=["tenure"])
