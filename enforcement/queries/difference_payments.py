"""The direct payments behind a difference «paid directly»: what was told to the bailiff, and what he has confirmed."""

from django.db.models import QuerySet

from enforcement.models import DirectPayment, ReconciliationDifference


def payments_of(difference: ReconciliationDifference) -> QuerySet:
    """Direct payments on the difference's writ by the end of its month, oldest first."""
    writ = difference.ours.writ_id if difference.ours else None
    found = DirectPayment.objects.standing().filter(
        proceeding__writ__isnull=False, proceeding__writ=writ, paid_on__lte=difference.reconciliation.as_of
    )
    return found.select_related("proceeding", "notice", "payment").order_by("paid_on", "pk")


def confirmed_of(difference: ReconciliationDifference) -> int:
    """Kopecks of them that the bailiff has taken into account. One payment told to two proceedings counts once."""
    confirmed = payments_of(difference).filter(state=DirectPayment.State.CONFIRMED).order_by()
    return sum(amount for _, amount in confirmed.values_list("payment", "amount").distinct())
