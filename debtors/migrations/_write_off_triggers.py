"""Triggers that hold two people to a write-off whatever asks for it: a screen, a program, a bulk update, a race.

SQLite drops the triggers of a table that a migration remakes: such a migration calls `lift` before and `lay` after.
SQLite has no TRUNCATE, so a test's flush deletes: deleting is refused on PostgreSQL only.
"""

WAYS = (
    "(OLD.state = 'draft' AND NEW.state IN ('draft', 'asked', 'withdrawn')) OR "
    "(OLD.state = 'asked' AND NEW.state IN ('approved', 'refused', 'withdrawn')) OR "
    "(OLD.state = 'approved' AND NEW.state = 'posted')"
)
CAMPAIGN_WAYS = (
    "(OLD.state = 'asked' AND NEW.state IN ('approved', 'refused')) OR (OLD.state = 'approved' AND NEW.state = 'ended')"
)
SAME_ASKER = (
    "NEW.made_by_id = OLD.made_by_id AND NEW.creditor_id = OLD.creditor_id AND NEW.number = OLD.number AND "
    "(OLD.asked_by_id IS NULL OR NEW.asked_by_id = OLD.asked_by_id) AND "
    "(OLD.decided_by_id IS NULL OR NEW.decided_by_id = OLD.decided_by_id) AND "
    "(OLD.state = 'draft' OR (NEW.total = OLD.total AND NEW.ground = OLD.ground))"
)
SAME_CAMPAIGN = (
    "NEW.asked_by_id = OLD.asked_by_id AND NEW.creditor_id = OLD.creditor_id AND NEW.valid_from = OLD.valid_from AND "
    "NEW.valid_to = OLD.valid_to AND NEW.category = OLD.category AND NEW.least_debt = OLD.least_debt AND "
    "COALESCE(NEW.most, 0) = COALESCE(OLD.most, 0) AND (OLD.decided_by_id IS NULL OR NEW.decided_by_id = OLD.decided_by_id)"
)
STANDS_ON = """EXISTS (SELECT 1 FROM debtors_writeoffact a WHERE a.booking_id = NEW.booking_id AND a.state = 'posted'
        AND a.decided_by_id <> a.asked_by_id AND a.decided_by_id <> a.made_by_id)
    OR NEW.amount < 0 AND EXISTS (SELECT 1 FROM debtors_writeoffreversal r WHERE r.booking_id = NEW.booking_id)
    OR EXISTS (SELECT 1 FROM debtors_penaltywaiver w JOIN debtors_penaltycampaign c ON c.id = w.campaign_id
        WHERE w.booking_id = NEW.booking_id AND w.account_id = NEW.account_id AND c.decided_by_id <> c.asked_by_id)"""
DRAFT_OF_ITEM = "(SELECT a.state FROM debtors_writeoffact a WHERE a.id = {row}.act_id) = 'draft'"
DRAFT_OF_LINE = """(SELECT a.state FROM debtors_writeoffact a JOIN debtors_writeoffitem i ON i.act_id = a.id
    WHERE i.id = {row}.item_id) = 'draft'"""

RULES = (
    ("write_off_begins_as_draft", "INSERT", "debtors_writeoffact", "NEW.state = 'draft'"),
    ("write_off_goes_its_way", "UPDATE", "debtors_writeoffact", f"({WAYS}) AND {SAME_ASKER}"),
    ("write_off_items_are_asked_for", "INSERT", "debtors_writeoffitem", DRAFT_OF_ITEM.format(row="NEW")),
    ("write_off_items_stay", "UPDATE", "debtors_writeoffitem", DRAFT_OF_ITEM.format(row="OLD")),
    ("write_off_lines_are_asked_for", "INSERT", "debtors_writeoffline", DRAFT_OF_LINE.format(row="NEW")),
    ("write_off_lines_stay", "UPDATE", "debtors_writeoffline", DRAFT_OF_LINE.format(row="OLD")),
    ("campaign_begins_as_asked", "INSERT", "debtors_penaltycampaign", "NEW.state = 'asked'"),
    ("campaign_goes_its_way", "UPDATE", "debtors_penaltycampaign", f"({CAMPAIGN_WAYS}) AND {SAME_CAMPAIGN}"),
    ("written_off_by_two", "INSERT", "debtors_payment", f"NEW.channel <> 'write_off' OR {STANDS_ON}"),
    ("written_off_stays", "UPDATE", "debtors_payment", "OLD.channel <> 'write_off' AND NEW.channel <> 'write_off'"),
)
"""(name, what is done, table, what must hold)."""
KEPT = (
    ("write_off_items_are_kept", "debtors_writeoffitem", DRAFT_OF_ITEM.format(row="OLD")),
    ("write_off_lines_are_kept", "debtors_writeoffline", DRAFT_OF_LINE.format(row="OLD")),
)
WHEN = {"debtors_payment": {"INSERT": "WHEN (NEW.channel = 'write_off')"}}
"""On PostgreSQL the function is not even called for other rows."""


def lay(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name, done, table, holds in RULES:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {done} ON {table} WHEN NOT ({holds}) BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
        return
    for name, done, table, holds in RULES:
        _postgres(schema_editor, name, done, table, holds, "NEW")
    for name, table, holds in KEPT:
        _postgres(schema_editor, name, "DELETE", table, holds, "OLD")


def _postgres(schema_editor, name: str, done: str, table: str, holds: str, row: str) -> None:
    schema_editor.execute(
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NOT ({holds}) THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN {row}; END $$"""
    )
    when = WHEN.get(table, {}).get(done, "")
    schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {done} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()")


def lift(apps, schema_editor) -> None:
    on_postgres = schema_editor.connection.vendor == "postgresql"
    rules = [(name, table) for name, _, table, _ in RULES]
    if on_postgres:
        rules += [(name, table) for name, table, _ in KEPT]
    for name, table in rules:
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}" if on_postgres else f"DROP TRIGGER {name}")
        if on_postgres:
            schema_editor.execute(f"DROP FUNCTION {name}()")
