"""Cases on an agenda as a person may read them: names, addresses and accounts behind the commission's mask."""

from dataclasses import dataclass

from casedesk.access.rights import Right, Role
from casedesk.access.scope import scope_of
from casedesk.commission.models import AgendaItem, Meeting, Regulations
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


class Masks:
    """The masks of any number of meetings for one reader. One query per commission.

    Nothing is hidden from the secretary and the administrator; from anybody else what the regulations of the meeting's day
    hide. A creditor's own people know their debtors: `shown` leaves the mask out on their creditor's cases.
    """

    def __init__(self, user):
        scope = scope_of(user)
        self.is_open = scope.everything or scope.may(Right.RUN_COMMISSION)
        self.is_open |= Role.AUDITOR in scope.roles and bool(scope.territories)
        self._versions: dict[int, list[Regulations]] = {}

    def of(self, meeting: Meeting) -> Mask:
        if self.is_open:
            return OPEN
        commission, day = meeting.commission_id, meeting.held_on or meeting.planned_on
        if commission not in self._versions:
            self._versions[commission] = list(Regulations.objects.filter(commission=commission).order_by("-valid_from"))
        found = (one for one in self._versions[commission] if one.valid_from <= day)
        return next(found, Regulations(commission_id=commission, valid_from=day)).mask


def mask_for(user, meeting: Meeting) -> Mask:
    """The mask of one meeting."""
    return Masks(user).of(meeting)


LISTED = Mask(ShownAs.PART, ShownAs.PART, ShownAs.PART)


def shown(items, user, meeting: Meeting, *, in_list: bool = False, masks: Masks | None = None) -> list[Shown]:
    """The items of a meeting as this person reads them. Two queries beyond the items'; none when `masks` knows the commission.

    A list names people by initials to all but those who run the commission: whole names stand in the file, whose opening is
    written down.
    """
    mask, own = (masks or Masks(user)).of(meeting), scope_of(user).creditors
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
