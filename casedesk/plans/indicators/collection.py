"""The month's money: what the collection form (L-App4) is made of."""

from collections.abc import Callable, Iterable

from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100
from casedesk.plans.queries.flows import Flow, flow_sums, flows
from casedesk.plans.queries.question import Question

_CHARGED = Column("charged", "Начислено, ₽")
_PAID = Column("paid", "Оплачено, ₽")
_ENFORCED = Column("enforced", "Через приставов, ₽")


def _money(code: str, name: str, definition: str, columns: tuple[Column, ...], **more) -> Indicator:
    """An indicator over the month's flows; its columns name fields of `Flow`."""
    pick: Callable[[Flow], Totals] = lambda flow: tuple(getattr(flow, column.name) for column in columns)  # noqa: E731

    def totals(question: Question) -> Totals:
        return pick(question.answers.once("flow_sums", flow_sums))

    def facts(question: Question) -> Iterable[Fact]:
        lines = ((account, pick(flow)) for (account, _), flow in _flows(question).items())
        return [Fact(amounts, account=account) for account, amounts in lines if any(amounts)]

    return Indicator(code, name, definition, more.pop("unit", Unit.RUB), "L-App4", columns, totals, facts, **more)


def _flows(question: Question) -> dict[tuple[int, str], Flow]:
    return question.answers.once("flows", flows)


def _rate(totals: Totals) -> int | None:
    paid, charged = totals
    return share_x100(paid, charged)


register(
    _money(
        "collection.charged",
        "Начислено за месяц",
        "Начисления месяца с перерасчётами, без пеней и без входящих остатков.",
        (_CHARGED,),
        dated="за месяц",
    ),
    _money(
        "collection.paid",
        "Оплачено за месяц",
        "Все деньги, поступившие в месяце, за какой бы период они ни были; без пеней.",
        (_PAID,),
        dated="за месяц",
    ),
    _money(
        "collection.rate",
        "Процент сбора",
        "Оплачено за месяц, делённое на начисленное за месяц.",
        (_PAID, _CHARGED),
        unit=Unit.PERCENT,
        figure=_rate,
        dated="за месяц",
    ),
    _money(
        "collection.enforced",
        "Получено в ходе исполнения",
        "Деньги месяца от судебных приставов и работодателей и всё, что уплачено по судебным актам прямо взыскателю.",
        (_ENFORCED,),
        dated="за месяц",
    ),
)
