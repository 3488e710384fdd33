"""Receptions, consultations, appeals, meetings, placements, letters, causes of debts: rows Z5d, Z7, Z8, P1, P2.3, P3.2, L4-L10.

Each figure counts events recorded with a day, an author and, where the kind asks for it, a paper. An event taken back counts
no more; asked as known on an earlier day, it counts as it did then.
"""

from collections.abc import Callable, Iterable

from django.db.models import Q

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Unit, register, total_of
from casedesk.plans.queries.question import Question, Reach
from debtors.models import CaseFile, OutreachEvent
from debtors.queries.outreach import causes
from debtors.rules.outreach_kinds import CAUSES, OFFERS_OF_AGREEMENT, WRITE_OFF_CAUSES

Amounts = Callable[[OutreachEvent], tuple[int, ...]]


def of_reach(reach: Reach) -> Q:
    """Events of the creditors whose accounts are counted, and of the municipality itself."""
    if reach.everything:
        return Q()
    own = Q(organisation__in=reach.organisations())
    municipal = Q(organisation__kind=Organisation.Kind.MUNICIPALITY)
    if reach.territories is not None:
        municipal &= Q(organisation__territory__in=reach.territories)
    if reach.territory is not None:
        municipal &= Q(organisation__territory=reach.territory)
    return own | municipal


def _events(question: Question, kinds: Iterable[str]) -> list[OutreachEvent]:
    """Events of the kinds in the month that count; `topics` of the plan's parameters narrows them. One query for a page."""
    found = question.answers.once("outreach", _month)
    topics = question.params.get("topics")
    return [event for event in found if event.kind in kinds and (not topics or event.data.get("topic") in topics)]


def _month(question: Question) -> list[OutreachEvent]:
    """All events of the month that count."""
    days = (months.first_day(question.period), months.last_day(question.period))
    found = OutreachEvent.objects.live(question.known_at).filter(of_reach(question.reach), happened_on__range=days)
    return list(found.select_related("organisation", "document").order_by("happened_on", "pk"))


def _fact(event: OutreachEvent, amounts: Amounts) -> Fact:
    """Names stand on the account's line only, which knows who may read them."""
    named = f"{event.of_kind.title}: {event.words}" if event.words else event.of_kind.title
    label = "" if event.account_id else event.of_kind.title
    about = f"{event.organisation.name}: {event.words or event.proof}" if label else named
    return Fact(
        amounts(event),
        account=event.account_id,
        label=label,
        about=about,
        url=event.get_absolute_url(),
        on=event.happened_on,
    )


def _counted(
    code: str,
    name: str,
    definition: str,
    source: str,
    kinds: tuple[str, ...],
    columns: tuple[Column, ...],
    amounts: Amounts = lambda event: (1,),
) -> Indicator:
    """An indicator that counts events of the kinds."""

    def facts(question: Question) -> list[Fact]:
        return [_fact(event, amounts) for event in _events(question, kinds)]

    def totals(question: Question) -> tuple[int, ...]:
        return total_of(facts(question), len(columns))

    return Indicator(code, name, definition, Unit.COUNT, source, columns, totals, facts, dated="за месяц")


def _people(event: OutreachEvent) -> tuple[int, ...]:
    return (1, event.data.get("people", 0))


def _on_case(event: OutreachEvent) -> tuple[int, ...]:
    return (1, int(event.case_id is not None))


def _reception(event: OutreachEvent) -> tuple[int, ...]:
    offered = event.data.get("offer") in OFFERS_OF_AGREEMENT
    return (1, int(offered), int(event.data.get("outcome") == "agreement"))


def _letter(event: OutreachEvent) -> tuple[int, ...]:
    return (1, (event.document.total or 0) if event.document else 0)


_ON_CASES = Column("on_cases", "По открытым делам", "number")
_PEOPLE = Column("people", "Человек", "number")

register(
    _counted(
        "outreach.placements",
        "Размещения информации",
        "Число размещений за месяц: сайт, газета, стенд, оборот квитанции; каждое со ссылкой, номером выпуска или снимком.",
        "Z7a, P1.2, L4, L5, L6",
        ("placement",),
        (Column("placements", "Размещений", "number"), Column("copies", "Экземпляров", "number")),
        lambda event: (1, event.data.get("copies", 0)),
    ),
    _counted(
        "outreach.consultations",
        "Консультации",
        "Число консультаций за месяц: в офисе, по телефону, на выезде, через интернет.",
        "Z7b",
        ("consultation",),
        (Column("consultations", "Консультаций", "number"), _ON_CASES),
        _on_case,
    ),
    _counted(
        "outreach.appeals",
        "Рассмотренные обращения",
        "Число письменных обращений, на которые в этом месяце дан ответ с номером и днём.",
        "Z7c",
        ("appeal",),
        (Column("appeals", "Обращений", "number"), _ON_CASES),
        _on_case,
    ),
    _counted(
        "outreach.receptions",
        "Личные приёмы",
        "Число приёмов за месяц; из них с предложением рассрочки или отсрочки и с согласием на соглашение.",
        "P3.2, L7",
        ("reception",),
        (
            Column("receptions", "Приёмов", "number"),
            Column("offers", "Предложена рассрочка", "number"),
            Column("agreed", "Согласны на соглашение", "number"),
        ),
        _reception,
    ),
    _counted(
        "outreach.resident_meetings",
        "Встречи с жителями",
        "Число собраний жителей с поставщиками услуг за месяц и сколько пришло людей.",
        "Z5d",
        ("residents_meeting",),
        (Column("meetings", "Встреч", "number"), _PEOPLE),
        _people,
    ),
    _counted(
        "outreach.joint_meetings",
        "Совместные совещания",
        "Число совещаний муниципалитета, приставов, организаций и общественных советов за месяц, с протоколом.",
        "P1.1",
        ("joint_meeting",),
        (Column("meetings", "Совещаний", "number"), _PEOPLE),
        _people,
    ),
    _counted(
        "outreach.letters_employers",
        "Письма работодателям",
        "Число писем руководителям организаций, отправленных за месяц.",
        "P1.3",
        ("letter_employer",),
        (Column("letters", "Писем", "number"),),
    ),
    _counted(
        "outreach.letters_institutions",
        "Письма руководителям учреждений",
        "Число писем о долге учреждений за месяц и сумма долга, названная в них.",
        "L10",
        ("letter_institution",),
        (Column("letters", "Писем", "number"), Column("asked", "Долг в письмах, ₽")),
        _letter,
    ),
    _counted(
        "outreach.support_helped",
        "Помощь с документами на субсидию",
        "Скольким людям в этом месяце помогли собрать документы на субсидию или меру поддержки.",
        "P2.3, L6, Z8",
        ("support_helped",),
        (Column("people", "Человек", "number"), _ON_CASES),
        _on_case,
    ),
    _counted(
        "outreach.support_granted",
        "Предоставленная поддержка",
        "Скольким людям в этом месяце предоставлена субсидия, льгота или помощь, с номером решения.",
        "Z8",
        ("support_granted",),
        (Column("people", "Человек", "number"), _ON_CASES),
        _on_case,
    ),
)


def _cause_facts(question: Question) -> list[Fact]:
    """Cases open on the day whose cause was told by then."""
    cases = CaseFile.objects.filter(opened_on__lte=question.as_of)
    cases = cases.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=question.as_of))
    if not question.reach.everything:
        cases = cases.filter(account__in=question.reach.accounts())
    told = causes(cases.values("pk"), through=question.as_of, known_at=question.known_at)
    return [
        Fact(
            (1, int(told[case.pk] in WRITE_OFF_CAUSES)),
            account=case.account_id,
            about=f"дело № {case.number}: {CAUSES[told[case.pk]]}",
            url=case.get_absolute_url(),
        )
        for case in cases.filter(pk__in=told).order_by("pk")
    ]


register(
    Indicator(
        "outreach.causes",
        "Дела с известной причиной долга",
        "Число дел, открытых на конец месяца, по которым причина долга установлена; из них с причиной, по которой смотрят "
        "законное списание: недееспособность, банкротство, давность, смерть, трудная ситуация.",
        Unit.COUNT,
        "L8",
        (Column("cases", "Дел", "number"), Column("write_off", "К списанию", "number")),
        lambda question: total_of(_cause_facts(question), 2),
        _cause_facts,
    )
)
