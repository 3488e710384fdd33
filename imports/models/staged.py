"""Rows of a file between reading and booking: what a preview shows and what applying books, without parsing twice.

Staged rows are not facts. They are thrown away when the batch is booked or given up; the file itself stays.
"""

from django.db import models

from casedesk.common.fields import KopeckField, MonthField


class StagedLine(models.Model):
    """One line for the ledger's staging (`debtors.actions.staging.StagedFact`), kept while a preview waits for a person.

    `account_ref` is an account's id, or a negative number that a `StagedAccount` of the batch explains.
    """

    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.DO_NOTHING, db_constraint=False, related_name="staged")
    row_no = models.BigIntegerField()
    account_ref = models.BigIntegerField()
    service_ref = models.SmallIntegerField()
    month = MonthField(null=True)
    opening = KopeckField(null=True)
    opening_month = MonthField(null=True)
    opening_on = models.DateField(null=True)
    charged = KopeckField(null=True)
    credited = KopeckField()
    kind = models.SmallIntegerField()
    turnover = KopeckField(null=True)
    amount = KopeckField(null=True)
    paid_on = models.DateField(null=True)
    channel = models.CharField(max_length=10)
    document = models.CharField(max_length=60, blank=True)
    designated_month = MonthField(null=True)


class StagedAccount(models.Model):
    """What the file says of an account, with writs and proceedings if it has them. `ref` is negative for a new account."""

    batch = models.ForeignKey(
        "imports.ImportBatch", on_delete=models.DO_NOTHING, db_constraint=False, related_name="staged_accounts"
    )
    ref = models.BigIntegerField()
    row = models.PositiveIntegerField()
    details = models.JSONField()
