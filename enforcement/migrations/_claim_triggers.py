"""The triggers that hold claims and court events, for migrations to lay.

SQLite drops a table's triggers whenever Django rebuilds the table to change a column, so a later migration that alters
`enforcement_claim`, `enforcement_claimline` or `enforcement_courtevent` lays them again: `RunPython(lay, noop)`.
"""

HELD = """(SELECT COALESCE(SUM(l.amount), 0) FROM enforcement_claimline l JOIN enforcement_claim c ON c.id = l.claim_id
    WHERE c.is_live AND l.account_id = {row}.account_id AND l.service_id = {row}.service_id AND l.month = {row}.month)"""
CHARGED = """(SELECT COALESCE(MAX(t.charged), 0) FROM debtors_monthtotal t
    WHERE t.account_id = {row}.account_id AND t.service_id = {row}.service_id AND t.month = {row}.month)"""
TWICE = "a kopeck of a charge would be in two live claims"

SQLITE = {
    "claim_line_within_its_charge": f"""
        BEFORE INSERT ON enforcement_claimline
        WHEN NEW.amount > 0 AND (SELECT is_live FROM enforcement_claim WHERE id = NEW.claim_id)
            AND NEW.amount + {HELD.format(row="NEW")} > {CHARGED.format(row="NEW")}
        BEGIN SELECT RAISE(ABORT, '{TWICE}'); END""",
    "claim_line_is_never_updated": """
        BEFORE UPDATE ON enforcement_claimline BEGIN SELECT RAISE(ABORT, 'claim lines are never updated'); END""",
    "claim_comes_back_to_free_charges": f"""
        BEFORE UPDATE OF is_live ON enforcement_claim
        WHEN NEW.is_live AND NOT OLD.is_live AND EXISTS (SELECT 1 FROM enforcement_claimline own WHERE own.claim_id = NEW.id
            AND own.amount > 0 AND own.amount + {HELD.format(row="own")} > {CHARGED.format(row="own")})
        BEGIN SELECT RAISE(ABORT, '{TWICE}'); END""",
    "court_event_is_never_updated": """
        BEFORE UPDATE ON enforcement_courtevent BEGIN SELECT RAISE(ABORT, 'court events are never updated'); END""",
}
POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION hold_claim_line() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.amount > 0 AND (SELECT is_live FROM enforcement_claim WHERE id = NEW.claim_id) THEN
            PERFORM 1 FROM debtors_utilityaccount WHERE id = NEW.account_id FOR NO KEY UPDATE;
            IF NEW.amount + {HELD.format(row="NEW")} > {CHARGED.format(row="NEW")} THEN
                RAISE EXCEPTION '{TWICE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION hold_claim_again() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM debtors_utilityaccount WHERE id IN (SELECT account_id FROM enforcement_claimline WHERE claim_id = NEW.id)
            ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (SELECT 1 FROM enforcement_claimline own WHERE own.claim_id = NEW.id AND own.amount > 0
                   AND own.amount + {HELD.format(row="own")} > {CHARGED.format(row="own")}) THEN
            RAISE EXCEPTION '{TWICE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE OR REPLACE FUNCTION refuse_court_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE TRIGGER claim_line_within_its_charge BEFORE INSERT ON enforcement_claimline
       FOR EACH ROW EXECUTE FUNCTION hold_claim_line()""",
    """CREATE OR REPLACE TRIGGER claim_line_is_never_updated BEFORE UPDATE ON enforcement_claimline
       FOR EACH ROW EXECUTE FUNCTION refuse_court_change()""",
    """CREATE OR REPLACE TRIGGER claim_comes_back_to_free_charges BEFORE UPDATE OF is_live ON enforcement_claim
       FOR EACH ROW WHEN (NEW.is_live AND NOT OLD.is_live) EXECUTE FUNCTION hold_claim_again()""",
    """CREATE OR REPLACE TRIGGER court_event_is_never_changed BEFORE UPDATE OR DELETE ON enforcement_courtevent
       FOR EACH ROW EXECUTE FUNCTION refuse_court_change()""",
]
GONE = [
    "DROP TRIGGER IF EXISTS claim_line_within_its_charge ON enforcement_claimline",
    "DROP TRIGGER IF EXISTS claim_line_is_never_updated ON enforcement_claimline",
    "DROP TRIGGER IF EXISTS claim_comes_back_to_free_charges ON enforcement_claim",
    "DROP TRIGGER IF EXISTS court_event_is_never_changed ON enforcement_courtevent",
    "DROP FUNCTION IF EXISTS hold_claim_line()",
    "DROP FUNCTION IF EXISTS hold_claim_again()",
    "DROP FUNCTION IF EXISTS refuse_court_change()",
]


def lay(apps, schema_editor) -> None:
    """Lay the triggers, whatever of them is there already."""
    if schema_editor.connection.vendor == "sqlite":
        for name, body in SQLITE.items():
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            schema_editor.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for statement in POSTGRES:
            schema_editor.execute(statement, params=None)


def lift(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        for statement in GONE:
            schema_editor.execute(statement, params=None)
