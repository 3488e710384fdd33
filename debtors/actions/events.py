"""Record what happened: for one case, or for many in one statement. The only way events come into being."""

import datetime as dt

from casedesk.access.models import User
from debtors.models import CaseEvent, CaseFile
from debtors.queries.dialect import execute, on_postgres
from debtors.rules.case_events import EVENTS


def record(
    code: str,
    *,
    case: CaseFile,
    on: dt.date,
    by: User | None,
    subject=None,
    term_until: dt.date | None = None,
    **data: object,
) -> CaseEvent:
    """Write one event. Raises EventIncomplete when the catalogue asks for a field that is not there."""
    EVENTS[code].check(data)
    return CaseEvent.objects.create(
        case=case,
        code=code,
        happened_on=on,
        recorded_by=by,
        data=data,
        term_until=term_until,
        subject_kind=subject._meta.model_name if subject else "",
        subject_id=subject.pk if subject else None,
    )


def record_for_many(code: str, *, where: str, data: str, params: list, on: dt.date, by: User | None) -> int:
    """Write one event per case of `where` (SQL over `debtors_casefile c`); `data` is SQL that gives the JSON text.

    `params` are those of `data`, then of `where`.
    """
    as_json = f"CAST({data} AS jsonb)" if on_postgres() else data
    return execute(
        f"""
        INSERT INTO debtors_caseevent (case_id, code, happened_on, recorded_by_id, data, subject_kind)
        SELECT c.id, '{EVENTS[code].code}', {literal_day(on)}, {by.pk if by else "NULL"}, {as_json}, ''
        FROM debtors_casefile c WHERE {where}
        """,
        params,
    )


def literal_day(day: dt.date) -> str:
    """A day inside a statement; PostgreSQL wants to be told what it is."""
    return f"CAST('{day.isoformat()}' AS date)" if on_postgres() else f"'{day.isoformat()}'"
