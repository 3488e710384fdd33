"""Services by the names that registers call them."""

from dataclasses import dataclass

from django.db.models import F, Q

from casedesk.common.text import fold
from debtors.models import WHOLE_BILL, Service, ServiceAlias


@dataclass
class ServiceBook:
    """Finds a service by its printed name: the creditor's own names first, then the common ones, then the service's own."""

    by_key: dict[str, int]
    penalties: frozenset[int]
    _seen: dict[str, int | None]

    @classmethod
    def of(cls, creditor_id: int) -> "ServiceBook":
        services = list(Service.objects.filter(is_pool=False))
        by_key = {fold(service.name): service.pk for service in services}
        aliases = ServiceAlias.objects.filter(Q(creditor_id=creditor_id) | Q(creditor__isnull=True))
        by_key.update(aliases.order_by(F("creditor_id").asc(nulls_first=True)).values_list("key", "service_id"))
        return cls(by_key, frozenset(s.pk for s in services if s.is_penalty), {"": WHOLE_BILL})

    def find(self, name: str) -> int | None:
        """The service's id; the whole bill for a row that names none; None for a name nobody knows."""
        try:
            return self._seen[name]
        except KeyError:
            found = self._seen[name] = self.by_key.get(fold(name))
            return found
