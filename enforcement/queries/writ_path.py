"""The way of one writ with dates, from its own facts: it is there also when the writ hangs on no case."""

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse

from casedesk.common import money
from casedesk.norms.queries.current import current
from enforcement.models import (
    BailiffComplaint,
    BailiffRuling,
    EnforcementProceeding,
    ImpossibilityAct,
    Presentation,
    PropertyFact,
    Writ,
    WritFact,
)
from enforcement.queries.papers import paper_facts
from enforcement.rules.standing import Standing, stand
from enforcement.rules.words import GROUND_NAMES


@dataclass(frozen=True)
class Happened:
    """One step of the way in words: `when` the day as text; `icon` and `tone` as in ui/timeline."""

    on: dt.date
    when: str
    what: str
    text: str = ""
    icon: str = "circle-dot"
    tone: str = ""
    who: str = ""
    url: str = ""


@dataclass
class WritStory:
    """All that the page of a writ shows of it."""

    standing: Standing
    path: list[Happened] = field(default_factory=list)
    presentations: list[Presentation] = field(default_factory=list)
    proceedings: list[EnforcementProceeding] = field(default_factory=list)
    acts: list[ImpossibilityAct] = field(default_factory=list)
    facts: list[PropertyFact] = field(default_factory=list)
    complaints: list[BailiffComplaint] = field(default_factory=list)
    rulings: list[BailiffRuling] = field(default_factory=list)


def story_of(writ: Writ) -> WritStory:
    """Gather the writ's facts and tell its way, newest first."""
    story = WritStory(stand(paper_facts([writ])[writ.pk], current()))
    story.presentations = list(writ.presentations.select_related("department", "recorded_by"))
    proceedings = EnforcementProceeding.objects.live().filter(writ=writ).select_related("department", "presentation")
    story.proceedings = list(proceedings.prefetch_related("measures"))
    story.acts = list(
        writ.impossibility_acts.select_related("recorded_by", "position_by").prefetch_related("choices__chosen_by")
    )
    story.facts = list(PropertyFact.objects.standing().filter(account=writ.account).select_related("debtor", "recorded_by"))
    story.complaints = list(writ.complaints.select_related("filed_by"))
    story.rulings = list(BailiffRuling.objects.live().filter(writ=writ))
    marks = list(WritFact.objects.standing().filter(writ=writ).select_related("recorded_by"))
    told = [*_issued(writ), *map(_mark, marks), *map(_ruling, story.rulings), *map(_fact, story.facts)]
    for one in story.presentations:
        told += _presented(one)
    for one in story.proceedings:
        told += _proceeding(one)
    for act in story.acts:
        told += _act(act)
    for complaint in story.complaints:
        told += _complaint(complaint)
    story.path = sorted(told, key=lambda one: one.on, reverse=True)
    return story


def _on(on: dt.date, what: str, text: str = "", icon: str = "circle-dot", tone: str = "", by=None, url: str = "") -> Happened:
    return Happened(on, f"{on:%d.%m.%Y}", what, text, icon, tone, by.short_name if by else "", url)


def _issued(writ: Writ) -> list[Happened]:
    told = []
    if writ.issued_on:
        told.append(_on(writ.issued_on, "Выдан", writ.issuer, "gavel", "court"))
    if writ.in_force_on:
        told.append(_on(writ.in_force_on, "Акт вступил в силу", "", "scale"))
    return told


def _mark(fact: WritFact) -> Happened:
    said = f"{money.spaced(fact.amount)} ₽. {fact.note}" if fact.amount else fact.note
    return _on(fact.happened_on, fact.get_kind_display().capitalize(), said.strip(), "file-text", "warn", fact.recorded_by)


def _ruling(ruling: BailiffRuling) -> Happened:
    return _on(ruling.made_on, ruling.title or ruling.get_kind_display(), ruling.proceeding_number, "stamp")


def _fact(fact: PropertyFact) -> Happened:
    return _on(fact.known_on, str(fact).capitalize(), fact.source, "search-check", "ok", fact.recorded_by)


def _presented(one: Presentation) -> list[Happened]:
    early = " Раньше шести месяцев: есть новое об имуществе." if one.is_early else ""
    asked = f"{money.spaced(one.total)} ₽, {one.get_channel_display()}.{early}"
    told = [_on(one.sent_on, f"Предъявлен: {one.to}", asked, "send", "court", one.recorded_by)]
    if one.received_on and one.received_on != one.sent_on:
        told.append(_on(one.received_on, "Получен адресатом", one.to, "mail-check"))
    if one.ended_on and not one.ended_ground.startswith(("46.", "47.", "43")):
        ground = GROUND_NAMES.get(one.ended_ground, one.ended_ground)
        told.append(_on(one.ended_on, "Вернулся", ground, "corner-down-left"))
    return told


def _proceeding(one: EnforcementProceeding) -> list[Happened]:
    url = reverse("enforcement:proceeding", args=[one.pk])
    told = []
    if one.opened_on:
        told.append(_on(one.opened_on, f"Возбуждено {one.number}", one.bailiff, "shield", "court", url=url))
    for measure in one.measures.all():
        told.append(_on(measure.imposed_on, measure.get_kind_display().capitalize(), measure.note, "hand", "info", url=url))
        if measure.lifted_on and measure.lifted_on != one.ended_on:
            told.append(_on(measure.lifted_on, f"Снято: {measure.get_kind_display()}", "", "hand", url=url))
    if one.ended_on:
        ground = GROUND_NAMES.get(one.ended_ground, one.ground_text or "основание не названо")
        told.append(_on(one.ended_on, f"Окончено {one.number}", ground, "shield-check", url=url))
    return told


def _act(act: ImpossibilityAct) -> list[Happened]:
    told = [_on(act.dated_on, "Возвращён приставами", f"{act}, {act.ground_text}", "undo-2", "warn", act.recorded_by)]
    if act.position_on:
        told.append(
            _on(act.position_on, act.get_position_display().capitalize(), act.position_note, "pen-line", by=act.position_by)
        )
    if act.outcome_on:
        told.append(_on(act.outcome_on, act.get_outcome_display().capitalize(), "", "mail-open"))
    told += [
        _on(one.chosen_on, f"Решено: {one.get_kind_display()}", one.note, "route", by=one.chosen_by)
        for one in act.choices.all()
    ]
    return told


def _complaint(one: BailiffComplaint) -> list[Happened]:
    told = [_on(one.filed_on, "Жалоба на бездействие", one.get_kind_display(), "megaphone", "warn", one.filed_by)]
    if one.answered_on:
        told.append(_on(one.answered_on, "Ответ на жалобу", one.get_outcome_display(), "mail-open"))
    return told
