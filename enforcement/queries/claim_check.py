"""The check before filing: what stops a claim, what the court would send it back for, what to know."""

from collections.abc import Iterator

from casedesk.common import money
from casedesk.common.refusals import NotAllowed
from casedesk.norms.catalogue import Catalogue
from debtors.models import CaseFile, Category, Debtor
from debtors.states.case_file import CASE
from enforcement.queries.claim_draft import Asked, Draft
from enforcement.queries.claim_facts import ClaimFacts
from enforcement.rules.claim_duty import order_limit
from enforcement.rules.claim_gaps import Gap, missing, note, stops
from enforcement.rules.claim_shares import NOBODY
from enforcement.rules.claim_stages import ClaimKind, ClaimStage
from enforcement.rules.jurisdiction import TO_WHOM, court_kind
from enforcement.rules.other_measures import eviction_months


def stops_of(case: CaseFile, accounts, facts: ClaimFacts, asked: Asked) -> Iterator[Gap]:
    """What forbids any claim of the case today."""
    try:
        CASE.check(case, "prepare_claim", asked.on)
    except NotAllowed as refusal:
        yield stops("not_allowed", refusal.message)
    if facts.stale[case.creditor_id]:
        yield stops("stale_payments", facts.stale[case.creditor_id])
    for account in accounts:
        if account.pk in facts.unknown_penalty:
            yield stops("penalty_unknown", f"пени по {account} не сосчитаны: {facts.unknown_penalty[account.pk]}")


def nothing_open(case: CaseFile, accounts, facts: ClaimFacts) -> Gap:
    """Why there is nothing to claim: all is held, or past limitation."""
    expired = sum(facts.expired.get(account.pk, 0) for account in accounts)
    if expired:
        words = (
            f"по делу № {case.number} свободный долг {money.spaced(expired)} ₽ весь за исковой давностью (ГК РФ ст. 196, 199)."
        )
        return stops("nothing_open", f"{words} Его можно включить, отметив «с истёкшей давностью».")
    return stops("nothing_open", f"по делу № {case.number} нет просроченного долга, не взятого другим требованием.")


def gaps_of(draft: Draft, accounts, facts: ClaimFacts, asked: Asked, norms: Catalogue) -> Iterator[Gap]:
    """What one claim lacks, and what to know of it."""
    yield from _people_gaps(draft, accounts)
    yield from _paper_gaps(draft, facts, asked)
    yield from _court_gaps(draft, facts, asked, norms)
    yield from _kind_gaps(draft, accounts, asked, norms)
    expired = sum(facts.expired.get(account.pk, 0) for account in accounts)
    if expired:
        yield note("expired", f"не взято за исковой давностью: {money.spaced(expired)} ₽ (ГК РФ ст. 196).")
    for warning in draft.duty.warnings:
        yield note("doubtful_norm", warning)


def _people_gaps(draft: Draft, accounts) -> Iterator[Gap]:
    if draft.party == NOBODY:
        words = "за эти месяцы никто не назван ответственным: укажите собственников, нанимателей и их доли."
        yield stops("no_debtor", words, about="owners", pk=accounts[0].pk)
    for account, name in draft.holders.items():
        yield note("holder", f"ответчиком станет владелец счёта из реестра: {name}.")
        yield missing("birth_date", f"нет даты рождения: {name} (ГПК РФ ст. 124 ч. 2).", about="holder", pk=account)
        yield missing("identifier", f"нет СНИЛС, ИНН, паспорта: {name} (ГПК РФ ст. 124 ч. 2).", about="holder", pk=account)
    for debtor, _ in draft.debtors:
        yield from _person_gaps(debtor)


def _person_gaps(debtor: Debtor) -> Iterator[Gap]:
    here = {"about": "debtor", "pk": debtor.pk}
    if debtor.kind == Debtor.Kind.ORGANISATION:
        if not debtor.inn:
            yield missing("identifier", f"нет ИНН: {debtor.name} (АПК РФ ст. 125).", **here)
        return
    if not debtor.birth_date:
        yield missing("birth_date", f"нет даты рождения: {debtor.name} (ГПК РФ ст. 124 ч. 2).", **here)
    if not debtor.identifier:
        yield missing("identifier", f"нет СНИЛС, ИНН, паспорта: {debtor.name} (ГПК РФ ст. 124 ч. 2).", **here)


def _paper_gaps(draft: Draft, facts: ClaimFacts, asked: Asked) -> Iterator[Gap]:
    notice = facts.notices.get(draft.case.pk)
    if notice is None:
        yield missing("notice", "нет вручённого напоминания: подготовьте его и отметьте вручение.")
    elif notice.waiting_until > asked.on:
        yield missing(
            "notice", f"срок на добровольную оплату по напоминанию № {notice.number} идёт по {notice.waiting_until:%d.%m.%Y}."
        )
    if not draft.address:
        yield missing("address", "нет адреса должника: суд не примет заявление без него (ГПК РФ ст. 124, 131).")
    if any(line.at_least for line in draft.lines):
        yield note("opening", "в сумме есть входящее сальдо без разбивки по месяцам: суд спросит, за что оно.")


def _court_gaps(draft: Draft, facts: ClaimFacts, asked: Asked, norms: Catalogue) -> Iterator[Gap]:
    """Nobody is known to judge at this address, or two do; a name from the filing policy is told apart from an address."""
    if asked.court_name or draft.court:
        return
    why = _no_court(draft, facts, court_kind(draft.kind, draft.price, asked.on, norms))
    if draft.court_name:
        yield note("court_by_policy", f"суд «{draft.court_name}» взят не по адресу: {why}")
    else:
        yield missing("court", f"не известен суд: {why}")


def _no_court(draft: Draft, facts: ClaimFacts, kind: str) -> str:
    """Why the address names no court of the kind, and what to do."""
    place = draft.address or "у счёта"
    if draft.case.pk not in facts.courts.places:
        return f"{place}: дом не назван. Дополните адрес счёта или укажите суд здесь."
    conflict = facts.courts.answer(draft.case.pk, kind).conflict
    if conflict:
        names = ", ".join(str(facts.courts.courts[pk]) for pk in conflict)
        return f"{place} записан сразу за несколькими: {names}. Закройте лишний адрес в разделе «Суды»."
    return (
        f"{place} на {facts.on:%d.%m.%Y} не отнесён ни к одному {TO_WHOM[kind]}. "
        "Добавьте улицу суду в разделе «Суды», загрузите список участков или укажите суд здесь."
    )


def _kind_gaps(draft: Draft, accounts, asked: Asked, norms: Catalogue) -> Iterator[Gap]:
    if draft.kind in (ClaimKind.ORDER, ClaimKind.ARBITRAZH_ORDER):
        limit = order_limit(draft.kind == ClaimKind.ARBITRAZH_ORDER, asked.on, norms)
        if draft.price > limit:
            words = (
                f"{money.spaced(draft.price)} ₽ больше {money.spaced(limit)} ₽: приказ не выдадут (ГПК РФ ст. 121). Нужен иск."
            )
            yield stops("order_limit", words)
        if draft.follows and draft.follows.stage == ClaimStage.SET_ASIDE:
            words = f"приказ по требованию № {draft.follows.number} отменён: то же взыскивают иском (ГПК РФ ст. 129)."
            yield stops("not_allowed", words)
    if draft.kind == ClaimKind.EVICTION:
        if accounts[0].category != Category.SOCIAL_TENANT:
            yield stops("eviction", "выселяют только нанимателя по социальному найму (ЖК РФ ст. 90).")
        elif len({line.month for line in draft.lines}) <= (most := eviction_months(asked.on, norms)):
            yield stops("eviction", f"выселение — за неоплату более {most} месяцев (ЖК РФ ст. 90).")
