"""Claims as papers for the court: an application for an order or a statement of claim, with the calculation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import Draft
from casedesk.documents.rules.fields import person
from debtors.documents.people import addressee
from debtors.models import POPULATION, Debtor, PreTrialNotice
from enforcement.models import Claim, ClaimDebtor, ClaimLine
from enforcement.rules.claim_stages import ClaimKind, ClaimStage

APPLICATION, STATEMENT = "court_order_application", "claim_statement"
NO_COURT, NO_NAME = "В суд по подсудности", "Должник не установлен"
UNKNOWN = "идентификатор взыскателю неизвестен"


class NoPaperForClaim(Refusal):
    """There is no shipped paper for this kind of claim."""

    code = "no_paper_for_claim"


def paper_kind(claim: Claim) -> str:
    """Which paper the claim goes to court with. Raises NoPaperForClaim for evictions."""
    if claim.kind == ClaimKind.EVICTION:
        raise NoPaperForClaim(f"Для иска о выселении ({claim}) шаблона нет: составьте его отдельно.")
    return APPLICATION if claim.is_order else STATEMENT


def claim_drafts(claims: Iterable[Claim]) -> list[Draft]:
    """Drafts in the order of the claims, each to be made as `paper_kind` says. A fixed number of queries."""
    listed = list(claims)
    ids = [claim.pk for claim in listed]
    lines, parties = defaultdict(list), defaultdict(list)
    for line in ClaimLine.objects.filter(claim__in=ids).select_related("account", "service"):
        lines[line.claim_id].append(line)
    for party in ClaimDebtor.objects.filter(claim__in=ids).select_related("debtor"):
        parties[party.claim_id].append(party)
    notices = _notices({claim.case_file_id for claim in listed})
    return [
        Draft(
            _data(claim, lines[claim.pk], parties[claim.pk], notices.get(claim.case_file_id)),
            ("enforcement.Claim", claim.pk),
            ("debtors.CaseFile", claim.case_file_id),
        )
        for claim in listed
    ]


def _notices(case_ids: set[int]) -> dict[int, PreTrialNotice]:
    """Case id -> the last notice that reached the debtor."""
    sent = PreTrialNotice.objects.filter(case__in=case_ids, state=PreTrialNotice.State.SENT)
    return {notice.case_id: notice for notice in sent.order_by("sent_on", "pk")}


def _data(
    claim: Claim, lines: Sequence[ClaimLine], parties: Sequence[ClaimDebtor], notice: PreTrialNotice | None
) -> dict[str, Any]:
    case = claim.case_file
    of_citizens = case.category in POPULATION
    people = [_party(party, case.address) for party in parties] or [_unnamed(case)]
    data = {
        "court": str(claim.court or claim.court_name or NO_COURT),
        "court_address": claim.court.address if claim.court else None,
        "debtors": people,
        "main_debtor": people[0]["name"],
        "jointly": len(parties) > 1 and all(party.is_joint for party in parties),
        "of_citizens": of_citizens,
        "ground": case.get_category_display().lower() if of_citizens else None,
        "in_arbitrazh": claim.in_arbitrazh,
        "premises": case.address,
        "accounts": ", ".join(sorted({line.account.number for line in lines})),
        "period_from": claim.period_from,
        "period_to": claim.period_to,
        "penalty_through": claim.penalty_through,
        "principal": claim.principal,
        "penalty": claim.penalty,
        "price": claim.price,
        "duty": claim.duty,
        "duty_credited": claim.duty_credited,
        "notice": _warned(notice),
        "lines": [_line(line) for line in lines],
        "attached": [{"title": title} for title in _attached(claim, notice)],
    }
    return data if claim.is_order else data | {"cancelled_order": _cancelled(claim.follows)}


def _party(party: ClaimDebtor, address: str) -> dict[str, Any]:
    debtor = party.debtor
    share = f"в доле {party.share_num}/{party.share_den}"
    return {
        "name": person(debtor.name, declines=debtor.kind == Debtor.Kind.CITIZEN),
        "born": debtor.birth_date,
        "birthplace": debtor.birth_place or None,
        "address": address or None,
        "identifier": debtor.identifier or UNKNOWN,
        "part": "солидарно" if party.is_joint else share,
    }


def _unnamed(case) -> dict[str, Any]:
    return {"name": addressee(case.debtor_names or NO_NAME), "address": case.address or None, "identifier": UNKNOWN}


def _line(line: ClaimLine) -> dict[str, Any]:
    return {
        "account": line.account.number,
        "month": line.month,
        "at_least": line.at_least,
        "service": line.service.name.lower(),
        "amount": line.amount,
        "penalty": line.penalty,
    }


def _warned(notice: PreTrialNotice | None) -> str | None:
    if notice is None:
        return None
    how = notice.get_channel_display()
    return f"Должник предупреждён: {notice} вручено {notice.sent_on:%d.%m.%Y} ({how}). Долг не оплачен."


def _cancelled(order: Claim | None) -> str | None:
    if order is None or not order.is_order or order.stage != ClaimStage.SET_ASIDE:
        return None
    number = f"дело № {order.court_case}, " if order.court_case else ""
    return f"{number}определение от {order.stage_on:%d.%m.%Y}"


def _attached(claim: Claim, notice: PreTrialNotice | None) -> list[str]:
    """What goes to court with the paper (ГПК РФ ст. 124, 132)."""
    found = ["расчёт задолженности и пеней", "выписка из лицевого счёта"]
    if claim.duty_to_pay:
        found.append("документ об уплате государственной пошлины")
    if claim.duty_credited:
        found.append("документ о ранее уплаченной пошлине и ходатайство о зачёте")
    if notice:
        found.append(f"копия документа «{notice}» с отметкой о вручении")
    if _cancelled(claim.follows):
        found.append("копия определения об отмене судебного приказа")
    if not claim.is_order:
        found.append("документы о направлении копий иска и приложений другим лицам, участвующим в деле")
    return [*found, "документ о полномочиях представителя"]
