"""Debt by age of arrears: a form for reports. It loses kopecks and history, so it is read for control and never booked."""

from casedesk.common.money import NotMoney, text
from imports.readers.amounts import amount
from imports.readers.layouts.flat import FlatTable
from imports.rows import Problem, Row
from imports.sheets import Cells

KIND = "ageing"


class AgeingTable(FlatTable):
    """One sheet of that kind: the whole debt in `opening`, each age group in `extra` by its heading, all in roubles."""

    layout = "ageing"

    def _data(self, number: int, cells: Cells, found: str, name: str) -> Row:
        row = super()._data(number, cells, found, name)
        if self.context.thousands and row.opening is not None:
            row.opening *= 1000
        for at in self.proposal.columns.get("age_bucket", []):
            try:
                value = amount(cells[at]) if at < len(cells) else None
            except NotMoney as wrong:
                row.problems.append(self._bad_money(number, at, cells[at], wrong))
                continue
            if value is not None:
                heading = self.proposal.header.texts[at].split(" / ")[-1]
                row.extra[heading] = text(value * (1000 if self.context.thousands else 1))
        return row


def not_bookable() -> Problem:
    """Why nothing of such a file is booked."""
    return Problem(
        "ageing_register",
        "Это ведомость задолженности по срокам: в ней нет начислений и оплат по месяцам, а округление теряет копейки, поэтому "
        "долг из неё не заводится. Загрузите оборотно-сальдовую ведомость или реестр начислений; эта годится для сверки.",
    )
