"""Name who answers for an account: owners, tenants, family, in what share or jointly, from what day; and when it ends."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import Q

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.moves import check_may
from debtors.actions.record_papers import Papers, read_papers
from debtors.models import Debtor, Liability, UtilityAccount


class WrongShare(Refusal):
    """The share is no proper fraction, or the shares of the period exceed the whole."""

    code = "wrong_share"


class WrongPeriod(Refusal):
    """The period would end before it starts, or it has ended already."""

    code = "wrong_period"


@dataclass(frozen=True)
class Share:
    """How a person answers. `kind` and `ground` as `Liability` names them; `since` empty: from the beginning."""

    kind: str = Liability.Kind.JOINT
    ground: str = Liability.Ground.OWNER
    num: int = 1
    den: int = 1
    since: dt.date | None = None


@transaction.atomic
def name_liable(*, account: UtilityAccount, papers: Papers, share: Share, by: User, on: dt.date) -> Liability:
    """Make a person liable for the account. Raises NotAllowed, WrongShare (ГК РФ ст. 249), WrongPapers."""
    check_may(by, Right.WORK_CASES)
    account = UtilityAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    joint = share.kind == Liability.Kind.JOINT
    if not joint:
        _check_share(account, share)
    debtor = Debtor(**read_papers(papers, on))
    debtor.save()
    return Liability.objects.create(
        account=account,
        debtor=debtor,
        kind=share.kind,
        ground=share.ground,
        share_num=1 if joint else share.num,
        share_den=1 if joint else share.den,
        valid_from=share.since,
    )


def _check_share(account: UtilityAccount, share: Share) -> None:
    if not 0 < share.num <= share.den:
        raise WrongShare(f"Доля {share.num}/{share.den}: числитель от 1 до знаменателя. Исправьте долю.")
    meets = Q() if share.since is None else Q(valid_to__isnull=True) | Q(valid_to__gt=share.since)
    others = account.liabilities.filter(meets, kind=Liability.Kind.BY_SHARE).values_list("share_num", "share_den")
    taken = sum((Fraction(num, den) for num, den in others), Fraction(0))
    if taken + Fraction(share.num, share.den) > 1:
        raise WrongShare(
            f"По {account} уже названы доли на {taken}, вместе с {share.num}/{share.den} больше целого (ГК РФ ст. 249). "
            "Закончите прежнюю долю или исправьте эту."
        )


@transaction.atomic
def end_liability(*, liability: Liability, valid_to: dt.date, by: User) -> Liability:
    """The person answers for nothing from the day on. Raises NotAllowed, WrongPeriod."""
    check_may(by, Right.WORK_CASES)
    liability = Liability.objects.select_for_update(of=("self",)).select_related("debtor").get(pk=liability.pk)
    if liability.valid_to:
        raise WrongPeriod(f"{liability.debtor.name} уже не отвечает с {liability.valid_to:%d.%m.%Y}.")
    if liability.valid_from and valid_to <= liability.valid_from:
        raise WrongPeriod(
            f"{liability.debtor.name} отвечает с {liability.valid_from:%d.%m.%Y}: закончить можно только днём позже."
        )
    liability.valid_to = valid_to
    liability.save(update_fields=["valid_to"])
    return liability
