"""Bring the derived columns of open cases up to the facts: sums, people and text, the next step. Set-based.

Only rows that differ are written, so a pass with nothing to do writes nothing. The next step has one definition, the pure
function `next_step`: the pass reads the *different* combinations of facts (a few dozen for thousands of cases), asks the
function once for each, and writes the answers back by one join on the combination.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from debtors.actions.case_texts import SHOWN_ADDRESS, TEXTS, fill_texts
from debtors.actions.case_texts import TABLE as TEXT_TABLE
from debtors.models import OpeningRule
from debtors.queries.dialect import bulk_load, execute, fresh_table, least, on_postgres, rows
from debtors.rules.limitation import last_day_to_claim
from debtors.rules.next_step import CaseFacts, Terms, next_step

STEPS = "case_steps"
MAX_INT = 2**31 - 1
FACTS = ("stage", "stage_on", "stage_until", "oldest_open_month", "hold_kind", "hold_on", "hold_until", "flag_marks")
STEP_COLUMNS = ("next_action", "next_from", "next_due_on", "next_reason", "next_norm", "next_waits_for")


@dataclass(frozen=True)
class Refreshed:
    """How many open cases had something to change, by group of columns."""

    sums: int
    texts: int
    steps: int


@transaction.atomic
def refresh_cases(*, creditor, on: dt.date, case_ids: list[int] | None = None) -> Refreshed:
    """Rebuild the derived columns of the creditor's open cases (or of the given ones) in a fixed number of statements."""
    scope = _scope(creditor, case_ids)
    sums = _refresh_sums(scope)
    _tie_new_people(scope, on)
    texts = _refresh_texts(scope)
    return Refreshed(sums, texts, refresh_steps(creditor=creditor, on=on, case_ids=case_ids))


@transaction.atomic
def refresh_steps(*, creditor, on: dt.date, case_ids: list[int] | None = None) -> int:
    """Rebuild the next step of the creditor's open cases (or of the given ones); return how many changed."""
    scope = _scope(creditor, case_ids)
    terms = OpeningRule.objects.in_force(creditor=creditor, on=on).terms
    fill_steps(rows(f"SELECT DISTINCT {_key()}, {', '.join(FACTS)} FROM debtors_casefile c WHERE {scope}"), terms)
    return execute(
        f"UPDATE debtors_casefile AS c SET {_assign(STEP_COLUMNS, 's')} FROM {STEPS} s "
        f"WHERE {scope} AND s.facts_key = {_key()} AND {_differs(STEP_COLUMNS, 'c', 's')}"
    )


def fill_steps(combinations: list[tuple], terms: Terms) -> None:
    """Fill the temporary table `case_steps` with the step for each combination, a row of (key, *FACTS)."""
    fresh_table(
        STEPS,
        "facts_key text PRIMARY KEY, next_action varchar(30), next_from date, next_due_on date, next_reason varchar(400), "
        "next_norm varchar(120), next_waits_for varchar(30)",
    )
    bulk_load(STEPS, ("facts_key", *STEP_COLUMNS), (_answer(row, terms) for row in combinations))


def facts_of(case) -> CaseFacts:
    """The facts of one case as the pass reads them."""
    return _facts(tuple(getattr(case, name) for name in FACTS))


def _answer(row: tuple, terms: Terms) -> tuple:
    key, *facts = row
    step = next_step(_facts(tuple(facts)), terms)
    return (key, step.action, step.from_on, step.due_on, step.reason, step.norm, str(step.waits_for))


def _facts(row: tuple) -> CaseFacts:
    stage, stage_on, stage_until, oldest, hold_kind, hold_on, hold_until, marks = row
    return CaseFacts(
        stage=stage,
        stage_on=_day(stage_on),
        stage_until=_day(stage_until),
        limitation_on=last_day_to_claim(oldest) if oldest is not None else None,
        hold_kind=hold_kind,
        hold_on=_day(hold_on),
        hold_until=_day(hold_until),
        flags=frozenset(filter(None, marks.split(","))),
    )


def _day(value: dt.date | str | None) -> dt.date | None:
    """SQLite hands days of a raw query over as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _scope(creditor, case_ids: list[int] | None) -> str:
    """The condition that picks the cases. Ids are integers of our own, so they may stand in the statement."""
    condition = f"c.is_open AND c.creditor_id = {int(creditor.pk)}"
    if case_ids is None:
        return condition
    listed = ", ".join(str(int(pk)) for pk in case_ids) or "NULL"
    return f"{condition} AND c.id IN ({listed})"


def _key() -> str:
    """SQL: all facts of a case as one text."""
    return " || '|' || ".join(f"COALESCE(CAST(c.{name} AS text), '')" for name in FACTS)


def _assign(columns: tuple[str, ...], source: str) -> str:
    return ", ".join(f"{name} = {source}.{name}" for name in columns)


def _differs(columns: tuple[str, ...], left: str, right: str) -> str:
    """SQL: two rows differ, NULL being a value like any other."""
    operator = "IS DISTINCT FROM" if on_postgres() else "IS NOT"
    return "(" + " OR ".join(f"{left}.{name} {operator} {right}.{name}" for name in columns) + ")"


SUMS = ("debt", "overdue", "penalty", "average_charge", "months_x100", "oldest_open_month", "at_least")


def _refresh_sums(scope: str) -> int:
    """Where the debt stands: the sum over the live accounts of the case."""
    flag = "bool_or(s.at_least)" if on_postgres() else "MAX(s.at_least)"
    return execute(
        f"""
        UPDATE debtors_casefile AS c SET {_assign(SUMS, "n")}
        FROM (
            SELECT f.*, CASE WHEN average_charge > 0 THEN {least("overdue * 100 / average_charge", str(MAX_INT))} ELSE 0 END
                        AS months_x100
            FROM (
                SELECT c.id AS case_id, CAST(SUM(s.debt) AS bigint) AS debt, CAST(SUM(s.overdue) AS bigint) AS overdue,
                       CAST(SUM(s.penalty) AS bigint) AS penalty, CAST(SUM(s.average_charge) AS bigint) AS average_charge,
                       MIN(s.oldest_open_month) AS oldest_open_month, {flag} AS at_least
                FROM debtors_casefile c
                JOIN debtors_caseaccount l ON l.case_id = c.id AND l.is_live
                JOIN debtors_accountstate s ON s.account_id = l.account_id
                WHERE {scope} GROUP BY c.id
            ) f
        ) n
        WHERE c.id = n.case_id AND {_differs(SUMS, "c", "n")}
        """
    )


def _tie_new_people(scope: str, on: dt.date) -> int:
    """People who became liable for a live account of the case since it was opened."""
    return execute(
        f"""
        INSERT INTO debtors_casedebtor (case_id, debtor_id, valid_from)
        SELECT DISTINCT c.id, y.debtor_id, CASE WHEN y.valid_from > c.opened_on THEN y.valid_from ELSE c.opened_on END
        FROM debtors_casefile c
        JOIN debtors_caseaccount l ON l.case_id = c.id AND l.is_live
        JOIN debtors_liability y ON y.account_id = l.account_id
        WHERE {scope} AND (y.valid_from IS NULL OR y.valid_from <= %s) AND (y.valid_to IS NULL OR y.valid_to > %s)
          AND NOT EXISTS (SELECT 1 FROM debtors_casedebtor d WHERE d.case_id = c.id AND d.debtor_id = y.debtor_id)
        """,
        [on, on],
    )


def _refresh_texts(scope: str) -> int:
    """What lists show and search in, for the cases that lack something they should show."""
    stale = [pk for (pk,) in rows(_stale_texts(scope))]
    if not stale:
        return 0
    scope = f"c.id IN ({', '.join(map(str, stale))})"
    live = f"debtors_casefile c JOIN debtors_caseaccount l ON l.case_id = c.id AND l.is_live WHERE {scope}"
    tied = f"debtors_casefile c JOIN debtors_casedebtor d ON d.case_id = c.id AND d.valid_to IS NULL WHERE {scope}"
    fill_texts(
        links=f"SELECT c.account_id AS main_id, l.account_id FROM {live}",
        people=f"SELECT c.account_id AS main_id, d.debtor_id, d.id AS place FROM {tied}",
    )
    return execute(
        f"UPDATE debtors_casefile AS c SET {_assign(TEXTS, 'n')} FROM {TEXT_TABLE} n "
        f"WHERE {scope} AND c.account_id = n.main_id AND {_differs(TEXTS, 'c', 'n')}"
    )


def _stale_texts(scope: str) -> str:
    """SQL: cases whose texts lack an account, the address or a person. Far cheaper than building all texts anew."""
    lacks = "strpos" if on_postgres() else "instr"
    return f"""
        SELECT c.id FROM debtors_casefile c
        JOIN debtors_caseaccount l ON l.case_id = c.id AND l.is_live
        JOIN debtors_utilityaccount a ON a.id = l.account_id
        LEFT JOIN debtors_premises p ON p.id = a.premises_id
        LEFT JOIN debtors_house h ON h.id = p.house_id
        WHERE {scope} AND ({lacks}(c.account_numbers, a.number) = 0 OR {lacks}(c.search, a.search) = 0
              OR a.id = c.account_id AND (c.category <> a.category OR c.address <> {SHOWN_ADDRESS}))
        UNION
        SELECT c.id FROM debtors_casefile c
        JOIN debtors_casedebtor d ON d.case_id = c.id AND d.valid_to IS NULL
        JOIN debtors_debtor p ON p.id = d.debtor_id
        WHERE {scope} AND {lacks}(c.debtor_names, p.name) = 0
    """
