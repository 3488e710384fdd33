"""Rows of a file between reading and booking: what a preview shows and what applying books, without parsing twice.

Staged rows are not facts. They are thrown away when the batch is booked or given up; the file itself stays.
"""

from django.db import models

from casedesk.common.fields import KopeckField, MonthField


class Verdict(models.IntegerChoices):
    """What the ledger says of a row."""

    NEW = 0, "новая"
    KNOWN = 1, "уже проведена"
    DOUBTFUL = 2, "ждёт решения"
    REFUSED = 3, "отклонена"


class StagedRow(models.Model):
    """The facts of one data row, resolved to account and service. Amounts in kopecks.

    `opening` is the balance at the end of the month before `month`; `charged` and `credited` are never negative (a
    recalculation downwards is a credit). `explained` of `paid` is money that dated payments already brought. A row with a
    penalty column stands twice: its `part` of the penalty service is no row of its own.
    """

    batch = models.ForeignKey(
        "imports.ImportBatch", on_delete=models.DO_NOTHING, db_constraint=False, related_name="staged", db_index=False
    )
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    part = models.BooleanField(default=False)
    number = models.CharField(max_length=40, blank=True)
    account = models.ForeignKey(
        "debtors.UtilityAccount", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    service = models.ForeignKey(
        "debtors.Service", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    month = MonthField(null=True)
    opening = KopeckField(null=True)
    charged = KopeckField(default=0)
    credited = KopeckField(default=0)
    paid = KopeckField(default=0)
    explained = KopeckField(default=0)
    paid_on = models.DateField(null=True)
    designated_month = MonthField(null=True)
    document = models.CharField(max_length=60, blank=True)
    verdict = models.SmallIntegerField(choices=Verdict, default=Verdict.NEW)

    class Meta:
        indexes = [models.Index(fields=["batch", "account", "month"], name="staged_by_account")]


class StagedAccount(models.Model):
    """What the file says of an account: to make it when it is new, to fill what the books leave empty when it is not."""

    batch = models.ForeignKey(
        "imports.ImportBatch", on_delete=models.DO_NOTHING, db_constraint=False, related_name="staged_accounts"
    )
    number = models.CharField(max_length=40)
    row = models.PositiveIntegerField()
    details = models.JSONField()
