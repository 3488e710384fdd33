"""Staged lines kept between a preview and its booking, and new accounts put in their place."""

from debtors.actions.staging import STAGE, Stage, stage_rows
from debtors.queries.dialect import analyse_fresh, bulk_load, execute, fresh_table
from imports.actions.feed import Feed
from imports.models import ImportBatch, StagedAccount, StagedLine
from imports.queries.account_book import AccountBook
from imports.queries.service_book import ServiceBook
from imports.rules.places import Places, row_of

NEW_ACCOUNTS = "import_new_accounts"
KEPT = (
    "month",
    "opening",
    "opening_month",
    "opening_on",
    "charged",
    "credited",
    "kind",
    "turnover",
    "amount",
    "paid_on",
    "channel",
    "document",
    "designated_month",
)
"""Columns that the kept lines and the ledger's staging share by name."""


def keep(batch: ImportBatch, feed: Feed) -> None:
    """Copy the staged lines of this transaction into the batch, with what the file says of accounts."""
    names = ", ".join(KEPT)
    execute(
        f"""INSERT INTO {StagedLine._meta.db_table} (batch_id, row_no, account_ref, service_ref, {names})
            SELECT %s, row_no, account_id, service_id, {names} FROM {STAGE}""",
        [batch.pk],
    )
    accounts = (StagedAccount(batch=batch, ref=ref, row=row, details=said) for ref, (row, said) in feed.details.items())
    StagedAccount.objects.bulk_create(accounts, batch_size=2_000)


def forget(batch: ImportBatch) -> None:
    """Throw the kept lines away."""
    StagedLine.objects.filter(batch=batch).delete()
    StagedAccount.objects.filter(batch=batch).delete()


def feed_of(batch: ImportBatch) -> Feed:
    """The feed of a kept batch: its places and accounts. An account that was opened meanwhile is new no more."""
    book = AccountBook.of(batch.creditor_id)
    feed = Feed(book, ServiceBook({}, frozenset(), {}), batch.period, Places(batch.sheets))
    feed.storno = batch.kind == "payments"
    for kept in batch.staged_accounts.order_by("id").iterator(5_000):
        opened = book.by_number.get(kept.details["number"]) if kept.ref < 0 else None
        if opened is None:
            feed.details[kept.ref] = (kept.row, kept.details)
        else:
            feed.settled[kept.ref] = opened
    return feed


def restage(batch: ImportBatch, made: dict[int, int]) -> Stage:
    """Fill the ledger's staging from the kept lines, new accounts under the ids they were given."""
    _load_map(made)
    columns = ("row_no", "account_id", "service_id", "source_row", *KEPT)
    names = ", ".join(f"l.{name}" for name in KEPT)
    return stage_rows(
        f"""SELECT l.row_no, COALESCE(n.account_id, l.account_ref), l.service_ref, {row_of("l.row_no")}, {names}
            FROM {StagedLine._meta.db_table} l LEFT JOIN {NEW_ACCOUNTS} n ON n.ref = l.account_ref WHERE l.batch_id = %s""",
        [batch.pk],
        columns,
    )


def settle_accounts(made: dict[int, int]) -> None:
    """Give the new accounts of the staging table their ids."""
    _load_map(made)
    execute(
        f"UPDATE {STAGE} SET account_id = n.account_id, opening_state = 0 "
        f"FROM {NEW_ACCOUNTS} n WHERE {STAGE}.account_id = n.ref"
    )
    analyse_fresh(STAGE)


def _load_map(made: dict[int, int]) -> None:
    fresh_table(NEW_ACCOUNTS, "ref bigint PRIMARY KEY, account_id bigint NOT NULL")
    bulk_load(NEW_ACCOUNTS, ("ref", "account_id"), made.items())
