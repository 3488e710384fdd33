"""Cases on an agenda as a person may read them: names, addresses and accounts behind the commission's mask."""

from dataclasses import dataclass

from casedesk.access.rights import Right, Role
from casedesk.access.scope import scope_of
from casedesk.commission.models import AgendaItem, Meeting
from casedesk.commission.queries.quorum import regulations_of
from casedesk.commission.rules.masking import OPEN, Mask, masked_account, masked_address, masked_name, stricter
from casedesk.commission.rules.words import Shown as ShownAs


@dataclass(frozen=True)
class Shown:
    """An item with what of its person may be read."""

    item: AgendaItem
    name: str
    address: str
    accounts: str
    masked: bool


def mask_for(user, meeting: Meeting) -> Mask:
    """Nothing is hidden from the secretary and the administrator; from anybody else what the regulations hide.

    A creditor's own people know their debtors: `shown` leaves the mask out on their creditor's cases.
    """
    scope = scope_of(user)
    if scope.everything or scope.may(Right.RUN_COMMISSION) or (Role.AUDITOR in scope.roles and scope.territories):
        return OPEN
    return regulations_of(meeting).mask


LISTED = Mask(ShownAs.PART, ShownAs.PART, ShownAs.PART)


def shown(items, user, meeting: Meeting, *, in_list: bool = False) -> list[Shown]:
    """The items as this person reads them. Two queries beyond the items'.

    A list names people by initials to all but those who run the commission: whole names stand in the file, whose opening is
    written down.
    """
    mask, own = mask_for(user, meeting), scope_of(user).creditors
    if in_list and not scope_of(user).may(Right.RUN_COMMISSION):
        mask = stricter(mask, LISTED)
    return [_shown(item, OPEN if item.case.creditor_id in own else mask) for item in items]


def _shown(item: AgendaItem, mask: Mask) -> Shown:
    case = item.case
    return Shown(
        item,
        masked_name(case.debtor_names, mask.name) or f"дело № {case.number}",
        masked_address(case.address, mask.address),
        masked_account(case.account_numbers, mask.account),
        mask.hides,
    )
