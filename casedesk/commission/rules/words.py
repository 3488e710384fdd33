"""The vocabulary of a commission: parts in it, offices, states, rhythms. Words only, so that rules need no database."""

from enum import StrEnum


class Part(StrEnum):
    """What a person is in the commission."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"


PART_NAMES = {
    Part.CHAIR: "председатель",
    Part.DEPUTY: "заместитель председателя",
    Part.SECRETARY: "секретарь",
    Part.MEMBER: "член комиссии",
}


class Office(StrEnum):
    """Which body or kind of organisation a seat belongs to: what a plan asks a composition for."""

    ADMINISTRATION = "administration"
    PROSECUTOR = "prosecutor"
    BAILIFFS = "bailiffs"
    SOCIAL_PROTECTION = "social_protection"
    POLICE = "police"
    GUARDIANSHIP = "guardianship"
    EMPLOYMENT = "employment"
    SUPPLIER = "supplier"
    MANAGING_COMPANY = "managing_company"
    PUBLIC_COUNCIL = "public_council"
    DEPUTIES = "deputies"
    OTHER = "other"


OFFICE_NAMES = {
    Office.ADMINISTRATION: "администрация",
    Office.PROSECUTOR: "прокуратура",
    Office.BAILIFFS: "судебные приставы",
    Office.SOCIAL_PROTECTION: "социальная защита",
    Office.POLICE: "полиция",
    Office.GUARDIANSHIP: "опека и попечительство",
    Office.EMPLOYMENT: "служба занятости",
    Office.SUPPLIER: "ресурсоснабжающая организация",
    Office.MANAGING_COMPANY: "управляющая организация",
    Office.PUBLIC_COUNCIL: "общественный совет",
    Office.DEPUTIES: "представительный орган",
    Office.OTHER: "другая организация",
}
ASKED_BY_PLAN = (Office.PROSECUTOR, Office.BAILIFFS, Office.SOCIAL_PROTECTION)
"""Plan row Z3a: who must sit in the commission unless its regulations say more."""


class MeetingState(StrEnum):
    """Where a meeting stands. Only a signed one puts its decisions in force."""

    PLANNED = "planned"
    CALLED = "called"
    OPENED = "opened"
    CLOSED = "closed"
    SIGNED = "signed"
    FAILED = "failed"
    CANCELLED = "cancelled"


MEETING_NAMES = {
    MeetingState.PLANNED: "запланировано",
    MeetingState.CALLED: "созвано",
    MeetingState.OPENED: "идёт",
    MeetingState.CLOSED: "ждёт подписей",
    MeetingState.SIGNED: "протокол подписан",
    MeetingState.FAILED: "не состоялось",
    MeetingState.CANCELLED: "отменено",
}
MEETING_TONES = {
    MeetingState.PLANNED: "",
    MeetingState.CALLED: "info",
    MeetingState.OPENED: "warn",
    MeetingState.CLOSED: "warn",
    MeetingState.SIGNED: "ok",
    MeetingState.FAILED: "danger",
    MeetingState.CANCELLED: "",
}
HELD = (MeetingState.CLOSED, MeetingState.SIGNED)
"""States of a meeting that took place."""


class Rhythm(StrEnum):
    """How often a commission meets by its plan."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    MILESTONES = "milestones"


RHYTHM_NAMES = {
    Rhythm.MONTHLY: "каждый месяц",
    Rhythm.QUARTERLY: "раз в квартал",
    Rhythm.MILESTONES: "по итогам 6, 9 и 12 месяцев",
}


class Presence(StrEnum):
    """Whether a member takes part."""

    PRESENT = "present"
    REPRESENTED = "represented"
    ABSENT = "absent"


PRESENCE_NAMES = {
    Presence.PRESENT: "лично",
    Presence.REPRESENTED: "через представителя",
    Presence.ABSENT: "нет",
}


class Choice(StrEnum):
    """A vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


CHOICE_NAMES = {Choice.FOR: "за", Choice.AGAINST: "против", Choice.ABSTAIN: "воздержался"}


class Base(StrEnum):
    """Of whom a majority is counted."""

    PRESENT = "present"
    VOTING = "voting"


BASE_NAMES = {Base.PRESENT: "от присутствующих", Base.VOTING: "от поданных «за» и «против»"}


class Came(StrEnum):
    """Whether the invited debtor came."""

    UNKNOWN = ""
    CAME = "came"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"


CAME_NAMES = {
    Came.CAME: "пришёл",
    Came.REPRESENTED: "пришёл представитель",
    Came.EXCUSED: "не пришёл, причина уважительная",
    Came.ABSENT: "не пришёл",
}


class Source(StrEnum):
    """How a case got onto an agenda."""

    RULE = "rule"
    HAND = "hand"
    CREDITOR = "creditor"
    AGAIN = "again"


SOURCE_NAMES = {
    Source.RULE: "по правилу",
    Source.HAND: "вручную",
    Source.CREDITOR: "просит взыскатель",
    Source.AGAIN: "повторно",
}


class Shown(StrEnum):
    """How much of a name or an address members read."""

    FULL = "full"
    PART = "part"
    HIDDEN = "hidden"


SHOWN_NAMES = {Shown.FULL: "полностью", Shown.PART: "частично", Shown.HIDDEN: "скрыто"}


class Outcome(StrEnum):
    """What a vote came to."""

    OPEN = ""
    ADOPTED = "adopted"
    REJECTED = "rejected"


OUTCOME_NAMES = {Outcome.OPEN: "не голосовали", Outcome.ADOPTED: "принято", Outcome.REJECTED: "не принято"}
OUTCOME_TONES = {Outcome.OPEN: "", Outcome.ADOPTED: "ok", Outcome.REJECTED: "danger"}


def choices(names: dict) -> list[tuple[str, str]]:
    """A dictionary of names as choices of a model field or a form."""
    return [(str(code), name) for code, name in names.items()]
