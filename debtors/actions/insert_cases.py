"""Put new cases in: one INSERT for all candidates, with every derived column filled at once, then their links."""

import datetime as dt

from debtors.actions.case_texts import TABLE as TEXT_TABLE
from debtors.actions.case_texts import TEXTS, fill_texts
from debtors.actions.events import literal_day
from debtors.actions.refresh_cases import STEP_COLUMNS, STEPS, fill_steps
from debtors.models import OpeningRule
from debtors.queries.dialect import analyse, execute, fresh_table, rows
from debtors.rules.stages import Stage

NEW = "case_candidates"
MANY = 1_000
"""From so many new rows on the planner must hear of them, or it goes on planning for the few it knew."""


def insert_cases(found, *, creditor, rule: OpeningRule, on: dt.date, after: int) -> int:
    """Open a case for each state of `found`, numbered on from `after` in the order of account numbers. Returns how many."""
    accounts, params = found.values("account_id").query.sql_with_params()
    fresh_table(NEW, "account_id bigint PRIMARY KEY")
    opened = execute(f"INSERT INTO {NEW} {accounts}", params)
    if not opened:
        return 0
    analyse(NEW)
    _fill_texts(on)
    _fill_first_steps(rule, on)
    _insert_files(creditor, rule, on, after)
    _insert_links(creditor, on, after)
    if opened >= MANY:
        for table in ("casefile", "caseaccount", "casedebtor"):
            analyse(f"debtors_{table}")
    return opened


def _liable(on: dt.date) -> str:
    """SQL: who is liable on the day for the new accounts."""
    day = literal_day(on)
    return (
        f"SELECT y.account_id AS main_id, y.debtor_id, MIN(y.id) AS place FROM {NEW} k "
        f"JOIN debtors_liability y ON y.account_id = k.account_id AND (y.valid_from IS NULL OR y.valid_from <= {day}) "
        f"AND (y.valid_to IS NULL OR y.valid_to > {day}) GROUP BY y.account_id, y.debtor_id"
    )


def _fill_texts(on: dt.date) -> None:
    fill_texts(links=f"SELECT account_id AS main_id, account_id FROM {NEW}", people=_liable(on))


def _fill_first_steps(rule: OpeningRule, on: dt.date) -> None:
    """The first step depends on the oldest open month alone: a few dozen questions to the pure function."""
    oldest = rows(
        f"SELECT DISTINCT s.oldest_open_month FROM {NEW} k JOIN debtors_accountstate s ON s.account_id = k.account_id"
    )
    fill_steps([(str(month), str(Stage.OPENED), on, None, month, "", None, None, "") for (month,) in oldest], rule.terms)


_STATE = ("debt", "overdue", "penalty", "average_charge", "months_x100", "oldest_open_month", "at_least")


def _insert_files(creditor, rule: OpeningRule, on: dt.date, after: int) -> None:
    day = literal_day(on)
    values = {
        "creditor_id": str(creditor.pk),
        "number": f"{after} + row_number() OVER (ORDER BY t.account_numbers, t.main_id)",
        "account_id": "t.main_id",
        "rule_id": str(rule.pk or "NULL"),
        "opened_on": day,
        "is_open": "TRUE",
        "close_reason": "''",
        "stage": f"'{Stage.OPENED}'",
        "stage_on": day,
        "hold_kind": "''",
        "flag_marks": "''",
        **{name: f"s.{name}" for name in _STATE},
        **{name: f"p.{name}" for name in STEP_COLUMNS},
        **{name: f"t.{name}" for name in TEXTS},
    }
    execute(
        f"INSERT INTO debtors_casefile ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {TEXT_TABLE} t "
        f"JOIN debtors_accountstate s ON s.account_id = t.main_id "
        f"JOIN {STEPS} p ON p.facts_key = COALESCE(CAST(s.oldest_open_month AS text), 'None')"
    )


def _insert_links(creditor, on: dt.date, after: int) -> None:
    new = f"c.creditor_id = {creditor.pk} AND c.number > {after}"
    execute(
        "INSERT INTO debtors_caseaccount (case_id, account_id, valid_from, is_live) "
        f"SELECT c.id, c.account_id, c.opened_on, TRUE FROM debtors_casefile c WHERE {new}"
    )
    execute(
        "INSERT INTO debtors_casedebtor (case_id, debtor_id, valid_from) SELECT c.id, q.debtor_id, c.opened_on "
        f"FROM debtors_casefile c JOIN ({_liable(on)}) q ON q.main_id = c.account_id WHERE {new} ORDER BY c.id, q.place"
    )
