"""The short way of a register that simply goes on: same verdicts as judging every line, same figures as a rebuild."""

import datetime as dt

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from debtors.actions import judge_plain
from debtors.actions.book import book, open_booking
from debtors.actions.judge_stage import judge
from debtors.actions.refresh_states import rebuild
from debtors.actions.staging import STAGE, StagedFact, stage_facts
from debtors.models import WHOLE_BILL, Booking, ServiceState
from debtors.queries.dialect import rows
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.test_properties import PROPERTY, derived, forgotten

FIRST = 2024 * 12
TODAY = dt.date(2024, 9, 15)
VERDICTS = "row_no, opening_state, charge_state, payment_state, turnover_state, explained"

lines = st.fixed_dictionaries(
    {
        "account": st.integers(0, 1),
        "service": st.sampled_from([1, 1, 3, 3, 90, WHOLE_BILL]),
        "opening": st.sampled_from(["agrees", "agrees", "agrees", "none", "off"]),
        "charged": st.integers(0, 3000),
        "credited": st.sampled_from([0, 0, 0, 400, 9000]),
        "turnover": st.sampled_from([None, 0, 500, 4000, -300]),
        "skipped": st.sampled_from([0, 0, 0, 0, 1, -1]),
    }
)
payments = st.fixed_dictionaries(
    {
        "account": st.integers(0, 1),
        "pay_service": st.sampled_from([0, 0, 1, 3]),
        "amount": st.integers(1, 5000),
        "day": st.integers(1, 28),
        "skipped": st.sampled_from([0, 0, 1, -1, -2]),
    }
)
registers = st.lists(st.lists(st.one_of(lines, lines, lines, payments), min_size=1, max_size=6), min_size=1, max_size=5)


def staged(books, register: list[dict], month: int) -> list[StagedFact]:
    """The register's lines; an opening that agrees is the ledger's balance as it stands."""
    facts = []
    for number, line in enumerate(register, start=1):
        account, at = books.accounts[line["account"]], month + line["skipped"]
        if "amount" in line:
            day = dt.date(at // 12, at % 12 + 1, line["day"])
            facts.append(StagedFact(number, account.pk, line["pay_service"], amount=line["amount"], paid_on=day))
            continue
        state = ServiceState.objects.filter(account=account, service=line["service"]).first()
        opening = {"agrees": state.balance if state else 700, "none": None, "off": 123}[line["opening"]]
        facts.append(
            StagedFact(
                number,
                account.pk,
                line["service"],
                month=at,
                opening=opening,
                opening_month=None if opening is None else at - 1,
                charged=line["charged"] or None,
                credited=line["credited"] if line["charged"] else 0,
                turnover=line["turnover"],
            )
        )
    return facts


def verdicts(facts: list[StagedFact]) -> list[tuple]:
    stage = stage_facts(facts)
    judge(stage)
    return rows(f"SELECT {VERDICTS} FROM {STAGE} ORDER BY row_no")


def shown(found: list[tuple], facts: list[StagedFact]) -> list[tuple]:
    """Verdicts of parts that are there: that of an opening which a line does not have says nothing."""
    has = {fact.row_no: fact.opening is not None for fact in facts}
    return [(row[0], row[1] if has[row[0]] else None, *row[2:]) for row in found]


@PROPERTY
@given(history=registers)
def test_short_and_full_judging_agree_and_straight_months_equal_a_rebuild(books, history):
    with forgotten():
        for step, register in enumerate(history):
            facts = staged(books, register, FIRST + step)
            with transaction.atomic():
                booking = open_booking(
                    creditor=books.creditor,
                    kind=Booking.Kind.MANUAL,
                    about="проба",
                    by=None,
                    learnt_at=noon(dt.date(2024, 8, 1 + step)),
                )
                short = shown(verdicts(facts), facts)
                assert short == shown(judged_in_full(facts), facts)
                stage = stage_facts(facts)
                judge(stage)
                book(booking=booking, stage=stage, on=TODAY)
        kept = derived()

        changed = rebuild(creditor=books.creditor, by=None, at=noon(dt.date(2024, 9, 1)), on=TODAY)

        assert (derived(), changed) == (kept, 0)


def judged_in_full(facts: list[StagedFact]) -> list[tuple]:
    """The verdicts when every account is taken for one to be judged."""
    short = judge_plain._doubted
    judge_plain._doubted = lambda: f"SELECT DISTINCT account_id FROM {STAGE}"
    try:
        return verdicts(facts)
    finally:
        judge_plain._doubted = short


def test_a_register_that_goes_on_is_not_judged(books, monkeypatch):
    monkeypatch.setattr(judge_plain, "bring_back", None)
    for month in range(FIRST, FIRST + 3):
        facts = [
            StagedFact(
                number,
                account.pk,
                1,
                month=month,
                opening=100 * (month - FIRST + 1),
                opening_month=month - 1,
                charged=300,
                turnover=200,
            )
            for number, account in enumerate(books.accounts, start=1)
        ]
        books.lines = facts
        stage = stage_facts(facts)
        assert judge_plain.pick_judged() == 0, stage
        books.post(f"2024-08-0{month - FIRST + 1}", on=TODAY.isoformat())

    assert set(ServiceState.objects.values_list("balance", flat=True)) == {400}


def test_the_other_accounts_of_the_file_are_judged_alone(books):
    for account in (0, 1):
        books.charge("2024-01", 300, account=account)
    books.post("2024-08-01")
    facts = [
        StagedFact(1, books.accounts[0].pk, 1, month=FIRST + 1, opening=300, opening_month=FIRST, charged=300),
        StagedFact(2, books.accounts[1].pk, 1, month=FIRST + 1, opening=999, opening_month=FIRST, charged=300),
        StagedFact(3, books.accounts[2].pk, 1, month=FIRST + 1, opening=50, opening_month=FIRST, charged=300),
    ]

    with transaction.atomic():
        judge(stage_facts(facts))
        judged = [account for (account,) in rows(f"SELECT account_id FROM {judge_plain.DOUBTED}")]
        states = rows(f"SELECT row_no, opening_state FROM {STAGE} ORDER BY row_no")

    assert (judged, states) == ([books.accounts[1].pk], [(1, 1), (2, 2), (3, 0)])
