"""The text of a payment code with a creditor's own requisites (ГОСТ Р 56042-2014)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from casedesk.access.models import CreditorRequisites, Organisation
from casedesk.common.refusals import Refusal
from casedesk.norms.calculators.payment_qr import calculate
from casedesk.norms.queries.current import current
from casedesk.norms.reading import Reading

HOUSING = "02"
"""TechCode of payments for housing and utilities."""
LONGEST_PURPOSE = 210
NOT_ALLOWED = {ord(sign): " " for sign in "\r\n\t"}


class NoRequisites(Refusal):
    """Nobody told where debtors pay this creditor, so no payment code can be made."""

    code = "no_requisites"


def requisites_on(creditor: Organisation, on: dt.date) -> CreditorRequisites | None:
    """Where debtors pay the creditor on the day; None when nobody told."""
    return creditor.requisites.filter(valid_from__lte=on).order_by("-valid_from").first()


@dataclass(frozen=True)
class PaymentCodes:
    """Codes of one creditor on a day: the requisites are read once, whatever the number of codes."""

    creditor: Organisation
    on: dt.date

    @cached_property
    def _payee(self) -> CreditorRequisites | None:
        return requisites_on(self.creditor, self.on)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(current(), "код для оплаты")

    def code(self, *, kopecks: int, purpose: str, account: str = "", payer: str = "", address: str = "") -> str:
        """The code's text; empty when the creditor's requisites are not known or there is nothing to pay."""
        if self._payee is None or kopecks <= 0:
            return ""
        further = {"Sum": str(kopecks), "Purpose": purpose[:LONGEST_PURPOSE], "PersAcc": account}
        fields = [*self._payee.qr_fields(), *_given(further), *_given(_named(payer)), *_given({"PayerAddress": address})]
        asked = {"encoding": "utf8", "fields": [list(field) for field in [*fields, ("TechCode", HOUSING)]]}
        return calculate(asked, self._reading)["string"]

    def must(self, **asked) -> str:
        """The code's text. Raises NoRequisites."""
        found = self.code(**asked)
        if not found:
            raise NoRequisites(
                f"У взыскателя «{self.creditor}» на {self.on:%d.%m.%Y} нет реквизитов для оплаты. "
                "Заполните их: без них нельзя напечатать код и квитанцию."
            )
        return found


def _named(payer: str) -> dict[str, str]:
    """The parts of one person's full name; a line with several people or a firm says nothing certain."""
    parts = payer.split()
    if len(parts) != 3 or not all(part.replace("-", "").isalpha() for part in parts):
        return {}
    return dict(zip(("LastName", "FirstName", "MiddleName"), parts, strict=True))


def _given(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    cleaned = ((name, value.translate(NOT_ALLOWED).strip()) for name, value in fields.items())
    return [(name, value) for name, value in cleaned if value]
