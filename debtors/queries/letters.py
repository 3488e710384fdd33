"""A reminder as a letter: the kept lines by month and service, and its totals held against the rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from debtors.models import POPULATION, NoticeLine, OpeningRule, PreTrialNotice, Service


class LetterDoesNotAddUp(ValueError):
    """The lines of a notice do not give its total: the paper must not leave the house."""


@dataclass(frozen=True)
class LetterMonth:
    """One month of one account: kopecks by service in the order of the columns."""

    account: str
    month: int
    parts: list[int]
    at_least: bool

    @property
    def total(self) -> int:
        return sum(self.parts)


@dataclass(frozen=True)
class Letter:
    """What is printed."""

    notice: PreTrialNotice
    services: list[Service]
    months: list[LetterMonth]
    accounts: list[str]
    days_to_pay: int
    """The creditor's waiting term, in days from delivery."""

    @property
    def of_citizens(self) -> bool:
        """Citizens owe by the Housing Code, firms and institutions by the law of their resource and the contract."""
        return self.notice.case.category in POPULATION

    @property
    def totals(self) -> list[int]:
        return [sum(row.parts[at] for row in self.months) for at in range(len(self.services))]


def letter(notice: PreTrialNotice) -> Letter:
    """One notice as a letter. Raises LetterDoesNotAddUp."""
    return letters([notice])[0]


def letters(notices: Iterable[PreTrialNotice]) -> list[Letter]:
    """Notices as letters, in the given order; one query for all lines. Raises LetterDoesNotAddUp."""
    listed = list(notices)
    lines: dict[int, list[NoticeLine]] = {}
    for line in NoticeLine.objects.filter(notice__in=listed).select_related("account", "service"):
        lines.setdefault(line.notice_id, []).append(line)
    terms = {
        (creditor, day): OpeningRule.objects.in_force(creditor=creditor, on=day).waiting
        for creditor, day in {(notice.creditor, notice.prepared_on) for notice in listed}
    }
    return [_letter(one, lines.get(one.pk, []), terms[one.creditor, one.prepared_on]) for one in listed]


def _letter(notice: PreTrialNotice, lines: list[NoticeLine], days_to_pay: int) -> Letter:
    if sum(line.amount for line in lines) != notice.total:
        raise LetterDoesNotAddUp(f"{notice}: строки не дают итога {notice.total}")
    services = sorted({line.service for line in lines}, key=lambda service: (service.position, service.pk))
    place = {service.pk: at for at, service in enumerate(services)}
    months: dict[tuple[str, int], LetterMonth] = {}
    for line in sorted(lines, key=lambda line: (line.account.number, line.month)):
        key = line.account.number, line.month
        row = months.get(key) or LetterMonth(*key, [0] * len(services), line.at_least)
        row.parts[place[line.service_id]] += line.amount
        months[key] = row
    return Letter(notice, services, list(months.values()), sorted({line.account.number for line in lines}), days_to_pay)
