"""What lists show of a case and search in: names, address, account numbers. Built set-based into a temporary table.

Keyed by the case's main account, so that the same rows serve cases that are there and cases about to be opened.
"""

from debtors.queries.dialect import execute, fresh_table, on_postgres

TEXTS = ("debtor_names", "address", "account_numbers", "category", "search")
TABLE = "case_texts"
SHOWN_ADDRESS = (
    "substr(COALESCE(h.address || CASE WHEN p.number <> '' THEN ', кв. ' || p.number ELSE '' END, a.address_text), 1, 400)"
)
"""SQL over account `a`, premises `p`, house `h`: the address book's address, else what the register prints."""


def fill_texts(*, links: str, people: str) -> None:
    """Fill the table. `links` is SQL giving (main_id, account_id), `people` SQL giving (main_id, debtor_id, place).

    Without known people the name that the register prints is shown.
    """
    join = "string_agg" if on_postgres() else "group_concat"
    fresh_table("case_people", "main_id bigint PRIMARY KEY, names text NOT NULL, search text NOT NULL")
    execute(
        f"INSERT INTO case_people SELECT o.main_id, {join}(o.name, ', '), {join}(o.search, ' ') "
        f"FROM (SELECT q.main_id, d.name, d.search FROM ({people}) q JOIN debtors_debtor d ON d.id = q.debtor_id "
        "ORDER BY q.main_id, q.place) o GROUP BY o.main_id"
    )
    fresh_table("case_numbers", "main_id bigint PRIMARY KEY, numbers text NOT NULL, search text NOT NULL")
    execute(
        f"INSERT INTO case_numbers SELECT o.main_id, {join}(o.number, ', '), {join}(o.search, ' ') "
        f"FROM (SELECT q.main_id, a.number, a.search FROM ({links}) q JOIN debtors_utilityaccount a ON a.id = q.account_id "
        "ORDER BY q.main_id, a.number) o GROUP BY o.main_id"
    )
    fresh_table(TABLE, "main_id bigint PRIMARY KEY, " + ", ".join(f"{name} text NOT NULL" for name in TEXTS))
    execute(f"INSERT INTO {TABLE} {_JOINED}")


_JOINED = f"""
    SELECT n.main_id, substr(COALESCE(q.names, a.holder_name), 1, 300), {SHOWN_ADDRESS},
           substr(n.numbers, 1, 200), a.category, substr(n.search || ' ' || COALESCE(q.search, ''), 1, 1500)
    FROM case_numbers n
    JOIN debtors_utilityaccount a ON a.id = n.main_id
    LEFT JOIN debtors_premises p ON p.id = a.premises_id
    LEFT JOIN debtors_house h ON h.id = p.house_id
    LEFT JOIN case_people q ON q.main_id = n.main_id
"""
