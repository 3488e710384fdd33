"""A whole town through the real import path: every figure is what the town's own judge says, to the kopeck.

The judge (`casedesk.town.replay`) is a naive line-by-line replay that shares no code with the ledger.
"""

import datetime as dt
import json
from collections import Counter

import pytest
from django.conf import settings

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.common.money import text
from casedesk.plans.models import IndicatorUse, Plan
from casedesk.plans.queries.collection_form import collection_form
from casedesk.plans.queries.question import Question, Reach, end_of
from casedesk.plans.queries.report import figures, report
from casedesk.plans.rules.lights import written
from casedesk.town import TownPlan, build_town
from debtors.actions.open_cases import open_cases
from debtors.actions.refresh_states import refresh_states
from debtors.models import CaseFile, Premises
from debtors.queries.ageing import age
from tests.factories.town import found_town, load_files

SHIPPED = ("B", "Z", "P", "L")
SPLITS = ((), ("creditor",), ("category",), ("resource",), ("resource", "category"), ("creditor", "resource"))


def test_small_town(db, tmp_path):
    live_through(TownPlan(accounts=75, months=14, seed=3), tmp_path / "town")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True, available_apps=settings.INSTALLED_APPS)
def test_town_of_two_thousand(tmp_path):
    """Every file commits, as in life: hundreds of imports in one transaction would hold the locks of all their tables.

    `available_apps` lets PostgreSQL cascade when it empties the tables afterwards.
    """
    live_through(TownPlan(accounts=2000, months=36, seed=1), tmp_path / "town")


def live_through(plan: TownPlan, root) -> None:
    """Load files as they arrive, opening and closing cases on the way; ask everything before and after the late files."""
    build_town(plan, root)
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))
    manifest = found_town(root)
    *passes, last_pass = truth["case_passes"]

    waiting = list(manifest["files"])
    for done in passes:
        now = [entry for entry in waiting if entry["arrives_on"] <= done["on"]]
        assert file_differences(truth, load_files(root, now)) == []
        assert case_differences(done) == []
        waiting = waiting[len(now) :]
    assert waiting == []
    assert ageing_differences(truth["ageing"]["first"], known_on=None) == []
    assert plan_differences(plan, truth, "first", known_on=None) == []

    before_late = end_of(plan.late_on - dt.timedelta(days=1))
    assert file_differences(truth, load_files(root, manifest["late_files"])) == []
    assert case_differences(last_pass) == []
    assert ageing_differences(truth["ageing"]["all"], known_on=None) == []
    assert plan_differences(plan, truth, "all", known_on=None) == []
    assert ageing_differences(truth["ageing"]["first"], known_on=before_late) == []
    assert plan_differences(plan, truth, "first", known_on=before_late) == []
    assert dict(Counter(Premises.objects.values_list("tenure", flat=True))) == truth["premises"]


def file_differences(truth: dict, answers: dict[str, dict]) -> list:
    """Files that gave other numbers of rows than they hold."""
    wrong = []
    for path, answer in answers.items():
        expected = truth["files"][path]
        got = {name: answer["rows"][name] for name in ("read", "accepted", "known", "rejected")}
        if answer["status"] not in ("applied", "nothing_new") or any(got[name] != expected[name] for name in got):
            wrong.append((path, str(answer["status"]), got, expected, answer["problems"][:2]))
    return wrong


def ageing_differences(days: dict, *, known_on: dt.datetime | None) -> list:
    """Days and groups whose ageing is not what the judge says."""
    wrong = []
    for day, groups in days.items():
        for by in SPLITS:
            answer = age(None, as_of=dt.date.fromisoformat(day), known_on=known_on, by=by)
            rows = answer.rows if by else [({}, answer.figures)]
            told = {",".join(f"{name}={group[name]}" for name in by) or "all": found for group, found in rows}
            keys = {key for key in groups if key_names(key) == by} - {key for key in groups if "resource=pool" in key}
            for key in sorted(keys | {key for key, found in told.items() if found.total}):
                expected, found = groups.get(key), told.get(key)
                if not same_figures(expected, found, whole="resource" not in by):
                    wrong.append((day, key, expected, found))
    return wrong


def key_names(key: str) -> tuple[str, ...]:
    return () if key == "all" else tuple(part.split("=")[0] for part in key.split(","))


def same_figures(expected: dict | None, found, *, whole: bool) -> bool:
    """Credit and penalties are compared where a group does not split by resource: the pool has none."""
    if expected is None or found is None:
        return (expected is None or expected["total"] == "0.00") and (found is None or not found.total)
    told = {"total": text(found.total), "not_yet_due": text(found.not_yet_due)}
    told["buckets"] = {name: text(amount) for name, amount in found.buckets.items()}
    if whole:
        told |= {"credit": text(found.credit), "penalty": text(found.penalty), "accounts": found.accounts}
    return all(expected[name] == value for name, value in told.items())


def case_differences(done: dict) -> list:
    """Accounts whose case was opened or closed on the day otherwise than the rule says."""
    on, wrong = dt.date.fromisoformat(done["on"]), []
    for creditor in Organisation.objects.filter(kind=Organisation.Kind.CREDITOR):
        refresh_states(on=on, creditor=creditor)
        was = numbers(creditor, is_open=True)
        open_cases(creditor=creditor, on=on, by=None)
        now = numbers(creditor, is_open=True)
        for what, got in (("opened", now - was), ("closed", was - now)):
            expected = set(done[what].get(creditor.code, ()))
            if got != expected:
                wrong.append((done["on"], creditor.code, what, sorted(got ^ expected)))
    return wrong


def numbers(creditor: Organisation, **only) -> set[str]:
    return set(CaseFile.objects.filter(creditor=creditor, **only).values_list("account__number", flat=True))


def plan_differences(plan: TownPlan, truth: dict, known: str, *, known_on: dt.datetime | None) -> list:
    """Figures of the shipped plans, month by month over the last year, against the judge."""
    wrong = []
    for month in list(plan.span)[-12:]:
        question = Question(month, Reach(), known_at=known_on, base_on=months.last_day(plan.last - 12))
        wrong += figure_differences(question, truth["indicators"][known][months.iso(month)])
        if form_row(question) != expected_form(truth, known, month):
            wrong.append((months.iso(month), "L-App4", form_row(question), expected_form(truth, known, month)))
    return wrong


def figure_differences(question: Question, expected: dict) -> list:
    """Every figure of the four plans that is not what the judge says, or that the judge does not speak of."""
    wrong = []
    for plan in Plan.objects.filter(code__in=SHIPPED):
        for figure in figures(report(plan, question)):
            name = name_of(figure.use)
            told = written(figure.value, figure.indicator.unit)
            if name not in expected or told != expected[name]["value"]:
                wrong.append((months.iso(question.period), plan.code, name, told, expected.get(name)))
    return wrong


def name_of(use: IndicatorUse) -> str:
    """The use as the truth names it: with the parameters that tell it from another use of the same indicator."""
    told = [*use.params.get("topics", ()), *use.params.get("offices", ())]
    return f"{use.indicator}: {', '.join(told)}" if told else use.indicator


def expected_form(truth: dict, known: str, month: int) -> dict[str, tuple]:
    """Charged, paid, enforced and the debt at the start, of the population and of the others."""
    before = truth["ageing"][known].get(months.last_day(month - 1).isoformat(), {})
    rows = {}
    for name, categories in (("population", ("owner", "social_tenant")), ("other", OTHERS)):
        flow = truth["flows"][known][months.iso(month)].get(f"consumers={name}", {})
        charged = cents(flow.get("charged", "0")) - cents(flow.get("credited", "0"))
        debt = sum(cents(total_of(before, f"category={category}")) for category in categories)
        rows[name] = (debt, charged, cents(flow.get("paid", "0")), cents(flow.get("enforced", "0")))
    return rows


OTHERS = ("legal_entity", "municipal_institution", "managing_company", "supplier")


def form_row(question: Question) -> dict[str, tuple]:
    population, other, _ = collection_form(question)
    return {row.key: (row.debt_at_start, row.charged, row.paid, row.enforced) for row in (population, other)}


def total_of(groups: dict, key: str) -> str:
    return groups[key]["total"] if key in groups else "0.00"


def cents(sum_: str) -> int:
    return int(sum_.replace(".", ""))
