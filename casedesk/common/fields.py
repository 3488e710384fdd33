"""Database fields of the ledger: kopecks and months."""

from django.db import models


class KopeckField(models.BigIntegerField):
    """An amount of money in kopecks. The Python value is an int; `casedesk.common.money` converts at the edges."""

    description = "kopecks"

    def get_prep_value(self, value):
        if isinstance(value, (float, bool)):
            raise TypeError(f"{self.name}: money is an int of kopecks, got {value!r}")
        return super().get_prep_value(value)


class MonthField(models.SmallIntegerField):
    """A billing month, `year * 12 + month - 1` (see `casedesk.common.months`)."""

    description = "billing month"
